"""The walk up the chain of areas for one slot: the most specific level that replaces ends it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from behoerden.domain.gebiet import Glied
from leistungen.domain.fakten import (
    SLOTS_DER_ROLLE,
    Anfrage,
    Befund,
    Regel,
    Schritt,
    Slot,
    Treffer,
    Urteil,
    Ziel,
)


@dataclass(frozen=True, slots=True)
class Gang:
    """What one walk found."""

    treffer: tuple[Treffer, ...]
    schritte: tuple[Schritt, ...]
    ziel_offline: bool
    strasse_entscheidet: bool


def gehe(
    slot: Slot,
    *,
    anfrage: Anfrage,
    kette: Sequence[Glied],
    regeln: Iterable[Regel],
    ziele: Mapping[int, Ziel],
    wertebereiche: Mapping[int, frozenset[str]],
) -> Gang:
    """Return the hits of one slot and each step that led to them.

    Ranks are walked from the most specific. A rule ends the walk after its own rank if it
    replaces, its area holds wholly, and it applies for certain, or the open rules of one criterion
    together cover its whole range. A rule whose target is not live still ends the walk: falling
    through would name an authority that is not responsible.
    """
    je_gebiet = _je_gebiet(slot, regeln)
    treffer: list[Treffer] = []
    schritte: list[Schritt] = []
    ziel_offline = False
    strasse = False
    offen_oberhalb = False
    for rang, glieder in groupby(kette, key=lambda glied: glied.rang):
        ebene = _Ebene(slot, rang, tuple(glieder))
        ebene.sieh_an(je_gebiet, anfrage, ziele)
        neue = [replace(hit, gilt_sonst=offen_oberhalb) for hit in ebene.treffer]
        treffer += neue
        ziel_offline |= ebene.ziel_offline
        strasse |= ebene.teilweise_getroffen
        endet = ebene.endet(wertebereiche)
        schritte.append(ebene.schritt(endet))
        offen_oberhalb |= any(hit.offen for hit in neue)
        if endet:
            break
    return Gang(_ohne_doppelte(treffer), tuple(schritte), ziel_offline, strasse)


def _je_gebiet(slot: Slot, regeln: Iterable[Regel]) -> dict[int, list[Regel]]:
    je_gebiet: dict[int, list[Regel]] = {}
    for regel in sorted(regeln, key=lambda regel: regel.id):
        if slot in SLOTS_DER_ROLLE[regel.rolle]:
            je_gebiet.setdefault(regel.gebiet_id, []).append(regel)
    return je_gebiet


def _ohne_doppelte(treffer: Sequence[Treffer]) -> tuple[Treffer, ...]:
    """The same target under the same criterion counts once: the more specific rule."""
    seen: dict[tuple[int, int | None, frozenset[str]], Treffer] = {}
    for hit in treffer:
        seen.setdefault((hit.ziel_id, hit.kriterium, hit.werte), hit)
    return tuple(seen.values())


class _Ebene:
    """All areas of one rank."""

    def __init__(self, slot: Slot, rang: int, glieder: tuple[Glied, ...]) -> None:
        self.slot = slot
        self.rang = rang
        self.glieder = glieder
        self.treffer: list[Treffer] = []
        self.befunde: list[Befund] = []
        self.ziel_offline = False
        self.teilweise_getroffen = False
        self._sicher = False
        self._offen: dict[int, set[str]] = {}

    def sieh_an(
        self,
        je_gebiet: Mapping[int, Sequence[Regel]],
        anfrage: Anfrage,
        ziele: Mapping[int, Ziel],
    ) -> None:
        for glied in self.glieder:
            for regel in je_gebiet.get(glied.gebiet_id, ()):
                urteil = _urteil(regel, anfrage)
                if urteil in (Urteil.ABGELAUFEN, Urteil.NEIN):
                    self.befunde.append(Befund(regel.id, urteil))
                else:
                    self._zaehle(regel, glied, urteil, _lebendes_ziel(regel.ziel_id, ziele))

    def endet(self, wertebereiche: Mapping[int, frozenset[str]]) -> bool:
        return self._sicher or any(
            bereich and bereich <= self._offen.get(kriterium, set())
            for kriterium, bereich in wertebereiche.items()
        )

    def schritt(self, endet: bool) -> Schritt:
        gebiete = tuple(glied.gebiet_id for glied in self.glieder)
        return Schritt(self.slot, self.rang, gebiete, tuple(self.befunde), endet)

    def _zaehle(self, regel: Regel, glied: Glied, urteil: Urteil, ziel_id: int | None) -> None:
        if regel.ersetzt and not glied.teilweise:
            if urteil is Urteil.JA:
                self._sicher = True
            elif regel.kriterium is not None:
                self._offen.setdefault(regel.kriterium, set()).update(regel.werte)
        if ziel_id is None:
            self.ziel_offline = True
            self.befunde.append(Befund(regel.id, Urteil.ZIEL_OFFLINE))
            return
        self.teilweise_getroffen |= glied.teilweise
        self.befunde.append(Befund(regel.id, urteil))
        self.treffer.append(
            Treffer(
                regel_id=regel.id,
                ziel_id=ziel_id,
                slot=self.slot,
                rolle=regel.rolle,
                gebiet_id=regel.gebiet_id,
                rang=self.rang,
                geerbt=False,
                kriterium=regel.kriterium,
                werte=regel.werte,
                offen=urteil is Urteil.OFFEN,
                wahl_erlaubt=regel.wahl_erlaubt,
                verifiziert_am=regel.verifiziert_am,
            )
        )


def _urteil(regel: Regel, anfrage: Anfrage) -> Urteil:
    if not regel.gilt_am(anfrage.stichtag):
        return Urteil.ABGELAUFEN
    if regel.kriterium is None:
        return Urteil.JA
    antwort = anfrage.antworten.get(regel.kriterium)
    if antwort is None or not regel.werte:  # not answered yet, or free text nobody can decide
        return Urteil.OFFEN
    return Urteil.JA if antwort in regel.werte else Urteil.NEIN


def _lebendes_ziel(ziel_id: int, ziele: Mapping[int, Ziel]) -> int | None:
    ziel = ziele.get(ziel_id)
    if ziel is None:
        return None
    if ziel.live:
        return ziel.id
    # With two live successors a choice would be a guess.
    return ziel.nachfolger[0] if len(ziel.nachfolger) == 1 else None
