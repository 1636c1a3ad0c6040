"""What a change of rules makes of the rows that are there: pure, one row at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from leistungen.domain.fakten import SLOTS_DER_ROLLE, Slot
from zufi.common.zeitraum import ueberlappen

EIN_TAG = timedelta(days=1)
# Criterion → its whole closed range; a criterion without one is free text.
Wertebereiche = Mapping[int, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Zeile:
    """One row of responsibility with every column; `id` 0 is a row that is not stored yet."""

    leistung_id: int
    gebiet_id: int
    behoerde_id: int
    rolle: str = "01"
    wirkung: str = "ersetzt"
    wahl_erlaubt: bool = False
    kriterium_id: int | None = None
    werte: tuple[str, ...] = ()
    hinweis: str = ""
    verifiziert_am: date | None = None
    verifiziert_durch: str = ""
    pruefquelle: str = ""
    gueltig_ab: date | None = None
    gueltig_bis: date | None = None
    id: int = 0
    regel_uuid: str = ""

    @property
    def zelle(self) -> tuple[int, int]:
        """Service and area."""
        return self.leistung_id, self.gebiet_id

    @property
    def kern(self) -> tuple[object, ...]:
        """What the database allows once at a time."""
        werte = frozenset(self.werte)
        return (*self.zelle, self.rolle, self.behoerde_id, self.kriterium_id, werte)

    @property
    def art(self) -> tuple[object, ...]:
        """How the rule answers, apart from when."""
        return (*self.kern, self.wirkung, self.wahl_erlaubt, self.hinweis)

    def trifft(self, andere: Zeile) -> bool:
        """Whether both hold on at least one day."""
        return ueberlappen(self.gueltig_ab, self.gueltig_bis, andere.gueltig_ab, andere.gueltig_bis)

    def umfasst(self, andere: Zeile) -> bool:
        """Whether this row holds on every day of the other."""
        beginn = self.gueltig_ab is None or (
            andere.gueltig_ab is not None and self.gueltig_ab <= andere.gueltig_ab
        )
        ende = self.gueltig_bis is None or (
            andere.gueltig_bis is not None and andere.gueltig_bis <= self.gueltig_bis
        )
        return beginn and ende


class Schrittart(StrEnum):
    """What becomes of one row."""

    NEU = "neu"
    GEAENDERT = "geaendert"
    ENTFERNT = "entfernt"
    UNVERAENDERT = "unveraendert"


@dataclass(frozen=True, slots=True)
class Schritt:
    """One row before and after; `alt` None: it is new, `neu` None: it goes."""

    alt: Zeile | None
    neu: Zeile | None

    @property
    def art(self) -> Schrittart:
        """What becomes of the row."""
        if self.alt is None:
            return Schrittart.NEU
        if self.neu is None:
            return Schrittart.ENTFERNT
        return Schrittart.UNVERAENDERT if self.alt == self.neu else Schrittart.GEAENDERT

    @property
    def zelle(self) -> tuple[int, int]:
        """Service and area the step belongs to."""
        zeile = self.neu or self.alt
        return zeile.zelle if zeile else (0, 0)


def vergleiche(ist: Iterable[Zeile], soll: Iterable[Zeile]) -> tuple[Schritt, ...]:
    """Return the steps from one state of rows to another, cell by cell; equal rows included."""
    soll = list(soll)
    bleibt = {zeile.id: zeile for zeile in soll if zeile.id}
    schritte = [Schritt(alt, bleibt.get(alt.id)) for alt in ist]
    schritte += [Schritt(None, neu) for neu in soll if not neu.id]
    return tuple(sorted(schritte, key=_reihenfolge))


def _reihenfolge(schritt: Schritt) -> tuple[object, ...]:
    zeile = schritt.neu or schritt.alt
    if zeile is None:
        return ()
    beginn = zeile.gueltig_ab or date.min
    return *zeile.zelle, beginn, zeile.rolle, zeile.behoerde_id, zeile.id, sorted(zeile.werte)


def setze(
    ist: Sequence[Zeile], neu: Zeile, *, bereiche: Wertebereiche, ersetzen: bool = True
) -> list[Zeile]:
    """Return the rows of a cell once `neu` holds in its period.

    A row that already says so stays; one that says so for a part of the period is extended. With
    `ersetzen` the others make room: they end before, begin again after, and keep the role or the
    answers that `neu` does not take. The first piece of a row keeps its id.
    """
    gleiche = [zeile for zeile in ist if zeile.art == neu.art and zeile.trifft(neu)]
    ziel = _erweitert(gleiche, neu)
    soll = [ziel]
    for zeile in ist:
        if zeile in gleiche:
            continue
        # Same authority, other effect: the database holds one of them at a time.
        weicht = ersetzen or zeile.kern == neu.kern
        soll += raeume(zeile, neu, bereiche) if weicht else [zeile]
    return soll


def _erweitert(gleiche: Sequence[Zeile], neu: Zeile) -> Zeile:
    """The row that holds the whole period: one that is there, made longer, or the new one."""
    deckend = next((zeile for zeile in gleiche if zeile.umfasst(neu)), None)
    if deckend is not None or not gleiche:
        return deckend or neu
    alle = (*gleiche, neu)
    anfaenge = [zeile.gueltig_ab for zeile in alle]
    enden = [zeile.gueltig_bis for zeile in alle]
    return replace(
        gleiche[0],
        gueltig_ab=None if None in anfaenge else min(tag for tag in anfaenge if tag),
        gueltig_bis=None if None in enden else max(tag for tag in enden if tag),
    )


def raeume(alt: Zeile, neu: Zeile, bereiche: Wertebereiche) -> list[Zeile]:
    """Return what remains of a row beside a new one of the same cell; the first keeps the id."""
    if not alt.trifft(neu):
        return [alt]
    daneben = _rest(alt, neu, bereiche)
    if daneben == [alt]:
        return [alt]
    stuecke: list[Zeile] = []
    if (davor := _davor(alt, neu.gueltig_ab)) is not None:
        stuecke.append(davor)
    stuecke += [_schneide(rest, neu) for rest in daneben]
    if neu.gueltig_bis and (alt.gueltig_bis is None or alt.gueltig_bis > neu.gueltig_bis):
        stuecke.append(replace(alt, gueltig_ab=neu.gueltig_bis + EIN_TAG))
    erstes, weitere = stuecke[:1], stuecke[1:]
    return erstes + [replace(stueck, id=0, regel_uuid="") for stueck in weitere]


def _davor(zeile: Zeile, tag: date | None) -> Zeile | None:
    """The row up to the day before; None if there is no such day."""
    if tag is None or (zeile.gueltig_ab is not None and zeile.gueltig_ab >= tag):
        return None
    ende = tag - EIN_TAG
    if zeile.gueltig_bis is not None and zeile.gueltig_bis < tag:
        ende = zeile.gueltig_bis
    return replace(zeile, gueltig_bis=ende)


def _schneide(zeile: Zeile, fenster: Zeile) -> Zeile:
    """The row inside the period of the other; both share at least one day."""
    anfaenge = [tag for tag in (zeile.gueltig_ab, fenster.gueltig_ab) if tag]
    enden = [tag for tag in (zeile.gueltig_bis, fenster.gueltig_bis) if tag]
    return replace(
        zeile,
        gueltig_ab=max(anfaenge, default=None),
        gueltig_bis=min(enden, default=None),
    )


def _rest(alt: Zeile, neu: Zeile, bereiche: Wertebereiche) -> list[Zeile]:
    """What the old row still answers on a day on which the new one holds."""
    werte = _restwerte(alt, neu, bereiche)
    slots_alt, slots_neu = set(SLOTS_DER_ROLLE[alt.rolle]), set(SLOTS_DER_ROLLE[neu.rolle])
    if werte is None or not slots_alt & slots_neu:
        return [alt]
    reste = []
    if slots_alt - slots_neu:
        reste.append(replace(alt, rolle=_rolle(slots_alt - slots_neu)))
    if werte:
        rolle = _rolle(slots_alt & slots_neu)
        kriterium = alt.kriterium_id or neu.kriterium_id
        reste.append(replace(alt, rolle=rolle, kriterium_id=kriterium, werte=werte))
    return reste


def _restwerte(alt: Zeile, neu: Zeile, bereiche: Wertebereiche) -> tuple[str, ...] | None:
    """The answers left to the old row; () is none of them, None: the rules do not meet."""
    if neu.kriterium_id is None:
        return ()
    bereich = bereiche.get(neu.kriterium_id, frozenset())
    if alt.kriterium_id == neu.kriterium_id:
        if not bereich:  # free text: the same words, or another case
            return () if set(alt.werte) == set(neu.werte) else None
        gemeinsam = set(alt.werte) & set(neu.werte)
        return tuple(sorted(set(alt.werte) - gemeinsam)) if gemeinsam else None
    if alt.kriterium_id is None and bereich:
        return tuple(sorted(bereich - set(neu.werte)))
    return None


def _rolle(slots: set[Slot]) -> str:
    return next(rolle for rolle, gefuellt in SLOTS_DER_ROLLE.items() if set(gefuellt) == slots)


def ersetze_behoerde(
    ist: Sequence[Zeile], alt_id: int, neu_id: int, ab: date | None, bereiche: Wertebereiche
) -> list[Zeile]:
    """Return the rows of a cell once one authority has taken over from another on a day.

    A row ends the day before and begins anew with the other authority, unverified; without a day
    it is changed as a whole. What holds beside it stays.
    """
    soll = list(ist)
    for zeile in ist:
        if zeile.behoerde_id != alt_id or (ab and zeile.gueltig_bis and zeile.gueltig_bis < ab):
            continue
        davor = _davor(zeile, ab)
        soll.remove(zeile)
        neu = replace(
            zeile,
            behoerde_id=neu_id,
            verifiziert_am=None,
            verifiziert_durch="",
            pruefquelle="",
        )
        if davor is not None:
            soll.append(davor)
            neu = replace(neu, gueltig_ab=ab, id=0, regel_uuid="")
        soll = setze(soll, neu, bereiche=bereiche, ersetzen=False)
    return soll


def kopiere(
    vorbild: Sequence[Zeile], ist: Sequence[Zeile], nach: int, ab: date | None
) -> list[Zeile]:
    """Return the rows of the service `nach` once it follows the rules of another from a day on.

    Its own rows end the day before; without a day they go. Rows that say the same stay as they
    are. Whoever verified the model's rules did not verify these.
    """
    offen = [zeile for zeile in ist if ab is None or _reicht_bis(zeile, ab)]
    soll = [zeile for zeile in ist if zeile not in offen]
    for muster in vorbild:
        if ab is not None and not _reicht_bis(muster, ab):
            continue
        neu = replace(
            muster,
            leistung_id=nach,
            gueltig_ab=_ab(muster, ab),
            verifiziert_am=None,
            verifiziert_durch="",
            pruefquelle="",
            id=0,
            regel_uuid="",
        )
        gleich = next((zeile for zeile in offen if _sagt_dasselbe(zeile, neu, ab)), None)
        if gleich is None:
            soll.append(neu)
        else:
            soll.append(gleich)
            offen.remove(gleich)
    soll += [davor for zeile in offen if (davor := _davor(zeile, ab)) is not None]
    return soll


def _ab(zeile: Zeile, ab: date | None) -> date | None:
    return max(ab, zeile.gueltig_ab or ab) if ab else zeile.gueltig_ab


def _reicht_bis(zeile: Zeile, tag: date) -> bool:
    return zeile.gueltig_bis is None or zeile.gueltig_bis >= tag


def _sagt_dasselbe(zeile: Zeile, neu: Zeile, ab: date | None) -> bool:
    zeitraum = (_ab(zeile, ab), zeile.gueltig_bis)
    return zeile.art == neu.art and zeitraum == (neu.gueltig_ab, neu.gueltig_bis)


def beende(ist: Iterable[Zeile], ids: frozenset[int], letzter_tag: date) -> list[Zeile]:
    """Return the rows once these hold no longer than the day; one that begins later goes."""
    soll = []
    for zeile in ist:
        if zeile.id not in ids:
            soll.append(zeile)
        elif (davor := _davor(zeile, letzter_tag + EIN_TAG)) is not None:
            soll.append(davor)
    return soll
