"""From what a citizen typed to a `Plan`: pure, no index, no database, no clock.

Both compilers read the same plan, so Elasticsearch and PostgreSQL find the same documents.
Every way to understand the query is a reading with its `grund`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import pairwise

from search.analysis.compounds import MIN_PART, is_word
from search.analysis.daten import read_words
from search.analysis.folding import fold
from search.analysis.kennungen import find_kennungen
from search.analysis.tokens import Token, analyse
from search.korrektur import Wortschatz, clear_winner, find_kandidaten, needs_korrektur
from search.regeln import Regel, anwenden
from search.weights import (
    GEWICHT_KERN,
    GEWICHT_KORREKTUR,
    GEWICHT_NACHFASSEN,
    GEWICHT_ORIGINAL,
    GEWICHT_ZUSAMMEN,
    MAX_MEINTEN,
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
    (neighbours joined), "getrennt" (the Verrichtung at the end of a word apart), "korrektur"
    (typing errors), "synonym" (a rule of the editors), "kern" (without what the authority does:
    "Erteilung"), "nachfassen" (second pass, fewer words).
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
    are German sentences for the page. `korrekturen` holds (word as typed, folded word that is
    looked for as well), `meinten` the same where no single word was clearly meant, and `auch` the
    phrases that rules of the editors added.
    """

    text: str
    readings: tuple[Reading, ...]
    kennungen: tuple[str, ...]
    kette: tuple[int, ...]
    kommunal: tuple[int, ...]
    heute: date
    filter: Filter
    hinweise: tuple[str, ...]
    korrekturen: tuple[tuple[str, str], ...] = ()
    meinten: tuple[tuple[str, str], ...] = ()
    auch: tuple[str, ...] = ()

    @property
    def hauptlesart(self) -> Reading | None:
        """The reading that is meant most likely: the corrected one, else the original."""
        corrected = [one for one in self.readings if one.grund == "korrektur"]
        return next(iter(corrected or self.readings), None)

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


_Bekannt = Callable[[Token], bool]


@cache
def _verrichtungen() -> frozenset[str]:
    """Return the folded words that say what an authority does, not about what."""
    return frozenset(fold(word) for word in read_words("verrichtungen.txt"))


def _join(first: Token, second: Token, bekannt: _Bekannt | None) -> Token | None:
    """Return the two neighbours as one word, None unless that word is known."""
    joined = analyse(first.genau + second.genau)
    if len(joined) != 1 or not (first.genau.isalpha() and second.genau.isalpha()):
        return None
    token = joined[0]
    if bekannt is not None:
        return token if bekannt(replace(token, teile=())) else None
    at_seam = token.teile == (*(first.teile or (first.stamm,)), *(second.teile or (second.stamm,)))
    return token if is_word(token.genau) or at_seam else None


def _terms(tokens: Sequence[Token], bekannt: _Bekannt | None) -> list[Term]:
    return [
        Term(token.genau, token.stamm, token.teile, bekannt is None or bekannt(token))
        for token in tokens
    ]


def _needed(terme: Sequence[Term]) -> int:
    """Return how many terms must occur: words that no document has are not counted on.

    A single known word beside unknown ones does not stand for the query ("pizza bestellen").
    """
    known = sum(term.bekannt for term in terme)
    return mindestens(known if known > 1 else len(terme))


def _reading(terme: Sequence[Term], gewicht: float, grund: str) -> Reading:
    return Reading(tuple(terme), gewicht, _needed(terme), grund)


def _kern(kept: Sequence[Token]) -> list[Token]:
    """Return the words without Verrichtungen, empty if that leaves nothing or changes nothing."""
    core = [token for token in kept if token.genau not in _verrichtungen()]
    return core if 0 < len(core) < len(kept) else []


def _getrennt(token: Token, bekannt: _Bekannt) -> list[Token]:
    """Return an unknown word ending in a Verrichtung as two words ("Drohnen|registrierung").

    Empty where it has no such ending, or where what stands before it is unknown, too.
    """
    for word in sorted(_verrichtungen(), key=len, reverse=True):
        before = token.genau.removesuffix(word)
        if before == token.genau or len(before) < MIN_PART:
            continue
        for stem in (before, before.removesuffix("s")):
            first = analyse(stem)
            if len(first) == 1 and bekannt(first[0]):
                return [*first, *analyse(word)]
    return []


def _korrigiere(
    tokens: Sequence[Token], schatz: Wortschatz
) -> tuple[list[Token], list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the corrected tokens, what was corrected, and what else may have been meant."""
    corrected: list[Token] = []
    applied: list[tuple[str, str]] = []
    open_ends: list[tuple[str, str]] = []
    for token in tokens:
        corrected.append(token)
        if token.genau in _floskeln()[0] or not needs_korrektur(token, schatz):
            continue
        if _getrennt(token, schatz.is_bekannt):
            continue
        kandidaten = find_kandidaten(token.genau, schatz)
        if winner := clear_winner(kandidaten):
            corrected[-1] = replace(analyse(winner)[0], start=token.start, ende=token.ende)
            applied.append((token.genau, winner))
        else:
            open_ends += [(token.genau, one.wort) for one in kandidaten[:MAX_MEINTEN]]
    return corrected, applied, open_ends[:MAX_MEINTEN]


def _readings(
    tokens: Sequence[Token],
    bekannt: _Bekannt | None,
    corrected: Sequence[Token],
    regeln: Sequence[Regel],
) -> tuple[list[Reading], list[str]]:
    """Return the readings, the original first, and the phrases that rules added."""
    if not tokens:
        return [], []
    kept = _without_floskeln(tokens)
    readings = [_reading(_terms(kept, bekannt), GEWICHT_ORIGINAL, "original")]
    if list(corrected) != list(tokens):
        tokens, kept = corrected, _without_floskeln(corrected)
        readings.append(_reading(_terms(kept, bekannt), GEWICHT_KORREKTUR, "korrektur"))
    terme = _terms(kept, bekannt)
    spoken = [token for token in tokens if token in kept or token.genau in _floskeln()[1]]
    if len(spoken) > len(kept):
        words = tuple(_terms(spoken, bekannt))
        readings.append(Reading(words, GEWICHT_ORIGINAL, len(words), "woertlich"))
    added = []
    for rule in regeln:
        if (other := anwenden(rule, spoken)) is not None:
            words = tuple(_terms(_without_floskeln(other), bekannt))
            readings.append(_reading(words, rule.gewicht, "synonym"))
            added.append(rule.worte)
    for index, (first, second) in enumerate(pairwise(kept)):
        if token := _join(first, second, bekannt):
            words = (*terme[:index], *_terms([token], bekannt), *terme[index + 2 :])
            readings.append(_reading(words, GEWICHT_ZUSAMMEN, "zusammen"))
    if bekannt is not None:
        apart = [(_getrennt(one, bekannt) if not bekannt(one) else []) or [one] for one in kept]
        if len(split := [token for group in apart for token in group]) > len(kept):
            readings.append(_reading(_terms(split, bekannt), GEWICHT_ZUSAMMEN, "getrennt"))
            kept = split
    if core := _kern(kept):
        readings.append(_reading(_terms(core, bekannt), GEWICHT_KERN, "kern"))
    return readings[:MAX_READINGS], added


def _known_by(schatz: Wortschatz | None, bekannt: Callable[[str], bool] | None) -> _Bekannt | None:
    if schatz is not None:
        return schatz.is_bekannt
    if bekannt is not None:
        return lambda token: bool(token.teile) or bekannt(token.genau)
    return None


def nachfassen(plan: Plan, schatz: Wortschatz) -> Plan | None:
    """Return the plan of a second pass with fewer words, None where that would be guessing.

    Half of the known words are enough then; a query of mostly unknown words stays without hits.
    """
    main = plan.hauptlesart
    if main is None:
        return None
    known = tuple(term for term in main.terme if schatz.is_fachwort(term.stamm, term.teile))
    if len(known) * 2 < len(main.terme) or len(main.terme) < 2:  # noqa: PLR2004 - half of them
        return None
    if len(known) == 1 and known != main.terme:
        return None
    needed = max(1, len(known) // 2)
    second = Reading(known, GEWICHT_NACHFASSEN, needed, "nachfassen")
    return replace(plan, readings=(*plan.readings, second))


def build_plan(
    text: str,
    *,
    kette: Sequence[int] = (),
    kommunal: Sequence[int] = (),
    heute: date,
    filter: Filter = Filter(),
    bekannt: Callable[[str], bool] | None = None,
    wortschatz: Wortschatz | None = None,
    regeln: Sequence[Regel] = (),
    genau: bool = False,
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
            and the splitter decide which neighbours join. Words made of parts are known.
        wortschatz: the vocabulary of the index: it takes the place of `bekannt`, and words it
            does not have are corrected (search design 6.3).
        regeln: synonym rules in effect.
        genau: no correction, because the citizen asked for the text as it is.
    """
    clean = " ".join(unicodedata.normalize("NFC", text.replace("\0", " ")).split())
    kennungen, rest = find_kennungen(clean[:MAX_ZEICHEN])
    tokens = analyse(rest)
    too_long = len(clean) > MAX_ZEICHEN or len(tokens) > MAX_TERME
    tokens = tokens[:MAX_TERME]
    corrected = tokens
    applied: list[tuple[str, str]] = []
    meinten: list[tuple[str, str]] = []
    if wortschatz is not None and not genau:
        corrected, applied, meinten = _korrigiere(tokens, wortschatz)
    known = _known_by(wortschatz, bekannt)
    readings, added = _readings(tokens, known, corrected, regeln)
    return Plan(
        text=clean[:MAX_ZEICHEN],
        readings=tuple(readings),
        kennungen=kennungen,
        kette=tuple(kette),
        kommunal=tuple(kommunal),
        heute=heute,
        filter=filter,
        hinweise=(GEKUERZT,) if too_long else (),
        korrekturen=tuple(applied),
        meinten=tuple(meinten),
        auch=tuple(dict.fromkeys(added)),
    )
