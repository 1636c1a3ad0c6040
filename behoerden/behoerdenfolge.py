"""Ended authorities lead to the ones that took over their tasks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from behoerden.models import Behoerde, Behoerdennachfolge

# Successors end, too; more steps than ever happened end a circle of wrong entries.
MAX_SCHRITTE = 6


def nachfolger_von(behoerde_ids: Iterable[int], stichtag: date) -> dict[int, tuple[int, ...]]:
    """Return the live successors of each authority on this day, by id; () if there are none.

    One query per step, mostly one. Every id asked for is a key. A successor that has ended itself
    is followed on; one that is a draft leads nowhere. Several successors are several, nothing is
    chosen: the resolver goes on only if there is exactly one (domain design 2.1).
    """
    offen = {pk: {pk} for pk in behoerde_ids}
    ziele: dict[int, set[int]] = {pk: set() for pk in offen}
    gesehen: dict[int, set[int]] = {pk: {pk} for pk in offen}
    for _ in range(MAX_SCHRITTE):
        fragen = {pk for menge in offen.values() for pk in menge}
        if not fragen:
            break
        folgen = _load(fragen, stichtag)
        naechste: dict[int, set[int]] = defaultdict(set)
        for start, menge in offen.items():
            for pk, sichtbar in (folge for quelle in menge for folge in folgen.get(quelle, ())):
                if sichtbar:
                    ziele[start].add(pk)
                elif pk not in gesehen[start]:
                    gesehen[start].add(pk)
                    naechste[start].add(pk)
        offen = naechste
    return {pk: tuple(sorted(menge - {pk})) for pk, menge in ziele.items()}


def _load(behoerde_ids: Iterable[int], stichtag: date) -> dict[int, list[tuple[int, bool]]]:
    """Predecessor → (successor, whether citizens may see it)."""
    rows = Behoerdennachfolge.objects.filter(
        vorgaenger_id__in=list(behoerde_ids), wirksam_am__lte=stichtag
    ).select_related("nachfolger")
    felder = ("live", "gueltig_ab", "gueltig_bis")
    rows = rows.only("vorgaenger_id", *(f"nachfolger__{feld}" for feld in felder))
    folgen: dict[int, list[tuple[int, bool]]] = defaultdict(list)
    for row in rows:
        nachfolger: Behoerde = row.nachfolger
        folgen[row.vorgaenger_id].append((nachfolger.pk, nachfolger.is_sichtbar(stichtag)))
    return folgen
