"""Splits "hundesteuer gera" into what is looked for and where (pure, search design 6.1)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

MAX_ORTSWORTE = 4
"""Words of the longest name people type: "Bad Frankenhausen am Kyffhäuser"."""

_PLZ = re.compile(r"(?<![\w§])(?P<vor>(?:in|bei)\s+)?(?:D-)?(?P<plz>\d{5})(?!\w)", re.IGNORECASE)
_WORT = re.compile(r"[^\s,;?!]+")
_VOR_ORT = frozenset({"in", "bei"})


@dataclass(frozen=True, slots=True)
class Teilung:
    """A query without its place, and the place as typed; `is_plz` for a postcode."""

    rest: str
    ort: str
    is_plz: bool = False


def _join(*pieces: str) -> str:
    return " ".join(" ".join(pieces).split()).strip(" ,;")


def teile_ort(
    text: str, is_ort: Callable[[str], bool], is_fachwort: Callable[[str], bool]
) -> Teilung | None:
    """Return the query without its place, None if it names none or nothing else.

    A postcode counts anywhere, a name after "in" or "bei" or at the end; the longest name wins.
    A single word of the vocabulary is never a place: "in Rente", "Hinterbliebene".

    Args:
        text: the query.
        is_ort: tells whether a place is called like this.
        is_fachwort: tells whether a word occurs in titles or Begriffe.
    """
    if found := _PLZ.search(text):
        rest = _without_name(text[: found.start()], text[found.end() :], is_ort)
        return Teilung(rest, found["plz"], is_plz=True) if rest else None
    words = list(_WORT.finditer(text))
    for start, length in _places(words):
        first, last = words[start], words[start + length - 1]
        name = text[first.start() : last.end()]
        if not is_ort(name) or (length == 1 and is_fachwort(name)):
            continue
        begin = start - 1 if start and words[start - 1].group().lower() in _VOR_ORT else start
        rest = _join(text[: words[begin].start()], text[last.end() :])
        if rest and not rest.isspace():
            return Teilung(rest, name)
    return None


def _places(words: list[re.Match[str]]) -> list[tuple[int, int]]:
    """Return (start, number of words) of what may be a name: after "in" and "bei", at the end."""
    count = len(words)
    after = [i + 1 for i, word in enumerate(words[:-1]) if word.group().lower() in _VOR_ORT]
    found = [
        (start, length)
        for start in after
        for length in range(min(MAX_ORTSWORTE, count - start), 0, -1)
    ]
    return found + [(count - n, n) for n in range(min(MAX_ORTSWORTE, count - 1), 0, -1)]


def _without_name(before: str, after: str, is_ort: Callable[[str], bool]) -> str:
    """Return the rest of a query with a postcode; the name of the place next to it goes, too."""
    following = after.split()
    for length in range(min(MAX_ORTSWORTE, len(following)), 0, -1):
        if is_ort(" ".join(following[:length]).strip(",;?!")):
            return _join(before, *following[length:])
    leading = before.split()
    for length in range(min(MAX_ORTSWORTE, len(leading) - 1), 0, -1):
        if is_ort(" ".join(leading[-length:])):
            kept = leading[:-length]
            return _join(*(kept[:-1] if kept[-1].lower() in _VOR_ORT else kept), after)
    return _join(before, after)
