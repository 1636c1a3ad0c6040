"""What one judged query is worth: four measures of one list of hits (pure)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from search.evaluation import TIEFE, Fall, ndcg

ERFOLG = 3  # positions a citizen looks at before typing something else


@dataclass(frozen=True, slots=True)
class Note:
    """A judged query with what was found for it, best first, at most ten slugs.

    `rang` is the position, from 1, of the first answer that was asked for: one with the best
    grade of the query. 0: it is not among the ten. A related service on top is no success.
    """

    fall: Fall
    gefunden: tuple[str, ...]
    engine: str
    rang: int
    ndcg: float

    @property
    def is_answerable(self) -> bool:
        """Whether there is anything to find; the measures below are about these queries only."""
        return bool(self.fall.expected)

    @property
    def is_leer(self) -> bool:
        """Whether nothing was found."""
        return not self.gefunden

    @property
    def mrr(self) -> float:
        """Reciprocal rank: 1 for the first position, 1/2 for the second, 0 below the tenth."""
        return 1 / self.rang if self.rang else 0.0

    def erfolg(self, positionen: int) -> bool:
        """Return whether the service asked for is among the first positions."""
        return 0 < self.rang <= positionen

    @property
    def is_verfehlt(self) -> bool:
        """Whether this is to be listed: not in the first three, or found where nothing is."""
        return not self.erfolg(ERFOLG) if self.is_answerable else not self.is_leer

    @property
    def kennung(self) -> str:
        """Twelve letters for the query, its place and its answers; says nothing about them."""
        answers = ",".join(f"{name}:{grade}" for name, grade in sorted(self.fall.expected.items()))
        text = "\0".join((self.fall.query, self.fall.place, answers))
        return hashlib.sha256(text.encode()).hexdigest()[:12]


def bewerte(fall: Fall, gefunden: Sequence[str], engine: str = "") -> Note:
    """Return the note of a list of slugs, best first; what follows the tenth counts nothing."""
    page = tuple(gefunden[:TIEFE])
    best = max(fall.expected.values(), default=0)
    number = {name: index for index, name in enumerate(fall.expected)}
    return Note(
        fall=fall,
        gefunden=page,
        engine=engine,
        rang=next((p for p, name in enumerate(page, 1) if fall.expected.get(name) == best), 0),
        ndcg=ndcg(
            [number.get(name, -1) for name in page],
            {number[name]: grade for name, grade in fall.expected.items()},
        ),
    )
