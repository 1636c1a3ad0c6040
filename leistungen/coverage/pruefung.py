"""The proof: every live Leistung × every Gemeinde, judged into findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from leistungen.coverage import ebenen
from leistungen.coverage.befunde import Richter
from leistungen.coverage.fakten import Abdeckung, Art, Befund, Bilanz, Zelltreffer
from leistungen.coverage.lauf import (
    Auftrag,
    load_bereiche,
    load_rohdaten,
    load_umleitungen,
    load_zellen,
)
from leistungen.coverage.raum import Raum, load_raum
from leistungen.coverage.regelfakten import load_regelfakten
from leistungen.models import Leistung


@dataclass(frozen=True, slots=True)
class Grundlage:
    """What all services share on a day: areas, ranges of criteria, redirections."""

    raum: Raum
    bereiche: Mapping[int, frozenset[str]]
    umleitungen: Mapping[int, int]


def load_grundlage(stichtag: date) -> Grundlage:
    """Return it; five queries, one more if an authority is not live."""
    return Grundlage(load_raum(stichtag), load_bereiche(), load_umleitungen(stichtag))


def prove(
    stichtag: date,
    leistung_ids: Iterable[int] | None = None,
    mit_zellen: bool = False,
    *,
    grundlage: Grundlage | None = None,
    auch_entwuerfe: bool = False,
) -> Abdeckung:
    """Return the proof for these services, or all that citizens see on the day.

    The answer of every cell is the resolver's, with no criterion answered. About ten queries, four
    more per 500 services.

    Args:
        stichtag: the day; areas, rules, authorities and services are taken as on it.
        leistung_ids: services to look at; ids of services that are not live are left out.
        mit_zellen: also return every answer; meant for few services.
        grundlage: areas and criteria of the same day, if already loaded.
        auch_entwuerfe: look at services that are not live, too.

    Source: domain design, section 3.6.
    """
    basis = grundlage or load_grundlage(stichtag)
    typen = _typen(stichtag, leistung_ids, auch_entwuerfe=auch_entwuerfe)
    auftrag = _auftrag(typen)
    roh = load_rohdaten(auftrag, basis.raum, basis.bereiche, basis.umleitungen)
    regeln = load_regelfakten(roh.regel_ids, basis.raum, basis.umleitungen)
    befunde = Richter(basis.raum, basis.bereiche, regeln, typen).befunde(roh)
    zellen: Mapping[tuple[int, int], frozenset[Zelltreffer]] = {}
    if mit_zellen:
        zellen = load_zellen(auftrag.leistung_ids, basis.raum, basis.bereiche, basis.umleitungen)
    return Abdeckung(
        stichtag=stichtag,
        leistung_ids=auftrag.leistung_ids,
        gemeinden=len(basis.raum.ketten),
        befunde=befunde,
        bilanzen=_mit_konflikten(roh.bilanzen, befunde, basis.raum),
        zellen=zellen,
    )


def _typen(
    stichtag: date, leistung_ids: Iterable[int] | None, *, auch_entwuerfe: bool
) -> dict[int, tuple[str, ...]]:
    """Service → codes of its typing, by id."""
    leistungen = (
        Leistung.objects.all() if auch_entwuerfe else Leistung.objects.sichtbar_am(stichtag)
    )
    if leistung_ids is not None:
        leistungen = leistungen.filter(pk__in=list(leistung_ids))
    rows = leistungen.order_by("pk").values_list("pk", "typisierung_codes")
    return {pk: tuple(codes or ()) for pk, codes in rows}


def _auftrag(typen: Mapping[int, tuple[str, ...]]) -> Auftrag:
    through: Any = Leistung.gueltigkeitsgebiete.through
    gebiete: dict[int, list[int]] = {}
    for leistung_id, gebiet_id in through.objects.values_list("leistung_id", "gebiet_id"):
        if leistung_id in typen:
            gebiete.setdefault(leistung_id, []).append(gebiet_id)
    erwartet = {pk for pk, codes in typen.items() if ebenen.erwartet_stelle(codes)}
    return Auftrag(
        leistung_ids=tuple(typen),
        ueberall=frozenset(erwartet - gebiete.keys()),
        gebiete={pk: tuple(ids) for pk, ids in gebiete.items() if pk in erwartet},
        unpassend={pk: ebenen.unpassende_arten(codes) for pk, codes in typen.items()},
    )


def _mit_konflikten(
    bilanzen: Mapping[tuple[int, int], Bilanz], befunde: Iterable[Befund], raum: Raum
) -> dict[tuple[int, int], Bilanz]:
    """Count each cell with a conflict once."""
    zellen = {
        (befund.leistung_id, gemeinde)
        for befund in befunde
        if befund.art is Art.KONFLIKT
        for gemeinde in befund.gebiet_ids
    }
    result = dict(bilanzen)
    for leistung_id, gemeinde in zellen:
        key = (leistung_id, raum.kreis_von[gemeinde])
        if key in result:
            result[key] = replace(result[key], konflikte=result[key].konflikte + 1)
    return result
