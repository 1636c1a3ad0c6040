"""Example hours and accessibility of the demo's offices: a few patterns, chosen by the name.

The same office has the same pattern in every installation; each carries the word "Beispiel".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from zlib import crc32

from behoerden.models import Oeffnungsausnahme, Oeffnungszeit

T = TypeVar("T")

HINWEIS = "Beispielzeiten der Demonstration."
HEILIGABEND = (12, 24)


@dataclass(frozen=True, slots=True)
class Muster:
    """Weekly hours for visitors, and for the telephone ("" for the same)."""

    oeffnung: str
    telefon: str = ""


VERWALTUNG = (
    Muster("Mo,We,Fr 09:00-12:00; Tu 09:00-12:00,13:00-18:00; Th 09:00-12:00,13:00-16:00"),
    Muster(
        "Mo-Fr 08:30-12:00; Tu,Th 08:30-12:00,13:30-17:30",
        telefon="Mo-Th 08:00-16:00; Fr 08:00-13:00",
    ),
    Muster("Mo 09:00-12:00; Tu 09:00-12:00,14:00-18:00; Th 09:00-12:00,14:00-16:00"),
    Muster("Mo-We,Fr 08:00-12:00; Th 08:00-12:00,14:00-18:00; Sa[1] 09:00-11:00"),
)
STANDESAMT = (
    Muster("Tu 09:00-12:00,13:00-18:00; Th 09:00-12:00"),
    Muster("Mo,Th 09:00-12:00; Tu 14:00-18:00; Fr 09:00-11:00"),
)
# Offices of other kinds show what a page without hours says.
MUSTER_DER_ART: Mapping[str, tuple[Muster, ...]] = {
    "verwaltungsgemeinschaft": VERWALTUNG,
    "stadtverwaltung": VERWALTUNG,
    "gemeindeverwaltung": VERWALTUNG,
    "landratsamt": VERWALTUNG,
    "standesamt": STANDESAMT,
}
BARRIERE_HINWEIS = "Beispielangaben der Demonstration, nicht vor Ort geprüft."
# What is left out stays "keine Angabe".
BARRIEREFREIHEIT: tuple[Mapping[str, str], ...] = (
    {"stufenlos": "ja", "aufzug": "ja", "wc": "ja", "parkplatz": "ja", "assistenzhund": "ja"},
    {"stufenlos": "ja", "aufzug": "nein", "wc": "nein", "tuerbreite": "ja", "dgs": "ja"},
    {"stufenlos": "nein", "aufzug": "nein", "parkplatz": "ja", "induktion": "nein"},
)


def oeffnungszeiten(slug: str, art: str) -> list[Oeffnungszeit]:
    """Return the hours of an office of this kind; [] for kinds without."""
    alle = MUSTER_DER_ART.get(art)
    if not alle:
        return []
    muster = _pick(alle, slug)
    zeiten = [Oeffnungszeit(**_felder("oeffnung", muster.oeffnung))]
    if muster.telefon:
        zeiten.append(Oeffnungszeit(**_felder("telefon", muster.telefon)))
    return zeiten


def ausnahmen(art: str, jahr: int) -> list[Oeffnungsausnahme]:
    """Return one closed day for offices with hours: Christmas Eve of this year."""
    if art not in MUSTER_DER_ART:
        return []
    tag = date(jahr, *HEILIGABEND)
    felder: dict[str, object] = {"von": tag, "bis": tag, "grund_de": "Heiligabend"}
    return [Oeffnungsausnahme(geschlossen=True, **felder)]


def barrierefreiheit(slug: str, art: str) -> dict[str, str]:
    """Return the fields of an address that say how to get in; {} for kinds without hours."""
    if art not in MUSTER_DER_ART:
        return {}
    return {**_pick(BARRIEREFREIHEIT, slug), "barriere_hinweis_de": BARRIERE_HINWEIS}


def _felder(art: str, regel: str) -> dict[str, str]:
    return {"art": art, "regel": regel, "hinweis_de": HINWEIS}


def _pick(auswahl: Sequence[T], slug: str) -> T:
    return auswahl[crc32(slug.encode()) % len(auswahl)]
