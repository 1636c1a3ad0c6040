"""The place of a public page: what stands in the address, what it means, what to say about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from behoerden.selectors import Ort, find_orte

# Longer input is no place; the longest official name has 40 letters.
MAX_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Ortsangabe:
    """A place as asked for; `text` is what the field shows again.

    `ars` is the canonical form of the address, "" if the input does not name exactly one place: an
    ARS, of an Ortsteil with its short form behind a dot.
    """

    text: str = ""
    orte: tuple[Ort, ...] = ()
    ars: str = ""
    hinweis: str = ""
    fehler: str = ""
    nachfolge_von: str = ""
    nachfolge_unbekannt: bool = False

    @property
    def gebiet_ids(self) -> tuple[int, ...]:
        """The places that may be meant."""
        return tuple(ort.gebiet_id for ort in self.orte)

    @property
    def name(self) -> str:
        """Name of the only place, an Ortsteil with its Gemeinde; else ""."""
        return _name(self.orte[0]) if len(self.orte) == 1 else ""

    @property
    def ortsteil(self) -> str:
        """Name of the Ortsteil, if the only place is one with an area of its own; else ""."""
        return self.orte[0].ortsteil if len(self.orte) == 1 else ""

    @property
    def adressteil(self) -> str:
        """What goes into the address of the next page."""
        return self.ars or self.text

    @property
    def is_mehrdeutig(self) -> bool:
        """Whether several places may be meant."""
        return len(self.orte) > 1


def lies_ortsangabe(text: str, ars: str, stichtag: date) -> Ortsangabe:
    """Return what the place fields of an address mean.

    Args:
        text: name, postcode or key, as typed or as in a canonical address.
        ars: hidden key of a chosen suggestion; counts only if the text is still that place's
            label, because without script a prefilled hidden field outlives an edited text.
        stichtag: the day for which areas are looked up.
    """
    text = text.strip()[:MAX_LENGTH]
    if not text:
        return Ortsangabe()
    if ars:
        chosen = find_orte(ars, stichtag).kandidaten
        if len(chosen) == 1 and chosen[0].label == text:
            return _ein_ort(chosen[0])
    ergebnis = find_orte(text, stichtag)
    if len(ergebnis.kandidaten) == 1:
        return _ein_ort(ergebnis.kandidaten[0])
    if ergebnis.kandidaten:
        return Ortsangabe(text=text, orte=ergebnis.kandidaten, hinweis=ergebnis.hinweis)
    if ergebnis.art == "nachfolge_unbekannt":
        return Ortsangabe(text=text, hinweis=ergebnis.hinweis, nachfolge_unbekannt=True)
    return Ortsangabe(text=text, fehler=_fehler(text, ergebnis.art, ergebnis.vorschlaege))


def _ein_ort(ort: Ort) -> Ortsangabe:
    return Ortsangabe(
        text=_name(ort),
        orte=(ort,),
        ars=ort.adresse,
        hinweis=ort.hinweis,
        nachfolge_von=ort.nachfolge_von,
    )


def _name(ort: Ort) -> str:
    return ort.label if ort.ortsteil else ort.name


def _fehler(text: str, art: str, vorschlaege: tuple[Ort, ...]) -> str:
    if art == "ausserhalb":
        return f"„{text}“ liegt nicht in Thüringen."
    namen = list(dict.fromkeys(ort.name for ort in vorschlaege))[:3]
    if not namen:
        return f"Wir finden „{text}“ nicht in Thüringen. Prüfen Sie bitte die Schreibweise."
    *davor, letzter = namen
    frage = f"{', '.join(davor)} oder {letzter}" if davor else letzter
    return f"Wir finden „{text}“ nicht in Thüringen. Meinten Sie {frage}?"
