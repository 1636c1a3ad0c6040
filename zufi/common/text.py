"""Folding of German text for comparing names; what citizens type meets what registers write."""

from __future__ import annotations

import re
import unicodedata

_UMLAUTE = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_TRENNER = re.compile(r"[^0-9a-z]+")


def fold_umlaute(text: str) -> str:
    """Return lower-case text with ä→ae, ö→oe, ü→ue, ß→ss.

    Everything but letters and digits becomes one blank.
    """
    lowered = unicodedata.normalize("NFC", text).lower().translate(_UMLAUTE)
    return _TRENNER.sub(" ", _ohne_zeichen(lowered)).strip()


def fold_grundbuchstaben(text: str) -> str:
    """Return the same with marks dropped: ä→a, ö→o, ü→u, ß→ss."""
    lowered = unicodedata.normalize("NFC", text).lower().replace("ß", "ss")
    return _TRENNER.sub(" ", _ohne_zeichen(lowered)).strip()


def slugify_de(text: str) -> str:
    """Return an address part: folded words joined by hyphens."""
    return fold_umlaute(text).replace(" ", "-")


def _ohne_zeichen(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char))
