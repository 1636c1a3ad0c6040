"""One service in every Gemeinde: who answers, by which rule, and what is wrong."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from behoerden.domain.gebietsdaten import VERBAENDE
from behoerden.models import Behoerde
from leistungen.coverage.fakten import ART_NAMEN, Abdeckung
from leistungen.coverage.pruefung import load_grundlage, prove
from leistungen.coverage.raum import Raum
from leistungen.domain.fakten import Slot


@dataclass(frozen=True, slots=True)
class Gemeindezeile:
    """One Gemeinde; several authorities are separated by "; "."""

    gemeinde: str
    verband: str
    kreis: str
    stellen: str
    ansprechpunkte: str
    befunde: str


def gemeindezeilen(leistung_id: int, stichtag: date) -> tuple[Abdeckung, list[Gemeindezeile]]:
    """Return the proof of a service and a row per Gemeinde: findings first."""
    grundlage = load_grundlage(stichtag)
    abdeckung = prove(
        stichtag, [leistung_id], mit_zellen=True, grundlage=grundlage, auch_entwuerfe=True
    )
    ids = {hit.ziel_id for hits in abdeckung.zellen.values() for hit in hits}
    namen = dict(Behoerde.objects.filter(pk__in=ids).values_list("pk", "name_de"))
    befunde: dict[int, list[str]] = defaultdict(list)
    for befund in abdeckung.befunde:
        for gemeinde in befund.gebiet_ids:
            befunde[gemeinde].append(ART_NAMEN[befund.art])
    raum = grundlage.raum
    rows = [
        _zeile(
            raum,
            pk,
            abdeckung=abdeckung,
            leistung_id=leistung_id,
            namen=namen,
            befunde=befunde[pk],
        )
        for pk in raum.ketten
    ]
    return abdeckung, sorted(rows, key=_reihenfolge)


def _reihenfolge(row: Gemeindezeile) -> tuple[bool, str, str, str]:
    return (not row.befunde, row.kreis, row.gemeinde, row.verband)


def _zeile(
    raum: Raum,
    gemeinde: int,
    *,
    abdeckung: Abdeckung,
    leistung_id: int,
    namen: dict[int, str],
    befunde: list[str],
) -> Gemeindezeile:
    hits = abdeckung.zellen.get((leistung_id, gemeinde), frozenset())
    flaeche = raum.flaechen[gemeinde]
    oben = raum.flaechen.get(flaeche.parent_id or 0)
    kreis = raum.flaechen.get(raum.kreis_von[gemeinde])

    def stellen(slot: Slot) -> str:
        return "; ".join(sorted({namen[hit.ziel_id] for hit in hits if hit.slot is slot}))

    return Gemeindezeile(
        gemeinde=flaeche.name,
        verband=oben.titel if oben and oben.art in VERBAENDE else "",
        kreis=kreis.titel if kreis else "",
        stellen=stellen(Slot.ZUSTAENDIG),
        ansprechpunkte=stellen(Slot.ANSPRECHPUNKT),
        befunde=", ".join(dict.fromkeys(befunde)),
    )
