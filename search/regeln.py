"""Synonym rules of the editors as the planner reads them (pure, search design 6.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search.analysis.tokens import Token, analyse


@dataclass(frozen=True, slots=True)
class Regel:
    """Where all words of `links` occur, in any order, `rechts` is looked for instead of them."""

    links: tuple[Token, ...]
    rechts: tuple[Token, ...]
    gewicht: float
    worte: str

    @property
    def is_wirksam(self) -> bool:
        """Tell whether both sides hold a word to look for."""
        return bool(self.links and self.rechts)


def regel(links: str, rechts: str, gewicht: float, *, beidseitig: bool = False) -> list[Regel]:
    """Return the rule for one direction, or the two of a rule that works both ways."""
    first = Regel(tuple(analyse(links)), tuple(analyse(rechts)), gewicht, rechts)
    second = Regel(first.rechts, first.links, gewicht, links)
    return [one for one in ([first, second] if beidseitig else [first]) if one.is_wirksam]


def anwenden(regel: Regel, tokens: Sequence[Token]) -> list[Token] | None:
    """Return the query with `rechts` for `links`, None where the rule does not apply.

    Words between those of `links` stay: "auto in gera anmelden" meets "auto anmelden".
    """
    wanted = {token.stamm for token in regel.links}
    if not wanted <= {token.stamm for token in tokens}:
        return None
    place = next(index for index, token in enumerate(tokens) if token.stamm in wanted)
    kept = [token for token in tokens if token.stamm not in wanted]
    before = sum(token.stamm not in wanted for token in tokens[:place])
    return [*kept[:before], *regel.rechts, *kept[before:]]
