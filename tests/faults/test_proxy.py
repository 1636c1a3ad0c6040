"""The proxy does what it says, against the real Elasticsearch."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from elastic_transport import ConnectionError as NoConnection
from elastic_transport import ConnectionTimeout
from elasticsearch import ApiError, Elasticsearch
from elasticsearch.helpers import bulk

from tests.faults.nachricht import add_unknown_field, bulk_lines
from tests.faults.proxy import Art, Phase, Proxy, Stoerung

pytestmark = pytest.mark.es

NAME = f"zufiproxy{os.getpid()}"


@pytest.fixture
def direct(settings: Any) -> Iterator[Elasticsearch]:
    client = Elasticsearch(settings.ELASTICSEARCH_URL)
    client.indices.create(
        index=NAME, mappings={"dynamic": "strict", "properties": {"n": {"type": "long"}}}
    )
    yield client
    client.indices.delete(index=NAME)
    client.close()


@pytest.fixture
def proxy(direct: Elasticsearch, settings: Any) -> Iterator[Proxy]:
    port = urlsplit(settings.ELASTICSEARCH_URL.split(",")[0]).port
    assert port is not None
    between = Proxy(port)
    yield between
    between.close()


@pytest.fixture
def client(proxy: Proxy) -> Iterator[Elasticsearch]:
    found = Elasticsearch(f"http://127.0.0.1:{proxy.listen('test')}", max_retries=0)
    yield found
    found.close()


def put(client: Elasticsearch, number: int, version: int = 1) -> list[Any]:
    action = {
        "_index": NAME,
        "_id": str(number),
        "version": version,
        "version_type": "external_gte",
        "n": number,
    }
    try:
        _, errors = bulk(client, [action], raise_on_error=False, raise_on_exception=False)
    except NoConnection:
        return ["torn"]
    return list(errors) if isinstance(errors, list) else []


def version(direct: Elasticsearch, number: int) -> int | None:
    answer = direct.options(ignore_status=404).get(index=NAME, id=str(number))
    return answer.get("_version")


def test_undisturbed_requests_pass(client: Elasticsearch, direct: Elasticsearch) -> None:
    assert put(client, 1, version=7) == []
    assert version(direct, 1) == 7
    assert client.indices.exists(index=NAME)
    assert "mappings" in client.indices.get_mapping(index=NAME)[NAME]


@pytest.mark.parametrize(("art", "status"), [(Art.ABGELEHNT_429, 429), (Art.ABGELEHNT_503, 503)])
def test_whole_request_is_refused(
    proxy: Proxy, client: Elasticsearch, direct: Elasticsearch, art: Art, status: int
) -> None:
    proxy.stoerung = Stoerung(art)
    with pytest.raises(ApiError) as raised:
        client.count(index=NAME)
    assert raised.value.status_code == status

    put(client, 1)
    assert version(direct, 1) is None


@pytest.mark.parametrize(("art", "status"), [(Art.STUECKE_429, 429), (Art.NUR_LESEN, 403)])
def test_single_items_are_refused(
    proxy: Proxy, client: Elasticsearch, direct: Elasticsearch, art: Art, status: int
) -> None:
    proxy.stoerung = Stoerung(art, nur_bulk=True)

    assert put(client, 1)[0]["index"]["status"] == status
    assert version(direct, 1) is None
    assert client.count(index=NAME)["count"] == 0


def test_torn_before_and_after(proxy: Proxy, client: Elasticsearch, direct: Elasticsearch) -> None:
    proxy.stoerung = Stoerung(Art.ABRISS_VORHER)
    with pytest.raises(NoConnection):
        client.count(index=NAME)
    assert put(client, 1) == ["torn"]
    assert version(direct, 1) is None

    proxy.stoerung = Stoerung(Art.ABRISS_NACHHER)
    assert put(client, 1) == ["torn"]
    assert version(direct, 1) == 1


def test_applied_twice(proxy: Proxy, client: Elasticsearch, direct: Elasticsearch) -> None:
    proxy.stoerung = Stoerung(Art.DOPPELT)
    answer = client.index(index=NAME, id="1", document={"n": 1})

    assert answer["result"] == "updated"
    assert version(direct, 1) == 2


def test_delivered_after_later_requests(
    proxy: Proxy, client: Elasticsearch, direct: Elasticsearch
) -> None:
    proxy.stoerung = Stoerung(Art.VERSPAETET, sekunden=0.3)
    assert put(client, 1, version=1) == ["torn"]
    proxy.stoerung = None
    assert put(client, 2) == []
    assert version(direct, 1) is None

    deadline = time.monotonic() + 5
    while version(direct, 1) is None and time.monotonic() < deadline:
        time.sleep(0.05)
    assert version(direct, 1) == 1


def test_slow_and_silent(proxy: Proxy, client: Elasticsearch) -> None:
    proxy.stoerung = Stoerung(Art.LANGSAM, sekunden=0.3)
    began = time.monotonic()
    client.count(index=NAME)
    assert time.monotonic() - began >= 0.3

    proxy.stoerung = Stoerung(Art.STUMM, sekunden=2)
    with pytest.raises(ConnectionTimeout):
        client.options(request_timeout=0.3).count(index=NAME)


@pytest.mark.parametrize(
    ("phase", "arrived"), [(Phase.VOR, None), (Phase.WAEHREND, 1), (Phase.NACH, 1)]
)
def test_acts_once_at_a_bulk(
    proxy: Proxy,
    client: Elasticsearch,
    direct: Elasticsearch,
    phase: Phase,
    arrived: int | None,
) -> None:
    acted: list[int] = []
    proxy.at_next_bulk("test", phase, lambda: acted.append(1))

    client.count(index=NAME)
    assert acted == []
    assert put(client, 1) == ["torn"]
    assert acted == [1]
    assert version(direct, 1) == arrived
    assert put(client, 2) == []
    assert not proxy.forget("test")


def test_one_document_conflicts_with_the_mapping(
    proxy: Proxy, client: Elasticsearch, direct: Elasticsearch
) -> None:
    proxy.konflikte = frozenset({"2"})

    assert put(client, 1) == []
    (error,) = put(client, 2)
    assert error["index"]["status"] == 400
    assert error["index"]["error"]["type"] == "strict_dynamic_mapping_exception"
    assert version(direct, 2) is None


def test_bulk_bodies_are_read_item_by_item() -> None:
    body = b'{"delete":{"_id":"1"}}\n{"index":{"_id":"2"}}\n{"n":2}\n'

    assert [(o, f["_id"], s) for o, f, s in bulk_lines(body)] == [
        ("delete", "1", None),
        ("index", "2", b'{"n":2}'),
    ]
    assert b"konflikt" not in add_unknown_field(body, frozenset({"1"}))
