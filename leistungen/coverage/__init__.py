"""Proves who is responsible everywhere: every Leistung × every Gemeinde, as the resolver answers.

`prove` for many services, `kurzbericht` for the one an editor works on.
"""

from __future__ import annotations

from leistungen.coverage.fakten import Abdeckung, Art, Befund, Bilanz, Schwere, Zelltreffer
from leistungen.coverage.kurz import kurzbericht
from leistungen.coverage.pruefung import prove

__all__ = [
    "Abdeckung",
    "Art",
    "Befund",
    "Bilanz",
    "Schwere",
    "Zelltreffer",
    "kurzbericht",
    "prove",
]
