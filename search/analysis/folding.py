"""Spelling made equal: capitals, umlauts and their transcriptions, ß, accents."""

from __future__ import annotations

import re
import unicodedata

UMLAUTE = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
UMSCHRIFT = re.compile(r"ae|oe|(?<![aeq])ue")
"""`ue` stays after a, e and q: Mauer, Steuer and Quelle hold no transcribed umlaut."""


def fold(word: str) -> str:
    """Return the spelling under which index and query meet: "Führer", "FUEHRER" → "fuhrer".

    Rule: ä→a ö→o ü→u ß→ss, then ae→a oe→o, and ue→u unless after a, e, q (search design 2.1).
    Other accents are dropped: "Café" → "cafe".
    """
    lower = unicodedata.normalize("NFC", word).lower().translate(UMLAUTE)
    plain = UMSCHRIFT.sub(lambda match: match.group()[0], lower)
    if plain.isascii():
        return plain
    marks = unicodedata.normalize("NFKD", plain)
    return "".join(char for char in marks if not unicodedata.combining(char))
