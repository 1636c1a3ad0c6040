"""Conditions of rules in words: "A–K", "Unternehmen"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Bedingung:
    """Under which answer a rule applies; `frage` is asked, `text` stands above the office."""

    kriterium_id: int
    frage: str
    text: str
    werte: frozenset[str]


def in_worten(art: str, werte: Iterable[str]) -> str:
    """Return the answers as people read them; letters become ranges.

    Args:
        art: kind of the criterion: "buchstabe", "auswahl" or "freitext".
        werte: answers under which the rule applies.
    """
    ordered = sorted(set(werte))
    return ", ".join(_bereiche(ordered) if art == "buchstabe" else ordered)


def _bereiche(letters: Sequence[str]) -> list[str]:
    """Neighbouring letters are one range from three on: ABC → A–C, AB → A, B."""
    ranges: list[str] = []
    for _, run in groupby(enumerate(letters), key=lambda pair: ord(pair[1]) - pair[0]):
        block = [letter for _, letter in run]
        ranges += [f"{block[0]}–{block[-1]}"] if len(block) > 2 else block  # noqa: PLR2004
    return ranges
