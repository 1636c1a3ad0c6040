"""How far a rebuild is, kept where the status page can read it."""

from __future__ import annotations

import time
from datetime import datetime

from django.db import connection
from django.utils import timezone

from search.config import ADVISORY_LOCK, PROGRESS_SECONDS
from search.models import SearchAufbau

Schritt = SearchAufbau.Schritt


class Fortschritt:
    """Progress of one rebuild of one kind."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._told = 0.0
        SearchAufbau.objects.update_or_create(
            kind=kind,
            defaults={
                "schritt": Schritt.BILDEN,
                "erledigt": 0,
                "gesamt": 0,
                "begonnen_at": timezone.now(),
                "stand_at": timezone.now(),
                "beendet_at": None,
                "index": "",
                "fehler": "",
            },
        )

    def beginne(self, schritt: str, gesamt: int = 0, index: str = "") -> None:
        """The next step begins; with 0 nobody can say how much there is to do."""
        self._told = 0.0
        fields: dict[str, object] = {"schritt": schritt, "erledigt": 0, "gesamt": gesamt}
        self._update(**fields | ({"index": index} if index else {}))

    def weiter(self, erledigt: int) -> None:
        """So much of the step is done; written at most every `PROGRESS_SECONDS`."""
        if time.monotonic() - self._told >= PROGRESS_SECONDS:
            self._told = time.monotonic()
            self._update(erledigt=erledigt)

    def ende(self, fehler: str = "") -> None:
        """The rebuild is over, well or with this reason."""
        self._update(beendet_at=timezone.now(), fehler=fehler[:2000])

    def _update(self, **fields: object) -> None:
        SearchAufbau.objects.filter(kind=self._kind).update(stand_at=timezone.now(), **fields)


def is_running() -> bool:
    """Return whether some process rebuilds right now, from the lock it holds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = %s"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))",
            [ADVISORY_LOCK],
        )
        return bool(cursor.fetchone()[0])


def dauer(aufbau: SearchAufbau, jetzt: datetime) -> float:
    """Return the seconds a rebuild took, or has taken until now."""
    return ((aufbau.beendet_at or jetzt) - aufbau.begonnen_at).total_seconds()
