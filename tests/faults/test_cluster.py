"""Two real nodes: replicas are assigned, one node dies with the primary on it, all goes on."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import timezone
from elasticsearch import Elasticsearch

from behoerden.ortsangabe import lies_ortsangabe
from search import client, indices
from search.rebuild import rebuild
from search.selectors import Suchergebnis, run_search
from tests.search.sync import objekte
from zufi.local_services import process
from zufi.local_services.cluster import Cluster, start_cluster
from zufi.local_services.state import CHECKOUT
from zufi.local_services.unprivileged import service_account, workroom

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.es, pytest.mark.timeout(400)]

PATIENCE_SECONDS = 60


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    state = CHECKOUT / "var" / f"cluster-{os.getpid()}"
    room = workroom(service_account(), state)
    found = start_cluster(service_account(), room, 2)
    yield found
    found.stop()
    shutil.rmtree(room, ignore_errors=True)
    shutil.rmtree(state, ignore_errors=True)


def eventually(holds: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline, what
        time.sleep(0.2)


def shards(es: Elasticsearch, index: str) -> dict[str, tuple[str, str]]:
    """Return p or r → (node, state)."""
    rows: list[dict[str, Any]] = es.cat.shards(index=index, format="json").body  # type: ignore[assignment]
    return {row["prirep"]: (row["node"], row["state"]) for row in rows}


def is_green(es: Elasticsearch, index: str) -> bool:
    return bool(es.cluster.health(index=index)["status"] == "green")


def put_primary_on(es: Elasticsearch, index: str, node: str) -> None:
    """The primary is there, the replica on the other node."""
    es.indices.put_settings(index=index, settings={"number_of_replicas": 0})
    at = shards(es, index)["p"][0]
    if at != node:
        move = {"index": index, "shard": 0, "from_node": at, "to_node": node}
        es.cluster.reroute(commands=[{"move": move}], metric="none")
    eventually(lambda: shards(es, index) == {"p": (node, "STARTED")}, "primary not moved")
    es.indices.put_settings(index=index, settings={"number_of_replicas": 1})
    eventually(lambda: is_green(es, index), "replica not assigned")


def search(text: str) -> Suchergebnis:
    heute = timezone.localdate()
    return run_search(text, ort=lies_ortsangabe("", "", heute), heute=heute)


def is_found(text: str) -> bool:
    result = search(text)
    return result.engine == "elasticsearch" and [hit.titel for hit in result.treffer] == [text]


def test_search_and_sync_go_on_when_a_node_dies(cluster: Cluster, settings: Any) -> None:
    settings.ELASTICSEARCH_URL = cluster.urls
    settings.SEARCH_REPLICAS = 1
    settings.SEARCH_INDEX_PREFIX = "zuficluster"
    es = Elasticsearch(cluster.records[0].url)
    assert es.cluster.health()["number_of_nodes"] == 2
    service = objekte.leistung("Hundesteuer")
    index = rebuild("leistung", lambda _: None)
    eventually(lambda: is_green(es, index), "replica not assigned")
    put_primary_on(es, index, "zufi-1")
    assert is_found("Hundesteuer")

    dying = cluster.records[1]
    process.stop(dying.pid, dying.started, [(signal.SIGKILL, 10.0)])
    objekte.rename(service, "Katzensteuer")
    eventually(lambda: objekte.sync().pending == 0, "not sent to the surviving node")
    eventually(lambda: is_found("Katzensteuer"), "not found on the surviving node")
    assert shards(es, index)["p"] == ("zufi-0", "STARTED")

    cluster.restart(1)
    eventually(lambda: is_green(es, index), "the node did not come back")
    objekte.rename(service, "Pferdesteuer")
    eventually(lambda: objekte.sync().pending == 0, "not sent")
    assert objekte.documents(index) == {service.pk: 3}
    settings.ELASTICSEARCH_URL = cluster.records[1].url  # by itself it knows it, too
    assert [found.version for found in indices.scan(index)] == [3]
    es.close()
    client._connection.cache_clear()
