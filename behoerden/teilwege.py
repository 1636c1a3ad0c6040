"""Ortsteile with an area of their own: the way from a name, a short form or an old Gemeinde."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from behoerden.domain.gebiet import ORTSTEIL
from behoerden.fund import Fund, Weg
from behoerden.models import Gebiet, Gebietsversion
from behoerden.nachfolge import load_nachfolger
from zufi.common.zeitraum import enthaelt

__all__ = ["former_of_parts", "ways_by_slug", "ways_to_parts", "with_parts"]


class _Teil(NamedTuple):
    """An Ortsteil, the Gemeinde it lies in, and its name."""

    gebiet: Gebiet
    gemeinde_id: int
    name: str


def ways_to_parts(funde: Iterable[Fund], stichtag: date, *, frueher: bool = False) -> list[Weg]:
    """Return the ways to Ortsteile found by name; at most two queries, none without such a name.

    An ended one leads to its Gemeinde alone, one that has not begun nowhere. With `frueher` those
    found by the name of the Gemeinde that they were, else the others.
    """
    ids = {
        fund.gebiet.pk
        for fund in funde
        if fund.gebiet and fund.gebiet.art == ORTSTEIL and fund.ortsteil is not frueher
    }
    return [
        _way(teil, stichtag)
        for teil in _parts(ids, stichtag)
        if teil.gebiet.gueltig_ab is None or teil.gebiet.gueltig_ab <= stichtag
    ]


def ways_by_slug(slug: str, gemeinde_ids: Collection[int], stichtag: date) -> list[Weg]:
    """Return the way to the Ortsteil that has, or had, this short form in one of the Gemeinden.

    The Gemeinden may have ended: the Ortsteil is where it lies on the day. At most three queries.
    """
    ids = Gebietsversion.objects.filter(
        parent_id__in=gemeinde_ids, gebiet__art=ORTSTEIL, gebiet__slug=slug
    ).values_list("gebiet_id", flat=True)
    return [
        replace(_way(teil, stichtag), gemeint=True)
        for teil in _parts(set(ids), stichtag)
        if teil.gebiet.is_gueltig(stichtag)
    ]


def with_parts(wege: Sequence[tuple[int, Weg]], stichtag: date) -> list[Weg]:
    """Return the ways of dissolved Gemeinden, with the Ortsteil in which they live on; one query.

    Args:
        wege: the dissolved Gemeinde, and the way to the one that took over.
        stichtag: the day.
    """
    rows = (
        Gebietsversion.objects.gueltig_am(stichtag)
        .filter(gebiet__war_gemeinde_id__in={alt for alt, _ in wege})
        .select_related("gebiet")
    )
    teile: dict[tuple[int | None, int | None], Gebietsversion] = {
        (row.gebiet.war_gemeinde_id, row.parent_id): row
        for row in rows
        if row.gebiet.is_gueltig(stichtag)
    }
    return [
        replace(weg, ortsteil=teil.name, teil=teil.gebiet_id, slug=teil.gebiet.slug)
        if (teil := teile.get((alt, weg.gebiet_id))) is not None
        else weg
        for alt, weg in wege
    ]


def former_of_parts(funde: Iterable[Fund]) -> set[int]:
    """Return the dissolved Gemeinden whose names lead to the Ortsteile in which they live on."""
    return {
        fund.gebiet.war_gemeinde_id
        for fund in funde
        if fund.gebiet is not None
        and not fund.ortsteil
        and fund.gebiet.art == ORTSTEIL
        and fund.gebiet.war_gemeinde_id is not None
    }


def _parts(ids: Collection[int], stichtag: date) -> list[_Teil]:
    """Each Ortsteil with the Gemeinde that it lies in on the day, or lay in at last.

    An ended Gemeinde is replaced by its only successor; without one the Ortsteil is left out.
    """
    if not ids:
        return []
    rows = sorted(
        Gebietsversion.objects.filter(gebiet_id__in=list(ids)).select_related("gebiet", "parent"),
        key=lambda row: (
            enthaelt(row.gueltig_ab, row.gueltig_bis, stichtag),
            row.gueltig_ab is None or row.gueltig_ab <= stichtag,
            row.gueltig_ab or date.min,
        ),
    )
    letzte = {row.gebiet_id: row for row in rows if row.parent is not None}
    beendet = {
        row.parent_id
        for row in letzte.values()
        if row.parent.gueltig_bis is not None and row.parent.gueltig_bis < stichtag
    }
    folgen = load_nachfolger(beendet, stichtag) if beendet else {}
    teile = []
    for pk in sorted(letzte):
        row = letzte[pk]
        folge = folgen.get(row.parent_id)
        if folge is None:
            teile.append(_Teil(row.gebiet, row.parent_id, row.name))
        elif len(folge.gebiet_ids) == 1 and not folge.unbekannt:
            teile.append(_Teil(row.gebiet, next(iter(folge.gebiet_ids)), row.name))
    return teile


def _way(teil: _Teil, stichtag: date) -> Weg:
    if not teil.gebiet.is_gueltig(stichtag):
        return Weg(teil.gemeinde_id, ortsteil=teil.name)
    return Weg(teil.gemeinde_id, ortsteil=teil.name, teil=teil.gebiet.pk, slug=teil.gebiet.slug)
