"""Chains of areas: which areas lie above a place on a day, most specific first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from zufi.common.zeitraum import enthaelt

# Ranks of domain design 3.2; the SQL of `selectors.load_ketten` gets the same numbers.
RANG_ORTSTEIL = 70
RANG_GEMEINDE = 60
RANG_VERBAND = 50
RANG_KREIS = 40
RANG_LAND = 20
RANG_BUND = 10
# An own area (Finanzamtsbezirk …) ranks just below the member through which it reaches a place.
ABSCHLAG_EIGENES_GEBIET = 5

EIGENES_GEBIET = "eigenes_gebiet"
ORTSTEIL = "ortsteil"
RANG_DER_ART = {
    ORTSTEIL: RANG_ORTSTEIL,
    "gemeinde": RANG_GEMEINDE,
    "kreisfreie_stadt": RANG_GEMEINDE,  # one area, Kreis and Gemeinde at once
    "vg": RANG_VERBAND,
    "erfuellende_gemeinde": RANG_VERBAND,
    "landkreis": RANG_KREIS,
    "land": RANG_LAND,
    "bund": RANG_BUND,
}


@dataclass(frozen=True, slots=True)
class Glied:
    """One area of a chain; `teilweise`: only a part of the place belongs to it."""

    gebiet_id: int
    rang: int
    teilweise: bool = False


@dataclass(frozen=True, slots=True)
class VersionFakt:
    """Kind and parent of an area from `ab` to `bis`, both inclusive, None is open."""

    gebiet_id: int
    art: str
    parent_id: int | None
    ab: date | None = None
    bis: date | None = None


@dataclass(frozen=True, slots=True)
class MitgliedFakt:
    """An area belongs to an own area from `ab` to `bis`."""

    eigenes_gebiet_id: int
    mitglied_id: int
    teilweise: bool = False
    ab: date | None = None
    bis: date | None = None


def build_kette(
    gebiet_id: int,
    stichtag: date,
    versionen: Iterable[VersionFakt],
    mitglieder: Iterable[MitgliedFakt],
) -> tuple[Glied, ...]:
    """Return the areas a place lies in on this day, by falling rank, then id.

    An area that does not exist on the day has an empty chain; so has an own area, which is no
    place. Several ways into one own area: the highest rank counts, at the same rank the one that
    holds the whole place. The order of the facts is irrelevant.

    Source: domain design, section 3.2.
    """
    gueltig = {fakt.gebiet_id: fakt for fakt in versionen if enthaelt(fakt.ab, fakt.bis, stichtag)}
    raenge: dict[int, int] = {}
    fakt = gueltig.get(gebiet_id)
    while fakt is not None and fakt.gebiet_id not in raenge and fakt.art in RANG_DER_ART:
        raenge[fakt.gebiet_id] = RANG_DER_ART[fakt.art]
        fakt = gueltig.get(fakt.parent_id) if fakt.parent_id is not None else None
    glieder = {pk: Glied(pk, rang) for pk, rang in raenge.items()}
    for mitglied in mitglieder:
        if mitglied.mitglied_id in raenge and enthaelt(mitglied.ab, mitglied.bis, stichtag):
            neu = Glied(
                mitglied.eigenes_gebiet_id,
                raenge[mitglied.mitglied_id] - ABSCHLAG_EIGENES_GEBIET,
                mitglied.teilweise,
            )
            bisher = glieder.get(neu.gebiet_id)
            if bisher is None or _vorrang(neu) > _vorrang(bisher):
                glieder[neu.gebiet_id] = neu
    return tuple(sorted(glieder.values(), key=lambda glied: (-glied.rang, glied.gebiet_id)))


def _vorrang(glied: Glied) -> tuple[int, bool]:
    return glied.rang, not glied.teilweise


def bezeichnung(art: str, name: str) -> str:
    """Return a name with its kind, as lists show it: "Landkreis Sömmerda", "VG Leinetal"."""
    if art == "landkreis" and not name.lower().endswith("kreis"):
        return f"Landkreis {name}"
    if art == "vg":
        return f"VG {name}"
    if art == "erfuellende_gemeinde":
        return f"{name} (erfüllende Gemeinde)"
    return name


def ortsteil_bezeichnung(name: str, gemeinde: str) -> str:
    """Return an Ortsteil with its Gemeinde: "Ortsteil Ellersleben (Buttstädt)"."""
    return f"Ortsteil {name} ({gemeinde})" if gemeinde else f"Ortsteil {name}"
