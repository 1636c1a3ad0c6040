"""One line of the table, and how times are taken."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Zeile:
    """A measured figure and, where there is one, the target beside it."""

    name: str
    wert: str
    ziel: str = ""


def milliseconds(act: Callable[[], object], runs: int = 50, warmup: int = 5) -> list[float]:
    """Return the times of single calls, sorted; the first ones fill caches and do not count."""
    for _ in range(warmup):
        act()
    times = []
    for _ in range(runs):
        begin = time.perf_counter()
        act()
        times.append((time.perf_counter() - begin) * 1000)
    return sorted(times)


def median(times: list[float]) -> float:
    """Return the middle of the times."""
    return statistics.median(times)


def p95(times: list[float]) -> float:
    """Return the time that 95 of 100 calls stay below."""
    return times[int(len(times) * 0.95) - 1]
