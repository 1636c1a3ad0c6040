"""The index never lies, and keeps up: draining, rebuilding, comparing, publishing.

Runs in a database of its own with 20,000 objects and an index prefix of its own, which is deleted
at the end.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator

from django.conf import settings
from django.db.models import Count
from elasticsearch.dsl import Q, Search

from leistungen.models import Leistung
from search import indices, rows
from search.client import client, speaking
from search.config import DOKUMENT_KINDS
from search.mapping import alias_name
from search.marks import mark_announced
from search.models import SearchDokument, SearchIndex
from search.rebuild import rebuild
from search.reconcile import check_all
from search.sync import work_once
from tests.bench.messung import Zeile, median, milliseconds, p95, seconds
from zufi.common import changes

VEROEFFENTLICHT = 40
TAKT_SECONDS = 0.5
TAUSEND = 1000


def measure() -> Iterator[Zeile]:
    """Yield every figure of synchronisation that the project promises."""
    settings.SEARCH_INDEX_PREFIX = f"zufibench{os.getpid()}"
    SearchIndex.objects.all().delete()
    try:
        yield from _measure()
    finally:
        for kind in DOKUMENT_KINDS:
            for name in indices.existing(kind):
                indices.delete(name)
            indices.drop_template(kind)
        SearchIndex.objects.all().delete()


def _measure() -> Iterator[Zeile]:
    SearchDokument.objects.update(built_version=0, indexed_version=0, attempts=0, dead=False)
    everything = SearchDokument.objects.filter(kind__in=DOKUMENT_KINDS)
    count = everything.count()
    took = seconds(_rebuild_all)
    yield Zeile(f"Neuaufbau mit Textanalyse, {count} Dokumente", took, "s", None)
    took = seconds(_rebuild_all)
    yield Zeile(f"Neuaufbau aus der Tabelle, {count} Dokumente", took, "s", 60 * count / 20_000)
    took = seconds(check_all)
    yield Zeile(f"check_index, {count} Dokumente", took, "s", 5 * count / 20_000)

    everything.update(indexed_version=0)
    took = seconds(_drain) / count * TAUSEND
    yield Zeile("Rückstand ohne Textanalyse, je 1.000", took, "s", 2, zusatz=_rate(TAUSEND / took))
    some = list(everything.filter(kind="leistung").values_list("object_id", flat=True)[:3000])
    everything.filter(kind="leistung", object_id__in=some).update(
        built_version=0, indexed_version=0
    )
    took = seconds(_drain) / len(some) * TAUSEND
    yield Zeile("Rückstand mit Textanalyse, je 1.000", took, "s", None, _rate(TAUSEND / took))
    yield from _publishing()
    yield from _latency()


def _rate(per_second: float) -> str:
    return f"{per_second:.0f} Dokumente/s"


def _rebuild_all() -> None:
    for kind in DOKUMENT_KINDS:
        rebuild(kind, lambda _: None, force=True)


def _drain() -> None:
    while work_once("bench").claimed:
        pass
    assert rows.count_rows().pending == 0


def _services() -> list[Leistung]:
    """Services as editors know them: with rules."""
    return list(
        Leistung.objects.filter(live=True)
        .annotate(regeln=Count("zustaendigkeiten"))
        .filter(regeln__gt=0)
        .order_by("pk")[:VEROEFFENTLICHT]
    )


def _publishing() -> Iterator[Zeile]:
    """What the mark costs the editor: the same publications with and without it, in turns."""
    services = _services()
    for service in services:
        service.save_revision().publish()
    mit, ohne = [], []
    numbers = iter(range(10_000))

    def publish() -> None:
        services[next(numbers) % len(services)].save_revision().publish()

    for _ in range(8):
        changes.register("search", mark_announced)
        mit += milliseconds(publish, runs=8, warmup=1)
        changes.register("search", lambda kind, ids: None)
        ohne += milliseconds(publish, runs=8, warmup=1)
    changes.register("search", mark_announced)
    yield Zeile("Veröffentlichen mit Marke: Median", median(mit))
    yield Zeile("Kosten der Marke beim Veröffentlichen", median(mit) - median(ohne), "ms", 10)
    _drain()


def _latency() -> Iterator[Zeile]:
    """From the editor's commit until the public alias finds the new word."""
    worker = subprocess.Popen(
        [sys.executable, "manage.py", "sync_index"],
        env={**os.environ, "SEARCH_INDEX_PREFIX": settings.SEARCH_INDEX_PREFIX},
        stderr=subprocess.DEVNULL,
    )
    times = []
    try:
        time.sleep(4)  # the worker loads its lexicon
        for number, service in enumerate(_services()):
            word = f"messwort{os.getpid()}x{number}"
            service.bezeichnung_de = f"{word} beantragen"
            service.bezeichnung_2_de = ""
            service.save_revision().publish()
            begin = time.perf_counter()
            while not _is_found(word):
                if time.perf_counter() - begin > 30:
                    raise AssertionError("not found after half a minute")
                time.sleep(0.02)
            times.append(time.perf_counter() - begin)
            time.sleep(TAKT_SECONDS)
    finally:
        worker.terminate()
        worker.wait(20)
    times.sort()
    yield Zeile("Veröffentlicht → in der Suche: Median", median(times), "s")
    yield Zeile("Veröffentlicht → in der Suche: p95", p95(times), "s", 3)
    yield Zeile("Veröffentlicht → in der Suche: längste", times[-1], "s")


def _is_found(word: str) -> bool:
    search = Search().query(Q("term", titel_genau=word)).extra(size=0, track_total_hits=True)
    alias = alias_name(settings.SEARCH_INDEX_PREFIX, "leistung")
    with speaking():
        answer = client().search(index=alias, body=search.to_dict())
    return int(answer["hits"]["total"]["value"]) > 0
