"""What the operator reads, and the one error that is shown as a sentence."""

from __future__ import annotations

import sys


class ServiceError(Exception):
    """A local service cannot be had; the text says in German what happened and what to do."""


def say(text: str) -> None:
    """Write one line of progress to standard error, so that standard output stays parseable."""
    print(text, file=sys.stderr, flush=True)
