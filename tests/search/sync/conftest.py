"""An index prefix of its own for every test; whatever was created is deleted by name."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from search import client, indices, targets
from search.config import DOKUMENT_KINDS
from search.mapping import index_body
from search.rebuild import rebuild

_numbers = itertools.count()


@pytest.fixture(autouse=True)
def index_prefix(settings: Any) -> Iterator[str]:
    url = settings.ELASTICSEARCH_URL
    prefix = f"zufisync{os.getpid()}t{next(_numbers)}"
    settings.SEARCH_INDEX_PREFIX = prefix
    yield prefix
    settings.ELASTICSEARCH_URL = url
    settings.SEARCH_INDEX_PREFIX = prefix
    for kind in DOKUMENT_KINDS:
        for name in indices.existing(kind):
            indices.delete(name)
        indices.drop_template(kind)


@pytest.fixture
def es() -> Elasticsearch:
    return client.client()


@pytest.fixture
def index(db: None) -> str:
    """Empty live indices of both kinds; the name of that of the Leistungen."""
    names = {kind: rebuild(kind, lambda _: None) for kind in DOKUMENT_KINDS}
    return names["leistung"]


@pytest.fixture
def index_without_english(db: None, es: Elasticsearch, index_prefix: str) -> str:
    """A live index of Leistungen that refuses documents with English text."""
    name = f"{index_prefix}-leistung-ohne-englisch"
    body = index_body("leistung")
    del body["mappings"]["properties"]["text_en"]
    es.indices.create(index=name, body=body)
    targets.register_building("leistung", name)
    targets.promote(name)
    return name
