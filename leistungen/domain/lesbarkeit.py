"""Readability of German text: Amstad, 1st and 4th Wiener Sachtextformel, LIX (ux design 8.2).

Pure, without network; 300 words take about a millisecond. Text is plain, one line per block: the
end of a line ends a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import pyphen  # type: ignore[import-untyped]  # ships no types

_SILBEN = pyphen.Pyphen(lang="de_DE")
_PUNKT = "\u2024"  # stands for a full stop that ends no sentence; as long as one
# Before a blank, a digit, a bracket or a comma these end no sentence.
_KUERZEL = (
    r"z\.\s?B|d\.\s?h|u\.\s?a|i\.\s?d\.\s?R|o\.\s?g|s\.\s?o|e\.\s?g|i\.\s?e|"
    r"ggf|bzw|ca|Str|Tel|Dr|Prof|max|min|inkl|gem|vgl|evtl|St|Mio|Mrd|sog|lt"
)
_KUERZEL_MITTEN = r"usw|etc"  # may well be the last word of a sentence
_KUERZEL_VOR_ZAHL = r"Abs|Nr|Art|S|Kap|Ziff"  # "eine andere Art. Dann" is two sentences
_MASKE = re.compile(
    rf"\b(?:{_KUERZEL})\.(?=\s|\d|\)|,|$)"
    rf"|\b(?:{_KUERZEL_MITTEN})\.(?=,|\)|\s+[a-zäöü])"
    rf"|\b(?:{_KUERZEL_VOR_ZAHL})\.(?=\s?\d)"
)
_MONAT = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
# The full stop of an ordinal or a date: "31. Dezember", "1. und 2. Klasse", "01.01.2027".
_ORDNUNGSZAHL = re.compile(
    rf"(?<=\d)\.(?=\s?\d|\s+(?:{_MONAT}|Tag|Woche|Monat|Lebensjahr|Lebensmonat|Klasse)|\s+[a-zäöü])"
)
_WORT = re.compile(r"[A-Za-zÄÖÜäöüßéèáà]+(?:-[A-Za-zÄÖÜäöüß]+)*")
_SATZENDE = re.compile(r"(?<=[.!?:])\s+|(?<=[.!?][\"“”«»])\s+|\n+")
_WENIGSTE_WOERTER = 5
_LANGES_WORT = 6  # letters; longer ones count as long (LIX)
_VIELSILBIG = 3


class Stufe(StrEnum):
    """How hard a German administrative text is to read, by its LIX."""

    LEICHT = "leicht"
    MITTEL = "mittel"
    SCHWER = "schwer"
    SEHR_SCHWER = "sehr schwer"


# Highest LIX of each level; above the last one a text is very hard.
STUFEN = ((45.0, Stufe.LEICHT), (55.0, Stufe.MITTEL), (65.0, Stufe.SCHWER))


@dataclass(frozen=True, slots=True)
class Lesbarkeit:
    """The measures of one text.

    Attributes:
        saetze: number of sentences.
        woerter: number of words.
        satzlaenge: average number of words of a sentence.
        amstad: Flesch reading ease for German; 50 and more is the goal.
        wstf1: 1st Wiener Sachtextformel, a school year.
        wstf4: 4th Wiener Sachtextformel, a school year.
        lix: words per sentence plus per cent of words with more than 6 letters.
    """

    saetze: int
    woerter: int
    satzlaenge: float
    amstad: float
    wstf1: float
    wstf4: float
    lix: float

    @property
    def stufe(self) -> Stufe:
        """The level of the text's LIX."""
        return stufe(self.lix)


def stufe(lix: float) -> Stufe:
    """Return the level of a LIX: up to 45 leicht, 55 mittel, 65 schwer."""
    return next((name for hoechstens, name in STUFEN if lix <= hoechstens), Stufe.SEHR_SCHWER)


@lru_cache(maxsize=50_000)
def count_syllables(wort: str) -> int:
    """Return the number of syllables by hyphenation; at least one per part of the word."""
    return sum(len(_SILBEN.positions(teil)) + 1 for teil in wort.split("-"))


def split_sentences(text: str) -> tuple[str, ...]:
    """Return the sentences in their order, each exactly as it stands in the text.

    A colon ends a sentence too; what holds no word is none.
    """
    maskiert = _ORDNUNGSZAHL.sub(
        _PUNKT, _MASKE.sub(lambda fund: fund[0].replace(".", _PUNKT), text)
    )
    saetze = []
    anfang = 0
    for ende, weiter in [*(fund.span() for fund in _SATZENDE.finditer(maskiert)), (len(text),) * 2]:
        satz = text[anfang:ende].strip()
        if _WORT.search(satz):
            saetze.append(satz)
        anfang = weiter
    return tuple(saetze)


def split_words(text: str) -> list[str]:
    """Return the words; a compound with hyphens is one, numbers are none."""
    return _WORT.findall(text)


def measure_lix(woerter_je_satz: tuple[list[str], ...]) -> float | None:
    """Return the LIX of sentences given as words; None without a word."""
    anzahl = sum(map(len, woerter_je_satz))
    if not anzahl:
        return None
    lange = sum(len(wort) > _LANGES_WORT for woerter in woerter_je_satz for wort in woerter)
    return anzahl / len(woerter_je_satz) + 100 * lange / anzahl


def analyse(text: str) -> Lesbarkeit | None:
    """Return the measures of plain text; None for fewer than 5 words, which say nothing.

    Source: ux design 8.2 and appendix C (formulas of Amstad, Bamberger/Vanecek, Björnsson).
    """
    saetze = tuple(split_words(satz) for satz in split_sentences(text))
    woerter = [wort for satz in saetze for wort in satz]
    lix = measure_lix(saetze)
    if lix is None or len(woerter) < _WENIGSTE_WOERTER:
        return None
    anzahl = len(woerter)
    silben = [count_syllables(wort) for wort in woerter]
    satzlaenge = anzahl / len(saetze)
    ms = 100 * sum(menge >= _VIELSILBIG for menge in silben) / anzahl
    es = 100 * sum(menge == 1 for menge in silben) / anzahl
    iw = lix - satzlaenge
    return Lesbarkeit(
        saetze=len(saetze),
        woerter=anzahl,
        satzlaenge=satzlaenge,
        amstad=180 - satzlaenge - 58.5 * sum(silben) / anzahl,
        wstf1=0.1935 * ms + 0.1672 * satzlaenge + 0.1297 * iw - 0.0327 * es - 0.875,
        wstf4=0.2656 * satzlaenge + 0.2744 * ms - 1.693,
        lix=lix,
    )
