"""The official register of areas (GV100AD): fixed-width lines become checked, plain values.

Source: Gemeindeverzeichnis GV100AD of the Statistisches Bundesamt, record description; positions
are counted from 1 and in characters, not bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from behoerden.domain.gebietsdaten import (
    GEMEINDE,
    KREISFREIE_STADT,
    LAND_KENNUNG,
    LANDKREIS,
    GebietDaten,
    Gebietsdaten,
    Kennung,
    SchluesselDaten,
    VersionDaten,
    bund_und_land,
)
from behoerden.domain.ortszuordnung import official_names

ZEILENLAENGE = 220
LAND, REGIERUNGSBEZIRK, REGION, KREIS, VERBAND, GEMEINDESATZ = "10", "20", "30", "40", "50", "60"
SATZARTEN = frozenset({LAND, REGIERUNGSBEZIRK, REGION, KREIS, VERBAND, GEMEINDESATZ})
TEXT_KREISFREI = "41"
# Kind of a Verband by Textkennzeichen; 50 ("verbandsfrei") is no Verband and is left out.
ART_DES_VERBANDS = {"54": "vg", "58": "erfuellende_gemeinde"}
TEXT_VERBANDSFREI = "50"


class SatzFehler(ValueError):
    """A line is broken or contradicts the others; `nummer` counts lines from 1."""

    def __init__(self, nummer: int, grund: str) -> None:
        super().__init__(grund)
        self.nummer = nummer
        self.grund = grund


@dataclass(frozen=True, slots=True)
class Satz:
    """One line of the register."""

    nummer: int
    satzart: str
    stand: date
    kreis: str  # Land, Regierungsbezirk, Kreis: five digits, fewer for the levels above
    gemeinde: str
    verband: str
    name: str
    sitz: str
    textkennzeichen: str
    flaeche_ha: int | None
    einwohner: int | None
    plz: str

    @property
    def ars(self) -> str:
        """Key of twelve digits."""
        return f"{self.kreis}{self.verband or '0000'}{self.gemeinde or '000'}"

    @property
    def kurzname(self) -> str:
        """Name without ", Stadt"."""
        return self.name.removesuffix(", Stadt")


def read_saetze(zeilen: Iterable[str], *, land: str) -> Iterator[Satz]:
    """Yield the lines of this Land, checked; other Länder pass by, so the whole file may be given.

    Raises:
        SatzFehler: a line has not 220 characters, a field is no key, number or day, or the day
            differs from that of the first line.
    """
    stand: date | None = None
    for nummer, roh in enumerate(zeilen, start=1):
        zeile = roh.rstrip("\r\n")
        if not zeile:
            continue
        satz = _satz(nummer, zeile)
        if stand is not None and satz.stand != stand:
            raise SatzFehler(
                nummer, f"Der Gebietsstand ist {satz.stand:%d.%m.%Y}, vorher {stand:%d.%m.%Y}."
            )
        stand = satz.stand
        if satz.kreis.startswith(land):
            yield satz


def build_gebietsdaten(saetze: Iterable[Satz]) -> Gebietsdaten:
    """Return what the register says about areas, with Bund and Land above them.

    The register is complete for its day: an area it does not list does not exist then. It says
    nothing about postcodes of the Gemeinden, only the one of the seat.

    Raises:
        SatzFehler: a key is written twice, a Gemeinde has no Kreis or Verband, a group has no town.
    """
    liste = list(saetze)
    if not any(satz.satzart == GEMEINDESATZ for satz in liste):
        raise SatzFehler(0, "Die Datei nennt keine Gemeinde dieses Landes.")
    kreise = {s.kreis: s for s in liste if s.satzart == KREIS}
    gemeinden = [s for s in liste if s.satzart == GEMEINDESATZ]
    verbaende = {
        s.kreis + s.verband: s
        for s in liste
        if s.satzart == VERBAND and s.textkennzeichen in ART_DES_VERBANDS
    }
    gebiete = {gebiet.kennung: gebiet for gebiet in bund_und_land()}
    for satz, gebiet in (
        *((s, _kreis(s)) for s in kreise.values() if s.textkennzeichen != TEXT_KREISFREI),
        *((s, _verband(s, kreise, gemeinden)) for s in verbaende.values()),
        *((s, _gemeinde(s, kreise, verbaende)) for s in gemeinden),
    ):
        if gebiet.kennung in gebiete:
            raise SatzFehler(satz.nummer, f"Der Schlüssel {gebiet.kennung.wert} kommt zweimal vor.")
        gebiete[gebiet.kennung] = gebiet
    return Gebietsdaten(
        stand=liste[0].stand,
        plz_stand=liste[0].stand,
        gebiete=gebiete,
        nachfolgen=(),
        plz=None,
        namen=frozenset(official_names(gebiete.values())),
        vollstaendig=True,
    )


def _satz(nummer: int, zeile: str) -> Satz:
    if len(zeile) != ZEILENLAENGE:
        raise SatzFehler(nummer, f"Die Zeile hat {len(zeile)} statt {ZEILENLAENGE} Zeichen.")
    satzart = zeile[0:2]
    if satzart not in SATZARTEN:
        raise SatzFehler(nummer, f"Die Satzart „{satzart}“ gibt es nicht.")
    hat_gemeinde = satzart == GEMEINDESATZ
    kreis = zeile[10:15].strip()
    if satzart in (KREIS, VERBAND, GEMEINDESATZ):
        _ziffern(nummer, "Der Kreisschlüssel", kreis, 5)
    elif not kreis.isdigit():
        raise SatzFehler(nummer, f"Der Landesschlüssel „{kreis}“ ist keine Zahl.")
    name = zeile[22:72].strip()
    if not name:
        raise SatzFehler(nummer, "Der Name fehlt.")
    return Satz(
        nummer=nummer,
        satzart=satzart,
        stand=_tag(nummer, zeile[2:10]),
        kreis=kreis,
        gemeinde=_ziffern(nummer, "Der Gemeindeschlüssel", zeile[15:18], 3) if hat_gemeinde else "",
        verband=_ziffern(nummer, "Der Verbandsschlüssel", zeile[18:22], 4)
        if satzart in (VERBAND, GEMEINDESATZ)
        else "",
        name=name,
        sitz=zeile[72:122].strip(),
        textkennzeichen=zeile[122:124].strip(),
        flaeche_ha=_zahl(nummer, "Die Fläche", zeile[128:139]) if hat_gemeinde else None,
        einwohner=_zahl(nummer, "Die Einwohnerzahl", zeile[139:150]) if hat_gemeinde else None,
        plz=_ziffern(nummer, "Die Postleitzahl", zeile[165:170].strip() or "00000", 5)
        if hat_gemeinde and zeile[165:170].strip()
        else "",
    )


def _ziffern(nummer: int, was: str, text: str, anzahl: int) -> str:
    if len(text) != anzahl or not (text.isascii() and text.isdigit()):
        raise SatzFehler(nummer, f"{was} braucht {anzahl} Ziffern und ist „{text.strip()}“.")
    return text


def _zahl(nummer: int, was: str, text: str) -> int | None:
    text = text.strip()
    if text and not (text.isascii() and text.isdigit()):
        raise SatzFehler(nummer, f"{was} ist keine Zahl: „{text}“.")
    return int(text) if text else None


def _tag(nummer: int, text: str) -> date:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        raise SatzFehler(nummer, f"Der Gebietsstand ist kein Tag: „{text.strip()}“.") from None


def _kreis(satz: Satz) -> GebietDaten:
    version = VersionDaten(
        satz.name, satz.name, LAND_KENNUNG, textkennzeichen=satz.textkennzeichen, sitz=satz.sitz
    )
    schluessel = (SchluesselDaten("ars", satz.ars), SchluesselDaten("kreis", satz.kreis))
    return GebietDaten(Kennung("ars", satz.ars), LANDKREIS, (version,), schluessel)


def _verband(satz: Satz, kreise: dict[str, Satz], gemeinden: Sequence[Satz]) -> GebietDaten:
    """A group of an erfüllende Gemeinde bears the name of that town, which is a member itself."""
    kreis = _parent_kreis(satz, kreise)
    art = ART_DES_VERBANDS[satz.textkennzeichen]
    stadt = None
    if art != "vg":
        staedte = [
            s
            for s in gemeinden
            if (s.kreis, s.verband, s.kurzname) == (satz.kreis, satz.verband, satz.kurzname)
        ]
        if len(staedte) != 1:
            raise SatzFehler(
                satz.nummer, f"Zu „{satz.name}“ ist die erfüllende Gemeinde nicht eindeutig."
            )
        stadt = Kennung("ags", staedte[0].kreis + staedte[0].gemeinde)
    version = VersionDaten(
        satz.kurzname,
        satz.kurzname,
        kreis,
        erfuellt_durch=stadt,
        textkennzeichen=satz.textkennzeichen,
        sitz=satz.sitz,
    )
    kennung = Kennung("ars", satz.ars)
    return GebietDaten(kennung, art, (version,), (SchluesselDaten("ars", satz.ars),))


def _gemeinde(satz: Satz, kreise: dict[str, Satz], verbaende: dict[str, Satz]) -> GebietDaten:
    kreisfrei = satz.gemeinde == "000"
    ags = satz.kreis + satz.gemeinde
    schluessel: tuple[SchluesselDaten, ...] = (
        SchluesselDaten("ars", satz.ars),
        SchluesselDaten("ags", ags),
    )
    if kreisfrei:
        parent = LAND_KENNUNG
        schluessel += (SchluesselDaten("kreis", satz.kreis),)
    elif verband := verbaende.get(satz.kreis + satz.verband):
        parent = Kennung("ars", verband.ars)
    elif satz.verband.startswith("5"):
        raise SatzFehler(satz.nummer, f"Den Verband {satz.kreis}{satz.verband} gibt es nicht.")
    else:
        parent = _parent_kreis(satz, kreise)
    version = VersionDaten(
        satz.kurzname,
        satz.name,
        parent,
        textkennzeichen=satz.textkennzeichen,
        sitz_plz=satz.plz,
        einwohner=satz.einwohner,
        flaeche_ha=satz.flaeche_ha,
    )
    art = KREISFREIE_STADT if kreisfrei else GEMEINDE
    return GebietDaten(Kennung("ags", ags), art, (version,), schluessel)


def _parent_kreis(satz: Satz, kreise: dict[str, Satz]) -> Kennung:
    if satz.kreis not in kreise:
        raise SatzFehler(satz.nummer, f"Den Kreis {satz.kreis} gibt es nicht.")
    return Kennung("ars", kreise[satz.kreis].ars)
