"""Drift is a number: injected behind everybody's back, found and repaired."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.management import call_command
from elasticsearch import Elasticsearch

from leistungen.models import Leistung
from search.models import SearchDokument
from tests.search.sync import objekte

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.es]

CLEAN = {"missing": 0, "stale": 0, "surplus": 0, "ahead": 0, "dead": 0, "pending": 0}


class Pruefung:
    """Runs the command as an operator does."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *options: str) -> tuple[dict[str, Any], int]:
        self.capsys.readouterr()
        code = 0
        try:
            call_command("check_index", "--json", *options)
        except SystemExit as ended:
            code = int(str(ended.code))
        out = self.capsys.readouterr().out
        return (json.loads(out) if out else {}), code


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Pruefung:
    return Pruefung(capsys)


@pytest.fixture
def service(index: str) -> Leistung:
    obj = objekte.leistung("Hund anmelden")
    objekte.sync()
    return obj


def put(es: Elasticsearch, index: str, object_id: int, version: int, content: str = "x") -> None:
    es.index(
        index=index,
        id=str(object_id),
        document={"nr": object_id, "inhalt_hash": content},
        version=version,
        version_type="external_gte",
    )


def test_equal_sides_have_no_drift(check: Pruefung, service: Leistung) -> None:
    numbers, code = check()

    by_kind = numbers.pop("by_kind")
    assert numbers == {**CLEAN, "checked": 1}
    assert set(by_kind) == {"leistung", "behoerde"}
    assert by_kind["leistung"] == {**CLEAN, "checked": 1}
    assert code == 0


def test_missing_document(
    check: Pruefung, service: Leistung, index: str, es: Elasticsearch
) -> None:
    es.delete(index=index, id=str(service.pk))

    numbers, code = check()
    assert (numbers["missing"], code) == (1, 1)

    numbers, code = check("--repair")
    assert (numbers["missing"], code) == (0, 0)
    assert list(objekte.documents(index)) == [service.pk]


@pytest.mark.parametrize("behind", [0, 5])
def test_stale_document(
    check: Pruefung, service: Leistung, index: str, es: Elasticsearch, behind: int
) -> None:
    put(es, index, service.pk, 1, content="veraltet")
    SearchDokument.objects.filter(object_id=service.pk, kind="leistung").update(
        version=1 + behind, built_version=1 + behind, indexed_version=1 + behind
    )

    numbers, code = check()
    assert (numbers["stale"], numbers["ahead"], code) == (1, 0, 1)

    numbers, code = check("--repair")
    assert (numbers["stale"], code) == (0, 0)
    assert objekte.found(index, "titel_genau", "hund") == [service.pk]


def test_surplus_documents(
    check: Pruefung, service: Leistung, index: str, es: Elasticsearch
) -> None:
    service.unpublish()
    objekte.sync()
    put(es, index, service.pk, 2)  # of a tombstone
    put(es, index, 99_999, 7)  # of no row at all

    numbers, code = check()
    assert (numbers["surplus"], code) == (2, 1)

    numbers, code = check("--repair")
    assert (numbers["surplus"], code) == (0, 0)
    assert objekte.documents(index) == {}


@pytest.mark.parametrize("version", [None, 50])
def test_document_ahead_of_its_row(
    check: Pruefung, service: Leistung, index: str, es: Elasticsearch, version: int | None
) -> None:
    if version:
        put(es, index, service.pk, version)
    else:
        es.index(index=index, id=str(service.pk), document={"nr": service.pk, "inhalt_hash": "x"})

    numbers, code = check()
    assert (numbers["ahead"], numbers["stale"], code) == (1, 0, 1)

    assert check("--repair")[1] == 0
    assert objekte.found(index, "titel_genau", "hund") == [service.pk]


def test_rebuild_after_restoring_an_older_database(
    check: Pruefung, service: Leistung, index: str, es: Elasticsearch
) -> None:
    put(es, index, service.pk, 50)

    call_command("rebuild_index", "--kind", "leistung")

    assert check()[1] == 0


def test_live_object_without_row_is_missing(check: Pruefung, service: Leistung) -> None:
    SearchDokument.objects.filter(object_id=service.pk).delete()

    numbers, code = check()
    assert (numbers["missing"], numbers["surplus"], code) == (1, 1, 1)

    assert check("--repair")[1] == 0


def test_pending_row_is_no_drift(check: Pruefung, service: Leistung) -> None:
    objekte.rename(service, "Neu")

    numbers, code = check()
    assert (numbers["pending"], numbers["stale"], code) == (1, 0, 0)


def test_row_given_up_is_drift_with_its_error(
    check: Pruefung, service: Leistung, capsys: pytest.CaptureFixture[str]
) -> None:
    objekte.rename(service, "Neu")
    SearchDokument.objects.update(dead=True, last_error="400 kaputt")

    numbers, code = check("--repair")
    assert (numbers["dead"], code) == (1, 1)

    with pytest.raises(SystemExit):
        call_command("check_index")
    assert "400 kaputt" in capsys.readouterr().out


def test_deep_finds_a_write_that_was_never_announced(
    check: Pruefung, service: Leistung, index: str
) -> None:
    Leistung.objects.filter(pk=service.pk).update(bezeichnung_de="Heimlich")
    assert check()[1] == 0

    numbers, code = check("--deep")
    assert (numbers["stale"], code) == (1, 1)

    assert check("--deep", "--repair")[1] == 0
    assert objekte.found(index, "titel_genau", "heimlich") == [service.pk]


def test_text_names_the_ids(
    service: Leistung, index: str, es: Elasticsearch, capsys: pytest.CaptureFixture[str]
) -> None:
    es.delete(index=index, id=str(service.pk))
    with pytest.raises(SystemExit):
        call_command("check_index")

    assert f"1 fehlen im Index: {service.pk}" in capsys.readouterr().out


def test_without_an_index_everything_is_missing(check: Pruefung) -> None:
    objekte.leistung()
    objekte.sync()

    numbers, code = check()
    assert (numbers["missing"], code) == (1, 1)


def test_elasticsearch_away_exits_2(check: Pruefung, service: Leistung, settings: Any) -> None:
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:1"

    assert check() == ({}, 2)
