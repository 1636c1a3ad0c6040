"""Areas with their history, and authorities."""

from __future__ import annotations

from behoerden.models.anschrift import Anschrift, Erreichbarkeit
from behoerden.models.barrierefreiheit import MERKMALE, Angabe
from behoerden.models.behoerde import Behoerde, Behoerdenart
from behoerden.models.beziehung import Behoerdenbeziehung, Behoerdennachfolge
from behoerden.models.gebiet import (
    Gebiet,
    GebietMitglied,
    Gebietsart,
    Gebietsnachfolge,
    Gebietsschluessel,
    Gebietsversion,
    Schluesseltyp,
)
from behoerden.models.kontaktperson import Kontaktperson
from behoerden.models.oeffnungszeit import Oeffnungsausnahme, Oeffnungszeit
from behoerden.models.ort import Ortsname, Ortsnamenart, PlzGemeinde, Postleitzahl
from behoerden.models.reform import Gebietsreform

__all__ = [
    "MERKMALE",
    "Angabe",
    "Anschrift",
    "Behoerde",
    "Behoerdenart",
    "Behoerdenbeziehung",
    "Behoerdennachfolge",
    "Erreichbarkeit",
    "Gebiet",
    "GebietMitglied",
    "Gebietsart",
    "Gebietsnachfolge",
    "Gebietsreform",
    "Gebietsschluessel",
    "Gebietsversion",
    "Kontaktperson",
    "Oeffnungsausnahme",
    "Oeffnungszeit",
    "Ortsname",
    "Ortsnamenart",
    "PlzGemeinde",
    "Postleitzahl",
    "Schluesseltyp",
]
