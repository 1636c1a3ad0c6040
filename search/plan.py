"""From what a citizen typed to a `Plan`: pure, no index, no database, no clock.

Both compilers read the same plan, so Elasticsearch and PostgreSQL find the same documents.
Later readings (rules of the editors, corrections) are added here, each with its `grund`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise

from search.analysis.compounds import is_word
from search.analysis.daten import read_words
from search.analysis.folding import fold
from search.analysis.kennungen import find_kennungen
from search.analysis.tokens import Token, analyse
from search.weights import (
    GEWICHT_ORIGINAL,
    GEWICHT_ZUSAMMEN,
    MAX_READINGS,
    MAX_TERME,
    MAX_ZEICHEN,
)

MINDESTENS = (0, 1, 2, 2, 3, 4)
"""Terms that must occur, by number of terms; of six and more, two may be missing."""

GEKUERZT = "Die Anfrage war sehr lang. Gesucht wurde nur mit ihrem Anfang."


@dataclass(frozen=True, slots=True)
class Term:
    """One word to look for: folded, as a stem, and by the stems of its parts.

    `bekannt` is False when the word is neither in the index vocabulary nor made of known parts;
    without a vocabulary every word counts as known.
    """

    genau: str
    stamm: str
    teile: tuple[str, ...]
    bekannt: bool = True


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand the query; `mindestens` of its terms must occur.

    `grund`: "original", "woertlich" (with the words that usually say nothing), "zusammen"
    (neighbours joined); later "synonym" and "korrektur".
    """

    terme: tuple[Term, ...]
    gewicht: float
    mindestens: int
    grund: str


@dataclass(frozen=True, slots=True)
class Filter:
    """What the citizen narrowed down: codes, "" or False for no choice."""

    zielgruppe: str = ""
    online: bool = False
    lebenslage: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything a compiler needs.

    `kette` holds the ids of the Gebiete above the place, itself included, () without a place;
    `kommunal` those between Gemeinde and Kreis. `heute` is a day in Europe/Berlin. `hinweise`
    are German sentences for the page.
    """

    text: str
    readings: tuple[Reading, ...]
    kennungen: tuple[str, ...]
    kette: tuple[int, ...]
    kommunal: tuple[int, ...]
    heute: date
    filter: Filter
    hinweise: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to look for: no word left and no identifier."""
        return not self.readings and not self.kennungen


@cache
def _floskeln() -> tuple[frozenset[str], frozenset[str]]:
    """Return the folded Floskeln: all, and those that still count where a title has them."""
    lines = read_words("floskeln.txt")
    soft = frozenset(fold(line[1:]) for line in lines if line.startswith("~"))
    return soft | {fold(line) for line in lines if not line.startswith("~")}, soft


def mindestens(count: int) -> int:
    """Return how many of `count` terms must occur: 1→1 2→2 3→2 4→3 5→4, then two may miss."""
    return MINDESTENS[count] if count < len(MINDESTENS) else count - 2


def _without_floskeln(tokens: Sequence[Token]) -> list[Token]:
    kept = [token for token in tokens if token.genau not in _floskeln()[0]]
    return kept or list(tokens[-1:])


def _reading(terme: Sequence[Term], gewicht: float, grund: str) -> Reading:
    return Reading(tuple(terme), gewicht, mindestens(len(terme)), grund)


def _join(first: Token, second: Token, bekannt: Callable[[str], bool] | None) -> Token | None:
    """Return the two neighbours as one word, None unless that word is known."""
    joined = analyse(first.genau + second.genau)
    if len(joined) != 1 or not (first.genau.isalpha() and second.genau.isalpha()):
        return None
    token = joined[0]
    if bekannt is not None:
        return token if bekannt(token.genau) else None
    at_seam = token.teile == (*(first.teile or (first.stamm,)), *(second.teile or (second.stamm,)))
    return token if is_word(token.genau) or at_seam else None


def _terms(tokens: Sequence[Token], bekannt: Callable[[str], bool] | None) -> list[Term]:
    return [
        Term(
            token.genau,
            token.stamm,
            token.teile,
            bekannt is None or bool(token.teile) or bekannt(token.genau),
        )
        for token in tokens
    ]


def _readings(tokens: Sequence[Token], bekannt: Callable[[str], bool] | None) -> list[Reading]:
    if not tokens:
        return []
    kept = _without_floskeln(tokens)
    terme = _terms(kept, bekannt)
    readings = [_reading(terme, GEWICHT_ORIGINAL, "original")]
    spoken = [token for token in tokens if token in kept or token.genau in _floskeln()[1]]
    if len(spoken) > len(kept):
        words = tuple(_terms(spoken, bekannt))
        readings.append(Reading(words, GEWICHT_ORIGINAL, len(words), "woertlich"))
    for index, (first, second) in enumerate(pairwise(kept)):
        if token := _join(first, second, bekannt):
            words = (*terme[:index], *_terms([token], bekannt), *terme[index + 2 :])
            readings.append(_reading(words, GEWICHT_ZUSAMMEN, "zusammen"))
    return readings[:MAX_READINGS]


def build_plan(
    text: str,
    *,
    kette: Sequence[int] = (),
    kommunal: Sequence[int] = (),
    heute: date,
    filter: Filter = Filter(),
    bekannt: Callable[[str], bool] | None = None,
) -> Plan:
    """Return the plan for `text`; any text gives a plan, an empty one has no readings.

    At most 200 characters and 12 words are read. Identifiers become exact lookups and leave the
    text. Floskeln ("wo kann ich … beantragen") are dropped, never the last word. The first
    reading is always the original; neighbours that join to a known word follow.

    Args:
        text: as typed, in any spelling and length.
        kette: ids of the Gebiete that contain the place, itself included; none without a place.
        kommunal: those of `kette` from Gemeinde to Kreis.
        heute: day on which a service must be valid, Europe/Berlin.
        filter: chosen facets.
        bekannt: tells whether a folded word is in the index vocabulary; without it the lexicon
            and the splitter decide which neighbours join.
    """
    clean = " ".join(unicodedata.normalize("NFC", text.replace("\0", " ")).split())
    kennungen, rest = find_kennungen(clean[:MAX_ZEICHEN])
    tokens = analyse(rest)
    too_long = len(clean) > MAX_ZEICHEN or len(tokens) > MAX_TERME
    return Plan(
        text=clean[:MAX_ZEICHEN],
        readings=tuple(_readings(tokens[:MAX_TERME], bekannt)),
        kennungen=kennungen,
        kette=tuple(kette),
        kommunal=tuple(kommunal),
        heute=heute,
        filter=filter,
        hinweise=(GEKUERZT,) if too_long else (),
    )
