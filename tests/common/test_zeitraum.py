"""Periods of inclusive days."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zufi.common.zeitraum import enthaelt, heute, ueberlappen

DAYS = st.none() | st.dates(date(2020, 1, 1), date(2030, 12, 31))


def test_day_begins_at_midnight_in_berlin() -> None:
    assert heute(datetime(2026, 11, 23, 22, 59, tzinfo=UTC)) == date(2026, 11, 23)
    assert heute(datetime(2026, 11, 23, 23, 0, tzinfo=UTC)) == date(2026, 11, 24)
    assert heute(datetime(2026, 6, 30, 22, 0, tzinfo=UTC)) == date(2026, 7, 1)


@pytest.mark.parametrize("tag", [date(2026, 1, 1), date(2026, 12, 31)])
def test_both_ends_belong_to_the_period(tag: date) -> None:
    assert enthaelt(date(2026, 1, 1), date(2026, 12, 31), tag)


@given(DAYS, DAYS, DAYS, DAYS)
def test_overlap_is_symmetric(
    ab: date | None, bis: date | None, ab_2: date | None, bis_2: date | None
) -> None:
    assert ueberlappen(ab, bis, ab_2, bis_2) == ueberlappen(ab_2, bis_2, ab, bis)


@given(DAYS, DAYS, DAYS, DAYS, st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_common_day_means_overlap(
    ab: date | None, bis: date | None, ab_2: date | None, bis_2: date | None, tag: date
) -> None:
    if enthaelt(ab, bis, tag) and enthaelt(ab_2, bis_2, tag):
        assert ueberlappen(ab, bis, ab_2, bis_2)
