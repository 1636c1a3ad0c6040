"""Typing errors: which words of the index somebody may have meant (pure, search design 6.3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from search import weights as w
from search.analysis.compounds import is_word
from search.analysis.tokens import Token, analyse, stem_english

_REIHEN = ("qwertzuiop", "asdfghjkl", "yxcvbnm")
_KLANG = frozenset(
    frozenset(pair) for pair in ("dt", "bp", "gk", "fv", "sz", "vw", "ck", "iy", "ae", "ei")
)
"""Letters that sound alike: "jagtschein"."""


@dataclass(frozen=True, slots=True)
class Wortschatz:
    """The words of all visible documents.

    `woerter`: folded, unstemmed words of titles and Begriffe with the number of documents; only
    they are offered as corrections. `staemme`: stems of every text with the number of documents,
    `englisch` the same in English. `orte`: folded names of places, one word each; never corrected.
    """

    woerter: Mapping[str, int] = field(default_factory=dict)
    staemme: Mapping[str, int] = field(default_factory=dict)
    englisch: frozenset[str] = frozenset()
    orte: frozenset[str] = frozenset()
    nach_buchstabe: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fachstaemme: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls,
        woerter: Mapping[str, int],
        staemme: Mapping[str, int],
        englisch: frozenset[str] = frozenset(),
        orte: frozenset[str] = frozenset(),
    ) -> Wortschatz:
        """Return a vocabulary whose words can be looked up by their first letter."""
        by_letter: dict[str, list[str]] = defaultdict(list)
        for wort in sorted(woerter):
            if len(wort) >= w.KORREKTUR_AB and wort.isalpha():
                by_letter[wort[0]].append(wort)
        stems = frozenset(token.stamm for wort in woerter for token in analyse(wort))
        letters = {letter: tuple(words) for letter, words in by_letter.items()}
        return cls(woerter, staemme, englisch, orte, letters, stems)

    def haeufigkeit(self, token: Token) -> int:
        """Return in how many documents the word occurs, at most; 0 for an unknown one."""
        return max(self.woerter.get(token.genau, 0), self.staemme.get(token.stamm, 0))

    def is_fachwort(self, stamm: str, teile: Sequence[str]) -> bool:
        """Tell whether a document has the word, or titles and Begriffe have all its parts."""
        return stamm in self.staemme or (bool(teile) and self.fachstaemme.issuperset(teile))

    def is_bekannt(self, token: Token) -> bool:
        """Tell whether a document has the word, its stem, all its parts or its English stem."""
        return (
            self.haeufigkeit(token) > 0
            or (bool(token.teile) and all(teil in self.staemme for teil in token.teile))
            or stem_english(token.genau) in self.englisch
        )


@dataclass(frozen=True, slots=True)
class Kandidat:
    """A word that may have been meant; the smallest one is the likeliest."""

    abstand: int
    ungewoehnlich: bool
    haeufigkeit: int
    wort: str

    @property
    def rang(self) -> tuple[int, bool, int, str]:
        """Nearer first, then the usual slips, then the more frequent word."""
        return self.abstand, self.ungewoehnlich, -self.haeufigkeit, self.wort


def _is_slip(typed: str, meant: str) -> bool:
    """Tell whether the difference is a doubled, swapped, neighbouring or alike-sounding letter."""
    if len(typed) != len(meant):
        return _single(typed) == _single(meant)
    pairs = [(a, b) for a, b in zip(typed, meant, strict=True) if a != b]
    swapped = len(pairs) == w.KORREKTUR_WEIT and pairs[0] == pairs[1][::-1]
    return swapped or all(frozenset(pair) in _KLANG or _neighbours(*pair) for pair in pairs)


def _single(word: str) -> str:
    return "".join(b for a, b in zip(" " + word, word, strict=False) if a != b)


def _neighbours(first: str, second: str) -> bool:
    for row in _REIHEN:
        if first in row and second in row:
            return abs(row.index(first) - row.index(second)) == 1
    return False


def find_kandidaten(genau: str, schatz: Wortschatz) -> tuple[Kandidat, ...]:
    """Return the words of titles and Begriffe near a folded word, the likeliest first.

    One letter wrong, left out, doubled or swapped with its neighbour in 5 to 8 letters, two from
    9; the first letter is right. Shorter words and words with digits have none.
    """
    if len(genau) < w.KORREKTUR_AB or not genau.isalpha():
        return ()
    reach = w.KORREKTUR_WEIT if len(genau) >= w.KORREKTUR_WEIT_AB else 1
    found = []
    for wort in schatz.nach_buchstabe.get(genau[0], ()):
        if abs(len(wort) - len(genau)) > reach:
            continue
        abstand = OSA.distance(genau, wort, score_cutoff=reach)
        if 0 < abstand <= reach:
            slip = not _is_slip(genau, wort)
            found.append(Kandidat(abstand, slip, schatz.woerter[wort], wort))
    return tuple(sorted(found, key=lambda kandidat: kandidat.rang))


def needs_korrektur(token: Token, schatz: Wortschatz) -> bool:
    """Tell whether a word may be corrected: neither known, nor a German word, nor a place."""
    return not (schatz.is_bekannt(token) or is_word(token.genau) or token.genau in schatz.orte)


def clear_winner(kandidaten: tuple[Kandidat, ...]) -> str:
    """Return the only likely word, "" when there is none or several are as likely.

    Forms of one word ("reisepass", "reisepasses") are no rivals.
    """
    if not kandidaten:
        return ""
    best = kandidaten[0]
    for other in kandidaten[1:]:
        if (other.abstand, other.ungewoehnlich) != (best.abstand, best.ungewoehnlich):
            break
        related = other.wort.startswith(best.wort) or best.wort.startswith(other.wort)
        if not related and other.haeufigkeit * w.KORREKTUR_VORSPRUNG > best.haeufigkeit:
            return ""
    return best.wort
