"""Compound splitter: lexicon parts and Fugen that cover the whole word, or no split at all.

A partial cover is what makes dictionary decompounders find *laub* in *Erlaubnis*; here every
letter must belong to a part, a Fuge or an ending (search design 2.2).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from search.analysis.daten import read_lexikon, read_words
from search.analysis.folding import fold

MIN_WORD = 8
"""Shorter words are left whole: among them simple words outnumber compounds."""

MAX_WORD = 48
MAX_PARTS = 4
MIN_PART = 4
"""Shorter parts count only when `domaene.txt` lists them."""

SHORT_PART = 3
"""Length of the shortest words `domaene.txt` lists; shorter ones never are parts."""

FUGEN = ("", "s", "es", "n", "en", "er", "e")
ENDUNGEN = ("", "s", "es", "n", "en", "er", "e", "em", "ern", "se", "sen", "in", "innen")
MIT_S = ("ung", "heit", "keit", "schaft", "ion", "tat", "ling", "zug")
"""After these endings German always writes the Fuge s: Gesundheit-s-pass, never -spaß."""

DOMAENE_ZIPF = 4.5
"""Lowest frequency of a word of our own lists: it is common here, whatever the press writes."""

PART_COST = 2.0
"""Zipf points a further part must be worth; fewer, longer parts are right more often."""

LETTER_COST = 0.3
"""Zipf points per letter of a Fuge or ending except s: "marke" before "mark" with an -e."""

MIN_MEAN = 3.0
"""Lowest mean Zipf value of the parts; below it they are too rare to be meant."""


@cache
def _parts() -> dict[str, tuple[float, str]]:
    """Return folded part → (Zipf value, word as written in the lexicon)."""
    excluded = {fold(word) for word in read_words("nichtteile.txt")}
    parts: dict[str, tuple[float, str]] = {}
    for word, zipf in read_lexikon().items():
        key = fold(word)
        if len(key) >= MIN_PART and key not in excluded and zipf > parts.get(key, (0.0, ""))[0]:
            parts[key] = (zipf, word)
    for word in read_words("behalten.txt"):
        parts.setdefault(fold(word), (DOMAENE_ZIPF, word))
    for line in read_words("domaene.txt"):
        form, _, base = line.partition("=")
        zipf, _ = parts.get(fold(form), (0.0, ""))
        parts[fold(form)] = (max(zipf, DOMAENE_ZIPF), base or form)
    return parts


@cache
def _whole() -> frozenset[str]:
    """Return the folded words, inflected ones included, that are never split."""
    return frozenset(
        fold(word) + ending for word in read_words("behalten.txt") for ending in ENDUNGEN
    )


def is_word(word: str) -> bool:
    """Tell whether the folded `word` stands in the lexicon or one of the own lists."""
    return word in _parts()


def _covers(word: str, start: int, left: int) -> Iterator[tuple[str, ...]]:
    """Yield every way to cover `word[start:]` with at most `left` parts."""
    parts = _parts()
    for end in range(start + SHORT_PART, len(word) + 1):
        part = word[start:end]
        if part not in parts:
            continue
        if word[end:] in ENDUNGEN:
            yield (part,)
        if left > 1:
            for fuge in ("s",) if part.endswith(MIT_S) and len(part) >= MIN_PART else FUGEN:
                after = end + len(fuge)
                if after + SHORT_PART <= len(word) and word.startswith(fuge, end):
                    for rest in _covers(word, after, left - 1):
                        yield (part, *rest)


def _score(word: str, cover: tuple[str, ...]) -> float:
    """Return the mean frequency less the cost of parts and of letters outside them."""
    letters, position = 0, 0
    for part in cover:
        begin = word.index(part, position)
        letters += len(word[position:begin].removesuffix("s"))
        position = begin + len(part)
    letters += len(word[position:].removesuffix("s"))
    return _mean(cover) - PART_COST * len(cover) - LETTER_COST * letters


def _mean(cover: tuple[str, ...]) -> float:
    """Return the mean Zipf value, which is the log of the geometric mean of frequencies."""
    parts = _parts()
    return sum(parts[part][0] for part in cover) / len(cover)


@cache
def _split(word: str) -> tuple[str, ...]:
    if not MIN_WORD <= len(word) <= MAX_WORD or not word.isalpha() or word in _whole():
        return ()
    covers = [cover for cover in _covers(word, 0, MAX_PARTS) if len(cover) > 1]
    likely = [cover for cover in covers if _mean(cover) >= MIN_MEAN]
    if not likely:
        return ()
    best = max(likely, key=lambda cover: (_score(word, cover), cover))
    return tuple(atom for part in best for atom in (_split(part) or (part,)))


def split(word: str) -> tuple[str, ...]:
    """Return the parts of a compound as base words with umlauts, or () for a simple word.

    Parts that are compounds themselves are split too, so that "Personalausweisverlust" and
    "Verlust des Personalausweises" give the same parts. Never returns a single part.

    Args:
        word: one word in any spelling `fold` accepts, inflected or not.
    """
    parts = _parts()
    return tuple(parts[part][1] for part in _split(fold(word)))
