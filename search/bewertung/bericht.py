"""From the notes of all queries to figures per class: as JSON and as a table (pure)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from search.bewertung.masse import ERFOLG, Note
from search.bewertung.streuung import intervall

STELLEN = 4
GEMISCHT = "gemischt"
GEZEIGT = 5  # slugs of a miss in the report

MASSE: dict[str, Callable[[Note], float]] = {
    "ndcg@10": lambda note: note.ndcg,
    "mrr@10": lambda note: note.mrr,
    "success@1": lambda note: note.erfolg(1),
    "success@3": lambda note: note.erfolg(ERFOLG),
    "zero_result": lambda note: note.is_leer,
}


@dataclass(frozen=True, slots=True)
class Werte:
    """Means over some queries; None where no query is of that kind."""

    queries: int
    masse: dict[str, float | None]
    interval: tuple[float, float] | None
    nothing_ok: float | None

    def as_json(self) -> dict[str, Any]:
        """Return the keys other programs read; `zero_rate` is another name of `zero_result`."""
        return {
            "queries": self.queries,
            **{name: _rounded(value) for name, value in self.masse.items()},
            "zero_rate": _rounded(self.masse["zero_result"]),
            "nothing_ok": _rounded(self.nothing_ok),
            "interval": {"ndcg@10": [_rounded(end) for end in self.interval]}
            if self.interval
            else {},
        }


def werte(noten: Sequence[Note]) -> Werte:
    """Return the means over the queries that have an answer, and the share of rightly empty ones.

    `interval` is about nDCG@10. `nothing_ok` is 1.0 if nothing was found for every query that has
    no answer.
    """
    answerable = [note for note in noten if note.is_answerable]
    nothing = [note for note in noten if not note.is_answerable]
    return Werte(
        queries=len(noten),
        masse={name: _mean(map(measure, answerable)) for name, measure in MASSE.items()},
        interval=intervall([note.ndcg for note in answerable]) if answerable else None,
        nothing_ok=_mean(note.is_leer for note in nothing),
    )


def je_klasse(noten: Iterable[Note]) -> dict[str, Werte]:
    """Return the means per class, in the order in which the classes appear."""
    classes: dict[str, list[Note]] = {}
    for note in noten:
        classes.setdefault(note.fall.klasse, []).append(note)
    return {name: werte(members) for name, members in classes.items()}


def engine_of(noten: Iterable[Note]) -> str:
    """Return which engine answered; "gemischt" if it changed on the way: then measure again."""
    engines = {note.engine for note in noten}
    return engines.pop() if len(engines) == 1 else GEMISCHT


def as_json(noten: Sequence[Note], *, semantics: bool, summary: bool = False) -> dict[str, Any]:
    """Return the report; its form is stable (search design, section 8).

    Args:
        noten: one per query.
        semantics: whether vectors took part.
        summary: leave out classes, queries and answers, as the sealed half wants it. `cases`
            stay: they name no query, and a later run can still be compared query by query.
    """
    report: dict[str, Any] = {
        "engine": engine_of(noten),
        "semantics": semantics,
        "overall": werte(noten).as_json(),
        "classes": {}
        if summary
        else {name: means.as_json() for name, means in je_klasse(noten).items()},
        "cases": [
            {
                "id": note.kennung,
                "ndcg@10": _rounded(note.ndcg) if note.is_answerable else None,
                "found": len(note.gefunden),
            }
            for note in noten
        ],
    }
    if not summary:
        report["misses"] = [_miss(note) for note in noten if note.is_verfehlt]
    return report


def _miss(note: Note) -> dict[str, Any]:
    return {
        "query": note.fall.query,
        "place": note.fall.place,
        "class": note.fall.klasse,
        "expected": dict(note.fall.expected),
        "got": list(note.gefunden[:GEZEIGT]),
        "rank": note.rang or None,
        "ndcg@10": _rounded(note.ndcg),
    }


def as_text(noten: Sequence[Note], *, summary: bool = False) -> str:
    """Return the same for people: a table per class, then the queries that missed."""
    lines = [f"{len(noten)} Anfragen, beantwortet von: {engine_of(noten)}", "", _HEAD]
    if not summary:
        lines += [*(_line(name, means) for name, means in je_klasse(noten).items()), ""]
    lines.append(_line("insgesamt", werte(noten)))
    if not summary:
        missed = [note for note in noten if note.is_verfehlt]
        lines += ["", f"Nicht unter den ersten {ERFOLG}: {len(missed)}"]
        lines += [_miss_line(note) for note in missed]
    return "\n".join(lines)


_HEAD = (
    f"{'Klasse':<14}{'Zahl':>5}{'nDCG@10':>9}  {'Intervall 95 %':<15}{'MRR@10':>8}"
    f"{'Erfolg@1':>10}{'Erfolg@3':>10}{'ohne':>7}{'leer':>7}"
)


def _line(name: str, means: Werte) -> str:
    span = "–".join(zahl(end) for end in means.interval) if means.interval else ""
    values = means.masse
    return (
        f"{name:<14}{means.queries:>5}{zahl(values['ndcg@10']):>9}  {span:<15}"
        f"{zahl(values['mrr@10']):>8}{_prozent(values['success@1']):>10}"
        f"{_prozent(values['success@3']):>10}{_prozent(values['zero_result']):>7}"
        f"{_prozent(means.nothing_ok):>7}"
    )


def _miss_line(note: Note) -> str:
    wanted = ", ".join(note.fall.expected) or "nichts"
    got = ", ".join(note.gefunden[:3]) or "nichts"
    place = f" [{note.fall.place}]" if note.fall.place else ""
    rank = f"Rang {note.rang}" if note.rang else "fehlt"
    return (
        f"  {note.fall.klasse}: {note.fall.query}{place}\n    {wanted} ({rank}) – gefunden: {got}"
    )


def _mean(values: Iterable[float]) -> float | None:
    numbers = [float(value) for value in values]
    return sum(numbers) / len(numbers) if numbers else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, STELLEN)


def zahl(value: float | None, sign: str = "") -> str:
    """Return three decimals the German way; `sign` "+" shows the sign of a difference."""
    return "–" if value is None else f"{value:{sign}.3f}".replace(".", ",")


def _prozent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f} %".replace(".", ",")
