"""The synonym rules in effect: kept per process, read again as soon as an editor saves one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q

from search.models import SearchZaehler, Suchregel
from search.regeln import Regel, regel

ZAEHLER = "suchregeln"


@dataclass(frozen=True, slots=True)
class _Gemerkt:
    stand: float
    tag: date
    regeln: tuple[Regel, ...]


_gemerkt: dict[str, _Gemerkt] = {}


def load_regeln(heute: date) -> tuple[Regel, ...]:
    """Return the rules in effect on this day; one query unless an editor changed a rule."""
    stand = SearchZaehler.objects.filter(name=ZAEHLER).values_list("wert", flat=True).first() or 0.0
    known = _gemerkt.get(connection.alias)
    if known and (known.stand, known.tag) == (stand, heute):
        return known.regeln
    regeln = tuple(one for row in _wirksame(heute) for one in _of(row))
    _gemerkt[connection.alias] = _Gemerkt(stand, heute, regeln)
    return regeln


def raise_counter(**_: Any) -> None:
    """Note that a rule changed, in the same transaction: receiver of save and delete."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_zaehler (name, wert) VALUES (%s, 1)"
            " ON CONFLICT (name) DO UPDATE SET wert = search_zaehler.wert + 1",
            (ZAEHLER,),
        )


def forget() -> None:
    """Read the rules again at the next call: for tests, whose transactions are taken back."""
    _gemerkt.clear()


def _wirksame(heute: date) -> list[Suchregel]:
    return list(
        Suchregel.objects.filter(aktiv=True)
        .filter(Q(ablauf__isnull=True) | Q(ablauf__gte=heute))
        .order_by("-gewicht", "pk")
    )


def _of(row: Suchregel) -> list[Regel]:
    return regel(row.links, row.rechts, row.gewicht, beidseitig=row.beidseitig)
