"""The members of a district as editors write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from behoerden.bezirke.lesen import Bezeichnet, Mitglied, lies_mitglieder, schreibe_mitglieder

GEBIETE = [
    Bezeichnet(1, "Udestedt", ("Udestedt",), ("160685012055", "16068055")),
    Bezeichnet(2, "Landkreis Sömmerda", (), ("160680000000",)),
    Bezeichnet(3, "Elxleben", ("Elxleben",), ("160685050009",)),
    Bezeichnet(4, "Elxleben", ("Elxleben",), ("160705009013",)),
    Bezeichnet(5, "Mühlhausen/Thüringen", ("Mühlhausen/Thüringen, Stadt",), ("160640075046",)),
]


def read(text: str) -> tuple[Mitglied, ...]:
    lesung = lies_mitglieder(text, GEBIETE)
    assert lesung.fehler == ()
    return lesung.mitglieder


@pytest.mark.parametrize(
    "line",
    ["Udestedt", " udestedt ", "160685012055", "16068 5012 055", "16068055"],
)
def test_name_or_key_names_an_area(line: str) -> None:
    assert read(line) == (Mitglied(1),)


def test_umlauts_may_be_written_out() -> None:
    assert read("Muehlhausen/Thueringen\n\nLandkreis Soemmerda") == (Mitglied(5), Mitglied(2))


def test_part_of_an_area_is_said_in_words() -> None:
    assert read("Udestedt (teilweise: nördlich der Bahn)") == (
        Mitglied(1, teilweise=True, grenze="nördlich der Bahn"),
    )


@pytest.mark.parametrize(
    ("text", "satz"),
    [
        ("Kassel", "Zeile 1: „Kassel“ ist kein Gebiet in Thüringen."),
        ("\nElxleben", "Zeile 2: „Elxleben“ gibt es 2-mal"),
        ("Udestedt\n160685012055", "Zeile 2: „160685012055“ steht schon weiter oben."),
    ],
)
def test_uncertain_line_is_refused_with_its_number(text: str, satz: str) -> None:
    assert lies_mitglieder(text, GEBIETE).fehler[0].startswith(satz)


@given(st.lists(st.sampled_from([1, 2, 3, 4, 5]), unique=True), st.booleans())
def test_written_members_are_read_again(ids: list[int], teilweise: bool) -> None:
    members = tuple(Mitglied(pk, teilweise, "Nord" if teilweise else "") for pk in ids)

    assert read(schreibe_mitglieder(members, GEBIETE)) == members
