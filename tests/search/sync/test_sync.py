"""From the mark to the index, whatever happens in between."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models.functions import Now
from elasticsearch import Elasticsearch

from behoerden.models import Behoerde, Behoerdenart
from search import build, rows, sync, targets
from search.models import SearchDokument, SearchIndex
from tests.search.sync import objekte
from zufi.common.changes import announce

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.es]

KINDS = ("leistung", "behoerde", "kategorie", "onlinedienst", "behoerdenart", "gebiet")


def in_thread(work: Callable[[], Any]) -> threading.Thread:
    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_published_service_is_found_and_withdrawn_one_is_not(index: str) -> None:
    service = objekte.leistung("Hund anmelden")
    left = objekte.sync()
    assert (left.pending, left.dead) == (0, 0)
    assert objekte.found(index, "titel_genau", "hund") == [service.pk]

    service.unpublish()
    objekte.sync()
    assert objekte.documents(index) == {}
    assert objekte.row(service).deleted


def test_draft_never_reaches_the_index(index: str) -> None:
    service = objekte.leistung("Hund anmelden")
    service.bezeichnung_de = "Geheimer Entwurf"
    service.save_revision()
    with transaction.atomic():
        announce("leistung", [service.pk])
    objekte.sync()

    assert objekte.found(index, "titel_genau", "entwurf") == []
    assert objekte.row(service).document["titel"] == "Hund anmelden"


def test_deleting_what_was_never_indexed_is_success(index: str) -> None:
    service = objekte.leistung()
    with transaction.atomic():
        service.delete()

    left = objekte.sync()

    assert (left.pending, left.dead) == (0, 0)
    assert objekte.documents(index) == {}


def test_lower_version_than_the_index_is_success(index: str, es: Elasticsearch) -> None:
    service = objekte.leistung("Neuer Titel")
    objekte.sync()
    es.index(
        index=index,
        id=str(service.pk),
        document={"nr": service.pk, "inhalt_hash": "x"},
        version=99,
        version_type="external",
    )
    objekte.rename(service, "Noch neuer")

    left = objekte.sync()

    assert left.pending == 0
    assert objekte.documents(index) == {service.pk: 99}


def test_two_workers_on_the_same_row(index: str) -> None:
    service = objekte.leistung("Alt")
    first = rows.claim("erster", KINDS)
    SearchDokument.objects.update(lease_until=Now() - timedelta(seconds=1))
    objekte.rename(service, "Neu")
    second = rows.claim("zweiter", KINDS)

    sync.process("zweiter", second)
    sync.process("erster", first)

    row = objekte.row(service)
    assert (row.indexed_version, row.version) == (2, 2)
    assert objekte.documents(index) == {service.pk: 2}
    assert objekte.found(index, "titel_genau", "neu") == [service.pk]


def test_worker_killed_after_the_claim(index: str) -> None:
    service = objekte.leistung()
    rows.claim("tot", KINDS)
    assert sync.run_batch("anderer").claimed == 0

    SearchDokument.objects.update(lease_until=Now() - timedelta(seconds=1))
    objekte.sync()

    assert objekte.documents(index) == {service.pk: 1}


def test_worker_killed_after_the_store(index: str) -> None:
    service = objekte.leistung()
    build.build_and_store(rows.claim("tot", KINDS))
    SearchDokument.objects.update(lease_until=Now() - timedelta(seconds=1))

    objekte.sync()

    assert objekte.documents(index) == {service.pk: 1}


def test_change_while_sending_stays_pending(index: str) -> None:
    service = objekte.leistung("Alt")
    batch = rows.claim("w", KINDS)
    objekte.rename(service, "Neu")

    sync.process("w", batch)
    assert objekte.pending() == [("leistung", service.pk)]

    objekte.sync()
    assert objekte.documents(index) == {service.pk: 2}


def test_rename_of_a_source_and_a_link_added_at_the_same_time(index: str) -> None:
    topic, service = objekte.kategorie("Alter Name"), objekte.leistung()
    objekte.sync()
    linked, synced = threading.Event(), threading.Event()

    def add_link() -> None:
        with transaction.atomic():
            service.kategorien.add(topic)
            service.save()
            announce("leistung", [service.pk])
            linked.set()
            assert synced.wait(20)

    thread = in_thread(add_link)
    assert linked.wait(20)
    objekte.rename_kategorie(topic, "Neuer Name")
    batch = rows.claim("w", KINDS)
    sync.process("w", batch)  # cannot see the link yet
    synced.set()
    thread.join()
    objekte.sync()

    assert objekte.found(index, "stelle", "neu") == [service.pk]
    assert objekte.found(index, "stelle", "alt") == []


def test_renamed_kategorie_changes_its_services(index: str) -> None:
    topic, service = objekte.kategorie("Tiere"), objekte.leistung(live=False)
    service.kategorien.add(topic)
    objekte.publish(service)
    objekte.sync()
    assert objekte.found(index, "stelle", "tier") == [service.pk]

    objekte.rename_kategorie(topic, "Garten")
    objekte.sync()

    assert objekte.found(index, "stelle", "tier") == []
    assert objekte.found(index, "stelle", "gart") == [service.pk]


def test_source_deleted_while_its_document_is_being_built(index: str) -> None:
    dienst, service = objekte.onlinedienst(), objekte.leistung()
    objekte.bind(service, objekte.gebiet(), dienst)
    batch = rows.claim("w", KINDS)
    auftraege = [auftrag for auftrag in batch if auftrag.kind == "leistung"]
    gebaut = build.build(auftraege)
    # Deleted now: its fan-out finds neither a link nor a stored document.
    with transaction.atomic():
        dienst.delete()
    rows.finish("w", [auftrag for auftrag in batch if auftrag.kind == "onlinedienst"])
    sync._expand("w", rows.claim("w", ["onlinedienst"]))
    build._store(gebaut, {auftrag.key: auftrag.version for auftrag in auftraege})
    build._mark_overtaken(gebaut, date(2026, 1, 1))
    SearchDokument.objects.update(lease_until=None)
    objekte.sync()

    assert objekte.row(service).document["online_in"] == []


def test_online_follows_its_binding(index: str) -> None:
    dienst, service, area = objekte.onlinedienst(), objekte.leistung(), objekte.gebiet()
    objekte.bind(service, area, dienst)
    objekte.sync()
    assert objekte.found(index, "online_in", str(area.pk)) == [service.pk]

    dienst.unpublish()
    objekte.sync()
    assert objekte.found(index, "online_in", str(area.pk)) == []


def test_only_another_art_of_an_authority_changes_its_services(index: str) -> None:
    office, service = objekte.behoerde(), objekte.leistung()
    objekte.link(service, office, objekte.gebiet())
    objekte.sync()
    assert objekte.found(index, "stelle", "standesamt") == [service.pk]
    version = objekte.row(service).version

    office.name_de = "Standesamt Weimar"
    objekte.publish(office)
    objekte.sync()
    assert objekte.row(service).version == version

    _give_art(office, objekte.art("Finanzamt"))
    objekte.sync()
    assert objekte.found(index, "stelle", "finanzamt") == [service.pk]


def test_art_that_returns_while_a_service_is_built_with_the_other(index: str) -> None:
    first, second = objekte.art("Standesamt"), objekte.art("Finanzamt")
    office, service = objekte.behoerde(of=first), objekte.leistung()
    objekte.link(service, office, objekte.gebiet())
    objekte.sync()
    _give_art(office, second)
    objekte.rename(service, "Neu")
    batch = [auftrag for auftrag in rows.claim("w", KINDS) if auftrag.kind == "leistung"]
    sync.process("w", batch)  # built while the office was a Finanzamt
    _give_art(office, first)
    SearchDokument.objects.update(lease_until=None)
    objekte.sync()

    assert objekte.found(index, "stelle", "standesamt") == [service.pk]
    assert objekte.found(index, "stelle", "finanzamt") == []


def _give_art(office: Behoerde, kind_of_office: Behoerdenart) -> None:
    fresh = Behoerde.objects.get(pk=office.pk)
    fresh.art = kind_of_office
    objekte.publish(fresh)


def test_land_is_the_area_of_every_service(index: str) -> None:
    service = objekte.leistung()
    objekte.sync()
    land = objekte.gebiet("land")
    with transaction.atomic():
        announce("gebiet", [land.pk])
    objekte.sync()

    assert objekte.found(index, "gueltig_in", str(land.pk)) == [service.pk]


def test_without_an_index_rows_wait_but_are_built() -> None:
    service = objekte.leistung()

    left = objekte.sync()

    row = objekte.row(service)
    assert left.pending == 1
    assert (row.attempts, row.dead, row.built_version) == (0, False, 1)
    assert row.document["titel"] == "Hund anmelden"


def test_document_the_engine_refuses_harms_no_other(index_without_english: str) -> None:
    good = objekte.leistung("Gut")
    bad = objekte.leistung("Schlecht", volltext_en="<p>Dog tax</p>")

    left = objekte.sync()

    assert objekte.documents(index_without_english) == {good.pk: 1}
    assert left.pending == 1
    row = objekte.row(bad)
    assert row.attempts == 1
    assert "400" in row.last_error


def test_row_that_fails_eight_times_is_given_up(index_without_english: str) -> None:
    bad = objekte.leistung("Schlecht", volltext_en="<p>Dog tax</p>")
    for _ in range(8):
        SearchDokument.objects.update(next_attempt_at=Now())
        objekte.sync()

    left = rows.count_rows()
    assert (left.pending, left.dead) == (0, 1)
    assert objekte.row(bad).dead


def test_document_the_database_refuses_harms_no_other(index: str) -> None:
    good, bad = objekte.leistung("Gut"), objekte.leistung("Schlecht")
    auftraege = rows.claim("w", KINDS)
    gebaut = build.build(auftraege)
    gebaut.dokumente["leistung", bad.pk] = replace(gebaut.dokumente["leistung", bad.pk], tsv="'")

    build._store(gebaut, {auftrag.key: auftrag.version for auftrag in auftraege})

    assert list(gebaut.fehler) == [("leistung", bad.pk)]
    assert objekte.row(good).built_version == 1
    assert objekte.row(bad).built_version == 0


def test_document_that_kills_the_process_is_given_up(index: str) -> None:
    objekte.leistung()
    for number in range(8):
        SearchDokument.objects.update(lease_until=Now() - timedelta(seconds=1))
        assert len(rows.claim("stirbt", KINDS, alone=number >= 3)) == 1

    SearchDokument.objects.update(lease_until=Now() - timedelta(seconds=1))
    assert len(rows.bury()) == 1
    assert rows.claim("lebt", KINDS, alone=True) == []


def test_building_index_that_refuses_a_document_fails_alone(
    index: str, es: Elasticsearch, index_prefix: str
) -> None:
    wrong = f"{index_prefix}-leistung-falsch"
    es.indices.create(index=wrong, mappings={"properties": {"titel_genau": {"type": "long"}}})
    targets.register_building("leistung", wrong)
    service = objekte.leistung()

    left = objekte.sync()

    assert left.pending == 0
    assert objekte.documents(index) == {service.pk: 1}
    assert SearchIndex.objects.get(name=wrong).state == "failed"


def test_index_of_another_analysis_gets_deletions_only(index: str) -> None:
    stays, goes = objekte.leistung("Bleibt"), objekte.leistung("Geht")
    objekte.sync()
    SearchIndex.objects.update(analyser_hash="andere")
    objekte.rename(stays, "Neu")
    goes.unpublish()

    left = objekte.sync()

    assert left.pending == 1
    assert objekte.documents(index) == {stays.pk: 1}
    assert objekte.row(stays).document["titel"] == "Neu"


def test_fixed_number_of_queries_for_any_number_of_services(
    index: str, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        objekte.leistung(f"Leistung {number}")

    batch = rows.claim("w", KINDS)
    with django_assert_max_num_queries(34):
        sync.process("w", batch)
    assert objekte.pending() == []


def test_backlog_of_built_documents_is_sent_without_building(index: str, settings: Any) -> None:
    """After an outage the rows only have to be sent; what changed since then is built again."""
    url, settings.ELASTICSEARCH_URL = settings.ELASTICSEARCH_URL, "http://127.0.0.1:1"
    services = [objekte.leistung(f"Leistung {number}") for number in range(3)]
    objekte.sync()
    objekte.rename(services[0], "Umbenannt")
    # A document nobody would build: it shows which ones were built again.
    SearchDokument.objects.update(tokens={"titel_genau": ["eingelagert"]})
    settings.ELASTICSEARCH_URL = url

    objekte.sync()

    stored = sorted(service.pk for service in services[1:])
    assert objekte.found(index, "titel_genau", "eingelagert") == stored
    assert objekte.found(index, "titel_genau", "umbenannt") == [services[0].pk]
    assert objekte.documents(index) == {services[0].pk: 2, **dict.fromkeys(stored, 1)}
