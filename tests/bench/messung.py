"""One line of the table, and how times, queries and memory are taken."""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext


@dataclass(frozen=True)
class Zeile:
    """A measured figure; `ziel` is what it may be at most, None where nothing is promised.

    A `zusatz` stands in the place of a figure that could not be taken, or explains it.
    """

    name: str
    wert: float | None
    einheit: str = "ms"
    ziel: float | None = None
    zusatz: str = ""

    @property
    def verfehlt(self) -> bool:
        """Whether there is a target, and the figure is above it."""
        return self.wert is not None and self.ziel is not None and self.wert > self.ziel

    def __str__(self) -> str:
        wert = "–" if self.wert is None else f"{_zahl(self.wert)} {self.einheit}".rstrip()
        ziel = "" if self.ziel is None else f"≤ {_zahl(self.ziel)} {self.einheit}".rstrip()
        urteil = "VERFEHLT" if self.verfehlt else "ja" if self.ziel is not None else ""
        return f"{self.name:<58} {wert:>12} {ziel:>12}  {urteil:<9}{self.zusatz}".rstrip()


def _zahl(wert: float) -> str:
    """German figures: no decimals where they say nothing."""
    stellen = 0 if wert >= 100 or wert == int(wert) else 1 if wert >= 10 else 2
    return f"{wert:,.{stellen}f}".replace(",", " ").replace(".", ",")


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


def seconds(act: Callable[[], object]) -> float:
    """Return the time of one call."""
    begin = time.perf_counter()
    act()
    return time.perf_counter() - begin


def query_count(act: Callable[[], object]) -> int:
    """Return the number of queries of a second call: the first one fills Django's caches."""
    act()
    with CaptureQueriesContext(connection) as queries:
        act()
        return len(queries)


def peak_megabytes() -> float:
    """Return the most memory this process has held so far."""
    einheit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * einheit / 2**20


def server_peak_megabytes() -> float | None:
    """Return the most memory the database's process for us has held; None if it is out of sight.

    That of its parallel workers is not in it; memory shared by all connections is.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        status = Path(f"/proc/{cursor.fetchone()[0]}/status")
    try:
        zeilen = dict(line.split(":", 1) for line in status.read_text().splitlines())
    except OSError:
        return None
    return int(zeilen["VmHWM"].split()[0]) / 1024 if "postgres" in zeilen["Name"] else None


def median(times: list[float]) -> float:
    """Return the middle of the times."""
    return statistics.median(times)


def p95(times: list[float]) -> float:
    """Return the time that 95 of 100 calls stay below."""
    return times[int(len(times) * 0.95) - 1]
