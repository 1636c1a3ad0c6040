"""Weekly rules as editors type them: read, refused, put into words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from behoerden.domain.zeitregel import (
    ZeitregelFehler,
    parse_regel,
    regel_in_worten,
    spannen_am,
    spannen_in_worten,
)

MONTAG = date(2026, 11, 23)
KURZ = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


@pytest.mark.parametrize(
    ("text", "gespeichert"),
    [
        ("Mo-Fr 09:00-12:00", "Mo-Fr 09:00-12:00"),
        ("Di 09:00-12:00", "Tu 09:00-12:00"),
        ("dienstag 9:00–12:00 Uhr", "Tu 09:00-12:00"),
        ("Mo-Mi 09:00-12:00; Do 14:00-18:00; PH off", "Mo-We 09:00-12:00; Th 14:00-18:00"),
        ("PH closed; Mo 09:00-12:00", "Mo 09:00-12:00"),
        ("So geschlossen; Sa 10:00-12:00", "Sa 10:00-12:00"),
        ("Fr 09:00-12:00 „mit Termin“", 'Fr 09:00-12:00 "mit Termin"'),
        ("24/7", "24/7"),
    ],
)
def test_german_and_osm_days_are_stored_as_osm(text: str, gespeichert: str) -> None:
    assert parse_regel(text) == gespeichert


def test_words_in_quotes_are_left_alone() -> None:
    assert parse_regel('Mo 09:00-12:00 "Di und Do im Amt"') == 'Mo 09:00-12:00 "Di und Do im Amt"'


@pytest.mark.parametrize("text", ["Di 9 bis 12", "vormittags", "Mo 25:00-26:00", "Mo 9-12"])
def test_unreadable_rule_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ZeitregelFehler, match="Tu 09:00-12:00") as fehler:
        parse_regel(text)

    assert text in str(fehler.value)


@pytest.mark.parametrize("text", ["PH 10:00-12:00", "Mo 09:00-12:00; SH off", "PH,Mo 9:00-12:00"])
def test_rules_about_holidays_are_left_to_exceptions(text: str) -> None:
    with pytest.raises(ZeitregelFehler, match="Ausnahme"):
        parse_regel(text)


def test_hours_by_the_sun_are_refused() -> None:
    with pytest.raises(ZeitregelFehler, match="Sonnenstand"):
        parse_regel("Mo sunrise-12:00")


@pytest.mark.parametrize(
    ("regel", "worte"),
    [
        ("Mo-Fr 09:00-12:00", "Montag bis Freitag 9–12 Uhr; Samstag und Sonntag geschlossen"),
        (
            "Mo 08:30-12:00,13:00-16:00",
            "Montag 8:30–12 Uhr und 13–16 Uhr; Dienstag bis Sonntag geschlossen",
        ),
        ("24/7", "Montag bis Sonntag durchgehend"),
        ('"nach Vereinbarung"', "Montag bis Sonntag nach Vereinbarung"),
    ],
)
def test_rule_in_words(regel: str, worte: str) -> None:
    assert regel_in_worten(parse_regel(regel), MONTAG + timedelta(days=3)) == worte


def test_later_rule_replaces_the_day_and_the_sentence_shows_it() -> None:
    """The trap of the syntax: after ";" Thursday has these hours only."""
    assert "Donnerstag 14–18 Uhr" in regel_in_worten("Mo-Fr 09:00-12:00; Th 14:00-18:00", MONTAG)
    assert "Donnerstag 9–12 Uhr und 14–18 Uhr" in regel_in_worten(
        "Mo-Fr 09:00-12:00, Th 14:00-18:00", MONTAG
    )


def test_rule_of_single_weeks_says_so() -> None:
    assert regel_in_worten("Sa[1] 09:00-11:00", MONTAG).endswith("nicht in jeder Woche")


def test_late_evening_belongs_to_the_day_it_begins() -> None:
    freitag = MONTAG + timedelta(days=4)

    assert spannen_in_worten(spannen_am("Fr 22:00-02:00", freitag)) == "22–2 Uhr"
    assert spannen_am("Fr 22:00-02:00", freitag + timedelta(days=1)) == ()
    assert spannen_in_worten(spannen_am("Mo 18:00-24:00", MONTAG)) == "18–24 Uhr"


@given(
    tag=st.dates(date(2020, 1, 1), date(2035, 12, 31)),
    wochentag=st.integers(0, 6),
    beginn=st.integers(0, 22),
    dauer=st.integers(1, 23),
)
def test_a_rule_of_one_day_opens_on_that_day_only(
    tag: date, wochentag: int, beginn: int, dauer: int
) -> None:
    ende = min(beginn + dauer, 24)
    spannen = spannen_am(f"{KURZ[wochentag]} {beginn:02}:00-{ende:02}:00", tag)

    assert len(spannen) == (tag.weekday() == wochentag)
    for spanne in spannen:
        assert spanne.von.date() == tag
        assert spanne.von.hour == beginn
        assert spanne.bis - spanne.von == timedelta(hours=ende - beginn)


@given(
    st.lists(
        st.tuples(st.integers(0, 6), st.integers(6, 11), st.integers(12, 19)),
        min_size=1,
        max_size=9,
    )
)
def test_stored_form_is_stable_and_means_the_same(teile: list[tuple[int, int, int]]) -> None:
    text = "; ".join(f"{KURZ[tag]} {von:02}:00-{bis:02}:00" for tag, von, bis in teile)
    gespeichert = parse_regel(text)

    assert parse_regel(gespeichert) == gespeichert
    for nummer in range(7):
        tag = MONTAG + timedelta(days=nummer)
        assert spannen_am(gespeichert, tag) == spannen_am(text, tag)
