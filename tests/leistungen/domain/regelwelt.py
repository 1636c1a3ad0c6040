"""A small world of areas and authorities for tests of the resolver; ids speak for themselves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from behoerden.domain.gebiet import Glied
from leistungen.domain.fakten import Anfrage, Ergebnis, Kandidat, Regel, Ziel
from leistungen.domain.zustaendigkeit import find_zustaendige_stellen

HEUTE = date(2026, 11, 24)

BUND, LAND, KREIS, VERBAND, GEMEINDE, NACHBAR, STADT, BEZIRK = 1, 2, 40, 50, 60, 61, 62, 45
LANDESKETTE = (Glied(LAND, 20, False), Glied(BUND, 10, False))
KETTEN: Mapping[int, tuple[Glied, ...]] = {
    GEMEINDE: (
        Glied(GEMEINDE, 60, False),
        Glied(VERBAND, 50, False),
        Glied(BEZIRK, 45, False),
        Glied(KREIS, 40, False),
        *LANDESKETTE,
    ),
    NACHBAR: (Glied(NACHBAR, 60, False), Glied(KREIS, 40, False), *LANDESKETTE),
    STADT: (Glied(STADT, 60, False), *LANDESKETTE),
}

RATHAUS, VERWALTUNG, LANDRATSAMT, LANDESAMT, OFFLINE = 600, 500, 400, 200, 999
ZIELE = {
    RATHAUS: Ziel(RATHAUS, "Rathaus"),
    VERWALTUNG: Ziel(VERWALTUNG, "Verwaltungsgemeinschaft"),
    LANDRATSAMT: Ziel(LANDRATSAMT, "Landratsamt"),
    LANDESAMT: Ziel(LANDESAMT, "Landesamt"),
    OFFLINE: Ziel(OFFLINE, "Aufgelöstes Amt", live=False),
}


class Regelwerk:
    """Makes rules with running numbers."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, gebiet: int, ziel: int, rolle: str = "01", **values: object) -> Regel:
        self.count += 1
        return Regel(id=self.count, gebiet_id=gebiet, rolle=rolle, ziel_id=ziel, **values)  # type: ignore[arg-type]


regel = Regelwerk()


def kandidat(gebiet: int, **values: object) -> Kandidat:
    return Kandidat(gebiet_id=gebiet, kette=KETTEN[gebiet], **values)  # type: ignore[arg-type]


def resolve(
    *regeln: Regel,
    ort: int | tuple[int, ...] | None = None,
    stichtag: date = HEUTE,
    antworten: Mapping[int, str] | None = None,
    wertebereiche: Mapping[int, frozenset[str]] | None = None,
    ketten: Mapping[int, Kandidat] | None = None,
) -> Ergebnis:
    """Resolve for one place, several or none."""
    orte = () if ort is None else (ort,) if isinstance(ort, int) else ort
    return find_zustaendige_stellen(
        anfrage=Anfrage(leistung_id=1, stichtag=stichtag, antworten=antworten or {}),
        kandidaten=[(ketten or {}).get(gebiet) or kandidat(gebiet) for gebiet in orte],
        landeskette=LANDESKETTE,
        regeln=regeln,
        ziele=ZIELE,
        wertebereiche=wertebereiche or {},
    )


def ziele(ergebnis: Ergebnis) -> list[int]:
    return [treffer.ziel_id for treffer in ergebnis.treffer]
