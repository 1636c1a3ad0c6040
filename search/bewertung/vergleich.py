"""Two reports side by side, query by query (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from search.bewertung.bericht import zahl
from search.bewertung.masse import Note
from search.bewertung.streuung import intervall

# Reports are rounded to four places; less is no change.
KLEINSTE = 0.0002


class VergleichFehler(ValueError):
    """The earlier report cannot be used; the message says why, in German."""


@dataclass(frozen=True, slots=True)
class Vergleich:
    """Difference in nDCG@10, now minus before, over the queries that are in both.

    `interval` comes from the paired bootstrap: if it holds 0, the difference may be chance.
    """

    gemeinsam: int
    vorher: float
    jetzt: float
    interval: tuple[float, float]
    besser: tuple[Note, ...]
    schlechter: tuple[Note, ...]

    @property
    def unterschied(self) -> float:
        """Now minus before."""
        return self.jetzt - self.vorher

    @property
    def is_sicher(self) -> bool:
        """Whether the interval lies on one side of 0."""
        return self.interval[0] > 0 or self.interval[1] < 0

    def as_json(self, *, summary: bool = False) -> dict[str, Any]:
        """Return the comparison; with `summary` without the queries."""
        answer: dict[str, Any] = {
            "queries": self.gemeinsam,
            "before": round(self.vorher, 4),
            "now": round(self.jetzt, 4),
            "difference": round(self.unterschied, 4),
            "interval": [round(end, 4) for end in self.interval],
            "significant": self.is_sicher,
            "better": len(self.besser),
            "worse": len(self.schlechter),
        }
        if not summary:
            answer["better_queries"] = [note.fall.query for note in self.besser]
            answer["worse_queries"] = [note.fall.query for note in self.schlechter]
        return answer

    def as_text(self, *, summary: bool = False) -> str:
        """Return the same for people."""
        low, high = self.interval
        urteil = "gesichert" if self.is_sicher else "kann Zufall sein"
        lines = [
            f"nDCG@10 vorher {zahl(self.vorher)}, jetzt {zahl(self.jetzt)}: "
            f"{zahl(self.unterschied, '+')} ({zahl(low, '+')} bis {zahl(high, '+')}, {urteil}), "
            f"{self.gemeinsam} gemeinsame Anfragen, "
            f"{len(self.besser)} besser, {len(self.schlechter)} schlechter"
        ]
        if not summary:
            lines += [f"  besser: {note.fall.query}" for note in self.besser]
            lines += [f"  schlechter: {note.fall.query}" for note in self.schlechter]
        return "\n".join(lines)


def vergleiche(noten: Sequence[Note], frueher: Mapping[str, Any]) -> Vergleich:
    """Return what changed since the report `frueher`, as `bericht.as_json` made it.

    A query whose place or judgement changed counts as another one and is left out.

    Raises:
        VergleichFehler: no report of ours, or no query is in both.
    """
    before = _cases(frueher)
    pairs = [(note, before[note.kennung]) for note in noten if note.kennung in before]
    if not pairs:
        raise VergleichFehler("Der frühere Bericht hat keine Anfrage mit diesem gemeinsam.")
    differences = [note.ndcg - value for note, value in pairs]
    return Vergleich(
        gemeinsam=len(pairs),
        vorher=sum(value for _, value in pairs) / len(pairs),
        jetzt=sum(note.ndcg for note, _ in pairs) / len(pairs),
        interval=intervall(differences),
        besser=tuple(note for note, value in pairs if note.ndcg - value > KLEINSTE),
        schlechter=tuple(note for note, value in pairs if value - note.ndcg > KLEINSTE),
    )


def _cases(report: Mapping[str, Any]) -> dict[str, float]:
    try:
        return {
            str(case["id"]): float(case["ndcg@10"])
            for case in report["cases"]
            if case["ndcg@10"] is not None
        }
    except (KeyError, TypeError, ValueError) as error:
        raise VergleichFehler("Das ist kein Bericht von „evaluate_search --json“.") from error
