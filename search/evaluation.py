"""How good is a list of hits? Judged queries from a file, and nDCG over them (pure)."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

HEAD = ("query", "place", "expected", "class")
TIEFE = 10  # positions that count: one page of hits
DEFAULT_GRADE = 3
MAX_GRADE = 3

_ARS = re.compile(r"\d{12}")
_EXPECTED = re.compile(r"([a-z0-9][a-z0-9-]*)(?::(\d))?")


class BewertungFehler(ValueError):
    """A line of a judged file cannot be read; carries its number, from 1."""

    def __init__(self, zeile: int, reason: str) -> None:
        super().__init__(f"Zeile {zeile}: {reason}")
        self.zeile = zeile


@dataclass(frozen=True, slots=True)
class Fall:
    """A judged query: Leistungsschlüssel or slug → grade 1 to 3; none: nothing may be found."""

    query: str
    place: str
    expected: Mapping[str, int]
    klasse: str
    zeile: int


def lies_faelle(text: str) -> tuple[Fall, ...]:
    """Return the judged queries of a TSV `query place expected class`.

    `place` is an ARS or empty, `expected` separated by commas, each with an optional `:grade`.
    Blank lines and lines that begin with `#` are skipped.

    Raises:
        BewertungFehler: wrong head, number of columns, place or answer; names the line.
    """
    faelle = []
    head_seen = False
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        columns = tuple(column.strip() for column in line.split("\t"))
        if not head_seen:
            if columns != HEAD:
                raise BewertungFehler(number, f"Die Kopfzeile muss {' '.join(HEAD)} lauten.")
            head_seen = True
            continue
        faelle.append(_fall(number, columns))
    return tuple(faelle)


def _fall(number: int, columns: tuple[str, ...]) -> Fall:
    if len(columns) != len(HEAD):
        raise BewertungFehler(number, f"{len(columns)} statt {len(HEAD)} Spalten.")
    query, place, expected, klasse = columns
    if not query:
        raise BewertungFehler(number, "Die Suchanfrage fehlt.")
    if place and not _ARS.fullmatch(place):
        raise BewertungFehler(number, f"„{place}“ ist kein Schlüssel mit 12 Ziffern.")
    grades: dict[str, int] = {}
    for part in filter(None, (part.strip() for part in expected.split(","))):
        found = _EXPECTED.fullmatch(part)
        grade = int(found[2] or DEFAULT_GRADE) if found else 0
        if found is None or not 1 <= grade <= MAX_GRADE:
            raise BewertungFehler(number, f"„{part}“ ist keine Antwort mit Note 1 bis 3.")
        grades[found[1]] = grade
    return Fall(query, place, grades, klasse, number)


def ndcg(ranking: Sequence[int], grades: Mapping[int, int], tiefe: int = TIEFE) -> float:
    """Return nDCG of a list of ids: gain 2^grade − 1, the ideal over all judged answers.

    1.0 means that the best answers stand on top. Ids that were not judged gain nothing.
    """
    ideal = _dcg(sorted(grades.values(), reverse=True)[:tiefe])
    return _dcg([grades.get(pk, 0) for pk in ranking[:tiefe]]) / ideal if ideal else 1.0


def _dcg(grades: Sequence[int]) -> float:
    return sum(float(2**grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(grades))
