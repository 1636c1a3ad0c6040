"""Reads the word lists of `search/data`; every list is read once per process."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

ORDNER = Path(__file__).resolve().parent.parent / "data"
DATEIEN = (
    "behalten.txt",
    "domaene.txt",
    "floskeln.txt",
    "lexikon.tsv",
    "nichtteile.txt",
    "stopp.txt",
    "stopp_en.txt",
)
"""Everything the tokens depend on, in the order in which it is hashed."""


@cache
def read_words(name: str) -> tuple[str, ...]:
    """Return the words of a list in file order; empty lines and `#` lines are left out."""
    lines = (ORDNER / name).read_text(encoding="utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


@cache
def read_lexikon() -> dict[str, float]:
    """Return noun (lower case, with umlauts) → frequency on the Zipf scale (2.6 to 8)."""
    rows = (line.split("\t") for line in read_words("lexikon.tsv"))
    return {word: float(zipf) for word, zipf in rows}


@cache
def data_hash() -> str:
    """Return the SHA-256 (hex) over all files of `DATEIEN`."""
    digest = hashlib.sha256()
    for name in DATEIEN:
        digest.update(name.encode() + b"\0" + (ORDNER / name).read_bytes() + b"\0")
    return digest.hexdigest()
