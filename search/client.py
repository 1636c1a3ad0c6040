"""The connection to Elasticsearch: addresses, credentials, time-outs, one error, a breaker."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch, UnsupportedProductError
from elasticsearch.dsl import Search

from search import prozesse
from search.breaker import Breaker
from search.config import CONNECTIONS_PER_HOST, HEALTH_TIMEOUT_SECONDS
from search.knoten import FristKnoten
from search.mapping import alias_name

logger = logging.getLogger(__name__)

_DEFAULT_PORTS = {"http": 9200, "https": 443}
_FAULT_OF_THE_QUERY = 400


class ElasticsearchAway(Exception):
    """No usable answer: refused, silent, overloaded, no index, not allowed.

    Carries the HTTP status, None where there was no answer at all. The message never holds
    what was searched for.
    """

    def __init__(self, reason: str, status: int | None = None) -> None:
        super().__init__(reason)
        self.status = status


class Connection:
    """A client and the breaker of its readers; one per process and set of addresses."""

    def __init__(self, urls: str, api_key: str, ca_file: str) -> None:
        self.client = Elasticsearch(**_arguments(urls, api_key, ca_file))
        self.breaker = Breaker()


def client() -> Elasticsearch:
    """Return this process's client; nothing is sent before the first call.

    Raises:
        ElasticsearchAway: no address is configured.
    """
    return connection().client


def connection() -> Connection:
    """Return this process's connection to the addresses of the settings.

    Raises:
        ElasticsearchAway: no address is configured, or an unusable one.
    """
    urls = settings.ELASTICSEARCH_URL
    if not urls:
        raise ElasticsearchAway("ELASTICSEARCH_URL is not set and no local service runs")
    # The process id: a forked child must not share sockets with its parent.
    try:
        return _connection(
            urls, settings.ELASTICSEARCH_API_KEY, settings.ELASTICSEARCH_CA_FILE, os.getpid()
        )
    except (ValueError, OSError) as error:
        raise ElasticsearchAway(f"ELASTICSEARCH_URL or its CA file is unusable: {error}") from error


@lru_cache(maxsize=8)
def _connection(urls: str, api_key: str, ca_file: str, pid: int) -> Connection:
    return Connection(urls, api_key, ca_file)


def _arguments(urls: str, api_key: str, ca_file: str) -> dict[str, Any]:
    """Return the client's arguments for addresses `https://user:password@host:port, …`."""
    parts = [urlsplit(url.strip()) for url in urls.split(",") if url.strip()]
    arguments: dict[str, Any] = {
        "hosts": [
            f"{part.scheme}://{part.hostname}:{part.port or _DEFAULT_PORTS.get(part.scheme, 9200)}"
            f"{part.path.rstrip('/')}"
            for part in parts
        ],
        "max_retries": 1,  # another host once, never the same silent one again
        "retry_on_timeout": False,
        # Beyond it a thread waits for a connection without any limit.
        "connections_per_node": CONNECTIONS_PER_HOST,
        "node_class": FristKnoten,
    }
    if api_key:
        arguments["api_key"] = api_key
    elif parts[0].username:
        arguments["basic_auth"] = (unquote(parts[0].username), unquote(parts[0].password or ""))
    if ca_file:
        arguments["ca_certs"] = ca_file
    return arguments


@contextmanager
def speaking() -> Iterator[None]:
    """Inside, every error of the client becomes `ElasticsearchAway`."""
    try:
        yield
    except ApiError as error:
        raise ElasticsearchAway(f"{error.status_code} {error.error}", error.status_code) from error
    except (TransportError, UnsupportedProductError) as error:
        raise ElasticsearchAway(type(error).__name__) from error


def run(search: Search, *, kind: str, timeout: float) -> dict[str, Any]:
    """Return Elasticsearch's answer to one query on the live index of this kind.

    Args:
        search: compiled query; it needs no index.
        kind: "leistung" or "behoerde".
        timeout: seconds until the caller would rather use PostgreSQL.

    Raises:
        ElasticsearchAway: no complete answer in time, or the breaker is open.
    """
    link = connection()
    if not link.breaker.allows(time.monotonic()):
        raise ElasticsearchAway("the breaker is open")
    try:
        with speaking():
            answer = link.client.options(request_timeout=timeout).search(
                index=alias_name(settings.SEARCH_INDEX_PREFIX, kind),
                body=search.to_dict(),
                allow_partial_search_results=False,  # a 200 with failed shards loses hits silently
            )
    except ElasticsearchAway as error:
        if error.status == _FAULT_OF_THE_QUERY:
            _note(link.breaker, "")
            logger.error("Elasticsearch refuses a query of ours: %s", error)
        else:
            _note(link.breaker, str(error))
        raise
    _note(link.breaker, "")
    return dict(answer.body)


def _note(breaker: Breaker, failure: str) -> None:
    """Tell the breaker how the call went, and editors when it opens, stays open or closes."""
    was_open = breaker.is_open()
    if failure:
        breaker.failed(time.monotonic())
    else:
        breaker.succeeded()
    if breaker.is_open() and not was_open:
        logger.error("the breaker opens, PostgreSQL answers: %s", failure)
    if was_open and not breaker.is_open():
        logger.info("the breaker closes, Elasticsearch answers again")
    if was_open or breaker.is_open():
        prozesse.melde_unterbrecher(failure, neu=not was_open)


def is_breaker_open() -> bool:
    """Return whether this process does without Elasticsearch now; True without an address."""
    try:
        return connection().breaker.is_open()
    except ElasticsearchAway:
        return True


def is_healthy() -> bool:
    """Return whether Elasticsearch answers and can serve our indices (not red), within a second.

    Asks the health of the cluster: `info()` and `ping()` need `GET /`, which the server core lacks.
    """
    try:
        with speaking():
            answer = (
                client()
                .options(request_timeout=HEALTH_TIMEOUT_SECONDS, max_retries=0)
                .cluster.health(index=f"{settings.SEARCH_INDEX_PREFIX}-*")
            )
    except ElasticsearchAway:
        return False
    return answer["status"] in {"green", "yellow"}
