"""Indices of their own, and a proxy that holds requests back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from search import client
from tests.faults.proxy import Proxy
from tests.search.sync.conftest import es, index, index_prefix

__all__ = ["es", "index", "index_prefix"]


@pytest.fixture
def proxy(index: str, settings: Any) -> Iterator[Proxy]:
    """Between our client and the real server; the live indices exist."""
    port = urlsplit(settings.ELASTICSEARCH_URL.split(",")[0]).port
    assert port is not None
    between = Proxy(port)
    settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{between.listen('test')}"
    yield between
    client.client().close()
    between.close()
    client._connection.cache_clear()
