"""What files and database say about areas, as plain values that can be compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from behoerden.domain.schluessel import ARS_BUND, ARS_LAND
from zufi.common.zeitraum import enthaelt

BUND = "bund"
LAND = "land"
LANDKREIS = "landkreis"
KREISFREIE_STADT = "kreisfreie_stadt"
GEMEINDE = "gemeinde"
VERBAENDE = frozenset({"vg", "erfuellende_gemeinde"})
GEMEINDEN = frozenset({GEMEINDE, KREISFREIE_STADT})


class Kennung(NamedTuple):
    """The official key that identifies an area for life: the AGS of a Gemeinde, else the ARS."""

    typ: str
    wert: str


@dataclass(frozen=True, slots=True)
class VersionDaten:
    """Name and parent of an area from `ab` to `bis`, both inclusive, None is open."""

    name: str
    amtlicher_name: str
    parent: Kennung | None
    erfuellt_durch: Kennung | None = None
    textkennzeichen: str = ""
    sitz: str = ""
    sitz_plz: str = ""
    einwohner: int | None = None
    flaeche_ha: int | None = None
    ab: date | None = None
    bis: date | None = None


@dataclass(frozen=True, slots=True)
class SchluesselDaten:
    """A key of an area in a period."""

    typ: str
    wert: str
    ab: date | None = None
    bis: date | None = None


@dataclass(frozen=True, slots=True)
class GebietDaten:
    """An area with its history; the last version and the last key of a kind are current."""

    kennung: Kennung
    art: str
    versionen: tuple[VersionDaten, ...]
    schluessel: tuple[SchluesselDaten, ...]
    ab: date | None = None
    bis: date | None = None

    @property
    def name(self) -> str:
        """Current, or last, name."""
        return self.versionen[-1].name

    def version_am(self, tag: date) -> VersionDaten:
        """Return the version of this day; outside the life of the area the last one."""
        return next((v for v in self.versionen if enthaelt(v.ab, v.bis, tag)), self.versionen[-1])

    def wert_am(self, typ: str, tag: date) -> str:
        """Return the key of this kind on the day, else the current one, "" if there is none."""
        return next(
            (s.wert for s in self.schluessel if s.typ == typ and enthaelt(s.ab, s.bis, tag)),
            self.wert(typ),
        )

    def wert(self, typ: str) -> str:
        """Return the current key of this kind, "" if there is none."""
        return next((s.wert for s in reversed(self.schluessel) if s.typ == typ), "")


@dataclass(frozen=True, slots=True)
class NachfolgeDaten:
    """An area took over another one; without `datum_belegt` the day is only a bound."""

    vorgaenger: Kennung
    nachfolger: Kennung | None
    wirksam_am: date
    datum_belegt: bool
    art: str
    sicherheit: str
    beleg: str


class PlzDaten(NamedTuple):
    """A postcode is used in a Gemeinde."""

    plz: str
    gemeinde: Kennung


class NameDaten(NamedTuple):
    """A name that leads to an area, or only to a postcode within a Kreis."""

    name: str
    art: str
    gebiet: Kennung | None
    plz: str
    kreis: Kennung | None
    sicherheit: str
    quelle: str


class OrtsteilDaten(NamedTuple):
    """A part of a Gemeinde, from `ab` on; the Gemeinde and `slug` tell it from all others.

    `war_gemeinde` is the dissolved Gemeinde that lives on in it. `bekannt` says that another source
    lists its name as well, so that it needs no old name to be found.
    """

    gemeinde: Kennung
    slug: str
    name: str
    ab: date | None = None
    war_gemeinde: Kennung | None = None
    quelle: str = ""
    bekannt: bool = True


@dataclass(frozen=True, slots=True)
class Gebietsdaten:
    """Everything the files say; `stand` is the day of the register.

    `plz` is None if the source says nothing about postcodes. `vollstaendig`: what the source does
    not list does not exist on its day, though it does not say where it went.
    """

    stand: date
    plz_stand: date
    gebiete: Mapping[Kennung, GebietDaten]
    nachfolgen: tuple[NachfolgeDaten, ...]
    plz: frozenset[PlzDaten] | None
    namen: frozenset[NameDaten]
    vollstaendig: bool = False
    ortsteile: tuple[OrtsteilDaten, ...] = ()


@dataclass(frozen=True, slots=True)
class Bestand:
    """Everything the database knows, of the sources that the import owns."""

    gebiete: Mapping[Kennung, GebietDaten]
    nachfolgen: frozenset[tuple[Kennung, Kennung | None, date]]
    plz: frozenset[PlzDaten]
    namen: frozenset[NameDaten]
    ortsteile: frozenset[tuple[Kennung, str]] = frozenset()  # Gemeinde and slug
    fortlebende: frozenset[Kennung] = frozenset()  # Gemeinden that live on as an Ortsteil


BUND_KENNUNG = Kennung("ars", ARS_BUND)
LAND_KENNUNG = Kennung("ars", ARS_LAND)


def bund_und_land() -> Iterator[GebietDaten]:
    """Yield the two areas above all others; no register lists the Bund."""
    yield GebietDaten(
        BUND_KENNUNG,
        BUND,
        (VersionDaten("Deutschland", "Bundesrepublik Deutschland", None),),
        (SchluesselDaten("ars", ARS_BUND),),
    )
    yield GebietDaten(
        LAND_KENNUNG,
        LAND,
        (VersionDaten("Thüringen", "Freistaat Thüringen", BUND_KENNUNG, sitz="Erfurt"),),
        (SchluesselDaten("ars", ARS_LAND),),
    )
