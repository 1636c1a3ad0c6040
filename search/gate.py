"""The gate of a rebuild: a new index must answer judged queries as well as the old one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

from search import indices
from search.analysis.kennungen import normalise_kennung
from search.compile_es import compile_search
from search.evaluation import TIEFE, Fall, lies_faelle, ndcg
from search.models import SearchDokument
from search.plan import build_plan

DATEI = Path(__file__).parent / "judged" / "gate.tsv"


@dataclass(frozen=True, slots=True)
class Guete:
    """Mean nDCG@10 of two indices over the same queries, and queries that became worse."""

    anfragen: int
    alt: float
    neu: float
    schlechter: tuple[str, ...]


def load_faelle() -> tuple[Fall, ...]:
    """Return the judged queries of `SEARCH_GATE_FILE`, ours by default.

    Raises:
        BewertungFehler: a line cannot be read.
        OSError: the file cannot.
    """
    path = Path(settings.SEARCH_GATE_FILE) if settings.SEARCH_GATE_FILE else DATEI
    return lies_faelle(path.read_text(encoding="utf-8"))


def compare(alt: str, neu: str, faelle: Sequence[Fall], heute: date) -> Guete:
    """Return how well two indices of Leistungen answer, without a place.

    Queries none of whose answers exists in this database say nothing and are left out.

    Raises:
        ElasticsearchAway: one of them does not answer.
    """
    ids = _ids_by_name({name for fall in faelle for name in fall.expected})
    noten: dict[str, tuple[float, float]] = {}
    for fall in faelle:
        grades = {ids[name]: grade for name, grade in fall.expected.items() if name in ids}
        if grades:
            search = compile_search(build_plan(fall.query, heute=heute), size=TIEFE)
            noten[fall.query] = (
                ndcg(indices.hits(alt, search), grades),
                ndcg(indices.hits(neu, search), grades),
            )
    anzahl = len(noten) or 1
    return Guete(
        anfragen=len(noten),
        alt=sum(note for note, _ in noten.values()) / anzahl,
        neu=sum(note for _, note in noten.values()) / anzahl,
        schlechter=tuple(query for query, (before, after) in noten.items() if after < before),
    )


def _ids_by_name(names: set[str]) -> Mapping[str, int]:
    """Return slug or Leistungsschlüssel → id of the visible Leistungen."""
    rows = SearchDokument.objects.filter(kind="leistung", deleted=False, tokens__has_key="kennung")
    spelled = {normalise_kennung(name): name for name in names}
    return {
        spelled[kennung]: object_id
        for object_id, kennungen in rows.values_list("object_id", "tokens__kennung").order_by()
        for kennung in kennungen
        if kennung in spelled
    }
