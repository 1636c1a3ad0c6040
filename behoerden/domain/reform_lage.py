"""The state of all areas around the day of a reform, and looking areas up in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from behoerden.domain.gebiet import bezeichnung
from behoerden.domain.reform_fakten import Fakten, Fassung, Leben, Mitglied, Schluessel
from zufi.common.zeitraum import enthaelt

EIN_TAG = timedelta(days=1)
SCHLUESSELTYPEN = frozenset({"ars", "ags", "kreis"})


@dataclass(frozen=True, slots=True)
class Lage:
    """Facts on the last day before the reform; `spaeter` are areas with facts after it.

    An area that another reform begins on the very day can be named, too.
    """

    tag: date
    leben: dict[int, Leben]
    fassungen: dict[int, Fassung]
    schluessel: dict[int, dict[str, Schluessel]]
    mitglieder: dict[int, tuple[Mitglied, ...]]
    kuenftige_mitglieder: dict[int, tuple[Mitglied, ...]]
    spaeter: frozenset[int]
    _je_schluessel: dict[str, int]

    @property
    def vortag(self) -> date:
        """The last day of the old."""
        return self.tag - EIN_TAG

    def find(self, schluessel: str) -> int | None:
        """Return the area that has this key on the day before, or begins on the day with it."""
        return self._je_schluessel.get(schluessel)

    def art(self, gebiet: int) -> str:
        """Kind of the area."""
        return self.leben[gebiet].art

    def name(self, gebiet: int) -> str:
        """Name with kind, for sentences."""
        fassung = self.fassungen.get(gebiet)
        return bezeichnung(self.art(gebiet), fassung.name) if fassung else f"Gebiet {gebiet}"

    def wert(self, gebiet: int, typ: str) -> str:
        """Key of this kind on the day before, "" without one."""
        eintrag = self.schluessel.get(gebiet, {}).get(typ)
        return eintrag.wert if eintrag else ""


def build_lage(fakten: Fakten, tag: date) -> Lage:
    """Return the state on the day before `tag`; the order of the facts is irrelevant."""
    vortag = tag - EIN_TAG
    leben = {
        fakt.gebiet: fakt
        for fakt in fakten.leben
        if enthaelt(fakt.ab, fakt.bis, vortag) or fakt.ab == tag
    }
    fassungen = _am(fakten.fassungen, vortag, tag)
    schluessel: dict[int, dict[str, Schluessel]] = defaultdict(dict)
    je_schluessel: dict[str, int] = {}
    for tag_ in (tag, vortag):  # the day before wins
        for eintrag in fakten.schluessel:
            if enthaelt(eintrag.ab, eintrag.bis, tag_) and eintrag.gebiet in leben:
                if tag_ == vortag or eintrag.typ not in schluessel[eintrag.gebiet]:
                    schluessel[eintrag.gebiet][eintrag.typ] = eintrag
                if eintrag.typ in SCHLUESSELTYPEN:
                    je_schluessel[eintrag.wert] = eintrag.gebiet
    mitglieder: dict[int, list[Mitglied]] = defaultdict(list)
    kuenftige: dict[int, list[Mitglied]] = defaultdict(list)
    for mitglied in fakten.mitglieder:
        if enthaelt(mitglied.ab, mitglied.bis, vortag):
            mitglieder[mitglied.mitglied].append(mitglied)
        elif mitglied.ab is not None and mitglied.ab >= tag:
            kuenftige[mitglied.mitglied].append(mitglied)
    spaeter = (
        {fakt.gebiet for fakt in fakten.fassungen if fakt.ab is not None and fakt.ab >= tag}
        | {fakt.gebiet for fakt in fakten.schluessel if fakt.ab is not None and fakt.ab >= tag}
        | {fakt.gebiet for fakt in fakten.leben if fakt.bis is not None and fakt.bis >= vortag}
    )
    return Lage(
        tag=tag,
        leben=leben,
        fassungen=fassungen,
        schluessel=dict(schluessel),
        mitglieder=_sorted(mitglieder),
        kuenftige_mitglieder=_sorted(kuenftige),
        spaeter=frozenset(spaeter),
        _je_schluessel=je_schluessel,
    )


def _am(fassungen: Iterable[Fassung], vortag: date, tag: date) -> dict[int, Fassung]:
    gefunden: dict[int, Fassung] = {}
    for fassung in fassungen:
        if enthaelt(fassung.ab, fassung.bis, vortag):
            gefunden[fassung.gebiet] = fassung
        elif fassung.ab == tag:
            gefunden.setdefault(fassung.gebiet, fassung)
    return gefunden


def _sorted(je: dict[int, list[Mitglied]]) -> dict[int, tuple[Mitglied, ...]]:
    return {
        gebiet: tuple(sorted(liste, key=lambda m: (m.eigenes_gebiet, m.ab or date.min)))
        for gebiet, liste in je.items()
    }
