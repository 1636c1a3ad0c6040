"""Open or closed: exception before holiday before weekly rule; the moment is passed in."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from behoerden.domain.oeffnungszeit import (
    BITTE_ERFRAGEN,
    Ausnahme,
    Zeitplan,
    Zeitregel,
    feiertag,
    is_offen,
    kommende_ausnahmen,
    tagesplan,
    woche,
    zustand,
)

BERLIN = ZoneInfo("Europe/Berlin")
REGEL = "Mo-Fr 09:00-12:00; Tu 09:00-12:00,13:00-18:00"
PLAN = Zeitplan((Zeitregel(REGEL),))


def am(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def mit(*ausnahmen: Ausnahme, regel: str = REGEL) -> Zeitplan:
    return Zeitplan((Zeitregel(regel),), ausnahmen)


@pytest.mark.parametrize(
    ("jetzt", "worte"),
    [
        ("2026-11-24T10:00", "jetzt geöffnet bis 12 Uhr"),
        ("2026-11-24T17:59", "jetzt geöffnet bis 18 Uhr"),
        ("2026-11-24T12:00", "jetzt geschlossen, öffnet heute 13 Uhr"),
        ("2026-11-24T09:00", "jetzt geöffnet bis 12 Uhr"),
        ("2026-11-23T12:00", "jetzt geschlossen, öffnet Dienstag 9 Uhr"),
        ("2026-11-27T18:00", "jetzt geschlossen, öffnet Montag 9 Uhr"),
        ("2026-10-30T10:00", "jetzt geöffnet bis 12 Uhr"),
        ("2025-10-31T10:00", "heute geschlossen (Reformationstag)"),
        ("2027-09-20T10:00", "heute geschlossen (Weltkindertag)"),
        ("2026-12-25T10:00", "heute geschlossen (Erster Weihnachtstag)"),
        ("2026-04-02T13:00", "jetzt geschlossen, öffnet Dienstag 9 Uhr"),
    ],
)
def test_state_in_words(jetzt: str, worte: str) -> None:
    assert zustand(PLAN, am(jetzt)) == worte


def test_holidays_of_the_land_are_known_and_others_are_not() -> None:
    assert feiertag(date(2026, 9, 20)) == "Weltkindertag"
    assert feiertag(date(2026, 10, 31)) == "Reformationstag"
    assert feiertag(date(2026, 11, 1)) == ""  # Allerheiligen is none in Thüringen
    assert feiertag(date(2026, 6, 4)) == ""  # Fronleichnam is one in parts only


def test_without_hours_nothing_is_claimed() -> None:
    leer = Zeitplan()
    nur_ausnahme = Zeitplan((), (Ausnahme(date(2026, 12, 24), date(2026, 12, 24)),))
    abgelaufen = Zeitplan((Zeitregel(REGEL, bis=date(2026, 1, 1)),))

    for plan in (leer, nur_ausnahme, abgelaufen):
        assert zustand(plan, am("2026-11-24T10:00")) == BITTE_ERFRAGEN
        assert woche(plan, date(2026, 11, 24)) == ()


def test_exception_goes_before_holiday_and_rule() -> None:
    plan = mit(
        Ausnahme(date(2026, 12, 24), date(2026, 12, 24), grund="Heiligabend"),
        Ausnahme(date(2026, 12, 25), date(2026, 12, 25), "Fr 10:00-11:00"),
    )

    assert zustand(plan, am("2026-12-24T10:00")) == "heute geschlossen (Heiligabend)"
    assert zustand(plan, am("2026-12-25T10:30")) == "jetzt geöffnet bis 11 Uhr"


def test_exception_over_several_days_includes_both_ends() -> None:
    plan = mit(Ausnahme(date(2026, 12, 28), date(2027, 1, 8), grund="Umzug"))

    assert tagesplan(plan, date(2026, 12, 27)).grund == ""
    assert tagesplan(plan, date(2026, 12, 28)).grund == "Umzug"
    assert tagesplan(plan, date(2027, 1, 8)).spannen == ()
    assert tagesplan(plan, date(2027, 1, 11)).spannen != ()
    assert zustand(plan, am("2026-12-23T13:00")) == "jetzt geschlossen, öffnet Donnerstag 9 Uhr"
    assert zustand(plan, am("2026-12-24T13:00")) == (
        "jetzt geschlossen, öffnet am 11. Januar um 9 Uhr"
    )


def test_shorter_exception_decides_inside_a_longer_one() -> None:
    plan = mit(
        Ausnahme(date(2026, 12, 21), date(2027, 1, 3), grund="Betriebsruhe"),
        Ausnahme(date(2026, 12, 29), date(2026, 12, 29), "Tu 10:00-12:00", "Notdienst"),
    )

    assert zustand(plan, am("2026-12-29T10:00")) == "jetzt geöffnet bis 12 Uhr"
    assert zustand(plan, am("2026-12-30T10:00")) == "heute geschlossen (Betriebsruhe)"


def test_closed_for_longer_than_is_looked_ahead() -> None:
    plan = mit(Ausnahme(date(2026, 11, 1), date(2027, 6, 30)))

    assert zustand(plan, am("2026-11-24T10:00")) == "heute geschlossen"
    assert zustand(Zeitplan((Zeitregel("Mo off"),)), am("2026-11-24T10:00")) == (
        "zurzeit geschlossen"
    )


def test_rule_holds_in_its_period_only() -> None:
    sommer = Zeitregel("Mo-Fr 07:00-10:00", date(2026, 6, 1), date(2026, 8, 31))
    winter = Zeitregel("Mo-Fr 09:00-12:00", date(2026, 9, 1))
    plan = Zeitplan((sommer, winter))

    assert zustand(plan, am("2026-08-31T08:00")) == "jetzt geöffnet bis 10 Uhr"
    assert zustand(plan, am("2026-08-31T11:00")) == "jetzt geschlossen, öffnet Dienstag 9 Uhr"


def test_late_evening_goes_on_after_midnight() -> None:
    plan = mit(regel="Fr 22:00-02:00")

    assert zustand(plan, am("2026-11-27T23:00")) == "jetzt geöffnet bis 2 Uhr"
    assert zustand(plan, am("2026-11-28T01:59")) == "jetzt geöffnet bis 2 Uhr"
    assert not is_offen(plan, am("2026-11-28T02:00"))
    assert zustand(mit(regel="Mo 18:00-24:00"), am("2026-11-23T20:00")) == (
        "jetzt geöffnet bis 24 Uhr"
    )


def test_always_open_and_by_appointment() -> None:
    assert zustand(mit(regel="24/7"), am("2026-11-24T03:00")) == "jetzt geöffnet"
    assert zustand(mit(regel='24/7 "nach Vereinbarung"'), am("2026-11-24T03:00")) == (
        "nach Vereinbarung"
    )
    assert zustand(mit(regel='Tu 09:00-12:00 "mit Termin"'), am("2026-11-24T10:00")) == (
        "jetzt geöffnet (mit Termin) bis 12 Uhr"
    )


@pytest.mark.parametrize(
    ("utc", "offen"),
    [
        ("2026-03-29T06:59", False),  # Sunday the clocks go forward: 8:59 in Thüringen
        ("2026-03-29T07:00", True),
        ("2026-03-28T07:30", False),  # the day before, still winter time
        ("2026-10-25T07:59", False),  # the clocks went back
        ("2026-10-25T08:00", True),
    ],
)
def test_nine_is_nine_when_the_clocks_change(utc: str, offen: bool) -> None:
    plan = mit(regel="Sa,Su 09:00-12:00")

    assert is_offen(plan, datetime.fromisoformat(utc).replace(tzinfo=UTC)) is offen


@pytest.mark.parametrize("tag", [date(2026, 3, 29), date(2026, 10, 25)])
def test_the_night_the_clocks_change_has_no_gap(tag: date) -> None:
    plan = mit(regel="Sa 20:00-06:00")
    beginn = datetime.combine(tag - timedelta(days=1), datetime.min.time(), BERLIN)
    momente = [
        beginn.replace(hour=21).astimezone(UTC) + timedelta(minutes=30 * n) for n in range(16)
    ]

    for moment in momente:
        ort = moment.astimezone(BERLIN)
        assert is_offen(plan, moment) is (ort.date() < tag or ort.hour < 6)


def test_week_begins_on_monday_and_marks_today() -> None:
    zeilen = woche(PLAN, date(2026, 11, 24), date(2026, 11, 24))

    assert [zeile.tag for zeile in zeilen] == [
        "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag",
    ]  # fmt: skip
    assert zeilen[1].zeit == "9–12 Uhr und 13–18 Uhr"
    assert [zeile.heute for zeile in zeilen] == [False, True, False, False, False]


def test_week_names_special_days_with_their_date() -> None:
    plan = mit(Ausnahme(date(2026, 12, 24), date(2026, 12, 24), grund="Heiligabend"))
    zeiten = {z.tag: z.zeit for z in woche(plan, date(2026, 12, 21), date(2026, 12, 21))}

    assert zeiten["Donnerstag"] == "am 24. Dezember geschlossen (Heiligabend)"
    assert zeiten["Freitag"] == "am 25. Dezember geschlossen (Erster Weihnachtstag)"
    heute = woche(plan, date(2026, 12, 24), date(2026, 12, 24))
    assert [z.zeit for z in heute if z.heute] == ["geschlossen (Heiligabend)"]


def test_weekend_is_shown_when_it_matters() -> None:
    sonntag = date(2026, 11, 29)

    assert [z.tag for z in woche(PLAN, sonntag, sonntag)][-1] == "Sonntag"
    assert "Samstag" in [z.tag for z in woche(mit(regel="Sa 09:00-11:00"), sonntag, sonntag)]


def test_exceptions_that_are_over_are_left_out() -> None:
    plan = mit(
        Ausnahme(date(2026, 12, 28), date(2026, 12, 30), "Mo-Fr 10:00-11:00", "Jahreswechsel"),
        Ausnahme(date(2026, 12, 24), date(2026, 12, 24), grund="Heiligabend"),
        Ausnahme(date(2026, 12, 31), date(2027, 1, 2)),
        Ausnahme(date(2026, 10, 2), date(2026, 10, 2)),
    )

    assert kommende_ausnahmen(plan, date(2026, 11, 24)) == (
        "24. Dezember 2026: geschlossen (Heiligabend)",
        "28. bis 30. Dezember 2026: Montag bis Mittwoch 10–11 Uhr (Jahreswechsel)",
        "31. Dezember 2026 bis 2. Januar 2027: geschlossen",
    )


MOMENTE = st.integers(0, 7 * 366 * 24 * 60).map(
    lambda minuten: (datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minuten)).astimezone(
        BERLIN
    )
)


@given(jetzt=MOMENTE)
def test_words_and_answer_never_contradict_each_other(jetzt: datetime) -> None:
    assert zustand(PLAN, jetzt).startswith("jetzt geöffnet") is is_offen(PLAN, jetzt)


@given(jetzt=MOMENTE, grund=st.sampled_from(["", "Umzug"]))
def test_closed_exception_always_wins(jetzt: datetime, grund: str) -> None:
    tag = jetzt.date()
    plan = mit(Ausnahme(tag, tag, grund=grund))

    assert not is_offen(plan, jetzt)
    assert zustand(plan, jetzt).startswith("heute geschlossen")


@given(jetzt=MOMENTE)
def test_on_a_holiday_nothing_is_open(jetzt: datetime) -> None:
    if feiertag(jetzt.date()):
        assert not is_offen(mit(regel="Mo-Su 08:00-20:00"), jetzt)


@given(jetzt=MOMENTE, ausnahmen=st.permutations(
    [
        Ausnahme(date(2024, 1, 1), date(2030, 12, 31), "Mo-Fr 08:00-10:00", "lang"),
        Ausnahme(date(2026, 1, 1), date(2026, 12, 31), grund="mittel"),
        Ausnahme(date(2026, 6, 1), date(2026, 6, 30), "Mo-Su 10:00-12:00", "kurz"),
    ]
))  # fmt: skip
def test_order_of_exceptions_does_not_matter(jetzt: datetime, ausnahmen: list[Ausnahme]) -> None:
    assert zustand(mit(*ausnahmen), jetzt) == zustand(mit(*sorted(ausnahmen, key=str)), jetzt)
