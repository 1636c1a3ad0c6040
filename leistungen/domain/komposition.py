"""Layers of one module become what people read in a place (domain design 6).

Bund → Land → Kreis → Verband → Gemeinde → Ortsteil; each layer adds to what it inherits, replaces
it or hides it. Pure: the content of a layer is opaque, so text and structured rows compose alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Modus(StrEnum):
    """How a layer stands to what it inherits."""

    UEBERNEHMEN = "uebernehmen"
    ERGAENZEN = "ergaenzen"
    ERSETZEN = "ersetzen"
    AUSBLENDEN = "ausblenden"


@dataclass(frozen=True, slots=True)
class Herkunft:
    """Where a block comes from; `gebiet` is empty for Bund and Land."""

    ebene: str
    gebiet: str = ""
    stand: str = ""


@dataclass(frozen=True, slots=True)
class Schicht(Generic[T]):
    """One layer of a module; without content it is as if it were not there, unless it hides."""

    herkunft: Herkunft
    inhalt: T
    modus: Modus = Modus.ERGAENZEN
    davor: bool = False


@dataclass(frozen=True, slots=True)
class Block(Generic[T]):
    """A part of the composed module and where it comes from."""

    inhalt: T
    herkunft: Herkunft


def compose_modul(schichten: Sequence[Schicht[T]]) -> tuple[Block[T], ...]:
    """Return the blocks people read, in order; `schichten` from the most general to the nearest.

    An empty content never replaces anything: whoever wants to hide says so.
    """
    bloecke: tuple[Block[T], ...] = ()
    for schicht in schichten:
        if schicht.modus is Modus.AUSBLENDEN:
            bloecke = ()
        elif schicht.modus is Modus.UEBERNEHMEN or not schicht.inhalt:
            continue
        else:
            eigener = Block(schicht.inhalt, schicht.herkunft)
            if schicht.modus is Modus.ERSETZEN:
                bloecke = (eigener,)
            else:
                bloecke = (eigener, *bloecke) if schicht.davor else (*bloecke, eigener)
    return bloecke
