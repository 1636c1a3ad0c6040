"""Is this text in the search? The answer for editors, one query for any number of objects."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils import timezone

from search.config import OLDEST_ALARM_SECONDS
from search.fehlertexte import erklaere
from search.latenz import sekunden_text
from search.models import SearchDokument


class Zustand(StrEnum):
    """How an object stands; also the class of its mark in the admin."""

    AKTUELL = "aktuell"
    WARTET = "wartet"
    FEHLER = "fehler"
    AUS = "aus"  # not public, and not in the search


@dataclass(frozen=True, slots=True)
class Suchstand:
    """State of one object in words; `hinweis` says more where something is wrong."""

    zustand: Zustand
    text: str
    hinweis: str = ""


UNBEKANNT = Suchstand(Zustand.AUS, "noch nicht veröffentlicht")

_FIELDS = (
    "object_id", "version", "indexed_version", "deleted", "dead", "last_error", "changed_at",
    "indexed_at", "gueltig_ab",
)  # fmt: skip


def staende(kind: str, ids: Collection[int], jetzt: datetime) -> dict[int, Suchstand]:
    """Return id → state of these objects; one query, none without ids."""
    found = dict.fromkeys(ids, UNBEKANNT)
    if ids:
        rows = SearchDokument.objects.filter(kind=kind, object_id__in=ids)
        for row in rows.values(*_FIELDS):
            found[row["object_id"]] = stand(row, jetzt)
    return found


def stand(row: Mapping[str, Any], jetzt: datetime) -> Suchstand:
    """Return the state that the columns of one row of `search_dokument` mean."""
    pending = row["indexed_version"] < row["version"]
    if pending and row["dead"]:
        return Suchstand(Zustand.FEHLER, "nicht übertragen", erklaere(row["last_error"]))
    if pending:
        return _pending(row, jetzt)
    seit = _moment(row["indexed_at"]) if row["indexed_at"] else ""
    if row["deleted"]:
        return Suchstand(Zustand.AUS, "nicht in der Suche", f"entfernt {seit}".strip())
    if row["gueltig_ab"] > timezone.localdate(jetzt):
        return Suchstand(Zustand.AKTUELL, f"In der Suche ab {row['gueltig_ab']:%d.%m.%Y}")
    return Suchstand(Zustand.AKTUELL, f"In der Suche seit {seit}")


def _pending(row: Mapping[str, Any], jetzt: datetime) -> Suchstand:
    seconds = max((jetzt - row["changed_at"]).total_seconds(), 0.0)
    dauer = f"{seconds:.0f} s" if seconds < OLDEST_ALARM_SECONDS else sekunden_text(seconds)
    grund = erklaere(row["last_error"])
    lange = seconds > OLDEST_ALARM_SECONDS and bool(grund)
    return Suchstand(Zustand.FEHLER if lange else Zustand.WARTET, f"wartet seit {dauer}", grund)


def _moment(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%d.%m.%Y, %H:%M:%S}"
