"""The sentence a structured row becomes on the page: "37 € (bar oder Karte)".

Pure: plain values in, words out, in the three languages of the pages. Amounts are Decimal, a day is
a date (2027-01-31), a day of every year (--07-31, ISO 8601) or words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from zufi.common.zeitraum import MONATE

_TAG = re.compile(r"^(?:(?P<jahr>\d{4})|-)-(?P<monat>\d{2})-(?P<tag>\d{2})$")
_MONATE_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
# Unit → one, several; German and English. Plain language uses the German words.
_EINHEITEN = {
    "JAHR": ("Jahr", "Jahre", "year", "years"),
    "MONAT": ("Monat", "Monate", "month", "months"),
    "WOCHE": ("Woche", "Wochen", "week", "weeks"),
    "TAG": ("Tag", "Tage", "day", "days"),
    "WERKTAG": ("Werktag", "Werktage", "working day", "working days"),
    "ARBEITSTAG": ("Arbeitstag", "Arbeitstage", "business day", "business days"),
    "STUNDE": ("Stunde", "Stunden", "hour", "hours"),
    "MINUTE": ("Minute", "Minuten", "minute", "minutes"),
    "SEKUNDE": ("Sekunde", "Sekunden", "second", "seconds"),
}
_WORTE = {
    "de": {"bis": "bis", "ab": "ab", "frei": "kostenfrei", "voraus": "im Voraus zu bezahlen"},
    "en": {"bis": "to", "ab": "from", "frei": "free of charge", "voraus": "to be paid in advance"},
    "de_simple": {
        "bis": "bis", "ab": "mindestens", "frei": "Das kostet nichts.", "voraus": "vorher bezahlen",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kosten:
    """One cost; texts are already those of the language asked for."""

    art: str
    betrag: Decimal | None = None
    von: Decimal | None = None
    bis: Decimal | None = None
    regel: str = ""
    grund: str = ""
    waehrung: str = "EUR"
    vorkasse: bool = False
    beschreibung: str = ""


@dataclass(frozen=True, slots=True)
class Spanne:
    """A length of time, or a range of them."""

    dauer: int | None = None
    einheit: str = ""
    dauer_bis: int | None = None
    einheit_bis: str = ""


@dataclass(frozen=True, slots=True)
class Fristangabe:
    """A deadline: a length of time or days; texts are those of the language asked for."""

    spanne: Spanne = Spanne()
    stichtag_von: str = ""
    stichtag_bis: str = ""
    bezeichnung: str = ""
    beschreibung: str = ""


def betrag_text(betrag: Decimal, waehrung: str = "EUR", sprache: str = "de") -> str:
    """Return an amount as people write it: "37 €", "8,50 €", "€8.50"; cents only where any."""
    glatt = betrag == betrag.to_integral_value()
    text = f"{betrag:,.0f}" if glatt else f"{betrag:,.2f}"
    if sprache == "en":
        return f"€{text}" if waehrung == "EUR" else f"{waehrung} {text}"
    text = text.translate(str.maketrans(",.", ".,"))
    zeichen = {"EUR": "Euro" if sprache == "de_simple" else "€"}.get(waehrung, waehrung)
    return f"{text}\u00a0{zeichen}"


def kosten_satz(kosten: Kosten, sprache: str = "de") -> str:
    """Return the sentence of a cost; empty if the row says nothing."""
    worte = _WORTE[sprache]
    zusaetze = [kosten.beschreibung]
    if kosten.art == "frei":
        haupt = worte["frei"]
        zusaetze.insert(0, kosten.grund)
    elif kosten.art == "variabel":
        haupt = _betragsspanne(kosten, sprache)
        if haupt:
            zusaetze.insert(0, kosten.regel)
        else:
            haupt = kosten.regel
    else:
        haupt = (
            betrag_text(kosten.betrag, kosten.waehrung, sprache)
            if kosten.betrag is not None
            else ""
        )
    if kosten.vorkasse:
        zusaetze.append(worte["voraus"])
    return _mit_klammer(haupt, zusaetze)


def spanne_text(spanne: Spanne, sprache: str = "de") -> str:
    """Return "2 Wochen", "2 bis 4 Wochen" or "3 Wochen bis 2 Monate"; empty without a length."""
    if spanne.dauer is None:
        return ""
    von = _dauer(spanne.dauer, spanne.einheit, sprache)
    if spanne.dauer_bis is None:
        return von
    bis = _dauer(spanne.dauer_bis, spanne.einheit_bis, sprache)
    if spanne.einheit == spanne.einheit_bis:
        von = str(spanne.dauer)
    return f"{von} {_WORTE[sprache]['bis']} {bis}"


def frist_satz(frist: Fristangabe, sprache: str = "de") -> str:
    """Return the sentence of a deadline, headed by its name if it has one."""
    haupt = spanne_text(frist.spanne, sprache) or _stichtage(frist, sprache)
    satz = _mit_klammer(haupt, [frist.beschreibung])
    return f"{frist.bezeichnung}: {satz}" if frist.bezeichnung and satz else satz


def dauer_satz(spanne: Spanne, beschreibung: str, sprache: str = "de") -> str:
    """Return the sentence of a usual duration."""
    return _mit_klammer(spanne_text(spanne, sprache), [beschreibung])


def tag_text(tag: str, sprache: str = "de") -> str:
    """Return a day as people write it; words that are no day stay as they are."""
    treffer = _TAG.match(tag)
    if not treffer or not 1 <= int(treffer["monat"]) <= len(MONATE):
        return tag
    monat = int(treffer["monat"]) - 1
    jahr = f" {treffer['jahr']}" if treffer["jahr"] else ""
    if sprache == "en":
        return f"{int(treffer['tag'])} {_MONATE_EN[monat]}{jahr}"
    return f"{int(treffer['tag'])}. {MONATE[monat]}{jahr}"


def _betragsspanne(kosten: Kosten, sprache: str) -> str:
    worte = _WORTE[sprache]
    if kosten.von is not None and kosten.bis is not None:
        von = betrag_text(kosten.von, kosten.waehrung, sprache)
        bis = betrag_text(kosten.bis, kosten.waehrung, sprache)
        if sprache != "en":
            von = von.rsplit("\u00a0", 1)[0]
        return f"{von} {worte['bis']} {bis}"
    if kosten.von is not None:
        return f"{worte['ab']} {betrag_text(kosten.von, kosten.waehrung, sprache)}"
    if kosten.bis is not None:
        hoechstens = "up to" if sprache == "en" else "bis"
        return f"{hoechstens} {betrag_text(kosten.bis, kosten.waehrung, sprache)}"
    return ""


def _stichtage(frist: Fristangabe, sprache: str) -> str:
    von, bis = tag_text(frist.stichtag_von, sprache), tag_text(frist.stichtag_bis, sprache)
    ist_tag = bool(_TAG.match(frist.stichtag_bis))
    if sprache == "en":
        if von and bis:
            return f"from {von} to {bis}"
        return f"by {bis}" if bis and ist_tag else bis or (von and f"from {von}")
    if von and bis:
        return f"vom {von} bis zum {bis}"
    return f"bis zum {bis}" if bis and ist_tag else bis or (von and f"ab dem {von}")


def _dauer(zahl: int, einheit: str, sprache: str) -> str:
    formen = _EINHEITEN.get(einheit, (einheit,) * 4)
    eins, mehrere = formen[2:] if sprache == "en" else formen[:2]
    return f"{zahl}\u00a0{eins if zahl == 1 else mehrere}"


def _mit_klammer(haupt: str, zusaetze: list[str]) -> str:
    """Put what is added in brackets; alone it stands by itself."""
    teile = [zusatz.strip() for zusatz in zusaetze if zusatz.strip()]
    if not haupt:
        return ", ".join(teile)
    if not teile:
        return haupt
    if haupt.endswith("."):
        return " ".join([haupt, *teile])
    return f"{haupt} ({', '.join(teile)})"
