"""Judged queries: reading the file, nDCG@10 with known values."""

from __future__ import annotations

import math

import pytest

from search.evaluation import BewertungFehler, lies_faelle, ndcg
from search.gate import DATEI

HEAD = "query\tplace\texpected\tclass\n"


def test_reads_grades_places_and_comments() -> None:
    faelle = lies_faelle(f"# Kommentar\n{HEAD}\nhund\t160510000000\thund-anmelden,steuer:1\tverb\n")

    assert len(faelle) == 1
    assert faelle[0].expected == {"hund-anmelden": 3, "steuer": 1}
    assert (faelle[0].place, faelle[0].klasse, faelle[0].zeile) == ("160510000000", "verb", 4)


@pytest.mark.parametrize(
    ("text", "zeile"),
    [
        ("query\texpected\n", 1),
        (f"{HEAD}hund\t\thund\n", 2),
        (f"{HEAD}\t\thund\tverb\n", 2),
        (f"{HEAD}hund\tErfurt\thund\tverb\n", 2),
        (f"{HEAD}hund\t\thund:4\tverb\n", 2),
        (f"{HEAD}hund\t\tHund anmelden\tverb\n", 2),
    ],
)
def test_unreadable_lines_are_named(text: str, zeile: int) -> None:
    with pytest.raises(BewertungFehler, match=f"^Zeile {zeile}:"):
        lies_faelle(text)


def test_ndcg_of_known_lists() -> None:
    grades = {1: 3, 2: 1}

    assert ndcg([1, 2, 9], grades) == 1.0
    assert ndcg([], grades) == 0.0
    ideal = 7 + 1 / math.log2(3)
    assert ndcg([2, 1], grades) == pytest.approx((1 + 7 / math.log2(3)) / ideal)
    assert ndcg([9] * 10 + [1], grades) == 0.0  # the eleventh hit counts nothing
    # The ideal is that of all judged answers, not of those returned.
    assert ndcg([1], {1: 3, 2: 3, 3: 3}) < 0.5


def test_our_gate_is_readable() -> None:
    assert len(lies_faelle(DATEI.read_text(encoding="utf-8"))) >= 30
