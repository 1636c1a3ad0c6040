"""The process that keeps the index up to date: woken by NOTIFY, polling anyway."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import psycopg
from django.db import Error as DatabaseError
from django.db import close_old_connections, connection
from django.utils import timezone

from search import client, prozesse, zaehler
from search.config import (
    CHANNEL,
    CHECK_LOOK_SECONDS,
    DOKUMENT_KINDS,
    DUE_SECONDS,
    OUTAGE_MAX_SECONDS,
    POLL_SECONDS,
    SIGN_OF_LIFE_SECONDS,
)
from search.marks import mark_due
from search.pruefung import Pruefer
from search.sync import Bilanz, work_once
from search.targets import sendable_kinds
from zufi.common.zeitraum import heute

logger = logging.getLogger(__name__)


def owner_name() -> str:
    """Return a name for the leases of this process, unique among all workers."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"


class Pause:
    """Growing pauses 1, 2, 4 … `OUTAGE_MAX_SECONDS` with jitter while something is away."""

    def __init__(self) -> None:
        self._seconds = 0.0
        self._until = 0.0

    @property
    def active(self) -> bool:
        """Whether something was away at the last try."""
        return self._seconds > 0

    def is_over(self, now: float) -> bool:
        """Return whether it is time for the next try."""
        return now >= self._until

    def extend(self, now: float) -> None:
        """The try failed: the next one comes after a longer pause."""
        self._seconds = min(max(1.0, self._seconds * 2), OUTAGE_MAX_SECONDS)
        self._until = now + self._seconds * (0.75 + secrets.randbelow(251) / 1000)

    def end(self) -> None:
        """It is back."""
        self._seconds = 0.0
        self._until = 0.0


class Listener:
    """Waits for NOTIFY on a connection of its own; a direct one, not through a pooler."""

    def __init__(self) -> None:
        self._connection: psycopg.Connection[Any] | None = None

    def wait(self, seconds: float, stopped: threading.Event) -> None:
        """Return when a change was committed, or after these seconds, or when stopped."""
        end = time.monotonic() + seconds
        try:
            listening = self._open()
            while (rest := end - time.monotonic()) > 0 and not stopped.is_set():
                # Short steps: a signal is heeded within half a second.
                if list(listening.notifies(timeout=min(rest, 0.5), stop_after=1)):
                    return
        except psycopg.Error as error:
            logger.warning("cannot listen, polling only: %s", type(error).__name__)
            self.close()
            stopped.wait(max(0.0, end - time.monotonic()))

    def close(self) -> None:
        """The connection is closed."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _open(self) -> psycopg.Connection[Any]:
        if self._connection is None:
            params = connection.get_connection_params()
            params.pop("cursor_factory", None)
            self._connection = psycopg.connect(**params, autocommit=True)
            self._connection.execute(f"LISTEN {CHANNEL}")
        return self._connection


class Takt:
    """Something that is due again after some seconds."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._next = 0.0

    def is_due(self, now: float) -> bool:
        """Return whether its time has come; then the next one is set."""
        if now < self._next:
            return False
        self._next = now + self._seconds
        return True


class Worker:
    """Brings pending rows into the index until it is told to stop.

    Neither Elasticsearch nor the database being away ends it: it tries again with growing
    pauses, and rows catch up by themselves.
    """

    def __init__(self, now: Callable[[], datetime] = timezone.now) -> None:
        self.owner = owner_name()
        self._now = now
        self._stopped = threading.Event()
        self._away = Pause()
        self._database = Pause()
        self._day: date | None = None
        self._without_index: set[str] = set()
        self._due = Takt(DUE_SECONDS)
        self._sign = Takt(SIGN_OF_LIFE_SECONDS)
        self._look = Takt(CHECK_LOOK_SECONDS)
        self._pruefer = Pruefer()

    def stop(self) -> None:
        """The worker ends after the batch at hand; may be called by a signal handler."""
        self._stopped.set()

    def run(self) -> None:
        """Work until stopped."""
        listener = Listener()
        logger.info("worker %s starts", self.owner)
        try:
            while not self._stopped.is_set():
                busy = self.step()
                self._beside()
                if not busy:
                    listener.wait(POLL_SECONDS, self._stopped)
        finally:
            self._end(listener)
            logger.info("worker %s ends", self.owner)

    def step(self) -> bool:
        """Work once; return whether there may be more to do at once."""
        close_old_connections()
        try:
            self._look_at_the_clock()
            bilanz = self._work()
        except DatabaseError as error:
            self._database.extend(time.monotonic())
            logger.error("the database does not answer: %s", type(error).__name__)
            connection.close()
            return False
        self._database.end()
        return bilanz.claimed > 0

    def _work(self) -> Bilanz:
        outage = not self._may_send()
        bilanz = work_once(self.owner, outage=outage)
        if bilanz.away:
            if not self._away.active:
                logger.error("Elasticsearch is away; changes are kept and sent later")
                zaehler.add({zaehler.AUSFAELLE: 1})
            self._away.extend(time.monotonic())
        elif not outage and self._away.active:
            logger.info("Elasticsearch is back")
            self._away.end()
        if bilanz.claimed == 0:
            self._report_missing_index()
        return bilanz

    def _may_send(self) -> bool:
        """While Elasticsearch is away, ask from time to time whether it is back."""
        if not self._away.active:
            return True
        now = time.monotonic()
        if not self._away.is_over(now):
            return False
        if client.is_healthy():
            return True
        self._away.extend(now)
        return False

    def _look_at_the_clock(self) -> None:
        """Periods that begin or end at midnight, and maintenance at any moment, are changes."""
        jetzt = self._now()
        day = heute(jetzt)
        if self._due.is_due(time.monotonic()) or day != self._day:
            if count := mark_due(jetzt):
                logger.info("%d documents change with the time", count)
            if day != self._day:
                zaehler.forget(jetzt)
                prozesse.forget(jetzt)
            self._day = day

    def _beside(self) -> None:
        """Give a sign of life, and compare index and database when it is due."""
        try:
            if self._sign.is_due(time.monotonic()):
                grund = "Elasticsearch antwortet nicht." if self._away.active else ""
                prozesse.melde(self.owner, prozesse.Rolle.WORKER, grund=grund)
            if self._look.is_due(time.monotonic()):
                self._pruefer.start_if_due(self._now())
        except DatabaseError as error:
            logger.error("the database does not answer: %s", type(error).__name__)
            connection.close()

    def _end(self, listener: Listener) -> None:
        listener.close()
        self._pruefer.wait(2.0)
        try:
            prozesse.ende(self.owner)
        except DatabaseError:
            connection.close()

    def _report_missing_index(self) -> None:
        """Say once which kinds cannot be sent, and once when they can."""
        missing = set(DOKUMENT_KINDS) - sendable_kinds(DOKUMENT_KINDS)
        for kind in sorted(missing - self._without_index):
            logger.warning(
                "no index of the current analysis for %s: its rows stay pending until "
                "rebuild_index has run",
                kind,
            )
        self._without_index = missing
