"""Identifiers that are looked up exactly and never analysed: keys, paragraphs, slugs, forms."""

from __future__ import annotations

import re

from search.analysis.folding import fold

_SCHLUESSEL = re.compile(r"(?<!\d)\d{2}(?: ?\d{3}){4}(?!\d)")
"""Leistungsschlüssel of the LeiKa: 14 digits, printed as `99 008 001 000 000` too."""

_ABSATZ = r"(?:\s*(?:Abs\.?|Absatz|Satz|S\.|Nr\.?)\s*\d+[a-z]?)*"
_NAME = r"\s+(?:[^()§\d]{3,80}\()?"
_ABKUERZUNG = r"[A-ZÄÖÜ][A-Za-zÄÖÜäöüß]*"
_BUCH = r"(?:\s+[IVX]+\b)?"
_PARAGRAPH = re.compile(
    rf"§+\s*(?P<nummer>\d+[a-z]?){_ABSATZ}{_NAME}(?P<gesetz>{_ABKUERZUNG}[A-ZÄÖÜ]\b{_BUCH})\)?"
)
"""A section of a law, "§ 34a Abs. 1 GewO" or "§ 34a Gewerbeordnung (GewO)"."""

_OHNE_ZEICHEN = re.compile(
    rf"\b(?P<nummer>\d+[a-z]?){_ABSATZ}\s+(?P<gesetz>{_ABKUERZUNG}[GBO]\b{_BUCH})"
)
"""The same without the sign: laws end in G, B or O, unlike "2 PKW" or "10 EUR"."""

_SLUG = re.compile(r"\A[a-z0-9]+(?:-[a-z0-9]+)+\Z")


def normalise_kennung(text: str) -> str:
    """Return the one form in which an identifier stands in the index and in a query.

    "99 008 001 000 000" → "99008001000000", "§ 34a Abs. 1 GewO" → "34a gewo"; anything else is
    folded unless it is a slug, blanks reduced to one.
    """
    if match := _SCHLUESSEL.fullmatch(text.strip()):
        return match.group().replace(" ", "")
    if match := _PARAGRAPH.search(text) or _OHNE_ZEICHEN.search(text):
        return f"{match['nummer']} {fold(match['gesetz'])}"
    clean = " ".join(text.split())
    return clean if _SLUG.match(clean) else fold(clean)


def find_kennungen(text: str) -> tuple[tuple[str, ...], str]:
    """Return the identifiers in `text`, normalised, and the text without them.

    A text that has the shape of a slug is an identifier and stays in the text as well: it may
    just as well be words with hyphens.
    """
    found: list[str] = []
    rest = text
    for pattern in (_SCHLUESSEL, _PARAGRAPH, _OHNE_ZEICHEN):
        found.extend(normalise_kennung(match.group()) for match in pattern.finditer(rest))
        rest = pattern.sub(" ", rest)
    if _SLUG.match(text.strip()):
        found.append(text.strip())
    return tuple(dict.fromkeys(found)), " ".join(rest.split())
