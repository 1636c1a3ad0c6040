"""Telephone numbers and addresses of contact channels: what editors type is checked, kept, linked.

A number stays as it was written, for people read it; `e164` gives the form machines dial.
"""

from __future__ import annotations

import re

LAND = "49"  # country code of numbers without one
MIN_ZIFFERN, MAX_ZIFFERN = 3, 15  # 115; E.164 allows fifteen
TELEFONISCH = frozenset({"02", "03", "04"})  # telephone, mobile, fax
MAIL = frozenset({"01", "08"})  # e-mail, De-Mail
_NUMMER = re.compile(r"\+?[\d\s()/.\-‐–]+")
_ADRESSE = re.compile(r"[^@\s<>,;]+@[^@\s<>,;.]+(?:\.[^@\s<>,;.]+)+")


class KennungFehler(ValueError):
    """The text does not fit its channel; the message is German and meant for the editor."""


def check_kennung(kanal: str, text: str) -> str:
    """Return the identifier without superfluous blanks.

    Args:
        kanal: code of the contact channel (`Erreichbarkeit.Kanal`).
        text: what was typed.

    Raises:
        KennungFehler: no telephone number where one belongs, or no address.
    """
    kennung = " ".join(text.split())
    if kanal in TELEFONISCH and not is_rufnummer(kennung):
        raise KennungFehler(
            "Geben Sie eine Rufnummer mit Vorwahl ein, zum Beispiel 0361 123456. "
            "Worte gehören in das Feld „Zusatz“."
        )
    if kanal in MAIL and not _ADRESSE.fullmatch(kennung):
        raise KennungFehler("Geben Sie eine Adresse im Format name@beispiel.de ein.")
    return kennung


def is_rufnummer(text: str) -> bool:
    """Whether people could dial it: digits and the usual separators only."""
    ziffern = re.sub(r"\D", "", text)
    return bool(_NUMMER.fullmatch(text)) and MIN_ZIFFERN <= len(ziffern) <= MAX_ZIFFERN


def e164(text: str) -> str:
    """Return a number as "+493611234"; short ones without area code, such as 115, stay.

    Source: ITU-T E.164. A bracketed zero after the country code is not dialled.
    """
    nummer = text.replace("(0)", "").strip()
    ziffern = re.sub(r"\D", "", nummer)
    if nummer.startswith("+"):
        return f"+{ziffern}"
    if ziffern.startswith("00"):
        return f"+{ziffern[2:]}"
    return f"+{LAND}{ziffern[1:]}" if ziffern.startswith("0") else ziffern
