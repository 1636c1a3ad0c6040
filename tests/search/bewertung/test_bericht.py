"""Figures per class, the stable JSON form, and two reports side by side."""

from __future__ import annotations

import json
from typing import Any

import pytest

from search.bewertung.bericht import as_json, as_text, engine_of, je_klasse, werte
from search.bewertung.masse import Note, bewerte
from search.bewertung.vergleich import VergleichFehler, vergleiche
from search.evaluation import Fall

MASSE = ["queries", "ndcg@10", "mrr@10", "success@1", "success@3", "zero_result", "zero_rate"]


def note(query: str, found: list[str], klasse: str = "alltag", antwort: str = "a") -> Note:
    expected = {antwort: 3} if antwort else {}
    return bewerte(Fall(query, "", expected, klasse, 2), found, "elasticsearch")


NOTEN = (
    note("eins", ["a"]),
    note("zwei", ["x", "a"]),
    note("drei", []),
    note("vier", ["x", "y", "z", "a"], "frage"),
    note("pizza", ["x"], "nichts", ""),
    note("wetter", [], "nichts", ""),
)


def test_means_leave_out_what_has_no_answer() -> None:
    overall = werte(NOTEN).as_json()

    assert [overall[key] for key in MASSE] == [6, 0.5154, 0.4375, 0.25, 0.5, 0.25, 0.25]
    assert overall["nothing_ok"] == 0.5
    low, high = overall["interval"]["ndcg@10"]
    assert low < overall["ndcg@10"] < high


def test_a_class_without_answers_has_no_other_figure() -> None:
    classes = je_klasse(NOTEN)

    assert list(classes) == ["alltag", "frage", "nichts"]
    assert classes["nichts"].as_json() == {
        "queries": 2,
        **dict.fromkeys(MASSE[1:]),
        "nothing_ok": 0.5,
        "interval": {},
    }


def test_misses_are_listed_with_what_was_found() -> None:
    report = as_json(NOTEN, semantics=False)

    assert [miss["query"] for miss in report["misses"]] == ["drei", "vier", "pizza"]
    assert report["misses"][1] == {
        "query": "vier",
        "place": "",
        "class": "frage",
        "expected": {"a": 3},
        "got": ["x", "y", "z", "a"],
        "rank": 4,
        "ndcg@10": 0.4307,
    }


def test_a_summary_names_no_query_and_no_class() -> None:
    report = as_json(NOTEN, semantics=False, summary=True)
    text = json.dumps(report) + as_text(NOTEN, summary=True)

    assert not any(word in text for word in ("drei", "vier", "pizza", "alltag"))
    assert report["overall"] == as_json(NOTEN, semantics=False)["overall"]
    assert "insgesamt" in text


def test_the_table_shows_every_class_and_every_miss() -> None:
    text = as_text(NOTEN)

    assert "alltag            3" in text
    assert "frage: vier\n    a (Rang 4) – gefunden: x, y, z" in text
    assert "nichts: pizza\n    nichts (fehlt) – gefunden: x" in text


def test_a_change_of_engine_is_not_hidden() -> None:
    other = bewerte(NOTEN[0].fall, ["a"], "postgresql")

    assert engine_of(NOTEN) == "elasticsearch"
    assert engine_of([*NOTEN, other]) == "gemischt"


def test_nothing_changed_since_the_same_run() -> None:
    change = vergleiche(NOTEN, as_json(NOTEN, semantics=False))

    assert (change.gemeinsam, change.besser, change.schlechter) == (4, (), ())
    assert change.unterschied == pytest.approx(0, abs=1e-4)
    assert not change.is_sicher


def test_the_difference_is_that_of_common_queries() -> None:
    earlier = as_json([note("eins", []), note("zwei", ["a"]), note("alt", [])], semantics=False)
    change = vergleiche(NOTEN, json.loads(json.dumps(earlier)))

    assert (change.gemeinsam, change.vorher) == (2, 0.5)
    assert [n.fall.query for n in change.besser] == ["eins"]
    assert [n.fall.query for n in change.schlechter] == ["zwei"]
    assert change.as_json()["difference"] == 0.3155
    assert "zwei" not in json.dumps(change.as_json(summary=True)) + change.as_text(summary=True)


def test_a_difference_everywhere_is_no_chance() -> None:
    now = [note(f"q{number}", ["a"]) for number in range(20)]
    earlier = as_json([note(f"q{number}", ["x", "a"]) for number in range(20)], semantics=False)

    assert vergleiche(now, earlier).is_sicher


@pytest.mark.parametrize("report", [{}, {"cases": 3}, {"cases": [{"id": "x"}]}, {"cases": []}])
def test_other_json_is_refused(report: dict[str, Any]) -> None:
    with pytest.raises(VergleichFehler):
        vergleiche(NOTEN, report)
