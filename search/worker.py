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

from search import client
from search.config import CHANNEL, DOKUMENT_KINDS, OUTAGE_MAX_SECONDS, POLL_SECONDS
from search.marks import mark_due
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

    def stop(self) -> None:
        """The worker ends after the batch at hand; may be called by a signal handler."""
        self._stopped.set()

    def run(self) -> None:
        """Work until stopped."""
        listener = Listener()
        logger.info("worker %s starts", self.owner)
        try:
            while not self._stopped.is_set():
                if not self.step():
                    listener.wait(POLL_SECONDS, self._stopped)
        finally:
            listener.close()
            logger.info("worker %s ends", self.owner)

    def step(self) -> bool:
        """Work once; return whether there may be more to do at once."""
        close_old_connections()
        try:
            self._begin_day()
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

    def _begin_day(self) -> None:
        day = heute(self._now())
        if day != self._day:
            count = mark_due(self._now())
            logger.info("%d documents change with the day", count)
            self._day = day

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
