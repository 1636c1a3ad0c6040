"""Which municipality a place name belongs to: worked out from postcode and Kreis, never guessed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from behoerden.domain.gebiet import bezeichnung
from behoerden.domain.gebietsdaten import (
    GEMEINDEN,
    LAND,
    LANDKREIS,
    VERBAENDE,
    GebietDaten,
    Kennung,
    NameDaten,
    PlzDaten,
)
from behoerden.domain.ortsname import fold, namen

REGISTER = "gv100ad"
GEONAMES = "geonames"


class Ortszeile(NamedTuple):
    """A place of GeoNames: postcode, name, key of the Kreis (five digits)."""

    plz: str
    ort: str
    kreis: str


@dataclass(frozen=True)
class Ortsverzeichnis:
    """Living municipalities by postcode and Kreis, and by folded name within a Kreis."""

    je_plz: Mapping[tuple[str, str], frozenset[Kennung]]
    je_name: Mapping[tuple[str, str], frozenset[Kennung]]
    kreise: Mapping[str, Kennung]
    ortsteile: dict[tuple[str, str], set[Kennung]] = field(default_factory=dict)


def build_verzeichnis(gebiete: Iterable[GebietDaten], plz: Iterable[PlzDaten]) -> Ortsverzeichnis:
    """Return the index in which the rows of other sources are looked up."""
    je_plz: dict[tuple[str, str], set[Kennung]] = defaultdict(set)
    je_name: dict[tuple[str, str], set[Kennung]] = defaultdict(set)
    kreise: dict[str, Kennung] = {}
    for gebiet in gebiete:
        if gebiet.bis is not None:
            continue
        if kreis := gebiet.wert("kreis"):
            kreise[kreis] = gebiet.kennung
        if gebiet.art in GEMEINDEN:
            for name in namen(gebiet.versionen[-1].amtlicher_name):
                je_name[gebiet.kennung.wert[:5], fold(name).ae].add(gebiet.kennung)
    for paar in plz:
        je_plz[paar.plz, paar.gemeinde.wert[:5]].add(paar.gemeinde)
    return Ortsverzeichnis(
        {key: frozenset(werte) for key, werte in je_plz.items()},
        {key: frozenset(werte) for key, werte in je_name.items()},
        kreise,
    )


def official_names(gebiete: Iterable[GebietDaten]) -> Iterable[NameDaten]:
    """Yield the names of areas; those of dissolved municipalities as former names."""
    for gebiet in gebiete:
        version = gebiet.versionen[-1]
        if gebiet.art in GEMEINDEN:
            art = "amtlich" if gebiet.bis is None else "frueher"
            for name in namen(version.amtlicher_name):
                yield _of(gebiet.kennung, name, art)
        elif gebiet.bis is None:
            for name in dict.fromkeys(_level_names(gebiet.art, version.name)):
                yield _of(gebiet.kennung, name, "amtlich")


def _of(kennung: Kennung, name: str, art: str) -> NameDaten:
    return NameDaten(name, art, kennung, "", None, "hoch", REGISTER)


def _level_names(art: str, name: str) -> tuple[str, ...]:
    voll = bezeichnung(art, name)
    if art == "vg":
        return (voll, f"Verwaltungsgemeinschaft {name}", name)
    if art in VERBAENDE:
        return (voll, name)
    if art == LANDKREIS:
        return (voll, name, f"Kreis {name}") if voll != name else (name,)
    return (name, f"Freistaat {name}") if art == LAND else ()


def ortsteile(
    zeilen: Iterable[Ortszeile], verzeichnis: Ortsverzeichnis, aufgeloest: Iterable[tuple[str, str]]
) -> Iterable[NameDaten]:
    """Yield the places that are not municipalities; with a Gebiet where only one is possible.

    Args:
        zeilen: places by postcode and Kreis.
        verzeichnis: living municipalities; learns the places assigned here.
        aufgeloest: (Kreis, folded name) of dissolved municipalities whose fate is on record: that
            record knows better than the postcode.
    """
    bekannt = frozenset(aufgeloest)
    for zeile in zeilen:
        gefaltet = (zeile.kreis, fold(zeile.ort).ae)
        if gefaltet in verzeichnis.je_name or gefaltet in bekannt:
            continue
        moeglich = verzeichnis.je_plz.get((zeile.plz, zeile.kreis), frozenset())
        gebiet = next(iter(moeglich)) if len(moeglich) == 1 else None
        kreis = verzeichnis.kreise.get(zeile.kreis)
        for name in namen(zeile.ort):
            if gebiet is not None:
                key = (zeile.kreis, fold(name).ae)
                verzeichnis.ortsteile.setdefault(key, set()).add(gebiet)
            yield NameDaten(
                name,
                "ortsteil",
                gebiet,
                zeile.plz,
                kreis,
                "mittel" if gebiet else "offen",
                GEONAMES,
            )


def certain_places(
    zeilen: Iterable[Ortszeile], verzeichnis: Ortsverzeichnis, aufgeloest: Iterable[tuple[str, str]]
) -> Iterable[tuple[str, Kennung]]:
    """Yield the places of `ortsteile` that have a Gemeinde, each with it."""
    bekannt = frozenset(aufgeloest)
    for zeile in zeilen:
        gefaltet = (zeile.kreis, fold(zeile.ort).ae)
        moeglich = verzeichnis.je_plz.get((zeile.plz, zeile.kreis), frozenset())
        if len(moeglich) == 1 and gefaltet not in verzeichnis.je_name and gefaltet not in bekannt:
            yield zeile.ort, next(iter(moeglich))


def find_successor(ags: str, amtlicher_name: str, verzeichnis: Ortsverzeichnis) -> Kennung | None:
    """Return the one municipality of the Kreis in which a place of this name lies today.

    A town that gave up its own Kreis is looked for in the whole Land. None where the name is
    unknown or fits several municipalities.
    """
    voll = fold(namen(amtlicher_name)[0]).ae
    kreis = ags[:5]
    if kreis in verzeichnis.kreise:
        key = (kreis, voll)
        treffer = set(verzeichnis.je_name.get(key, ())) | verzeichnis.ortsteile.get(key, set())
    else:
        treffer = {k for (_, name), ks in verzeichnis.je_name.items() if name == voll for k in ks}
    return next(iter(treffer)) if len(treffer) == 1 else None
