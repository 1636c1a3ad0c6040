"""Live indices for tests: a prefix of their own, deleted by name afterwards."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from search import indices
from search.config import DOKUMENT_KINDS
from search.rebuild import rebuild

_numbers = itertools.count()


@contextmanager
def own_indices(settings: Any) -> Iterator[None]:
    """Inside, both kinds have a live index with everything that is published now."""
    url = settings.ELASTICSEARCH_URL
    prefix = f"zufiflow{os.getpid()}t{next(_numbers)}"
    settings.SEARCH_INDEX_PREFIX = prefix
    try:
        for kind in DOKUMENT_KINDS:
            rebuild(kind, lambda _: None)
        yield
    finally:
        settings.ELASTICSEARCH_URL = url
        settings.SEARCH_INDEX_PREFIX = prefix
        for kind in DOKUMENT_KINDS:
            for name in indices.existing(kind):
                indices.delete(name)
            indices.drop_template(kind)


def refresh() -> None:
    """What was sent is found from now on."""
    for kind in DOKUMENT_KINDS:
        for name in indices.existing(kind):
            indices.refresh(name)
