"""The A–Z of all services, in German order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from zufi.common.text import fold_grundbuchstaben


@dataclass(frozen=True, slots=True)
class Eintrag:
    """One line of the list: what to read and where it leads."""

    titel: str
    slug: str
    verweis: str = ""


@dataclass(frozen=True, slots=True)
class Buchstabe:
    """One letter with its entries."""

    buchstabe: str
    eintraege: tuple[Eintrag, ...]


def ordne(eintraege: Iterable[Eintrag]) -> tuple[Buchstabe, ...]:
    """Return the letters that have entries; umlauts stand with their base letter (DIN 5007-1)."""
    ordered = sorted(eintraege, key=lambda e: (fold_grundbuchstaben(e.titel), e.titel, e.slug))
    return tuple(
        Buchstabe(buchstabe=buchstabe, eintraege=tuple(gruppe))
        for buchstabe, gruppe in groupby(ordered, key=_anfang)
    )


def _anfang(eintrag: Eintrag) -> str:
    first = fold_grundbuchstaben(eintrag.titel)[:1].upper()
    return first if first.isalpha() else "0–9"
