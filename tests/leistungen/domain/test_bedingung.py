"""Conditions of rules in words."""

from __future__ import annotations

import pytest

from leistungen.domain.bedingung import in_worten


@pytest.mark.parametrize(
    ("werte", "text"),
    [
        ("ABCDEFGHIJK", "A–K"),
        ("ABC", "A–C"),
        ("AB", "A, B"),
        ("ABCXYZ", "A–C, X–Z"),
        ("ZA", "A, Z"),
        ("", ""),
    ],
)
def test_letters_become_ranges(werte: str, text: str) -> None:
    assert in_worten("buchstabe", werte) == text


def test_choices_are_listed() -> None:
    assert in_worten("auswahl", ["Unternehmen", "Privatperson"]) == "Privatperson, Unternehmen"


def test_free_text_stays() -> None:
    assert in_worten("freitext", ["nur für Inhaber einer Werkstatt"]) == (
        "nur für Inhaber einer Werkstatt"
    )
