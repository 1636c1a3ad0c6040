"""Thüringen as 22 tiles, each roughly where its Kreis lies; data and plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from leistungen.coverage.fakten import Bilanz

# First five digits of the ARS → short name on the tile, column, row.
PLAETZE: Mapping[str, tuple[str, int, int]] = {
    "16061": ("EIC", 1, 0),
    "16062": ("NDH", 2, 0),
    "16065": ("KYF", 3, 0),
    "16064": ("UH", 1, 1),
    "16068": ("SÖM", 3, 1),
    "16071": ("AP", 4, 1),
    "16077": ("ABG", 7, 1),
    "16063": ("WAK", 0, 2),
    "16067": ("GTH", 1, 2),
    "16051": ("EF", 2, 2),
    "16055": ("WE", 3, 2),
    "16053": ("J", 4, 2),
    "16074": ("SHK", 5, 2),
    "16052": ("G", 6, 2),
    "16066": ("SM", 0, 3),
    "16054": ("SHL", 1, 3),
    "16070": ("IK", 2, 3),
    "16073": ("SLF", 3, 3),
    "16075": ("SOK", 5, 3),
    "16076": ("GRZ", 6, 3),
    "16069": ("HBN", 1, 4),
    "16072": ("SON", 3, 4),
}
SPALTEN = 8
KANTE = 100  # units of the drawing per tile
RAND = 6


@dataclass(frozen=True, slots=True)
class Kachel:
    """One Kreis on the map; `klasse` is the colour, said in words by `zustand`."""

    kreis_id: int
    name: str
    kurz: str
    x: int
    y: int
    bilanz: Bilanz
    klasse: str
    zustand: str

    @property
    def zahl(self) -> str:
        """The number on the tile: cells without an office, else "0"."""
        return f"{self.bilanz.luecken + self.bilanz.konflikte:,}".replace(",", ".")


@dataclass(frozen=True, slots=True)
class Karte:
    """All tiles and the size of the drawing."""

    kacheln: tuple[Kachel, ...]
    breite: int
    hoehe: int
    kante: int = KANTE - RAND


def zustand(bilanz: Bilanz) -> tuple[str, str]:
    """Return colour class and words for a balance; conflicts outrank gaps."""
    if not bilanz.erwartet:
        return "leer", "nichts zu prüfen"
    if bilanz.konflikte:
        return "konflikt", "Widersprüche"
    if bilanz.luecken:
        return "luecke", "Lücken"
    if bilanz.geprueft == bilanz.erwartet:
        return "geprueft", "vollständig und geprüft"
    return "voll", "vollständig"


def make_karte(kreise: Iterable[tuple[int, str, str]], bilanzen: Mapping[int, Bilanz]) -> Karte:
    """Return the map of these Kreise (id, ARS, name); unknown ones stand in rows below."""
    kacheln = []
    unten = max(zeile for _, _, zeile in PLAETZE.values()) + 1
    fremde = 0
    for kreis_id, ars, name in kreise:
        if ars[:5] in PLAETZE:
            kurz, spalte, zeile = PLAETZE[ars[:5]]
        else:
            kurz, spalte, zeile = name[:3].upper(), fremde % SPALTEN, unten + fremde // SPALTEN
            fremde += 1
        bilanz = bilanzen.get(kreis_id, Bilanz())
        klasse, text = zustand(bilanz)
        x, y = spalte * KANTE, zeile * KANTE
        kacheln.append(Kachel(kreis_id, name, kurz, x, y, bilanz, klasse, text))
    hoehe = max((kachel.y for kachel in kacheln), default=0) + KANTE
    return Karte(tuple(kacheln), SPALTEN * KANTE, hoehe)
