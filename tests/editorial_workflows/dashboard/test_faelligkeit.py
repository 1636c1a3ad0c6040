"""When a review is due, as a rule on plain values."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from editorial_workflows.domain.faelligkeit import (
    botschaft,
    je_woche,
    naechste_pruefung,
)

HEUTE = date(2026, 11, 24)  # a Tuesday


@given(kennung=st.uuids(), tag=st.dates(date(2020, 1, 1), date(2090, 1, 1)))
def test_next_review_is_two_years_ahead_within_the_spread(kennung: UUID, tag: date) -> None:
    tage = (naechste_pruefung(kennung, tag) - tag).days

    assert 730 * 0.85 - 1 <= tage <= 731 * 1.15 + 1
    assert naechste_pruefung(kennung, tag) == naechste_pruefung(kennung, tag)


def test_reviews_of_one_import_are_spread() -> None:
    tage = {naechste_pruefung(uuid4(), HEUTE) for _ in range(200)}

    assert len(tage) > 60
    assert max(tage) - min(tage) > timedelta(days=150)


def test_leap_day_has_a_next_review() -> None:
    assert naechste_pruefung(UUID(int=2**31), date(2028, 2, 29)).year == 2030


def test_weeks_begin_on_monday_and_leave_out_what_is_due() -> None:
    faellig = {
        HEUTE: 5,
        HEUTE + timedelta(days=1): 2,
        date(2026, 11, 30): 3,
        HEUTE + timedelta(weeks=20): 9,
    }
    wochen = je_woche(HEUTE, faellig)

    assert [woche.anzahl for woche in wochen] == [2, 3, *[0] * 10]
    assert wochen[0].montag == date(2026, 11, 23)
    assert wochen[0].nummer == 48


def test_message_says_the_numbers() -> None:
    wochen = je_woche(HEUTE, {date(2026, 12, 1): 2})

    assert botschaft(wochen, 1) == (
        "1 Prüfung ist fällig. In den nächsten 12 Wochen werden 2 Prüfungen fällig, die meisten "
        "in der Woche ab 30.11.2026."
    )
    assert botschaft(je_woche(HEUTE, {}), 0) == (
        "In den nächsten 12 Wochen wird keine Prüfung fällig."
    )
