"""One test per failure of search.md 5.4 that no other test shows; docs/suche.md has the table."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from elasticsearch import Elasticsearch

from leistungen.models import Leistung
from leistungen.services import Regelangabe, set_zustaendigkeiten
from search import build, indices, rows, sync, targets
from search.mapping import index_body
from search.marks import mark_changed
from search.models import SearchDokument, SearchIndex
from search.outcomes import Outcome
from search.rebuild import rebuild
from search.reconcile import check
from search.rows import giving_way
from tests.faults.proxy import Art, Proxy, Stoerung
from tests.search.sync import objekte

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.es]

KINDS = ("leistung", "behoerde", "kategorie", "onlinedienst", "behoerdenart", "gebiet")
HELD_BACK_SECONDS = 1.0


@contextmanager
def in_thread(work: Callable[[], Any]) -> Iterator[None]:
    """Run beside the test; its error is ours."""
    errors: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        thread.join(30)
    assert errors == []


def hold_back(proxy: Proxy) -> None:
    """What is sent next arrives when everything later has long arrived."""
    proxy.stoerung = Stoerung(Art.VERSPAETET, nur_bulk=True, sekunden=HELD_BACK_SECONDS)
    sync.work_once("verspätet")
    proxy.stoerung = None
    assert proxy.gezaehlt[Art.VERSPAETET] >= 1


def wait_for_late_bulk() -> None:
    time.sleep(HELD_BACK_SECONDS + 0.5)


def test_uncommitted_publication_is_not_indexed(index: str) -> None:
    """Indexed before commit: django-elasticsearch-dsl#503, courtlistener#3290."""
    service = objekte.leistung("Alt")
    objekte.sync()
    written, looked = threading.Event(), threading.Event()

    def publish_slowly() -> None:
        with transaction.atomic():
            objekte.rename(Leistung.objects.get(pk=service.pk), "Neu")
            written.set()
            assert looked.wait(20)

    with in_thread(publish_slowly):
        assert written.wait(20)
        objekte.sync()
        assert objekte.found(index, "titel_genau", "neu") == []
        assert objekte.found(index, "titel_genau", "alt") == [service.pk]
        looked.set()
    objekte.sync()
    assert objekte.found(index, "titel_genau", "neu") == [service.pk]


def test_late_publication_does_not_bring_a_deleted_service_back(index: str, proxy: Proxy) -> None:
    """Delete first, late publish re-creates: GOV.UK search-api ADR-002."""
    service = objekte.leistung()
    hold_back(proxy)
    with transaction.atomic():
        service.delete()
    objekte.sync()
    assert objekte.documents(index) == {}

    wait_for_late_bulk()
    assert objekte.documents(index) == {}
    assert objekte.pending() == []


def test_late_deletion_does_not_remove_a_republished_service(index: str, proxy: Proxy) -> None:
    """Late delete removes a restored object: commcare-hq#30413."""
    service = objekte.leistung()
    objekte.sync()
    service.unpublish()
    hold_back(proxy)
    objekte.publish(service)
    objekte.sync()
    assert objekte.documents(index) == {service.pk: 3}

    wait_for_late_bulk()
    assert objekte.documents(index) == {service.pk: 3}


def test_late_older_text_does_not_win(index: str, proxy: Proxy) -> None:
    """Older text wins: django-elasticsearch-dsl#231, warehouse#4561."""
    service = objekte.leistung("Alt")
    hold_back(proxy)
    objekte.rename(service, "Neu")
    objekte.sync()

    wait_for_late_bulk()
    assert objekte.found(index, "titel_genau", "neu") == [service.pk]
    assert objekte.found(index, "titel_genau", "alt") == []


def test_search_is_complete_at_every_step_of_a_rebuild(index: str, es: Elasticsearch) -> None:
    """No results or conflicts during a reindex: warehouse#3711, sumo#718."""
    services = sorted(objekte.leistung(f"Hund {number}").pk for number in range(5))
    objekte.sync()
    alias = index.rsplit("-", 2)[0]
    seen: list[list[int]] = []

    def look(_: str) -> None:
        if not seen:
            indices.refresh(index)
        seen.append(objekte.found(alias, "titel_genau", "hund"))

    rebuild("leistung", look)

    assert len(seen) > 4
    assert seen == [services] * len(seen)


def test_early_write_creates_no_index(index: str, es: Elasticsearch) -> None:
    """An early write auto-creates an index without our mapping: mozilla/addons#1893."""
    missing = f"{index}-zu-frueh"

    (result,) = indices.send([indices.index_action(missing, 1, 1, {"nr": 1})])

    assert result.outcome is Outcome.INDEX_GONE
    assert not es.indices.exists(index=missing)


def test_bulk_import_is_indexed(index: str) -> None:
    """An import is not indexed: zulip#9005."""
    service, office, area = objekte.leistung(), objekte.behoerde(), objekte.gebiet()
    objekte.sync()
    assert objekte.found(index, "stelle", "standesamt") == []

    set_zustaendigkeiten(
        leistung_ids=[service.pk], regeln=[Regelangabe(service.pk, area.pk, office.pk)]
    )
    objekte.sync()
    assert objekte.found(index, "stelle", "standesamt") == [service.pk]


@pytest.mark.parametrize("typed", ["führersch", "fuehrersch", "FÜHRERSCH", "fuhrersch"])
@pytest.mark.parametrize("away", [False, True])
def test_suggestion_with_umlaut(
    index: str, client: Client, settings: Any, typed: str, away: bool
) -> None:
    """A suggestion with an umlaut finds nothing: wagtail#13005."""
    objekte.leistung("Führerschein umtauschen")
    objekte.sync()
    indices.refresh(index)
    if away:
        settings.ELASTICSEARCH_URL = "http://127.0.0.1:1"

    answer = client.get("/vorschlaege/", {"art": "leistung", "q": typed})

    assert [item["value"] for item in answer.json()["items"]] == ["Führerschein umtauschen"]


def test_index_registered_during_a_bulk_gets_the_document(
    index: str, es: Elasticsearch, index_prefix: str
) -> None:
    """A worker at work knows only the old index: search.md 4.3 (6)."""
    objekte.sync()
    service = objekte.leistung()
    batch = rows.claim("w", KINDS)
    build.build_and_store([auftrag for auftrag in batch if auftrag.kind == "leistung"])
    name = f"{index_prefix}-leistung-neu"
    es.indices.create(index=name, body=index_body("leistung"))
    targets.register_building("leistung", name)

    sync.process("w", batch)

    assert objekte.documents(name) == objekte.documents(index) == {service.pk: 1}


def test_deadlock_is_won_by_the_editor() -> None:
    """A worker that holds what an editor wants, and wants what the editor holds, gives way."""
    first, second = objekte.leistung().pk, objekte.leistung().pk
    held, marked = threading.Event(), threading.Event()
    tries: list[int] = []

    def lock(pk: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT 1 FROM search_dokument WHERE kind = 'leistung' AND object_id = %s"
                " FOR UPDATE",
                [pk],
            )

    def work() -> None:
        tries.append(1)
        lock(second)
        held.set()
        if len(tries) == 1:
            assert marked.wait(20)
        lock(first)

    def edit() -> None:
        with transaction.atomic():
            mark_changed("leistung", [first])
            assert held.wait(20)
            marked.set()
            mark_changed("leistung", [second])  # waits for the worker, and must not lose

    with in_thread(edit):
        giving_way(work)

    assert len(tries) > 1
    marks = SearchDokument.objects.filter(kind="leistung").order_by("object_id")
    assert list(marks.values_list("version", flat=True)) == [2, 2]


def test_swap_whose_commit_was_lost_is_found_by_the_check(index: str) -> None:
    """The alias shows an index that no worker writes to: a comparison must not call that equal."""
    service = objekte.leistung("Alt")
    objekte.sync()
    name = rebuild("leistung", lambda _: None)
    SearchIndex.objects.filter(name=name).update(state="failed")
    SearchIndex.objects.filter(name=index).update(state="live")
    objekte.rename(service, "Neu")
    objekte.sync()
    assert objekte.found(name, "titel_genau", "alt") == [service.pk]

    befund = check("leistung")

    assert befund.index == name
    assert befund.numbers()["stale"] == 1
