"""Marked passages: right words, right window, nothing lost."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from search.highlight import ELLIPSIS, highlight
from search.plan import Term, build_plan


def terms(query: str) -> tuple[Term, ...]:
    return build_plan(query, heute=date(2026, 1, 1)).readings[0].terme


def marked(text: str, query: str) -> list[str]:
    return [piece for piece, hit in highlight(text, terms(query)) if hit]


def test_inflected_words_and_umlauts_are_marked() -> None:
    assert marked("Für Ihre Führerscheine: Gebühren", "fuehrerschein gebühr") == [
        "Führerscheine",
        "Gebühren",
    ]


def test_parts_and_compounds_meet() -> None:
    assert marked("Die Hundesteuer melden Sie an.", "hunde steuer") == ["Hundesteuer"]
    assert marked("Steuer für den Hund", "Hundesteuer") == ["Steuer", "Hund"]


def test_without_hit_the_beginning_is_shown() -> None:
    pieces = highlight("Wort " * 100, terms("hund"), width=50)

    assert pieces[-1] == (ELLIPSIS, False)
    assert pieces[0][0].startswith("Wort Wort")
    assert len(pieces[0][0]) <= 50


def test_window_shows_most_distinct_terms() -> None:
    text = "Ein Hund. " + "Lorem ipsum dolor. " * 30 + "Den Hund bei der Gemeinde anmelden. Ende."
    pieces = highlight(text, terms("hund anmelden"), width=80)

    assert [piece for piece, hit in pieces if hit] == ["Hund", "anmelden"]
    assert pieces[0] == (ELLIPSIS, False)


@given(st.text(max_size=400), st.integers(min_value=20, max_value=200))
def test_pieces_are_a_passage_of_the_text(text: str, width: int) -> None:
    pieces = highlight(f"{text} Hund {text}", terms("hund"), width=width)
    shown = "".join(piece for piece, _ in pieces).removeprefix(ELLIPSIS).removesuffix(ELLIPSIS)

    assert shown in f"{text} Hund {text}"
    assert len(shown) <= width
    assert all(piece for piece, _ in pieces)
