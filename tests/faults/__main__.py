"""`python -m tests.faults [--minutes 20] [--seed N] [--short] [--keep]`; exit 1: a violation."""

from __future__ import annotations

import argparse
import secrets
import shutil
import sys

from tests.faults.bericht import text
from tests.faults.lauf import Auftrag, Lauf


def main() -> int:
    """Run, print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("--minutes", type=float, default=20.0, help="Dauer des Sturms")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10_000), help="Startwert")
    parser.add_argument("--short", action="store_true", help="feste Folge in etwa 30 s")
    parser.add_argument("--keep", action="store_true", help="Daten und Protokolle behalten")
    options = parser.parse_args()
    lauf = Lauf(Auftrag(options.seed, options.minutes, options.short, options.keep))
    print(f"Startwert {options.seed}, Protokolle in {lauf.folder}", flush=True)  # noqa: T201
    ergebnis = lauf.run()
    print(text(ergebnis, lauf.folder))  # noqa: T201
    if not ergebnis.verletzungen and not options.keep:
        shutil.rmtree(lauf.folder)
    return 1 if ergebnis.verletzungen else 0


if __name__ == "__main__":
    sys.exit(main())
