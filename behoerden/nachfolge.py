"""Dissolved areas lead to the areas that took them over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from behoerden.models import Gebiet, Gebietsnachfolge

# Mergers follow each other; more steps than ever happened end a circle of wrong entries.
MAX_SCHRITTE = 6


@dataclass(frozen=True, slots=True)
class Nachfolge:
    """Who took over an area; `seit` only if the day of the (first) step is proven."""

    gebiet_ids: frozenset[int]
    unbekannt: bool
    seit: date | None


def load_nachfolger(gebiet_ids: Iterable[int], stichtag: date) -> dict[int, Nachfolge]:
    """Return the successors that exist on this day; one query per step, mostly one.

    `unbekannt` says that for a part of the area no successor is on record.
    """
    offen = {pk: {pk} for pk in gebiet_ids}
    ziele: dict[int, set[int]] = {pk: set() for pk in offen}
    unbekannt: set[int] = set()
    seit: dict[int, date | None] = {}
    for _ in range(MAX_SCHRITTE):
        fragen = {pk for menge in offen.values() for pk in menge}
        if not fragen:
            break
        folgen = _load(fragen, stichtag)
        naechste: dict[int, set[int]] = defaultdict(set)
        for start, menge in offen.items():
            for pk in menge:
                if pk != start and (pk not in folgen):
                    ziele[start].add(pk)
                    continue
                for zeile in folgen.get(pk, ()):
                    seit.setdefault(start, zeile.wirksam_am if zeile.datum_belegt else None)
                    if zeile.nachfolger_id is None:
                        unbekannt.add(start)
                    else:
                        naechste[start].add(zeile.nachfolger_id)
                if pk == start and pk not in folgen:
                    unbekannt.add(start)
        offen = naechste
    return {
        pk: Nachfolge(frozenset(menge), pk in unbekannt, seit.get(pk))
        for pk, menge in ziele.items()
    }


def _load(gebiet_ids: Iterable[int], stichtag: date) -> dict[int, list[Gebietsnachfolge]]:
    folgen: dict[int, list[Gebietsnachfolge]] = defaultdict(list)
    rows = Gebietsnachfolge.objects.filter(
        vorgaenger_id__in=list(gebiet_ids), wirksam_am__lte=stichtag
    )
    for row in rows:
        folgen[row.vorgaenger_id].append(row)
    return folgen


def living_or_successors(gebiete: Iterable[Gebiet], stichtag: date) -> list[int]:
    """Return those areas that exist on the day, and for the ended ones those that took over.

    A postcode of a dissolved Gemeinde so leads to its successor from its day on, and not before.
    At most one query per step, none if all exist; each area once, in the order of its appearance.
    """
    gebiete = list(gebiete)
    beendet = [g.pk for g in gebiete if g.gueltig_bis is not None and g.gueltig_bis < stichtag]
    folgen = load_nachfolger(beendet, stichtag) if beendet else {}
    ids: dict[int, None] = {}
    for gebiet in gebiete:
        if gebiet.is_gueltig(stichtag):
            ids[gebiet.pk] = None
        elif gebiet.pk in folgen:
            ids |= dict.fromkeys(sorted(folgen[gebiet.pk].gebiet_ids))
    return list(ids)
