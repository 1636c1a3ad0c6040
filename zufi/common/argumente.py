"""Types of command line arguments that say in German what is wrong."""

from __future__ import annotations

from argparse import ArgumentTypeError
from datetime import date


def tag(text: str) -> date:
    """Return the day written as JJJJ-MM-TT.

    Raises:
        ArgumentTypeError: anything else; the sentence quotes the input.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(
            f"„{text}“ ist kein Tag. Schreiben Sie ihn als JJJJ-MM-TT, zum Beispiel 2026-11-24."
        ) from error
