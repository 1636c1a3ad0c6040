"""Two texts compared word by word: what stayed, what is gone, what is new. Pure."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

GLEICH, WEG, NEU = "gleich", "weg", "neu"


@dataclass(frozen=True, slots=True)
class Teil:
    """Words with what happened to them."""

    art: str
    text: str


def vergleiche_worte(alt: str, neu: str) -> tuple[Teil, ...]:
    """Return the words of both texts in reading order, neighbours of one kind together.

    What is gone stands before what came instead. Joining the words that are not gone gives the new
    text, joining those that are not new gives the old one, blanks apart.
    """
    alte, neue = alt.split(), neu.split()
    teile: list[Teil] = []
    for art, a, b, c, d in difflib.SequenceMatcher(None, alte, neue, autojunk=False).get_opcodes():
        if art == "equal":
            teile.append(Teil(GLEICH, " ".join(alte[a:b])))
            continue
        if b > a:
            teile.append(Teil(WEG, " ".join(alte[a:b])))
        if d > c:
            teile.append(Teil(NEU, " ".join(neue[c:d])))
    return tuple(teile)


def vergleiche_absaetze(alt: Sequence[str], neu: Sequence[str]) -> tuple[tuple[Teil, ...], ...]:
    """Return paragraph after paragraph what happened to its words.

    A paragraph that resembles none of the other text is new or gone as a whole.
    """
    absaetze: list[tuple[Teil, ...]] = []
    for art, a, b, c, d in difflib.SequenceMatcher(None, alt, neu, autojunk=False).get_opcodes():
        if art == "equal":
            absaetze.extend((Teil(GLEICH, absatz),) for absatz in alt[a:b])
        else:
            absaetze.extend(_paare(alt[a:b], neu[c:d]))
    return tuple(absaetze)


def _paare(alt: Sequence[str], neu: Sequence[str]) -> list[tuple[Teil, ...]]:
    offen = list(alt)
    ergebnis: list[tuple[Teil, ...]] = []
    for absatz in neu:
        vorher = next(iter(difflib.get_close_matches(absatz, offen, n=1, cutoff=0.4)), None)
        if vorher is None:
            ergebnis.append((Teil(NEU, absatz),))
            continue
        stelle = offen.index(vorher)
        ergebnis.extend((Teil(WEG, weg),) for weg in offen[:stelle])
        del offen[: stelle + 1]
        ergebnis.append(vergleiche_worte(vorher, absatz))
    ergebnis.extend((Teil(WEG, weg),) for weg in offen)
    return ergebnis
