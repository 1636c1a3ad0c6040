"""The table a run prints: actions, faults, latencies, recovery, drift."""

from __future__ import annotations

import json
import statistics
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.erholung import Vorfall
from tests.faults.journal import Leser

MAX_SHOWN = 40


@dataclass
class Ergebnis:
    """Everything a run found."""

    seed: int
    minuten: float
    sekunden: float = 0.0  # of the storm
    vorfaelle: list[Vorfall] = field(default_factory=list)
    getroffen: Counter[str] = field(default_factory=Counter)
    ergebnisse: Counter[str] = field(default_factory=Counter)
    abschluss: float | None = None  # seconds until nothing was pending
    drift: dict[str, int] = field(default_factory=dict)
    verletzungen: list[str] = field(default_factory=list)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that this share of the values does not exceed; 0.0 of none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def count_actions(folder: Path) -> tuple[Counter[str], Counter[str]]:
    """Return the actions of editors, and the questions of citizens."""
    return (
        Counter(e.art for e in Leser(folder).new() if not e.fehler),
        Counter(e.art for e in Leser(folder, "leser.jsonl").new() if not e.fehler),
    )


def load_latencies(folder: Path) -> list[tuple[float, float]]:
    """Return (moment of the commit, seconds until it was found)."""
    path = folder / "latenzen.jsonl"
    lines = path.read_text().splitlines() if path.exists() else []
    return [tuple(json.loads(line)) for line in lines]


def undisturbed(latencies: list[tuple[float, float]], vorfaelle: list[Vorfall]) -> list[float]:
    """Return the latencies of commits that no fault and no recovery touches."""
    spans = [(v.beginn - 1, (v.erholt or v.ende + 60) + 1) for v in vorfaelle]
    return [
        seconds
        for zeit, seconds in latencies
        if not any(start <= zeit <= end or zeit < start <= zeit + seconds for start, end in spans)
    ]


def text(ergebnis: Ergebnis, folder: Path) -> str:
    """Return the whole table."""
    lines = [*_actions(ergebnis, folder), *_faults(ergebnis), *_latencies(ergebnis, folder)]
    lines += ["", "Abschluss"]
    settled = ergebnis.abschluss
    lines.append(_row("alles übertragen nach", "nie" if settled is None else f"{settled:.1f} s"))
    lines += [_row(f"check_index --deep: {name}", n) for name, n in ergebnis.drift.items()]
    lines.append(_row("Verletzungen", len(ergebnis.verletzungen)))
    lines += [f"  ! {line}" for line in ergebnis.verletzungen[:MAX_SHOWN]]
    return "\n".join(lines)


def _actions(ergebnis: Ergebnis, folder: Path) -> list[str]:
    actions, questions = count_actions(folder)
    total = sum(actions.values())
    per_second = total / ergebnis.sekunden if ergebnis.sekunden else 0.0
    lines = [
        f"Sturm: {ergebnis.sekunden:.0f} s, Startwert {ergebnis.seed}",
        "",
        f"Handlungen: {total} ({per_second:.1f} je Sekunde)",
    ]
    lines += [_row(name, number) for name, number in actions.most_common()]
    lines += ["", "Leser"]
    return lines + [_row(name, number) for name, number in questions.most_common()]


def _faults(ergebnis: Ergebnis) -> list[str]:
    by_name: dict[str, list[Vorfall]] = defaultdict(list)
    for vorfall in ergebnis.vorfaelle:
        by_name[vorfall.name].append(vorfall)
    lines = [
        "",
        f"{'Störungen':38}{'Zahl':>6}{'Dauer':>9}{'wartend':>9}{'erholt nach (Median, max)':>28}",
    ]
    for name, group in sorted(by_name.items()):
        recovery = [v.erholt - v.ende for v in group if v.erholt]
        shown = f"{statistics.median(recovery):.1f} s, {max(recovery):.1f} s" if recovery else "–"
        duration = statistics.median(v.ende - v.beginn for v in group)
        waiting = max(v.wartend for v in group)
        lines.append(f"{name:38}{len(group):>6}{duration:>7.1f} s{waiting:>9}{shown:>28}")
    lines += ["", "Davon getroffen und was daraus wurde"]
    return lines + [
        _row(name, number) for name, number in (ergebnis.getroffen + ergebnis.ergebnisse).items()
    ]


def _latencies(ergebnis: Ergebnis, folder: Path) -> list[str]:
    latencies = load_latencies(folder)
    groups = {
        "alle": [seconds for _, seconds in latencies],
        "ohne Störung und Erholung": undisturbed(latencies, ergebnis.vorfaelle),
    }
    lines = [
        "",
        f"{'Veröffentlicht → gefunden':38}{'Zahl':>6}{'p50':>9}{'p95':>9}{'p99':>9}{'max':>9}",
    ]
    for name, values in groups.items():
        numbers = [percentile(values, share) for share in (0.5, 0.95, 0.99, 1.0)]
        lines.append(
            f"{name:38}{len(values):>6}" + "".join(f"{seconds:>7.2f} s" for seconds in numbers)
        )
    return lines


def _row(name: str, value: object) -> str:
    return f"  {name:58}{value!s:>10}"
