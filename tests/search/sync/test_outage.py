"""Elasticsearch away: publishing goes on, nothing is lost, nobody has to do anything."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.db import connection
from elasticsearch.dsl import Search

from search import client
from search.worker import Worker
from tests.search.sync import objekte

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.es]

CLOSED_PORT = "http://127.0.0.1:1"
ROOT = Path(__file__).resolve().parents[3]


def test_rows_stay_pending_and_recover(index: str, settings: Any) -> None:
    url = settings.ELASTICSEARCH_URL
    settings.ELASTICSEARCH_URL = CLOSED_PORT
    service = objekte.leistung("Hund anmelden")

    left = objekte.sync()

    row = objekte.row(service)
    assert left.pending == 1
    assert (row.attempts, row.dead) == (0, False)
    assert row.document["titel"] == "Hund anmelden"  # the search on PostgreSQL is up to date
    assert "nicht erreichbar" in row.last_error

    settings.ELASTICSEARCH_URL = url
    assert objekte.sync().pending == 0
    assert objekte.documents(index) == {service.pk: 1}


def test_long_outage_gives_no_row_up(index: str, settings: Any) -> None:
    settings.ELASTICSEARCH_URL = CLOSED_PORT
    service = objekte.leistung()
    for _ in range(10):
        objekte.sync()

    assert (objekte.row(service).attempts, objekte.row(service).dead) == (0, False)


def test_running_worker_recovers_by_itself(index: str, settings: Any) -> None:
    url, worker = settings.ELASTICSEARCH_URL, Worker()
    settings.ELASTICSEARCH_URL = CLOSED_PORT
    service = objekte.leistung("Alt")
    while worker.step():
        pass
    objekte.rename(service, "Neu")
    while worker.step():
        pass
    assert objekte.row(service).document["titel"] == "Neu"
    assert objekte.pending() == [("leistung", service.pk)]

    settings.ELASTICSEARCH_URL = url
    deadline = time.monotonic() + 10
    while objekte.pending() and time.monotonic() < deadline:
        worker.step()
    assert objekte.documents(index) == {service.pk: 2}


def test_once_says_whether_anything_is_left(
    index: str, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    objekte.leistung()
    with pytest.raises(SystemExit) as ended:
        call_command("sync_index", "--once")
    assert ended.value.code == 0

    settings.ELASTICSEARCH_URL = CLOSED_PORT
    objekte.leistung()
    with pytest.raises(SystemExit) as ended:
        call_command("sync_index", "--once")
    assert ended.value.code == 1
    assert "Offen: 1" in capsys.readouterr().err


def test_search_without_engine_raises_one_error_and_opens_the_breaker(settings: Any) -> None:
    settings.ELASTICSEARCH_URL = CLOSED_PORT
    for _ in range(5):
        with pytest.raises(client.ElasticsearchAway):
            client.run(Search(), kind="leistung", timeout=0.3)
    with pytest.raises(client.ElasticsearchAway, match="breaker"):
        client.run(Search(), kind="leistung", timeout=0.3)
    assert not client.is_healthy()
    client._connection.cache_clear()


def test_search_without_alias_is_away() -> None:
    with pytest.raises(client.ElasticsearchAway):
        client.run(Search(), kind="leistung", timeout=1.0)
    assert client.is_healthy()
    client._connection.cache_clear()


def test_missing_live_index_counts_as_away(index: str, es: Any) -> None:
    es.indices.delete(index=index)
    service = objekte.leistung()

    objekte.sync()

    assert objekte.pending() == [("leistung", service.pk)]
    assert objekte.row(service).attempts == 0


def test_process_is_woken_by_notify_and_ends_on_sigterm(index: str, settings: Any) -> None:
    database = connection.settings_dict
    user = f"{quote(database['USER'])}:{quote(database['PASSWORD'])}"
    address = f"{database['HOST']}:{database['PORT']}/{database['NAME']}"
    process = subprocess.Popen(
        [sys.executable, "manage.py", "sync_index"],
        cwd=ROOT,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "zufi.settings.dev",
            "DATABASE_URL": f"postgresql://{user}@{address}",
            "ELASTICSEARCH_URL": settings.ELASTICSEARCH_URL,
            "SEARCH_INDEX_PREFIX": settings.SEARCH_INDEX_PREFIX,
        },
        stderr=subprocess.PIPE,
    )
    try:
        service = objekte.leistung("Hund")
        _wait_until_indexed(30)
        began = time.monotonic()
        objekte.rename(service, "Katze")
        _wait_until_indexed(5)
        elapsed = time.monotonic() - began
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=20)
    finally:
        process.kill()
        process.wait()

    assert elapsed < 1.5  # poll alone would take up to two seconds
    assert process.returncode == 0, errors.decode()
    assert objekte.found(index, "titel_genau", "katze") == [service.pk]


def _wait_until_indexed(seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while objekte.pending():
        assert time.monotonic() < deadline, "not indexed in time"
        time.sleep(0.02)
