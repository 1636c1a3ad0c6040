"""The bootstrap: known cases and laws."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.bewertung.streuung import intervall

WERTE = st.lists(st.floats(0, 1), min_size=1, max_size=30)


def test_equal_values_leave_no_doubt() -> None:
    assert intervall([0.5] * 20) == (0.5, 0.5)


def test_the_same_values_give_the_same_interval() -> None:
    assert intervall([0, 0.3, 1], 500) == intervall([0, 0.3, 1], 500)


def test_the_interval_is_that_of_the_binomial_distribution() -> None:
    low, high = intervall([0.0] * 50 + [1.0] * 50)

    assert low == pytest.approx(0.5 - 1.96 * 0.05, abs=0.011)
    assert high == pytest.approx(0.5 + 1.96 * 0.05, abs=0.011)


def test_no_values_have_no_interval() -> None:
    with pytest.raises(ValueError, match="values"):
        intervall([])


@given(WERTE)
@settings(max_examples=50, deadline=None)
def test_it_stays_within_the_values_and_in_order(werte: list[float]) -> None:
    low, high = intervall(werte, 200)

    assert min(werte) - 1e-9 <= low <= high <= max(werte) + 1e-9


@given(st.floats(0.1, 1), st.integers(2, 10))
@settings(max_examples=20, deadline=None)
def test_more_of_the_same_queries_make_it_narrower(step: float, times: int) -> None:
    few, many = [0.0, step] * 5, [0.0, step] * 5 * times * 4

    assert _width(many) < _width(few)


def _width(werte: list[float]) -> float:
    low, high = intervall(werte, 1000)
    return high - low
