"""What a place input is: key, postcode, postcode with name, or name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from behoerden.domain.ortsname import Formen, fold, without_vorwort
from zufi.common.zeitraum import MONATE

_ARS_MIT_ORTSTEIL = re.compile(r"^([0-9]{12})\.([a-z0-9-]+)$")
_PLZ_VORN = re.compile(r"^(?:d\s*-\s*)?([0-9]{5})[\s,]+(\D.*)$", re.IGNORECASE)
_PLZ_HINTEN = re.compile(r"^(\D*\w)[\s,]+([0-9]{5})$")
_NAME_MIT_ZUSATZ = re.compile(r"^([^,(]+?)\s*(?:\(([^)]+)\)?|,\s*(.+))$")
_LEER = re.compile(r"\s+")
KLEINSTE_PLZ = "01000"


class Eingabeart(StrEnum):
    """Kinds of input."""

    LEER = "leer"
    ARS = "ars"
    AGS = "ags"
    PLZ = "plz"
    PLZ_NAME = "plz_name"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Eingabe:
    """An input taken apart; `wert` is the key or postcode, `name` the name beside or instead.

    Behind an ARS `name` is the short form of an Ortsteil.
    """

    art: Eingabeart
    wert: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Namensform:
    """One reading of a name; `zusatz` (folded) must fit the place's Gemeinde, Verband or Kreis."""

    formen: Formen
    zusatz: str = ""


def classify(text: str) -> Eingabe:
    """Return what the text is; every text is something.

    Twelve digits are an ARS (`.ortsteil` may follow), eight an AGS, five a postcode; blanks between
    digits do not count.
    """
    text = _LEER.sub(" ", text).strip()
    if not text:
        return Eingabe(Eingabeart.LEER)
    if treffer := _ARS_MIT_ORTSTEIL.match(text):
        return Eingabe(Eingabeart.ARS, treffer[1], treffer[2])
    ziffern = text.replace(" ", "")
    if ziffern.isascii() and ziffern.isdigit():
        arten = {12: Eingabeart.ARS, 8: Eingabeart.AGS, 5: Eingabeart.PLZ}
        if len(ziffern) in arten:
            return Eingabe(arten[len(ziffern)], ziffern)
    if treffer := _PLZ_VORN.match(text):
        return Eingabe(Eingabeart.PLZ_NAME, treffer[1], treffer[2].strip())
    if treffer := _PLZ_HINTEN.match(text):
        return Eingabe(Eingabeart.PLZ_NAME, treffer[2], treffer[1].strip(" ,"))
    return Eingabe(Eingabeart.NAME, name=text)


def readings(name: str) -> tuple[Namensform, ...]:
    """Return how a name may be meant, the literal reading first; the first one found counts."""
    lesarten = [Namensform(fold(name)), Namensform(fold(without_vorwort(name)))]
    if treffer := _NAME_MIT_ZUSATZ.match(name.strip()):
        zusatz = fold(treffer[2] or treffer[3]).ae
        for text in (treffer[1], without_vorwort(treffer[1])):
            lesarten.append(Namensform(fold(text), zusatz))
    return tuple(dict.fromkeys(lesart for lesart in lesarten if lesart.formen.ae))


def is_deutsche_plz(plz: str) -> bool:
    """Return whether five digits can be a German postcode at all."""
    return plz >= KLEINSTE_PLZ


def nachfolge_satz(frueher: str, heute: str, seit: date | None) -> str:
    """Return a sentence: "Glasehausen gehört seit 1. Januar 2024 zu Heilbad Heiligenstadt".

    Without a proven day it says "heute". A new municipality may carry the name of an old one.
    """
    wann = f"seit {tag_in_worten(seit)}" if seit else "heute"
    if frueher == heute:
        return f"Die frühere Gemeinde {frueher} gehört {wann} zur neuen Gemeinde {heute}."
    return f"{frueher} gehört {wann} zu {heute}."


def unbekannt_satz(frueher: str) -> str:
    """Return what to say about a dissolved municipality whose successor is not known."""
    return (
        f"Die Gemeinde {frueher} gibt es nicht mehr. Zu welcher Gemeinde der Ort jetzt gehört, "
        "wissen wir noch nicht."
    )


def tag_in_worten(tag: date) -> str:
    """Return a day as "1. Januar 2024"."""
    return f"{tag.day}. {MONATE[tag.month - 1]} {tag.year}"
