"""Which half of the judged set a query belongs to, and the command that sorts the files.

The set is split by service, not by query: all queries of one service stand in the same half, so
that a weight tuned on `dev.tsv` cannot have seen another spelling of a query of `sealed.tsv`.
The half follows from the slug alone. A query belongs to the first answer of its list; one
that must return nothing has none and follows from its own text.

`python -m tests.search.judged.aufteilung` puts every line of both files where it belongs, ordered
by class: write a new query into either file and call it.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from pathlib import Path

from search.evaluation import HEAD, Fall, lies_faelle

ORDNER = Path(__file__).parent
HAELFTEN = ("dev", "sealed")
DEV_ANTEIL = 0.6
KLASSEN = (
    "amtlich",
    "alltag",
    "lebenslage",
    "frage",
    "kompositum",
    "beugung",
    "umlaut",
    "tippfehler",
    "abkuerzung",
    "regional",
    "ort",
    "fremdsprache",
    "mehrdeutig",
    "nichts",
)
KOPF = {
    "dev": (
        "# Bewertete Suchanfragen, erste Hälfte: Auf ihr werden Gewichte und Regeln eingestellt.\n"
    ),
    "sealed": (
        "# Bewertete Suchanfragen, versiegelte Hälfte: Auf ihr wird nur gemessen.\n"
        "# Einzelne Fehltreffer nicht ansehen: evaluate_search … --summary\n"
    ),
}
REGELN = (
    "# Verteilung nach Leistung, nicht nach Anfrage (tests/search/judged/aufteilung.py).\n"
    "# Note 3 das Gesuchte, 2 übergeordnet oder ein Teil davon, 1 verwandt; ohne Note: 3.\n"
    "# Ohne Antwort: Die Suche soll nichts finden. Der Ort: zwölf Ziffern oder leer.\n"
)


def haelfte(name: str) -> str:
    """Return "dev" for about 60 of 100 names, "sealed" for the others; always the same."""
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8])
    return HAELFTEN[0] if number / 2**64 < DEV_ANTEIL else HAELFTEN[1]


def haelfte_of(fall: Fall) -> str:
    """Return the half of a query: that of its first answer, else that of its own text."""
    return haelfte(next(iter(fall.expected), fall.query))


def load(half: str) -> tuple[Fall, ...]:
    """Return the judged queries of one half."""
    return lies_faelle((ORDNER / f"{half}.tsv").read_text(encoding="utf-8"))


def write(faelle: Iterable[Fall]) -> None:
    """Write both files: every query in its half, the classes in their order."""
    ordered = sorted(faelle, key=lambda fall: KLASSEN.index(fall.klasse))
    for half in HAELFTEN:
        lines = [as_line(fall) for fall in ordered if haelfte_of(fall) == half]
        text = "\n".join([KOPF[half] + REGELN + "\t".join(HEAD), *lines])
        (ORDNER / f"{half}.tsv").write_text(f"{text}\n", encoding="utf-8")


def as_line(fall: Fall) -> str:
    """Return the line of a query; the default grade is left out."""
    expected = ",".join(
        name if grade == 3 else f"{name}:{grade}" for name, grade in fall.expected.items()
    )
    return "\t".join((fall.query, fall.place, expected, fall.klasse))


def main() -> int:
    """Sort both files anew."""
    write([fall for half in HAELFTEN for fall in load(half)])
    for half in HAELFTEN:
        print(f"{half}: {len(load(half))}")  # noqa: T201 - a command
    return 0


if __name__ == "__main__":
    sys.exit(main())
