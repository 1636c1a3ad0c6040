"""The figures behind the tasks: one query over all services, grouped by who edits them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from leistungen.listen.reiter import BALD_TAGE
from leistungen.models import Leistung, Leistungskennzahl

# What is counted → condition on the row of figures, and the column that says since when.
_FAELLIG = "faellig"


def _kriterien(heute: date) -> Mapping[str, tuple[Q, str]]:
    bald = heute + timedelta(days=BALD_TAGE)
    live = Q(leistung__live=True)
    return {
        _FAELLIG: (live & Q(naechste_pruefung__lte=heute), "naechste_pruefung"),
        "bald": (
            live & Q(naechste_pruefung__gt=heute, naechste_pruefung__lte=bald),
            "naechste_pruefung",
        ),
        "fehler": (Q(muss_count__gt=0), "muss_seit"),
        "ohne_stelle": (live & Q(ohne_stelle_count__gt=0), "ohne_stelle_seit"),
        "englisch": (Q(veraltet_en__gt=0), "veraltet_seit"),
        "leichte_sprache": (Q(veraltet_de_simple__gt=0), "veraltet_seit"),
    }


@dataclass(frozen=True, slots=True)
class Zahl:
    """How many services, since when, and who edits them, most services first."""

    anzahl: int
    seit: date | None
    redaktionen: Sequence[str]


def lade_zahlen(leistungen: QuerySet[Leistung], heute: date) -> Mapping[str, Zahl]:
    """Return the figures of these services by what is counted; one query."""
    kriterien = _kriterien(heute)
    spalten: dict[str, Any] = {}
    for name, (bedingung, seit) in kriterien.items():
        spalten[f"n_{name}"] = Count("pk", filter=bedingung)
        spalten[f"seit_{name}"] = Min(seit, filter=bedingung)
    irgendeine = Q()
    for bedingung, _seit in kriterien.values():
        irgendeine |= bedingung
    rows = (
        Leistungskennzahl.objects.filter(irgendeine, leistung__in=leistungen)
        .order_by()
        .values("redaktion__name_de")
        .annotate(**spalten)
    )
    gruppen = list(rows)
    return {name: _zahl(gruppen, name) for name in kriterien}


def _zahl(gruppen: Iterable[Mapping[str, Any]], name: str) -> Zahl:
    treffer = sorted(
        (gruppe for gruppe in gruppen if gruppe[f"n_{name}"]),
        key=lambda gruppe: (-gruppe[f"n_{name}"], gruppe["redaktion__name_de"] or ""),
    )
    tage = [gruppe[f"seit_{name}"] for gruppe in treffer if gruppe[f"seit_{name}"]]
    return Zahl(
        anzahl=sum(gruppe[f"n_{name}"] for gruppe in treffer),
        seit=min(tage, default=None),
        redaktionen=[gruppe["redaktion__name_de"] or "ohne Redaktion" for gruppe in treffer],
    )


def lade_faellige(leistungen: QuerySet[Leistung], bis: date) -> tuple[Mapping[date, int], int]:
    """Return day → reviews of published services due on it, and how many there are; one query."""
    rows = (
        Leistungskennzahl.objects.filter(
            leistung__in=leistungen, leistung__live=True, naechste_pruefung__lte=bis
        )
        .order_by()
        .values_list("naechste_pruefung")
        .annotate(anzahl=Count("pk"))
    )
    je_tag = {tag: anzahl for tag, anzahl in rows if tag}
    return je_tag, sum(je_tag.values())
