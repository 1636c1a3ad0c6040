"""From what the statements noticed to findings: one per cause, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from string import ascii_uppercase
from typing import Any

from leistungen.coverage import saetze
from leistungen.coverage.ebenen import aufgabe
from leistungen.coverage.fakten import Art, Befund, Schwere
from leistungen.coverage.lauf import Fund, Rohdaten
from leistungen.coverage.raum import Raum
from leistungen.coverage.regelfakten import Regelfakt
from leistungen.coverage.urteil import (
    Feldregel,
    Kriteriumluecke,
    konflikte,
    kriteriumluecken,
    ueberlappungen,
)
from leistungen.domain.fakten import Slot

# `fehler`: a citizen gets none, several or a vanished office, or a rule says what nobody ever
# sees. `hinweis`: the answers are right, the data could be simpler or soon will not do.
SCHWERE: Mapping[Art, Schwere] = {
    **dict.fromkeys(Art, Schwere.FEHLER),
    **dict.fromkeys((Art.FALSCHE_EBENE, Art.EBENE_PASST_NICHT, Art.ABLAUF), Schwere.HINWEIS),
}
_REIHENFOLGE = {art: number for number, art in enumerate(Art)}


@dataclass(slots=True)
class _Ursache:
    """Cells with the same cause; `slot` is the leading one of those it shows in."""

    slot: Slot
    gemeinden: set[int] = field(default_factory=set)

    def add(self, fund: Fund) -> None:
        self.gemeinden |= fund.gemeinden
        if fund.slot is Slot.ZUSTAENDIG:
            self.slot = fund.slot


@dataclass(frozen=True, slots=True)
class Richter:
    """Judges raw data; `regeln` holds every rule they name, `typen` the typing per service."""

    raum: Raum
    bereiche: Mapping[int, frozenset[str]]
    regeln: Mapping[int, Regelfakt]
    typen: Mapping[int, tuple[str, ...]]

    def befunde(self, roh: Rohdaten) -> tuple[Befund, ...]:
        """Return the findings by service, then kind; the same data give the same order."""
        found = [
            *self._luecken(roh),
            *self._offline(roh.offline),
            *self._abgelaufen(roh.frueher),
            *self._felder(roh.mehrere),
            *self._ohne_wirkung(roh.ohne_wirkung),
            *self._zu_tief(roh.zu_tief),
            *self._unpassend(roh.unpassend),
            *self._ablauf(roh.ablauf),
        ]
        found.sort(key=lambda b: (b.leistung_id, _REIHENFOLGE[b.art], b.regel_ids, b.gebiet_ids))
        return tuple(found)

    def _befund(
        self,
        art: Art,
        leistung_id: int,
        text: str,
        *,
        gemeinden: Iterable[int] = (),
        regel_ids: Iterable[int] = (),
        slot: Slot = Slot.ZUSTAENDIG,
        schwere: Schwere | None = None,
    ) -> Befund:
        orte = set(gemeinden)
        ganze = self.raum.gemeinden(orte)
        return Befund(
            art=art,
            schwere=schwere or SCHWERE[art],
            leistung_id=leistung_id,
            gebiet_ids=tuple(sorted(ganze)),
            regel_ids=tuple(sorted(regel_ids)),
            slot=slot,
            text=text,
            ortsteil_ids=() if ganze else tuple(sorted(orte)),
        )

    def _fakten(self, regel_ids: Iterable[int]) -> list[Regelfakt]:
        fakten = (self.regeln[pk] for pk in regel_ids)
        return sorted(fakten, key=lambda fakt: (fakt.gebiet, fakt.behoerde, fakt.id))

    def _luecken(self, roh: Rohdaten) -> Iterator[Befund]:
        """Cells nobody answers; those that an ended rule explains are told as such."""
        erklaert: dict[int, set[int]] = defaultdict(set)
        for fund in roh.frueher:
            erklaert[fund.leistung_id] |= fund.gemeinden
        for leistung_id, gemeinden in roh.ohne_regel.items():
            if rest := gemeinden - erklaert[leistung_id]:
                teile = roh.teile.get(leistung_id, set())
                text = saetze.fehlt(self.raum, rest, teile)
                yield self._befund(Art.LUECKE, leistung_id, text, gemeinden=rest)

    def _offline(self, funde: Iterable[Fund]) -> Iterator[Befund]:
        """Ended authorities are dead rules, the others only not published."""

        def cause(fund: Fund) -> tuple[Any, ...]:
            regel = self.regeln[fund.regel_ids[0]]
            tot = regel.behoerde_bis is not None and regel.behoerde_bis < self.raum.stichtag
            return (fund.leistung_id, tot, regel.behoerde)

        for (leistung_id, tot, _), (ursache, ids) in _vereint(funde, cause):
            regeln = self._fakten(ids)
            yield self._befund(
                Art.TOTE_REGEL if tot else Art.ZIEL_OFFLINE,
                leistung_id,
                saetze.beendet(regeln[0])
                if tot
                else saetze.offline(self.raum, regeln, ursache.gemeinden),
                gemeinden=ursache.gemeinden,
                regel_ids=ids,
                slot=ursache.slot,
            )

    def _abgelaufen(self, funde: Iterable[Fund]) -> Iterator[Befund]:
        def cause(fund: Fund) -> tuple[Any, ...]:
            return (fund.leistung_id, self.regeln[fund.regel_ids[0]].bis)

        for (leistung_id, _), (ursache, ids) in _vereint(funde, cause):
            yield self._befund(
                Art.ABGELAUFEN,
                leistung_id,
                saetze.abgelaufen(self.raum, self._fakten(ids), ursache.gemeinden),
                gemeinden=ursache.gemeinden,
                regel_ids=ids,
            )

    def _felder(self, funde: Iterable[Fund]) -> Iterator[Befund]:
        """Conflicts, doubles and incomplete criteria; the same rules in many cells are one."""
        gruppen: dict[tuple[Art, int, tuple[int, ...]], _Ursache] = {}
        luecken: dict[tuple[int, Kriteriumluecke], _Ursache] = {}
        for fund in funde:
            feld = self._feld(fund)
            for art, urteil in ((Art.KONFLIKT, konflikte), (Art.UEBERLAPPUNG, ueberlappungen)):
                for ids in urteil(feld):
                    if not self._betrifft(fund, ids):
                        continue
                    key = (art, fund.leistung_id, ids)
                    gruppen.setdefault(key, _Ursache(fund.slot)).add(fund)
            for luecke in kriteriumluecken(feld, self.bereiche):
                if not self._betrifft(fund, luecke.regel_ids):
                    continue
                luecken.setdefault((fund.leistung_id, luecke), _Ursache(fund.slot)).add(fund)
        for (art, leistung_id, ids), ursache in gruppen.items():
            satz = saetze.konflikt if art is Art.KONFLIKT else saetze.ueberlappung
            yield self._befund(
                art,
                leistung_id,
                satz(self.raum, self._fakten(ids), ursache.gemeinden),
                gemeinden=ursache.gemeinden,
                regel_ids=ids,
                slot=ursache.slot,
            )
        for (leistung_id, luecke), ursache in luecken.items():
            bereich = self.bereiche[luecke.kriterium]
            art_der_frage = "buchstabe" if bereich == frozenset(ascii_uppercase) else "auswahl"
            yield self._befund(
                Art.KRITERIUM_LUECKE,
                leistung_id,
                saetze.kriteriumluecke(luecke, self._fakten(luecke.regel_ids), art_der_frage),
                gemeinden=ursache.gemeinden,
                regel_ids=luecke.regel_ids,
                slot=ursache.slot,
                schwere=Schwere.HINWEIS if luecke.aufgefangen else Schwere.FEHLER,
            )

    def _betrifft(self, fund: Fund, regel_ids: Iterable[int]) -> bool:
        """Whether these rules are to be told here: in an Ortsteil only if one is its own."""
        return bool(self.raum.gemeinden(fund.gemeinden)) or any(
            self.regeln[pk].gebiet_id not in self.raum.gemeinden_von for pk in regel_ids
        )

    def _feld(self, fund: Fund) -> list[Feldregel]:
        return [
            Feldregel(
                id=fakt.id,
                rang=rang,
                ziel_id=fakt.ziel_id,
                ersetzt=fakt.ersetzt and not teilweise,
                wahl_erlaubt=fakt.wahl_erlaubt,
                kriterium=fakt.kriterium_id,
                bedingung=fakt.bedingung,
            )
            for fakt, rang, teilweise in zip(
                (self.regeln[pk] for pk in fund.regel_ids),
                fund.raenge,
                fund.teilweise,
                strict=True,
            )
        ]

    def _ohne_wirkung(self, funde: Iterable[Fund]) -> Iterator[Befund]:
        """Rules no cell reaches: their area has no Gemeinde, or others replace them everywhere."""
        ueberdeckt: list[Fund] = []
        for fund in funde:
            regel = self.regeln[fund.regel_ids[0]]
            if (
                regel.gebiet_id in self.raum.gemeinden_von
                or regel.gebiet_id in self.raum.ortsteile_von
            ):
                ueberdeckt.append(fund)
            elif self._ist_tot(regel):
                text = saetze.totes_gebiet(regel)
                yield self._befund(
                    Art.TOTE_REGEL, fund.leistung_id, text, regel_ids=[regel.id], slot=fund.slot
                )

        def cause(fund: Fund) -> tuple[Any, ...]:
            regel = self.regeln[fund.regel_ids[0]]
            return (fund.leistung_id, regel.gebiet_art, regel.rolle)

        for (leistung_id, *_), (ursache, ids) in _vereint(ueberdeckt, cause):
            regeln = self._fakten(ids)
            yield self._befund(
                Art.UNERREICHBAR,
                leistung_id,
                saetze.unerreichbar(regeln),
                gemeinden={o for r in regeln for o in self._orte_von(r.gebiet_id)},
                regel_ids=ids,
                slot=ursache.slot,
            )

    def _orte_von(self, gebiet_id: int) -> frozenset[int]:
        """Gemeinden of an area; without any the Ortsteile."""
        leer: frozenset[int] = frozenset()
        gemeinden = self.raum.gemeinden_von.get(gebiet_id, leer)
        return gemeinden or self.raum.ortsteile_von.get(gebiet_id, leer)

    def _ist_tot(self, regel: Regelfakt) -> bool:
        """An area of the future may wait."""
        return regel.gebiet_ab is None or regel.gebiet_ab <= self.raum.stichtag

    def _zu_tief(self, funde: Sequence[tuple[int, int, Fund]]) -> Iterator[Befund]:
        """Only the widest area of each set of rows is told."""
        mengen = [set(fund.regel_ids) for *_, fund in funde]
        for leistung_id, gebiet_id, fund in funde:
            eigene = set(fund.regel_ids)
            if any(eigene < menge for menge in mengen):
                continue
            yield self._befund(
                Art.FALSCHE_EBENE,
                leistung_id,
                saetze.falsche_ebene(
                    self.raum.flaechen[gebiet_id].titel, self._fakten(fund.regel_ids)
                ),
                gemeinden=self.raum.gemeinden_von[gebiet_id],
                regel_ids=fund.regel_ids,
                slot=fund.slot,
            )

    def _unpassend(self, funde: Iterable[tuple[str, Fund]]) -> Iterator[Befund]:
        for _, fund in funde:
            regeln = self._fakten(fund.regel_ids)
            gemeinden = {g for r in regeln for g in self._orte_von(r.gebiet_id)}
            yield self._befund(
                Art.EBENE_PASST_NICHT,
                fund.leistung_id,
                saetze.ebene_passt_nicht(aufgabe(self.typen[fund.leistung_id]), regeln),
                gemeinden=gemeinden,
                regel_ids=fund.regel_ids,
                slot=fund.slot,
            )

    def _ablauf(self, funde: Iterable[tuple[Any, Fund]]) -> Iterator[Befund]:
        letzte = {fund.regel_ids[0]: bis for bis, fund in funde}

        def cause(fund: Fund) -> tuple[Any, ...]:
            return (fund.leistung_id, letzte[fund.regel_ids[0]])

        for (leistung_id, bis), (ursache, ids) in _vereint([f for _, f in funde], cause):
            yield self._befund(
                Art.ABLAUF,
                leistung_id,
                saetze.ablauf(self.raum, self._fakten(ids), ursache.gemeinden, bis),
                gemeinden=ursache.gemeinden,
                regel_ids=ids,
                slot=ursache.slot,
            )


def _vereint(
    funde: Iterable[Fund], cause: Callable[[Fund], tuple[Any, ...]]
) -> Iterator[tuple[tuple[Any, ...], tuple[_Ursache, frozenset[int]]]]:
    """Join what has the same cause: cells, rules, and the leading slot."""
    for key, gruppe in groupby(sorted(funde, key=cause), key=cause):
        liste = list(gruppe)
        ursache = _Ursache(liste[0].slot)
        for fund in liste:
            ursache.add(fund)
        yield key, (ursache, frozenset(pk for fund in liste for pk in fund.regel_ids))
