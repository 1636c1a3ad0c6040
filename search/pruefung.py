"""The comparison of index and database by schedule, or when an editor asks for it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from search.client import ElasticsearchAway
from search.config import (
    ADVISORY_LOCK_CHECK,
    CHANNEL,
    CHECK_ABANDONED_SECONDS,
    CHECK_AGAIN_SECONDS,
    CHECKS_KEPT,
)
from search.models import SearchPruefung
from search.reconcile import Befund, check_all, repair

logger = logging.getLogger(__name__)

NUMBERS = ("missing", "stale", "surplus", "ahead", "dead", "pending", "checked")
DRIFT = ("missing", "stale", "surplus", "ahead")


def numbers(befunde: Sequence[Befund]) -> dict[str, Any]:
    """Return the numbers of the JSON interface: sums over the kinds, and by kind."""
    by_kind = {befund.kind: befund.numbers() for befund in befunde}
    total: dict[str, Any] = {
        name: sum(found[name] for found in by_kind.values()) for name in NUMBERS
    }
    return total | {"by_kind": by_kind}


def fordere_an(wer: str) -> None:
    """A worker compares as soon as it hears of it; one open request is enough for everybody."""
    offen = SearchPruefung.objects.filter(beendet_at=None, begonnen_at=None)
    if not offen.exists():
        SearchPruefung.objects.create(angefordert_von=wer[:150])
    with connection.cursor() as cursor:
        cursor.execute(f"NOTIFY {CHANNEL}")


def letzte() -> SearchPruefung | None:
    """Return the last comparison that ended."""
    return (
        SearchPruefung.objects.filter(beendet_at__isnull=False)
        .order_by("-beendet_at", "-id")
        .first()
    )


def offene(jetzt: datetime) -> SearchPruefung | None:
    """Return the comparison that is asked for or running."""
    frisch = jetzt - timedelta(seconds=CHECK_ABANDONED_SECONDS)
    return SearchPruefung.objects.filter(beendet_at=None, angefordert_at__gte=frisch).first()


def is_faellig(jetzt: datetime) -> bool:
    """Return whether somebody asked, or the time has come; sooner after a difference or an error.

    `SEARCH_CHECK_MINUTES = 0` switches the schedule off; requests are still served.
    """
    if SearchPruefung.objects.filter(beendet_at=None, begonnen_at=None).exists():
        return True
    if not settings.SEARCH_CHECK_MINUTES:
        return False
    last = letzte()
    if last is None or last.beendet_at is None:
        return True
    auffaellig = last.repariert or bool(last.fehler)
    abstand = (
        timedelta(seconds=CHECK_AGAIN_SECONDS)
        if auffaellig
        else timedelta(minutes=settings.SEARCH_CHECK_MINUTES)
    )
    return jetzt - last.beendet_at >= abstand


def laufe() -> SearchPruefung | None:
    """Index and database have been compared, differences are on their way; the result is kept.

    Returns:
        The record, or None if another process compares right now.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [ADVISORY_LOCK_CHECK])
        if not cursor.fetchone()[0]:
            return None
    try:
        return _vergleiche(_beginne())
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCK_CHECK])


def _beginne() -> SearchPruefung:
    with transaction.atomic():
        offen = SearchPruefung.objects.filter(beendet_at=None)
        pruefung = offen.order_by("id").first() or SearchPruefung()
        pruefung.begonnen_at = timezone.now()
        pruefung.save()
        offen.exclude(pk=pruefung.pk).delete()  # left by a process that died
    return pruefung


def _vergleiche(pruefung: SearchPruefung) -> SearchPruefung:
    try:
        befunde = check_all()
    except ElasticsearchAway as error:
        logger.warning("no comparison: %s", error)
        return _beende(pruefung, "Elasticsearch ist nicht erreichbar; es wurde nicht verglichen.")
    _trage_ein(pruefung, befunde)
    if pruefung.fehler or not pruefung.abweichungen:
        return _beende(pruefung, pruefung.fehler)
    logger.error("index and database differ: %s", pruefung.zahlen)
    for befund in befunde:
        repair(befund)
    pruefung.repariert = True
    return _beende(pruefung)


def halte_fest(befunde: Sequence[Befund], wer: str) -> None:
    """The result of a comparison somebody made by hand is the last one."""
    pruefung = SearchPruefung(angefordert_von=wer, begonnen_at=timezone.now())
    _trage_ein(pruefung, befunde)
    _beende(pruefung, pruefung.fehler)


def _trage_ein(pruefung: SearchPruefung, befunde: Sequence[Befund]) -> None:
    pruefung.zahlen = numbers(befunde)
    pruefung.abweichungen = sum(pruefung.zahlen[name] for name in DRIFT)
    if not all(befund.index for befund in befunde):
        pruefung.fehler = "Es gibt noch keinen Index; „rebuild_index“ legt ihn an."


def _beende(pruefung: SearchPruefung, fehler: str = "") -> SearchPruefung:
    pruefung.fehler = fehler
    pruefung.beendet_at = timezone.now()
    pruefung.save()
    alte = SearchPruefung.objects.order_by("-id").values_list("pk", flat=True)[CHECKS_KEPT:]
    SearchPruefung.objects.filter(pk__in=list(alte)).delete()
    return pruefung


class Pruefer:
    """Compares in a thread of its own, so that no change waits for it; of a worker only."""

    def __init__(self) -> None:
        self._thread: threading.Thread | None = None

    def start_if_due(self, jetzt: datetime) -> None:
        """A comparison runs if it is due and none runs already."""
        if (self._thread is None or not self._thread.is_alive()) and is_faellig(jetzt):
            # Ends with the process: an unfinished comparison is made anew by the next worker.
            self._thread = threading.Thread(target=_in_thread, name="pruefung", daemon=True)
            self._thread.start()

    def wait(self, seconds: float) -> None:
        """The comparison at hand has ended, or these seconds are over."""
        if self._thread is not None:
            self._thread.join(seconds)


def _in_thread() -> None:
    try:
        laufe()
    except Exception:
        logger.exception("the comparison of index and database failed")
    finally:
        connection.close()  # the thread's own
