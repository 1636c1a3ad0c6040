"""Figures for Prometheus, read from the database at each request: several processes add up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

from search import prozesse, zaehler
from search.client import is_breaker_open, is_healthy
from search.lage import load_zahlen
from search.latenz import GRENZEN
from search.models import SearchAufbau, SearchIndex
from search.pruefung import DRIFT, letzte

_COUNTERS = {
    zaehler.STAPEL: "Batches that workers have settled",
    zaehler.DOKUMENTE: "Documents that Elasticsearch has accepted",
    zaehler.FEHLER: "Documents refused or not to be built, attempts included",
    zaehler.AUSFAELLE: "How often a worker found Elasticsearch away",
    zaehler.ERSATZ: "How often a breaker of the site opened",
}


def render(jetzt: datetime) -> bytes:
    """Return all figures of this moment in the text format of Prometheus."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Figures(jetzt))
    return generate_latest(registry)


class _Figures(Collector):
    def __init__(self, jetzt: datetime) -> None:
        self._jetzt = jetzt

    def collect(self) -> Iterator[Metric]:
        """Yield every figure."""
        yield from self._rows()
        yield from self._processes()
        yield from self._counters()
        yield from self._drift()

    def _rows(self) -> Iterator[Metric]:
        zahlen = load_zahlen()
        yield _gauge("zufi_documents_visible", "Objects that should be found", zahlen.sichtbar)
        yield _gauge("zufi_sync_pending", "Changes on their way to the index", zahlen.pending)
        yield _gauge("zufi_sync_dead", "Rows given up; a change or a retry revives", zahlen.dead)
        yield _gauge(
            "zufi_sync_oldest_pending_seconds",
            "Age of the oldest change on its way; alarm above 60",
            zahlen.wartet_seit(self._jetzt),
        )

    def _processes(self) -> Iterator[Metric]:
        workers = prozesse.workers(self._jetzt)
        yield _gauge("zufi_sync_workers", "Workers alive; alarm at 0", len(workers))
        yield _gauge(
            "zufi_sync_workers_without_elasticsearch",
            "Workers that wait for Elasticsearch",
            sum(worker.weg_seit is not None for worker in workers),
        )
        yield _gauge(
            "zufi_search_breakers_open",
            "Web processes that answer from PostgreSQL, as far as known to the database",
            len(prozesse.offene_unterbrecher(self._jetzt)),
        )
        yield _gauge(
            "zufi_search_breaker_open", "1 if the answering process does", is_breaker_open()
        )
        yield _gauge("zufi_elasticsearch_up", "1 if Elasticsearch answers now", is_healthy())
        yield _labelled(
            "zufi_rebuild_running",
            "1 while an index is rebuilt",
            (
                (aufbau.kind, float(aufbau.beendet_at is None))
                for aufbau in SearchAufbau.objects.all()
            ),
        )
        yield _labelled(
            "zufi_index_live",
            "1 for kinds with an index in use",
            (
                (index.kind, 1.0)
                for index in SearchIndex.objects.filter(state=SearchIndex.State.LIVE)
            ),
        )

    def _counters(self) -> Iterator[Metric]:
        zahlen, haeufigkeit = zaehler.load_counters()
        for name, text in _COUNTERS.items():
            yield CounterMetricFamily(f"zufi_{name}", text, value=zahlen.get(name, 0.0))
        buckets, total = [], 0
        for grenze in GRENZEN:
            total += haeufigkeit.get(grenze, 0)
            buckets.append(("+Inf" if grenze == GRENZEN[-1] else str(grenze), float(total)))
        yield HistogramMetricFamily(
            "zufi_sync_latency_seconds",
            "From publishing until searchable, the second of the refresh included",
            buckets=buckets,
            sum_value=zahlen.get(zaehler.LATENZ_SUMME, 0.0),
        )

    def _drift(self) -> Iterator[Metric]:
        last = letzte()
        if last is None or last.beendet_at is None:
            return
        yield _gauge(
            "zufi_check_timestamp_seconds",
            "When index and database were compared last",
            last.beendet_at.timestamp(),
        )
        yield _gauge("zufi_check_failed", "1 if it could not be done", bool(last.fehler))
        if last.zahlen:
            drift = GaugeMetricFamily(
                "zufi_drift", "Differences found by the last comparison", labels=["art"]
            )
            for name in DRIFT:
                drift.add_metric([name], last.zahlen[name])
            yield drift


def _gauge(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(name, text, value=float(value))


def _labelled(name: str, text: str, values: Iterable[tuple[str, float]]) -> Metric:
    family = GaugeMetricFamily(name, text, labels=["kind"])
    for kind, value in values:
        family.add_metric([kind], value)
    return family
