"""Would every area have exactly one chain, and every key one area, after the reform?"""

from __future__ import annotations

from collections.abc import Iterator

from behoerden.domain.gebietsdaten import (
    GEMEINDE,
    LANDKREIS,
    VERBAENDE,
)
from behoerden.domain.reform import Reformfehler
from behoerden.domain.reform_fakten import Fakten
from behoerden.domain.reform_stand import Gebietsstand
from zufi.common.zeitraum import ueberlappen

# Which kinds may lie directly above which.
OBEN = {
    GEMEINDE: frozenset({LANDKREIS, *VERBAENDE}),
    **dict.fromkeys(VERBAENDE, frozenset({LANDKREIS})),
}


def pruefe(stand: Gebietsstand, fakten: Fakten) -> list[Reformfehler]:
    """Return every reason why the planned state cannot be; none if it can."""
    lebende = set(stand.lebende())
    return [
        *_ketten(stand, lebende),
        *_gruppen(stand, lebende),
        *_leere_verbaende(stand, lebende),
        *_schluessel(stand, fakten),
        *_nachfolger(stand, lebende),
    ]


def _ketten(stand: Gebietsstand, lebende: set[int]) -> Iterator[Reformfehler]:
    for gebiet in sorted(lebende):
        oben = stand.parent_of(gebiet)
        if oben is None:
            continue
        zeile = stand.zeilen.get(gebiet, stand.zeilen.get(oben, 0))
        if oben in stand.ende:
            yield Reformfehler(
                zeile,
                f"{stand.titel(gebiet)} gehört noch zu {stand.titel(oben)}, das aufgelöst wird. "
                "Ordnen Sie das Gebiet mit einer Umgliederung neu zu.",
            )
        elif gebiet in stand.parent and (
            oben not in lebende or stand.art(oben) not in OBEN[stand.art(gebiet)]
        ):
            yield Reformfehler(
                zeile, f"{stand.titel(gebiet)} kann nicht zu {stand.titel(oben)} gehören."
            )


def _gruppen(stand: Gebietsstand, lebende: set[int]) -> Iterator[Reformfehler]:
    """The town that administers a group is a member of it."""
    for gruppe in sorted(lebende):
        stadt = stand.stadt_of(gruppe)
        if stadt is None:
            continue
        beruehrt = {gruppe, stadt} & {*stand.ende, *stand.parent, *stand.neu}
        if beruehrt and (stadt not in lebende or stand.parent_of(stadt) != gruppe):
            yield Reformfehler(
                stand.zeilen.get(stadt, stand.zeilen.get(gruppe, 0)),
                f"{stand.titel(stadt)} verwaltet {stand.titel(gruppe)} und gehört danach nicht "
                "mehr dazu. Lösen Sie die Gruppe auf oder gründen Sie sie neu.",
            )


def _leere_verbaende(stand: Gebietsstand, lebende: set[int]) -> Iterator[Reformfehler]:
    belegt = {stand.parent_of(gebiet) for gebiet in lebende}
    bisher = {f.parent for pk, f in stand.lage.fassungen.items() if pk in stand.lage.leben}
    for verband in sorted(lebende):
        if stand.art(verband) not in VERBAENDE or verband in belegt:
            continue
        if verband in bisher or verband in stand.neu:
            yield Reformfehler(
                stand.zeilen.get(verband, 0),
                f"Zu {stand.titel(verband)} gehört danach keine Gemeinde. "
                "Ordnen Sie Gemeinden zu oder lösen Sie den Verband auf.",
            )


def _schluessel(stand: Gebietsstand, fakten: Fakten) -> Iterator[Reformfehler]:
    """No value may name two areas, on the day or later."""
    neue = [
        schluessel
        for gebiet in (*stand.geaenderte(), *stand.neu)
        for schluessel in stand.schluessel(gebiet)
    ]
    werte: dict[tuple[str, str], int] = {}
    for schluessel in sorted(neue):
        anderes = werte.setdefault((schluessel.typ, schluessel.wert), schluessel.gebiet)
        if anderes != schluessel.gebiet:
            yield Reformfehler(
                stand.zeilen.get(schluessel.gebiet, 0),
                f"Den Schlüssel {schluessel.wert} bekämen zwei Gebiete.",
            )
    frei = stand.ende | {g for g in stand.geaenderte() if g in stand.ars}
    for alt in fakten.schluessel:
        gebiet = werte.get((alt.typ, alt.wert))
        if gebiet is None or alt.gebiet == gebiet or alt.gebiet in frei:
            continue
        if ueberlappen(alt.ab, alt.bis, stand.lage.tag, None):
            yield Reformfehler(
                stand.zeilen.get(gebiet, 0),
                f"Der Schlüssel {alt.wert} gehört dann schon einem anderen Gebiet.",
            )


def _nachfolger(stand: Gebietsstand, lebende: set[int]) -> Iterator[Reformfehler]:
    for gebiet, ziel in stand.ziele.items():
        if ziel not in lebende:
            yield Reformfehler(
                stand.zeilen.get(gebiet, 0),
                f"{stand.titel(ziel)} soll {stand.titel(gebiet)} aufnehmen und endet selbst.",
            )
