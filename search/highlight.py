"""Marks the words of a reading in a shown text; the result is data, never HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from search.analysis.tokens import Token, analyse
from search.plan import Term

ELLIPSIS = "…"
LEAD = 4
"""A quarter of the passage may stand before the first hit, to give it context."""

_Mark = tuple[Token, frozenset[int]]


def _hits(token: Token, terme: Sequence[Term]) -> frozenset[int]:
    """Return the indices of the terms the token belongs to, through word, stem or parts."""
    forms = {token.stamm, *token.teile}
    return frozenset(
        index
        for index, term in enumerate(terme)
        if term.genau == token.genau
        or term.stamm in forms
        or (term.teile and (token.stamm in term.teile or set(term.teile) <= forms))
    )


def _window(text: str, marks: Sequence[_Mark], width: int) -> int:
    """Return where the passage with most distinct terms begins: 0 or the start of a word."""
    if len(text) <= width or not marks:
        return 0

    reach = width - width // LEAD

    def seen(start: int) -> int:
        inside = [hits for token, hits in marks if start <= token.start <= start + reach]
        return len(frozenset().union(*inside))

    first = max((token.start for token, _ in marks), key=lambda start: (seen(start), -start))
    begin = max(0, min(first - width // LEAD, len(text) - width))
    if begin == 0 or text[begin - 1].isspace():
        return begin
    blank = text.find(" ", begin, first)
    return first if blank < 0 else blank + 1


def highlight(text: str, terme: Iterable[Term], *, width: int = 160) -> list[tuple[str, bool]]:
    """Return a passage of `text` as `(piece, marked)` pairs, in reading order.

    The passage has about `width` characters, begins and ends at words and shows as many
    different terms as possible; "…" stands where text was left out. Without a hit it is the
    beginning of the text. Joined together, the pieces are the passage.
    """
    wanted = tuple(terme)
    hits = [(token, _hits(token, wanted)) for token in analyse(text)]
    marks = [(token, found) for token, found in hits if found]
    start = _window(text, marks, width)
    end = len(text)
    if end - start > width:
        blank = text.rfind(" ", start, start + width + 1)
        end = blank if blank > start else start + width
    pieces: list[tuple[str, bool]] = [(ELLIPSIS, False)] if start else []
    position = start
    for token, _ in marks:
        if token.start < position or token.ende > end:
            continue
        pieces.append((text[position : token.start], False))
        pieces.append((text[token.start : token.ende], True))
        position = token.ende
    pieces.append((text[position:end], False))
    if end < len(text):
        pieces.append((ELLIPSIS, False))
    return [piece for piece in pieces if piece[0]]
