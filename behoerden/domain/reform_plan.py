"""From operations to dated facts: checked against the state of the day, in any order of rows.

What ends has its last day on the day before; what begins, begins on the day. Nothing before the
day changes. An area that already has facts on or after the day is refused: the later change would
be overwritten without anybody having decided so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from behoerden.domain.gebietsdaten import (
    GEMEINDE,
    GEMEINDEN,
    LANDKREIS,
    VERBAENDE,
)
from behoerden.domain.reform import (
    AufloesungVerband,
    Eingliederung,
    GruendungVerband,
    Neubildung,
    Operation,
    Reformfehler,
    ReformUngueltig,
    Schluesselwechsel,
    Umbenennung,
    Umgliederung,
)
from behoerden.domain.reform_fakten import (
    Aenderung,
    Fakten,
    Fassung,
    Leben,
    Mitglied,
    Nachfolge,
    Schluessel,
)
from behoerden.domain.reform_lage import Lage, build_lage
from behoerden.domain.reform_pruefung import pruefe
from behoerden.domain.reform_stand import Gebietsstand
from behoerden.domain.schluessel import ags_from_ars, kreis_from_key, verband_from_ars

T = TypeVar("T")
Mengen = dict[str, set[Any]]
BEWEGLICH = frozenset({GEMEINDE, *VERBAENDE})
TEXTKENNZEICHEN = {"vg": "54", "erfuellende_gemeinde": "58", "stadt": "63", "gemeinde": "64"}


@dataclass(frozen=True, slots=True)
class Reformplan:
    """The change of facts, and what editors should look at although it is allowed."""

    aenderung: Aenderung
    hinweise: tuple[str, ...]

    @property
    def neue(self) -> tuple[int, ...]:
        """Numbers of the areas that begin: negative, by key."""
        return tuple(
            sorted(
                (leben.gebiet for leben in self.aenderung.neu.leben if leben.gebiet < 0),
                reverse=True,
            )
        )


def plan_reform(operationen: Sequence[Operation], fakten: Fakten, tag: date) -> Reformplan:
    """Return what the operations change from `tag` on; their order is irrelevant.

    Raises:
        ReformUngueltig: a key is unknown, two operations contradict each other, an area would have
            no chain, a key would be given twice; every reason with its row.
    """
    entwurf = _Entwurf(build_lage(fakten, tag))
    for operation in operationen:
        entwurf.lege_an(operation)
    for operation in operationen:
        entwurf.nimm_auf(operation)
    entwurf.brich_ab_bei_fehlern()
    stand = entwurf.stand
    entwurf.fehler += pruefe(stand, fakten)
    entwurf.brich_ab_bei_fehlern()
    aenderung = _aenderung(stand, entwurf)
    return Reformplan(aenderung, tuple(sorted(set(entwurf.hinweise) | set(stand.hinweise()))))


@dataclass(slots=True)
class _Entwurf:
    """Collects what the operations say, and what is wrong with it."""

    lage: Lage
    fehler: list[Reformfehler] = field(default_factory=list)
    hinweise: list[str] = field(default_factory=list)
    nachfolgen: list[Nachfolge] = field(default_factory=list)
    neu_je_schluessel: dict[str, int] = field(default_factory=dict)
    stand: Gebietsstand = field(init=False)

    def __post_init__(self) -> None:
        self.stand = Gebietsstand(self.lage)

    def brich_ab_bei_fehlern(self) -> None:
        if self.fehler:
            raise ReformUngueltig(self.fehler)

    def _fehlt(self, operation: Operation, text: str) -> None:
        self.fehler.append(Reformfehler(operation.zeile, text))

    # --- first the areas that begin, so that every row can name them ---

    def lege_an(self, operation: Operation) -> None:
        if not isinstance(operation, Neubildung | GruendungVerband):
            return
        ars = operation.ars
        nummer = -int(ars)  # the same whatever the order of rows
        if nummer in self.stand.neu:
            self._fehlt(operation, f"Der neue Schlüssel {ars} kommt zweimal vor.")
            return
        art = operation.verbandsart if isinstance(operation, GruendungVerband) else GEMEINDE
        self.stand.neu[nummer] = art
        self.stand.zeilen[nummer] = operation.zeile
        self.stand.name[nummer] = operation.neuer_name
        self.stand.ars[nummer] = ars
        self.neu_je_schluessel[ars] = nummer
        if art == GEMEINDE:
            self.neu_je_schluessel[ags_from_ars(ars)] = nummer

    # --- then what each row says ---

    def nimm_auf(self, operation: Operation) -> None:
        match operation:
            case Eingliederung():
                self._eingliederung(operation)
            case Neubildung():
                self._neubildung(operation)
            case Umgliederung():
                self._umgliederung(operation)
            case Umbenennung():
                if (gebiet := self._suche(operation, operation.gebiet)) is not None:
                    self._setze(operation, self.stand.name, gebiet, operation.neuer_name)
                    self._setze(
                        operation,
                        self.stand.amtlicher_name,
                        gebiet,
                        operation.amtlicher_name or self._amtlich(gebiet, operation.neuer_name),
                    )
            case Schluesselwechsel():
                if (gebiet := self._suche(operation, operation.gebiet)) is not None:
                    self._setze(operation, self.stand.ars, gebiet, operation.ars)
            case AufloesungVerband():
                self._aufloesung(operation)
            case GruendungVerband():
                self._gruendung(operation)

    def _suche(self, operation: Operation, schluessel: str) -> int | None:
        gebiet = self.lage.find(schluessel)
        if gebiet is None:
            gebiet = self.neu_je_schluessel.get(schluessel)
        if gebiet is None:
            self._fehlt(
                operation,
                f"Ein Gebiet mit dem Schlüssel {schluessel} gibt es am "
                f"{self.lage.vortag:%d.%m.%Y} nicht.",
            )
        return gebiet

    def _suche_art(
        self, operation: Operation, schluessel: str, arten: Iterable[str], was: str
    ) -> int | None:
        gebiet = self._suche(operation, schluessel)
        if gebiet is not None and self.stand.art(gebiet) not in arten:
            self._fehlt(operation, f"{self.stand.titel(gebiet)} ({schluessel}) ist {was}.")
            return None
        return gebiet

    def _setze(self, operation: Operation, werte: dict[int, T], gebiet: int, wert: T) -> None:
        if gebiet in werte and werte[gebiet] != wert:
            self._fehlt(operation, f"Zu {self.stand.titel(gebiet)} gibt es zwei Angaben.")
        elif gebiet in self.lage.spaeter:
            self._fehlt(operation, self._spaeter(gebiet))
        else:
            self.stand.zeilen.setdefault(gebiet, operation.zeile)
            werte[gebiet] = wert

    def _ende(self, operation: Operation, gebiet: int) -> None:
        if gebiet in self.stand.neu:
            self._fehlt(operation, f"{self.stand.titel(gebiet)} beginnt an diesem Tag erst.")
        elif gebiet in self.stand.ende:
            self._fehlt(operation, f"{self.stand.titel(gebiet)} wird zweimal aufgelöst.")
        elif gebiet in self.lage.spaeter:
            self._fehlt(operation, self._spaeter(gebiet))
        else:
            self.stand.zeilen.setdefault(gebiet, operation.zeile)
            self.stand.ende.add(gebiet)

    def _spaeter(self, gebiet: int) -> str:
        return (
            f"Für {self.stand.titel(gebiet)} ist ab {self.lage.tag:%d.%m.%Y} oder später schon "
            "eine Änderung eingetragen. Nehmen Sie diese zuerst zurück."
        )

    def _amtlich(self, gebiet: int, name: str) -> str:
        fassung = self.lage.fassungen.get(gebiet)
        stadt = fassung is not None and fassung.amtlicher_name.endswith(", Stadt")
        return f"{name}, Stadt" if stadt else name

    def _eingliederung(self, o: Eingliederung) -> None:
        gebiet = self._suche_art(o, o.gebiet, GEMEINDEN, "keine Gemeinde")
        ziel = self._suche_art(o, o.ziel, GEMEINDEN, "keine Gemeinde") if o.ziel else None
        if gebiet is None or (o.ziel and ziel is None):
            return
        self._ende(o, gebiet)
        sicherheit = o.sicherheit if ziel is not None else "offen"
        self._nachfolge(
            gebiet, ziel, o, art="eingliederung", sicherheit=sicherheit, belegt=o.tag_belegt
        )
        if ziel is None:
            self.hinweise.append(
                f"Zu welcher Gemeinde {self.stand.titel(gebiet)} gehören wird, bleibt offen."
            )
        else:
            self._vergleiche_bezirke([gebiet], ziel)

    def _neubildung(self, o: Neubildung) -> None:
        nummer = self.neu_je_schluessel.get(o.ars)
        vorgaenger = [self._suche_art(o, s, GEMEINDEN, "keine Gemeinde") for s in o.gebiete]
        parent = self._parent(o, o.ziel, o.ars)
        if nummer is None or parent is None or None in vorgaenger:
            return
        gebiete = [gebiet for gebiet in vorgaenger if gebiet is not None]
        self.stand.parent[nummer] = parent
        self.stand.amtlicher_name[nummer] = o.amtlicher_name or o.neuer_name
        self.stand.vorgaenger[nummer] = tuple(sorted(gebiete))
        for gebiet in gebiete:
            self._ende(o, gebiet)
            self._nachfolge(
                gebiet, nummer, o, art="neubildung", sicherheit=o.sicherheit, belegt=o.tag_belegt
            )
        self._vergleiche_bezirke(gebiete, nummer)

    def _umgliederung(self, o: Umgliederung) -> None:
        gebiet = self._suche_art(o, o.gebiet, BEWEGLICH, "weder Gemeinde noch Verband")
        ziel = self._suche_art(o, o.ziel, {LANDKREIS, *VERBAENDE}, "weder Verband noch Landkreis")
        if gebiet is None or ziel is None:
            return
        if self.stand.art(gebiet) in VERBAENDE and self.stand.art(ziel) != LANDKREIS:
            self._fehlt(o, "Ein Verband gehört zu einem Landkreis, nicht zu einem Verband.")
            return
        self._setze(o, self.stand.parent, gebiet, ziel)
        if o.ars:
            self._setze(o, self.stand.ars, gebiet, o.ars)

    def _aufloesung(self, o: AufloesungVerband) -> None:
        gebiet = self._suche_art(o, o.gebiet, VERBAENDE, "kein Verband")
        ziel = self._suche(o, o.ziel) if o.ziel else None
        if gebiet is None or (o.ziel and ziel is None):
            return
        self._ende(o, gebiet)
        if ziel is not None:
            self._nachfolge(gebiet, ziel, o, art="eingliederung")
            self._vergleiche_bezirke([gebiet], ziel)

    def _gruendung(self, o: GruendungVerband) -> None:
        nummer = self.neu_je_schluessel.get(o.ars)
        kreis = self._suche_art(o, o.ziel or kreis_ars(o.ars), {LANDKREIS}, "kein Landkreis")
        if nummer is None or kreis is None:
            return
        self.stand.parent[nummer] = kreis
        self.stand.amtlicher_name[nummer] = o.neuer_name
        if o.erfuellt_durch:
            stadt = self._suche_art(o, o.erfuellt_durch, GEMEINDEN, "keine Gemeinde")
            if stadt is not None:
                self.stand.erfuellt_durch[nummer] = stadt

    def _parent(self, o: Neubildung, ziel: str, ars: str) -> int | None:
        verbandsfrei = not ars[5:].startswith("5")
        schluessel = ziel or (kreis_ars(ars) if verbandsfrei else str(verband_from_ars(ars)))
        arten = {LANDKREIS, *VERBAENDE}
        return self._suche_art(o, schluessel, arten, "weder Verband noch Landkreis")

    def _nachfolge(
        self,
        alt: int,
        neu: int | None,
        o: Operation,
        *,
        art: str,
        sicherheit: str = "hoch",
        belegt: bool = True,
    ) -> None:
        if neu is not None:
            self.stand.ziele[alt] = neu
        self.nachfolgen.append(Nachfolge(alt, neu, self.lage.tag, belegt, art, sicherheit, o.beleg))

    def _vergleiche_bezirke(self, alte: Sequence[int], ziel: int) -> None:
        """Own areas (Standesamtsbezirk …): what all predecessors share goes on, the rest is asked.

        An existing Gemeinde keeps its own districts.
        """
        je_gebiet = [
            {m.eigenes_gebiet for m in self.lage.mitglieder.get(gebiet, ()) if not m.teilweise}
            for gebiet in alte
        ]
        alle = {m.eigenes_gebiet for gebiet in alte for m in self.lage.mitglieder.get(gebiet, ())}
        if ziel in self.stand.neu:
            gemeinsam = set.intersection(*je_gebiet)
            self.stand.bezirke[ziel] = tuple(sorted(gemeinsam))
        else:
            gemeinsam = {m.eigenes_gebiet for m in self.lage.mitglieder.get(ziel, ())}
        for bezirk in sorted(alle - gemeinsam):
            self.hinweise.append(
                f"{self.lage.name(bezirk)}: Ein aufgelöstes Gebiet gehörte dazu, "
                f"{self.stand.titel(ziel)} gehört nicht dazu. Bitte prüfen."
            )


def kreis_ars(ars: str) -> str:
    """Return the key of the Kreis that a key lies in."""
    return f"{kreis_from_key(ars)}0000000"


def _aenderung(stand: Gebietsstand, entwurf: _Entwurf) -> Aenderung:
    lage = entwurf.lage
    weg, neu = _leere(), _leere()
    for gebiet in sorted(stand.ende):
        _beende(gebiet, lage, weg, neu)
    for gebiet in sorted(stand.geaenderte()):
        alt = lage.fassungen[gebiet]
        fassung = stand.fassung(gebiet)
        if fassung._replace(ab=alt.ab) != alt:
            _tausche(weg["fassungen"], neu["fassungen"], alt, lage.vortag)
            neu["fassungen"].add(fassung)
        for schluessel in stand.schluessel(gebiet):
            bisher = lage.schluessel.get(gebiet, {}).get(schluessel.typ)
            if bisher is not None and bisher.wert != schluessel.wert:
                _tausche(weg["schluessel"], neu["schluessel"], bisher, lage.vortag)
                neu["schluessel"].add(schluessel)
    for gebiet, art in stand.neu.items():
        neu["leben"].add(Leben(gebiet, art, lage.tag, None))
        neu["fassungen"].add(_mit_summen(stand.fassung(gebiet), stand))
        neu["schluessel"].update(stand.schluessel(gebiet))
        neu["mitglieder"].update(
            Mitglied(bezirk, gebiet, False, "", lage.tag, None)
            for bezirk in stand.bezirke.get(gebiet, ())
        )
    neu["nachfolgen"].update(entwurf.nachfolgen)
    return Aenderung(_fakten(weg), _fakten(neu))


def _mit_summen(fassung: Fassung, stand: Gebietsstand) -> Fassung:
    """Population and area of a new Gemeinde are the sums of its predecessors, where all are known.

    Its Textkennzeichen follows from kind and name.
    """
    art = stand.art(fassung.gebiet)
    if art == GEMEINDE and fassung.amtlicher_name.endswith(", Stadt"):
        art = "stadt"
    alte = [stand.lage.fassungen[pk] for pk in stand.vorgaenger.get(fassung.gebiet, ())]
    return fassung._replace(
        textkennzeichen=TEXTKENNZEICHEN[art],
        einwohner=_summe([alt.einwohner for alt in alte]),
        flaeche_ha=_summe([alt.flaeche_ha for alt in alte]),
    )


def _summe(zahlen: Sequence[int | None]) -> int | None:
    bekannt = [zahl for zahl in zahlen if zahl is not None]
    return sum(bekannt) if bekannt and len(bekannt) == len(zahlen) else None


def _beende(gebiet: int, lage: Lage, weg: Mengen, neu: Mengen) -> None:
    _tausche(weg["leben"], neu["leben"], lage.leben[gebiet], lage.vortag)
    _tausche(weg["fassungen"], neu["fassungen"], lage.fassungen[gebiet], lage.vortag)
    for schluessel in lage.schluessel.get(gebiet, {}).values():
        _tausche(weg["schluessel"], neu["schluessel"], schluessel, lage.vortag)
    for mitglied in lage.mitglieder.get(gebiet, ()):
        if mitglied.bis is None or mitglied.bis > lage.vortag:
            _tausche(weg["mitglieder"], neu["mitglieder"], mitglied, lage.vortag)
    weg["mitglieder"].update(lage.kuenftige_mitglieder.get(gebiet, ()))


def _tausche(
    weg: set[Any], neu: set[Any], fakt: Fassung | Leben | Schluessel | Mitglied, bis: date
) -> None:
    weg.add(fakt)
    neu.add(fakt._replace(bis=bis))


def _leere() -> Mengen:
    return {name: set() for name in Fakten.__dataclass_fields__}


def _fakten(mengen: Mengen) -> Fakten:
    return Fakten(**{name: frozenset(menge) for name, menge in mengen.items()})
