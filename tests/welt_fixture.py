"""A small Land, published and indexed, for every test of the whole path."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.indexing import own_indices
from tests.welt import Welt, build


@pytest.fixture
def welt(transactional_db: None, settings: Any) -> Iterator[Welt]:
    small = build()
    with own_indices(settings):
        yield small
