"""Official area keys: ARS and AGS as the Gemeindeverzeichnis writes them."""

from __future__ import annotations

import re
from typing import NewType

Ars = NewType("Ars", str)  # LL R KK VVVV GGG: Land, Regierungsbezirk, Kreis, Verband, Gemeinde
Ags = NewType("Ags", str)  # LL R KK GGG: the same without Verband

LAND_THUERINGEN = "16"
ARS_BUND = Ars("000000000000")  # not in the register: our own root above all Länder
ARS_LAND = Ars("160000000000")

_BLANKS = re.compile(r"\s+")


class SchluesselFehler(ValueError):
    """The text is no key; `eingabe` is what was written."""

    def __init__(self, eingabe: str, ziffern: int) -> None:
        super().__init__(f"„{eingabe}“ ist kein Schlüssel mit {ziffern} Ziffern.")
        self.eingabe = eingabe
        self.ziffern = ziffern


def parse_ars(text: str) -> Ars:
    """Return the area key written in `text`; blanks between the groups are allowed.

    Raises:
        SchluesselFehler: anything but 12 digits; carries the input, so that the form can quote it.

    Source: Gemeindeverzeichnis GV100AD of the Statistisches Bundesamt, record description.
    """
    return Ars(_digits(text, 12))


def parse_ags(text: str) -> Ags:
    """Return the municipality key written in `text`; blanks between the groups are allowed.

    Raises:
        SchluesselFehler: anything but 8 digits.

    Source: Gemeindeverzeichnis GV100AD of the Statistisches Bundesamt, record description.
    """
    return Ags(_digits(text, 8))


def ags_from_ars(ars: Ars | str) -> Ags:
    """Return the AGS of a Gemeinde: the ARS without the four digits of the Verband."""
    return Ags(ars[:5] + ars[9:12])


def kreis_from_key(key: Ars | Ags | str) -> str:
    """Return the five digits of the Kreis with which ARS and AGS begin."""
    return key[:5]


def verband_from_ars(ars: Ars | str) -> Ars:
    """Return the ARS of the Verband level of a Gemeinde; verbandsfreie ones have no such area."""
    return Ars(ars[:9] + "000")


def _digits(text: str, count: int) -> str:
    digits = _BLANKS.sub("", text)
    if len(digits) != count or not (digits.isascii() and digits.isdigit()):
        raise SchluesselFehler(text, count)
    return digits
