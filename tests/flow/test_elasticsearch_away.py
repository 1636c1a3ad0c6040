"""Elasticsearch away: publishing goes on, the page says so, and everything heals by itself."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from search import prozesse
from search.models import SearchDokument
from search.worker import Worker
from tests.flow.test_editor_to_citizen import seite, sync
from tests.welt import Welt, publish

pytestmark = [pytest.mark.es, pytest.mark.django_db(transaction=True)]

NOWHERE = "http://127.0.0.1:9"
HINWEIS = "Die Suche arbeitet zurzeit eingeschränkt."


def test_search_answers_from_postgresql_with_a_notice(
    welt: Welt, client: Client, settings: Any
) -> None:
    settings.ELASTICSEARCH_URL = NOWHERE

    html = seite(client, "/suche/", q="hund anmelden", ort="160510000000")
    assert HINWEIS in html
    assert "Hund zur Hundesteuer anmelden" in html
    assert "Zuständig: Stadtverwaltung Erfurt" in html


def test_suggestions_answer_too(welt: Welt, client: Client, settings: Any) -> None:
    settings.ELASTICSEARCH_URL = NOWHERE

    answer = client.get("/vorschlaege/", {"art": "leistung", "q": "hunde"})
    labels = [item["label"] for item in json.loads(answer.content)["items"]]
    assert labels == ["Hund zur Hundesteuer anmelden"]


def test_published_while_away_is_found_at_once_and_indexed_later(
    welt: Welt, client: Client, settings: Any
) -> None:
    url = settings.ELASTICSEARCH_URL
    settings.ELASTICSEARCH_URL = NOWHERE
    worker = Worker()
    worker.step()
    welt.hund.bezeichnung_de = "Vierbeiner melden"
    publish(welt.hund)
    worker.step()
    worker.step()

    assert "Vierbeiner melden" in seite(client, "/suche/", q="vierbeiner")
    assert not SearchDokument.objects.filter(dead=True).exists()

    settings.ELASTICSEARCH_URL = url
    sync()
    html = seite(client, "/suche/", q="vierbeiner")
    assert "Vierbeiner melden" in html
    assert HINWEIS not in html


def test_healthz_says_what_is_down_and_keeps_the_site(
    welt: Welt, client: Client, settings: Any
) -> None:
    assert client.get("/healthz").json() == {
        "status": "degraded",  # no worker runs
        "database": "ok",
        "elasticsearch": "ok",
        "worker": "down",
        "breaker": "closed",
    }
    prozesse.melde("worker-1", prozesse.Rolle.WORKER)
    assert client.get("/healthz").json()["status"] == "ok"

    settings.ELASTICSEARCH_URL = NOWHERE
    answer = client.get("/healthz")

    assert answer.status_code == 200  # a load balancer must not take the site away
    assert answer.json()["status"] == "degraded"
    assert answer.json()["elasticsearch"] == "down"
    assert answer.json()["database"] == "ok"
