"""Notes of single queries: values computed by hand, and what must hold for any list."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.bewertung.masse import Note, bewerte
from search.evaluation import Fall

ANTWORTEN = {"hund": 3, "steuer": 2, "katze": 1}
SLUGS = [*ANTWORTEN, *(f"fremd-{number}" for number in range(12))]


def fall(expected: dict[str, int] | None = None, query: str = "hund") -> Fall:
    return Fall(query, "", ANTWORTEN if expected is None else expected, "alltag", 2)


def test_the_ideal_list_is_worth_one() -> None:
    note = bewerte(fall(), ["hund", "steuer", "katze"])

    assert (note.ndcg, note.mrr, note.rang) == (1.0, 1.0, 1)
    assert not note.is_verfehlt


def test_known_values_of_a_list_in_the_wrong_order() -> None:
    note = bewerte(fall(), ["katze", "fremd-1", "hund"])

    ideal = 7 + 3 / math.log2(3) + 1 / 2
    assert note.ndcg == pytest.approx((1 + 7 / 2) / ideal)
    assert note.mrr == pytest.approx(1 / 3)
    assert (note.erfolg(1), note.erfolg(3)) == (False, True)


def test_a_related_service_on_top_is_no_success() -> None:
    note = bewerte(fall(), ["katze", "steuer"])

    assert (note.rang, note.mrr, note.erfolg(3), note.is_verfehlt) == (0, 0.0, False, True)
    assert note.ndcg > 0


def test_without_a_best_grade_the_best_there_is_counts() -> None:
    assert bewerte(fall({"steuer": 2, "katze": 1}), ["steuer"]).rang == 1


def test_the_eleventh_hit_counts_nothing() -> None:
    note = bewerte(fall(), [*SLUGS[3:13], "hund"])

    assert (len(note.gefunden), note.rang, note.ndcg) == (10, 0, 0.0)


@pytest.mark.parametrize(("found", "verfehlt"), [([], False), (["hund"], True)])
def test_nothing_is_right_where_nothing_was_asked_for(found: list[str], verfehlt: bool) -> None:
    note = bewerte(fall({}), found)

    assert (note.is_answerable, note.is_verfehlt) == (False, verfehlt)


def test_the_id_changes_with_query_place_and_judgement_only() -> None:
    same = [bewerte(fall(), found).kennung for found in ([], ["hund"])]
    others = [
        bewerte(fall({"hund": 2}), []).kennung,
        bewerte(fall(query="hunde"), []).kennung,
        bewerte(Fall("hund", "160510000000", ANTWORTEN, "alltag", 2), []).kennung,
    ]

    assert same[0] == same[1]
    assert len({same[0], *others}) == 4


@given(st.permutations(SLUGS))
def test_measures_lie_between_zero_and_one(found: list[str]) -> None:
    note = bewerte(fall(), found)

    assert 0 <= note.ndcg <= 1
    assert 0 <= note.mrr <= 1
    assert note.erfolg(1) <= note.erfolg(3)


@given(st.permutations(SLUGS), st.integers(1, 9))
def test_moving_the_answer_up_never_hurts(found: list[str], position: int) -> None:
    before = [slug for slug in found if slug != "hund"]
    lower, higher = _with(before, position), _with(before, position - 1)

    assert higher.ndcg > lower.ndcg
    assert higher.mrr > lower.mrr


def _with(found: list[str], position: int) -> Note:
    return bewerte(fall(), [*found[:position], "hund", *found[position:]])
