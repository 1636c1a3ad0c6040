"""The planner: one test per kind of query a citizen types."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.plan import GEKUERZT, Filter, Plan, Reading, build_plan, mindestens

HEUTE = date(2026, 10, 1)


def plan(text: str) -> Plan:
    return build_plan(text, heute=HEUTE)


def words(reading: Reading) -> list[str]:
    return [term.genau for term in reading.terme]


def test_two_words_must_both_occur() -> None:
    (reading,) = plan("Hund anmelden").readings

    assert [(term.stamm, term.teile) for term in reading.terme] == [("hund", ()), ("anmeld", ())]
    assert (reading.gewicht, reading.mindestens, reading.grund) == (1.0, 2, "original")


def test_compound_carries_its_parts() -> None:
    (reading,) = plan("Hundesteueranmeldung").readings

    assert reading.terme[0].teile == ("hund", "steu", "anmeld")


def test_split_compound_is_also_read_as_one_word() -> None:
    original, joined = plan("hunde steuer").readings

    assert words(original) == ["hunde", "steuer"]
    assert words(joined) == ["hundesteuer"]
    assert (joined.grund, joined.gewicht, joined.mindestens) == ("zusammen", 0.9, 1)


def test_vocabulary_decides_which_neighbours_join() -> None:
    found = build_plan("per so hunde steuer", heute=HEUTE, bekannt={"perso"}.__contains__)

    assert [words(r) for r in found.readings if r.grund == "zusammen"] == []
    found = build_plan("hunde steuer", heute=HEUTE, bekannt={"hundesteuer"}.__contains__)
    assert [words(r) for r in found.readings if r.grund == "zusammen"] == [["hundesteuer"]]


def test_unknown_words_are_marked() -> None:
    found = build_plan("Hundesteuer xyzzy", heute=HEUTE, bekannt=lambda _: False)

    assert [term.bekannt for term in found.readings[0].terme] == [True, False]


def test_floskeln_are_dropped_but_verbs_may_still_help() -> None:
    original, spoken = plan("Wo kann ich meinen Personalausweis beantragen?").readings

    assert words(original) == ["personalausweis"]
    assert words(spoken) == ["personalausweis", "beantragen"]
    assert (spoken.grund, spoken.mindestens) == ("woertlich", 2)


@pytest.mark.parametrize(("text", "kept"), [("beantragen", ["beantragen"]), ("was tun", ["tun"])])
def test_the_last_word_is_never_dropped(text: str, kept: list[str]) -> None:
    assert words(plan(text).readings[0]) == kept


@pytest.mark.parametrize("text", ["führerschein", "fuehrerschein", "FÜHRERSCHEIN"])
def test_spelling_makes_no_difference(text: str) -> None:
    assert plan(text).readings == plan("Führerschein").readings


def test_key_is_looked_up_exactly_and_not_analysed() -> None:
    found = plan("99 008 001 000 000")

    assert (found.kennungen, found.readings) == (("99008001000000",), ())
    assert not found.is_empty


def test_paragraph_leaves_the_words_around_it() -> None:
    found = plan("Erlaubnis § 34a GewO")

    assert found.kennungen == ("34a gewo",)
    assert words(found.readings[0]) == ["erlaubnis"]


@pytest.mark.parametrize("text", ["", "   ", "?!", "der die das", "\0"])
def test_nothing_to_look_for(text: str) -> None:
    assert plan(text).is_empty


@pytest.mark.parametrize(
    ("count", "needed"), [(1, 1), (2, 2), (3, 2), (4, 3), (5, 4), (6, 4), (12, 10)]
)
def test_how_many_terms_must_occur(count: int, needed: int) -> None:
    assert mindestens(count) == needed


def test_long_queries_are_cut_and_say_so() -> None:
    found = plan("Antragsunterlagen " * 40)

    assert len(found.text) <= 200
    assert len(found.readings[0].terme) <= 12
    assert found.hinweise == (GEKUERZT,)


def test_place_and_filter_are_carried() -> None:
    chosen = Filter(zielgruppe="B", online=True)
    found = build_plan("hund", kette=[9, 3, 1], kommunal=[9, 3], heute=HEUTE, filter=chosen)

    assert (found.kette, found.kommunal) == ((9, 3, 1), (9, 3))
    assert (found.filter, found.heute) == (chosen, HEUTE)


@given(st.text(max_size=300))
def test_any_text_gives_a_bounded_plan(text: str) -> None:
    found = plan(text)

    assert len(found.readings) <= 8
    for reading in found.readings:
        assert 1 <= reading.mindestens <= len(reading.terme) <= 12
