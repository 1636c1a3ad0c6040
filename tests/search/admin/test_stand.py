"""Visible truth: marks in lists and forms, report, dashboard; rights; figures for monitoring."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from search import prozesse
from search.models import SearchAufbau, SearchDokument, SearchPruefung
from search.sync import drain
from search.worker import owner_name
from tests.welt import Welt, publish

pytestmark = [pytest.mark.es, pytest.mark.django_db(transaction=True)]

LISTE = "/admin/snippets/leistungen/leistung/"
CLOSED_PORT = "http://127.0.0.1:1"


def html(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer
    return " ".join(answer.content.decode().split())


def kill(welt: Welt) -> None:
    SearchDokument.objects.filter(kind="leistung", object_id=welt.hund.pk).update(
        version=99, dead=True, last_error="400 mapping set to strict, dynamic introduction"
    )


@pytest.mark.parametrize("path", [LISTE, "/admin/snippets/behoerden/behoerde/"])
def test_list_shows_the_state_with_one_query_more(welt: Welt, redaktion: Client, path: str) -> None:
    html(redaktion, path)
    with CaptureQueriesContext(connection) as queries:
        text = html(redaktion, path)

    assert re.search(r"In der Suche seit \d\d\.\d\d\.\d{4}, \d\d:\d\d:\d\d", text)
    assert sum("search_dokument" in query["sql"] for query in queries) == 1


def test_form_says_whether_the_text_waits(welt: Welt, redaktion: Client) -> None:
    url = reverse("wagtailsnippets_leistungen_leistung:edit", args=[welt.hund.pk])
    assert "In der Suche seit" in html(redaktion, url)

    publish(welt.hund)
    text = html(redaktion, url)
    assert "wartet seit 0 s" in text
    assert f'data-suchstand="leistung:{welt.hund.pk}"' in text


def test_marks_look_again(welt: Welt, redaktion: Client) -> None:
    publish(welt.hund)
    name = f"leistung:{welt.hund.pk}"
    url = f"{reverse('suchstand:objekte')}?o={name},unsinn,gebiet:1,leistung:x,behoerde:999"
    assert redaktion.get(url).json()[name]["zustand"] == "wartet"

    drain(owner_name())
    answer = redaktion.get(url).json()
    assert answer[name]["zustand"] == "aktuell"
    assert set(answer) == {name, "behoerde:999"}


def test_report_tells_what_is_wrong_and_offers_a_retry(
    welt: Welt, technik: Client, redaktion: Client
) -> None:
    kill(welt)
    text = html(technik, reverse("suchstand:stand"))

    assert "Hund zur Hundesteuer anmelden" in text
    assert "Der Suchindex kennt ein Feld dieses Textes nicht" in text
    assert "Erneut versuchen" in text
    assert "Erneut versuchen" not in html(redaktion, reverse("suchstand:stand"))


def test_retry_revives_and_the_text_arrives(welt: Welt, technik: Client) -> None:
    kill(welt)
    answer = technik.post(reverse("suchstand:erneut"), {"objekt": f"leistung:{welt.hund.pk}"})
    assert answer.status_code == 302

    drain(owner_name())
    row = SearchDokument.objects.get(kind="leistung", object_id=welt.hund.pk)
    assert (row.dead, row.indexed_version) == (False, row.version)


def test_all_that_was_given_up_is_retried(welt: Welt, technik: Client) -> None:
    SearchDokument.objects.filter(kind="behoerde").update(version=99, dead=True)
    technik.post(reverse("suchstand:erneut"))

    assert not SearchDokument.objects.filter(dead=True).exists()


@pytest.mark.parametrize("name", ["erneut", "pruefen"])
def test_acting_needs_the_right_and_a_post(
    welt: Welt, redaktion: Client, technik: Client, name: str
) -> None:
    url = reverse(f"suchstand:{name}")
    kill(welt)

    assert redaktion.post(url).status_code in {302, 403}
    assert SearchDokument.objects.filter(dead=True).exists()
    assert not SearchPruefung.objects.exists()
    assert technik.get(url).status_code == 405
    assert Client().post(url).status_code == 302  # to the login


def test_comparison_is_asked_for(welt: Welt, technik: Client) -> None:
    technik.post(reverse("suchstand:pruefen"))

    assert SearchPruefung.objects.get().angefordert_von == "technik"
    assert "Eine Prüfung ist angefordert (von technik)" in html(technik, reverse("suchstand:teil"))


def test_report_without_elasticsearch(welt: Welt, technik: Client, settings: Any) -> None:
    settings.ELASTICSEARCH_URL = CLOSED_PORT
    prozesse.melde("w", prozesse.Rolle.WORKER, grund="Elasticsearch antwortet nicht.")
    publish(welt.hund)
    text = html(technik, reverse("suchstand:stand"))

    assert "Elasticsearch antwortet nicht seit" in text
    assert "1 Änderung wartet" in text


def test_report_shows_a_running_rebuild_as_a_bar(welt: Welt, technik: Client) -> None:
    from search.rebuild import only_one

    SearchAufbau.objects.filter(kind="leistung").update(
        schritt="uebertragen", erledigt=1200, gesamt=3000, beendet_at=None
    )
    with only_one():
        text = html(technik, reverse("suchstand:teil"))
    assert "Schritt 2 von 5: Dokumente übertragen (1.200 von 3.000)" in text
    assert 'value="1200" max="3000"' in text

    assert "Unterbrochen" in html(technik, reverse("suchstand:teil"))


def test_chart_has_its_numbers_in_a_table_too(welt: Welt, technik: Client) -> None:
    publish(welt.hund)
    drain(owner_name())
    text = html(technik, reverse("suchstand:stand"))

    assert '<svg role="img" aria-labelledby="latenz-botschaft"' in text
    assert re.search(r"\d+ % von \d+ Änderungen waren nach höchstens 3 Sekunden zu finden", text)
    assert text.count('<th scope="row">') >= 24


def test_dashboard_has_its_line(welt: Welt, redaktion: Client) -> None:
    prozesse.melde("w", prozesse.Rolle.WORKER)
    assert re.search(r"aktuell seit \d\d:\d\d Uhr", html(redaktion, "/admin/"))

    kill(welt)
    assert "Ein Text lässt sich nicht übertragen." in html(redaktion, "/admin/")


def test_figures_need_the_token(welt: Welt, client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics").status_code == 404

    settings.METRICS_TOKEN = "geheim"
    assert client.get("/metrics").status_code == 401
    assert client.get("/metrics", headers={"authorization": "Bearer falsch"}).status_code == 401

    publish(welt.hund)
    drain(owner_name())
    text = client.get("/metrics", headers={"authorization": "Bearer geheim"}).content.decode()
    assert "zufi_sync_pending 0.0" in text
    assert 'zufi_sync_latency_seconds_bucket{le="+Inf"}' in text
    assert "zufi_elasticsearch_up 1.0" in text
