"""Build `lexikon.tsv`, the nouns the compound splitter may use as parts of a word.

Not part of the running system. Run it in a virtual environment of its own:

    pip install german-nouns==1.2.5 wordfreq==3.1.1
    python search/data/build_lexikon.py

Source of the rule: search design, section 2.3. Licence of the result: see `QUELLEN.md`.
"""

from __future__ import annotations

import csv
import re
import sys
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

VERSIONS = {"german-nouns": "1.2.5", "wordfreq": "3.1.1"}
MIN_ZIPF = 2.6
"""Rarer nouns cause more wrong splits than they find right ones."""

MIN_LENGTH = 3
WORD = re.compile(r"[A-ZÄÖÜ][a-zäöüß]+\Z")
NOT_A_PART = frozenset(
    {
        "Affix",
        "Suffix",
        "Präfix",
        "Gebundenes Lexem",
        "Vorname",
        "Nachname",
        "Toponym",
        "Eigenname",
        "Straßenname",
        "Abkürzung",
        "Buchstabe",
        "Deklinierte Form",
        "Wortverbindung",
    }
)
TARGET = Path(__file__).with_name("lexikon.tsv")


def read_nouns(path: Path) -> set[str]:
    """Return the lemmas of `nouns.csv` that are ordinary nouns in one word."""
    with path.open(encoding="utf-8", newline="") as stream:
        return {
            row["lemma"]
            for row in csv.DictReader(stream)
            if WORD.match(row["lemma"])
            and len(row["lemma"]) >= MIN_LENGTH
            and not NOT_A_PART & set(row["pos"].split(","))
        }


def main() -> int:
    """Write the file; ends with 1 when a package has another version than the pinned one."""
    for package, wanted in VERSIONS.items():
        if (found := version(package)) != wanted:
            sys.stderr.write(f"{package} {wanted} is needed, found {found}\n")
            return 1
    spec = find_spec("german_nouns")
    if spec is None or not spec.submodule_search_locations:
        sys.stderr.write("german_nouns cannot be imported\n")
        return 1
    folder = Path(next(iter(spec.submodule_search_locations)))
    zipf_frequency = import_module("wordfreq").zipf_frequency
    rows = {noun.lower(): zipf_frequency(noun, "de") for noun in read_nouns(folder / "nouns.csv")}
    lines = [f"{noun}\t{zipf:.2f}" for noun, zipf in sorted(rows.items()) if zipf >= MIN_ZIPF]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(lines)} nouns, {TARGET.stat().st_size // 1024} KiB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
