"""The judged files keep their promises: classes, halves, real services, no query twice."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from tests.search.judged.aufteilung import (
    HAELFTEN,
    KLASSEN,
    ORDNER,
    as_line,
    haelfte,
    haelfte_of,
    load,
)

KATALOG = Path(__file__).parents[3] / "fixtures" / "demo" / "katalog.csv"
# Class → how many queries there must be at least, over both halves (search design, section 7).
MINDESTENS = dict(zip(KLASSEN, (20, 35, 35, 20, 25, 15, 15, 25, 10, 10, 10, 10, 5, 5), strict=True))
BEISPIELE = (
    "perso verloren",
    "lappen umtauschen",
    "kneipe aufmachen",
    "hunde steuer",
    "perosnalausweis",
    "register a car",
    "wo kann ich in gera meinen führerschein umtauschen",
)
ALLE = [fall for half in HAELFTEN for fall in load(half)]


def _slugs() -> set[str]:
    with KATALOG.open(encoding="utf-8") as file:
        return {row["slug"] for row in csv.DictReader(file)}


def test_every_class_has_its_queries() -> None:
    count = Counter(fall.klasse for fall in ALLE)

    assert set(count) == set(KLASSEN)
    assert not {name for name, least in MINDESTENS.items() if count[name] < least}
    assert len(ALLE) >= 240


def test_only_the_last_class_has_no_answer() -> None:
    assert {fall.klasse for fall in ALLE if not fall.expected} == {"nichts"}
    assert all(not fall.expected for fall in ALLE if fall.klasse == "nichts")


def test_every_service_is_asked_for() -> None:
    assert {next(iter(fall.expected), "") for fall in ALLE} - {""} == _slugs()


def test_the_best_answer_stands_first() -> None:
    unsorted = [
        fall.query
        for fall in ALLE
        if list(fall.expected.values()) != sorted(fall.expected.values(), reverse=True)
    ]

    assert not unsorted


@pytest.mark.parametrize("half", HAELFTEN)
def test_every_query_stands_in_its_half(half: str) -> None:
    assert {haelfte_of(fall) for fall in load(half)} == {half}
    lines = (ORDNER / f"{half}.tsv").read_text(encoding="utf-8").splitlines()
    assert [as_line(fall) for fall in load(half)] == lines[-len(load(half)) :]


def test_six_of_ten_services_are_for_tuning() -> None:
    slugs = _slugs()

    share = sum(haelfte(slug) == "dev" for slug in slugs) / len(slugs)
    assert share == pytest.approx(0.6, abs=0.06)
    assert haelfte("personalausweis-beantragen") == haelfte("personalausweis-beantragen")


@pytest.mark.parametrize("name", [*HAELFTEN, "invarianten"])
def test_answers_are_services_and_no_query_stands_twice(name: str) -> None:
    faelle = load(name)

    assert {slug for fall in faelle for slug in fall.expected} <= _slugs()
    assert max(Counter((f.query.lower(), f.place) for f in faelle).values()) == 1


def test_the_halves_share_no_query() -> None:
    first, second = ({fall.query.lower() for fall in load(half)} for half in HAELFTEN)

    assert not first & second


def test_the_examples_of_the_requirement_are_judged_and_fixed() -> None:
    assert set(BEISPIELE) <= {fall.query for fall in ALLE}
    assert set(BEISPIELE) <= {fall.query for fall in load("invarianten")}
    assert len(load("invarianten")) >= 60
