"""The splitter against words it was never tuned on, and its single rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.analysis.compounds import split
from search.analysis.tokens import analyse, fold, part_words

ROWS = [
    line.split("\t")
    for line in Path(__file__).with_name("zerlegung.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def stem(word: str) -> str:
    return analyse(word)[0].stamm


def test_held_out_compounds_are_split_into_the_right_parts() -> None:
    """First run on this list: 139 of 150 fully right, 307 of 316 parts right."""
    compounds = [(word, [stem(p) for p in parts.split()]) for word, parts in ROWS if parts != "-"]
    results = [(gold, [stem(part) for part in split(word)]) for word, gold in compounds]
    parts = [part in gold for gold, found in results for part in found]

    assert len(compounds) == 150
    assert sum(gold == found for gold, found in results) / len(results) >= 0.92
    assert sum(parts) / len(parts) >= 0.96


def test_held_out_simple_words_stay_whole() -> None:
    """First run on this list: 2 of 141 were split (Voraussetzung, verbrauchen)."""
    simple = [word for word, parts in ROWS if parts == "-"]

    assert len(simple) >= 100
    assert sum(bool(split(word)) for word in simple) <= 2


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Hundesteueranmeldung", "hund steuer anmeldung"),
        ("Personalausweisverlustes", "personal ausweis verlust"),
        ("Gesundheitspass", "gesundheit pass"),
        ("fuehrerscheinstelle", "führer schein stelle"),
        ("Bußgeldstelle", "bußgeld stelle"),
        ("Schulanmeldung", "schule anmeldung"),
        ("wasserrechtliche", "wasser rechtlich"),
    ],
)
def test_parts_cover_the_whole_word(word: str, parts: str) -> None:
    assert split(word) == tuple(parts.split())


@pytest.mark.parametrize("word", ["Erlaubnis", "Kennzeichen", "Mühlhausen", "Bauamt", "x" * 80])
def test_words_left_whole(word: str) -> None:
    assert split(word) == ()


def test_spelling_does_not_change_the_parts() -> None:
    assert split("Übermittlungssperre") == split(fold("Übermittlungssperre"))


def test_part_words_are_unstemmed() -> None:
    assert part_words("Personalausweise, Hundesteuer") == ["personal", "ausweis", "hund", "steuer"]
