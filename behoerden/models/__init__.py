"""Areas with their history, and authorities."""

from __future__ import annotations

from behoerden.models.behoerde import Anschrift, Behoerde, Behoerdenart, Erreichbarkeit
from behoerden.models.gebiet import (
    Gebiet,
    GebietMitglied,
    Gebietsart,
    Gebietsnachfolge,
    Gebietsschluessel,
    Gebietsversion,
    Schluesseltyp,
)
from behoerden.models.ort import Ortsname, Ortsnamenart, PlzGemeinde, Postleitzahl
from behoerden.models.reform import Gebietsreform

__all__ = [
    "Anschrift",
    "Behoerde",
    "Behoerdenart",
    "Erreichbarkeit",
    "Gebiet",
    "GebietMitglied",
    "Gebietsart",
    "Gebietsnachfolge",
    "Gebietsreform",
    "Gebietsschluessel",
    "Gebietsversion",
    "Ortsname",
    "Ortsnamenart",
    "PlzGemeinde",
    "Postleitzahl",
    "Schluesseltyp",
]
