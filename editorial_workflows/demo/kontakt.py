"""Contact data everybody can see to be fictional: drama numbers and `.example` addresses."""

from __future__ import annotations

from zlib import crc32

# The Bundesnetzagentur keeps these numbers free for films and books: area code, first digits;
# three digits follow. Source: Bundesnetzagentur, "Rufnummern für Filme" (drama numbers).
FIKTIVE_RUFNUMMERN = (
    ("30", "23125"),
    ("69", "90009"),
    ("40", "66969"),
    ("221", "4710"),
    ("89", "99998"),
)
STRASSE, HAUSNUMMER = "Musterstraße", "1"


def telefon(slug: str) -> str:
    """Return the telephone number of an office; the same name has the same number always."""
    zahl = crc32(slug.encode())
    vorwahl, anfang = FIKTIVE_RUFNUMMERN[zahl % len(FIKTIVE_RUFNUMMERN)]
    return f"+49 {vorwahl} {anfang}{zahl // 7 % 1000:03d}"


def email(slug: str) -> str:
    """Return the e-mail address of an office."""
    return f"poststelle@{slug}.example"


def internet(slug: str) -> str:
    """Return the web address of an office."""
    return f"https://{slug}.example/"
