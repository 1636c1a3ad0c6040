"""Bars as plain numbers for a template to draw; nothing here knows what they count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

BREITE, HOEHE = 720, 180
FUSS = 24  # room for the names below the columns
KOPF = 18  # room for the number above the highest column
ZEILE = 26
NAME = 300  # room for the names beside the bars
ZAHL = 60


@dataclass(frozen=True, slots=True)
class Wert:
    """What one bar stands for."""

    name: str
    anzahl: int
    adresse: str = ""


@dataclass(frozen=True, slots=True)
class Balken:
    """One bar with its name and number; `mitte` is the middle of the side that carries them."""

    wert: Wert
    x: float
    y: float
    breite: float
    hoehe: float
    mitte: float

    @property
    def ende(self) -> float:
        """Where the number of a horizontal bar begins."""
        return round(self.x + self.breite + 6, 1)


@dataclass(frozen=True, slots=True)
class Bild:
    """A drawing and the sentence it is to say."""

    botschaft: str
    balken: Sequence[Balken]
    breite: int
    hoehe: int

    @property
    def summe(self) -> int:
        """Sum of all bars."""
        return sum(balken.wert.anzahl for balken in self.balken)


def saeulen(werte: Sequence[Wert], botschaft: str) -> Bild:
    """Return columns from left to right."""
    hoechster = max((wert.anzahl for wert in werte), default=0) or 1
    schritt = BREITE / max(len(werte), 1)
    boden = HOEHE - FUSS
    balken = []
    for nummer, wert in enumerate(werte):
        hoehe = round((boden - KOPF) * wert.anzahl / hoechster, 1)
        x = nummer * schritt
        balken.append(
            Balken(
                wert=wert,
                x=round(x + schritt * 0.15, 1),
                y=round(boden - hoehe, 1),
                breite=round(schritt * 0.7, 1),
                hoehe=hoehe,
                mitte=round(x + schritt / 2, 1),
            )
        )
    return Bild(botschaft, balken, BREITE, HOEHE)


def querbalken(werte: Sequence[Wert], botschaft: str, hoechstens: int = 10) -> Bild:
    """Return bars below each other, the first ones only."""
    gezeigt = werte[:hoechstens]
    hoechster = max((wert.anzahl for wert in gezeigt), default=0) or 1
    platz = BREITE - NAME - ZAHL
    balken = [
        Balken(
            wert=wert,
            x=NAME,
            y=nummer * ZEILE + 4,
            breite=round(platz * wert.anzahl / hoechster, 1),
            hoehe=ZEILE - 8,
            mitte=nummer * ZEILE + ZEILE / 2,
        )
        for nummer, wert in enumerate(gezeigt)
    ]
    return Bild(botschaft, balken, BREITE, max(len(gezeigt), 1) * ZEILE)
