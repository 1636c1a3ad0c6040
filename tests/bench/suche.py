"""The search beside the bare request to Elasticsearch, in the same run."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.utils import timezone

from behoerden.ortsangabe import lies_ortsangabe
from search import client, compile_es
from search.plan import build_plan
from search.selectors import run_search
from tests.bench.messung import Zeile, median, milliseconds, p95

ANFRAGEN = ("hund anmelden", "personalausweis", "kfz ummelden", "wohngeld", "führerschein verloren")


def measure() -> Iterator[Zeile]:
    """Yield median and p95 of a search with place, and its ratio to the bare request."""
    heute = timezone.localdate()
    ort = lies_ortsangabe("Erfurt", "", heute)
    plaene = [build_plan(text, heute=heute) for text in ANFRAGEN]

    def bare() -> None:
        for plan in plaene:
            client.run(
                compile_es.compile_search(plan, size=100),
                kind="leistung",
                timeout=settings.SEARCH_TIMEOUT_SECONDS,
            )

    def whole() -> None:
        for text in ANFRAGEN:
            run_search(text, ort=ort, heute=heute)

    bare_times, whole_times = milliseconds(bare), milliseconds(whole)
    count = len(ANFRAGEN)
    yield Zeile("Elasticsearch allein: Median", f"{median(bare_times) / count:.1f} ms")
    yield Zeile("Suche mit Ort und Behörden: Median", f"{median(whole_times) / count:.1f} ms")
    yield Zeile("Suche mit Ort und Behörden: p95", f"{p95(whole_times) / count:.1f} ms")
    ratio = median(whole_times) / median(bare_times)
    yield Zeile("Verhältnis der Mediane", f"{ratio:.1f}")
