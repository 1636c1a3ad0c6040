"""What operation sees: states beside objects, verdict, comparison by schedule, counters."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from elasticsearch import Elasticsearch

from search import prozesse, pruefung, rows, zaehler
from search.fehlertexte import erklaere, refused_all
from search.lage import load_lage
from search.marks import mark_changed
from search.models import SearchDokument, SearchPruefung
from search.suchstand import Zustand, staende
from search.worker import Worker
from tests.search.sync import objekte

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.es]

CLOSED_PORT = "http://127.0.0.1:1"


def stand(obj: Any) -> tuple[str, str]:
    found = staende("leistung", [obj.pk], timezone.now())[obj.pk]
    return found.zustand, found.text


def test_state_follows_a_service_through_its_life(index: str) -> None:
    service = objekte.leistung(live=False)
    assert stand(service) == (Zustand.AUS, "noch nicht veröffentlicht")

    objekte.publish(service)
    assert stand(service) == (Zustand.WARTET, "wartet seit 0 s")

    objekte.sync()
    zustand, text = stand(service)
    assert zustand is Zustand.AKTUELL
    seit = timezone.localtime(objekte.row(service).indexed_at)
    assert text == f"In der Suche seit {seit:%d.%m.%Y, %H:%M:%S}"

    service.unpublish()
    objekte.sync()
    assert stand(service) == (Zustand.AUS, "nicht in der Suche")


def test_states_of_a_list_cost_one_query(index: str, django_assert_num_queries: Any) -> None:
    services = [objekte.leistung() for _ in range(5)]
    with django_assert_num_queries(1):
        assert len(staende("leistung", [s.pk for s in services], timezone.now())) == 5


def test_refused_document_is_explained_in_german(index_without_english: str) -> None:
    service = objekte.leistung(kurztext_en="Dogs cost money")
    for _ in range(8):
        SearchDokument.objects.update(next_attempt_at=timezone.now(), lease_until=None)
        objekte.sync()

    assert objekte.row(service).dead
    found = staende("leistung", [service.pk], timezone.now())[service.pk]
    assert (found.zustand, found.text) == (Zustand.FEHLER, "nicht übertragen")
    assert found.hinweis == (
        "Der Suchindex kennt ein Feld dieses Textes nicht; „rebuild_index“ hilft."
    )


def test_reasons_in_words() -> None:
    assert "lässt nur lesen" in refused_all("403 index [x] blocked by: [FORBIDDEN/8/index write]")
    assert "Schlüssel oder Rechte" in refused_all("403 action [indices:data] is unauthorized")
    assert "nicht erreichbar" in refused_all("")
    assert erklaere("KeyError: 'x'").startswith("Aus diesem Text")
    assert erklaere("Elasticsearch ist überlastet.") == "Elasticsearch ist überlastet."


def test_verdict_names_the_cause_and_then_the_time(index: str, settings: Any) -> None:
    objekte.rebuild_both()
    assert "läuft nicht" in load_lage(timezone.now()).satz

    prozesse.melde("w", prozesse.Rolle.WORKER)
    service = objekte.leistung()
    assert load_lage(timezone.now()).satz == "1 Änderung wird übertragen."
    objekte.sync()
    assert load_lage(timezone.now()).satz.startswith("aktuell seit ")
    assert load_lage(timezone.now()).zustand is Zustand.AKTUELL

    prozesse.melde("w", prozesse.Rolle.WORKER, grund="Elasticsearch antwortet nicht.")
    assert load_lage(timezone.now()).satz.startswith("Elasticsearch antwortet nicht seit ")
    prozesse.melde("w", prozesse.Rolle.WORKER)

    objekte.rename(service, "Neu")
    SearchDokument.objects.update(changed_at=timezone.now() - timedelta(minutes=5))
    lage = load_lage(timezone.now())
    assert lage.satz == "1 Änderung wartet, die älteste seit 5 min."
    assert lage.zustand is Zustand.FEHLER


def test_worker_gives_signs_of_life_and_says_goodbye(index: str) -> None:
    worker = Worker()
    worker._beside()
    assert [p.name for p in prozesse.workers(timezone.now())] == [worker.owner]
    assert prozesse.workers(timezone.now() + timedelta(minutes=1)) == []

    worker.stop()
    worker.run()
    assert prozesse.workers(timezone.now()) == []


def test_silent_worker_knows_that_elasticsearch_is_away(index: str, settings: Any) -> None:
    settings.ELASTICSEARCH_URL = CLOSED_PORT
    objekte.leistung()
    worker = Worker()
    worker.step()
    worker._beside()

    alive = prozesse.workers(timezone.now())
    assert [bool(prozess.weg_seit) for prozess in alive] == [True]


def test_comparison_finds_repairs_and_is_made_again(index: str, es: Elasticsearch) -> None:
    objekte.rebuild_both()
    service = objekte.leistung()
    objekte.sync()
    live = objekte.live_index()
    es.delete(index=live, id=str(service.pk), refresh=True)

    first = pruefung.laufe()
    assert first is not None
    assert (first.abweichungen, first.repariert, first.fehler) == (1, True, "")
    assert first.zahlen["by_kind"]["leistung"]["missing"] == 1
    assert not pruefung.is_faellig(timezone.now())
    assert pruefung.is_faellig(timezone.now() + timedelta(seconds=61))

    objekte.sync()
    second = pruefung.laufe()
    assert second is not None
    assert (second.abweichungen, second.repariert) == (0, False)
    assert list(objekte.documents(live)) == [service.pk]
    assert not pruefung.is_faellig(timezone.now() + timedelta(minutes=59))
    assert pruefung.is_faellig(timezone.now() + timedelta(minutes=61))


def test_comparison_without_elasticsearch_says_so(index: str, settings: Any) -> None:
    settings.ELASTICSEARCH_URL = CLOSED_PORT
    result = pruefung.laufe()

    assert result is not None
    assert "nicht erreichbar" in result.fehler
    assert result.beendet_at is not None


def test_request_is_served_by_a_worker_even_without_a_schedule(index: str, settings: Any) -> None:
    settings.SEARCH_CHECK_MINUTES = 0
    assert not pruefung.is_faellig(timezone.now())
    pruefung.fordere_an("freigabe")
    pruefung.fordere_an("freigabe")  # two clicks, one comparison

    worker = Worker()
    worker._beside()
    worker._pruefer.wait(20)

    done = SearchPruefung.objects.get()
    assert done.beendet_at is not None
    assert done.angefordert_von == "freigabe"


def test_comparison_left_by_a_dead_process_is_made_anew(index: str) -> None:
    SearchPruefung.objects.create(begonnen_at=timezone.now())
    result = pruefung.laufe()

    assert result is not None
    assert SearchPruefung.objects.get().beendet_at is not None


def test_latency_of_two_workers_adds_up(index: str) -> None:
    for _ in range(3):
        objekte.leistung()
    objekte.sync()
    objekte.leistung()
    objekte.sync()

    zahlen, haeufigkeit = zaehler.load_counters()
    assert (zahlen[zaehler.STAPEL], zahlen[zaehler.DOKUMENTE]) == (2, 4)
    assert sum(haeufigkeit.values()) == 4
    assert zahlen[zaehler.LATENZ_SUMME] >= 4.0  # the second until the refresh is in it
    hours = zaehler.load_hours(timezone.now() - timedelta(hours=1))
    assert sum(sum(h.values()) for h in hours.values()) == 4

    zaehler.forget(timezone.now() + timedelta(days=9))
    assert zaehler.load_hours(timezone.now() - timedelta(hours=1)) == {}
    assert sum(zaehler.load_counters()[1].values()) == 4


def test_row_changed_meanwhile_has_no_latency(index: str) -> None:
    service = objekte.leistung()
    [auftrag] = [a for a in rows.claim("w", {"leistung"}) if a.object_id == service.pk]
    with transaction.atomic():
        mark_changed("leistung", [service.pk])

    assert rows.finish("w", [auftrag]) == []
