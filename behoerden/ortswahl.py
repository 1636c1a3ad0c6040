"""The choice between places as a page shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from behoerden.domain.gebiet import bezeichnung
from behoerden.selectors import Ort

__all__ = ["Ortsoption", "ortswahl"]


@dataclass(frozen=True, slots=True)
class Ortsoption:
    """One place to choose; an Ortsteil comes first, because that is the word people typed.

    `ars` is what the address says: of an Ortsteil with its short form behind a dot.
    `zusatz` says who administers it, "" where that would only repeat the name.
    """

    ars: str
    name: str
    kreis: str
    verband: str
    zusatz: str


def ortswahl(orte: Iterable[Ort]) -> tuple[Ortsoption, ...]:
    """Return the places by Kreis, Verband and name: the order in which a page groups them."""
    optionen = (
        Ortsoption(
            ars=ort.adresse,
            name=ort.label if ort.slug else ort.name,
            kreis=ort.kreis,
            verband=ort.verband,
            zusatz=_zusatz(ort),
        )
        for ort in orte
    )
    return tuple(sorted(optionen, key=lambda o: (o.kreis, o.verband, o.name, o.ars)))


def _zusatz(ort: Ort) -> str:
    eigener = ort.verband == bezeichnung("erfuellende_gemeinde", ort.name)
    return "" if eigener or not ort.verband else f"gehört zu {ort.verband}"
