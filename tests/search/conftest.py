"""Every test of the search begins without remembered words and rules."""

from __future__ import annotations

import pytest

from search import suchregeln, vokabular


@pytest.fixture(autouse=True)
def vergessenes_vokabular() -> None:
    """The words of another test's documents say nothing about this one's."""
    vokabular.forget()
    suchregeln.forget()
