"""From the editor to the citizen: publish, mark, sync, search, page; through the real services."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from search.models import SearchDokument
from search.sync import drain
from search.worker import owner_name
from tests.indexing import refresh
from tests.welt import Welt, publish

pytestmark = [pytest.mark.es, pytest.mark.django_db(transaction=True)]

ERFURT = "160510000000"


def sync() -> None:
    drain(owner_name())
    refresh()


def seite(client: Client, path: str, **query: str) -> str:
    answer = client.get(path, query)
    assert answer.status_code == 200, answer
    return str(answer.content.decode())


def hits(query: str, *args: str, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    call_command("search", query, *args, "--json")
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


def test_everyday_word_and_place_find_service_and_office(
    welt: Welt, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = hits("hund anmelden", "--ort", "Erfurt", capsys=capsys)

    assert answer["engine"] == "elasticsearch"
    first = answer["hits"][0]
    assert first["slug"] == "hundesteuer-anmelden"
    assert first["behoerde"] == "Stadtverwaltung Erfurt"
    assert first["online"] is True


def test_result_page_names_office_and_online_service(welt: Welt, client: Client) -> None:
    html = seite(client, "/suche/", q="hund anmelden", ort=ERFURT)

    assert "1 Treffer für „hund anmelden“ in Erfurt" in html.replace("\u00a0", " ")
    assert "Zuständig: Stadtverwaltung Erfurt" in html
    assert "Online möglich in Erfurt" in html


def test_changed_title_is_found_after_publishing(welt: Welt, client: Client) -> None:
    welt.hund.bezeichnung_de = "Vierbeiner steuerlich melden"
    publish(welt.hund)
    sync()

    assert "Vierbeiner steuerlich melden" in seite(client, "/suche/", q="vierbeiner")


def test_draft_is_neither_found_nor_shown(welt: Welt, client: Client) -> None:
    welt.hund.bezeichnung_de = "Geheimer Entwurf"
    welt.hund.save_revision()
    sync()

    assert "Keine Treffer" in seite(client, "/suche/", q="geheimer entwurf")
    assert "Geheimer Entwurf" not in seite(client, "/leistung/hundesteuer-anmelden/")


def test_withdrawn_service_disappears_at_once(welt: Welt, client: Client) -> None:
    welt.hund.unpublish()

    assert client.get("/leistung/hundesteuer-anmelden/").status_code == 404
    # The index lags behind; the page asks the database before it shows a hit.
    assert "Hund zur Hundesteuer" not in seite(client, "/suche/", q="hundesteuer")
    sync()
    assert "Keine Treffer" in seite(client, "/suche/", q="hundesteuer")


def test_deleted_service_leaves_a_tombstone(welt: Welt, client: Client) -> None:
    pk = welt.hund.pk
    welt.hund.zustaendigkeiten.all().delete()
    welt.hund.delete()
    sync()

    assert SearchDokument.objects.get(kind="leistung", object_id=pk).deleted
    assert "Keine Treffer" in seite(client, "/suche/", q="hundesteuer")


def test_renamed_office_is_right_without_any_sync(welt: Welt, client: Client) -> None:
    welt.stadtverwaltung.name_de = "Landeshauptstadt Erfurt, Steuern"
    publish(welt.stadtverwaltung)

    assert "Landeshauptstadt Erfurt, Steuern" in seite(
        client, "/leistung/hundesteuer-anmelden/", ort=ERFURT
    )


def test_index_and_database_agree_afterwards(
    welt: Welt, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(welt.hund)
    sync()
    call_command("check_index", "--json")  # would end with 1 on drift
    report = json.loads(capsys.readouterr().out)

    counts = ("missing", "stale", "surplus", "pending", "dead")
    assert {key: report[key] for key in counts} == dict.fromkeys(counts, 0)
