"""Identifiers: one normal form in index and query."""

from __future__ import annotations

import pytest

from search.analysis.kennungen import find_kennungen, normalise_kennung


@pytest.mark.parametrize(
    ("text", "kennung"),
    [
        ("99008001000000", "99008001000000"),
        ("99 008 001 000 000", "99008001000000"),
        ("§ 34a GewO", "34a gewo"),
        ("§34a Abs. 1 Satz 2 GewO", "34a gewo"),
        ("§ 5 Thüringer Kommunalabgabengesetz (ThürKAG)", "5 thurkag"),
        ("§ 7 SGB II", "7 sgb ii"),
        ("hundesteuer-anmelden", "hundesteuer-anmelden"),
        ("  Formular  BA 12 ", "formular ba 12"),
    ],
)
def test_normal_form(text: str, kennung: str) -> None:
    assert normalise_kennung(text) == kennung


@pytest.mark.parametrize(
    ("text", "found", "rest"),
    [
        ("99008001000000", ("99008001000000",), ""),
        ("Erlaubnis nach § 34a GewO", ("34a gewo",), "Erlaubnis nach"),
        ("34a GewO bewachung", ("34a gewo",), "bewachung"),
        ("hundesteuer-anmelden", ("hundesteuer-anmelden",), "hundesteuer-anmelden"),
        ("2 PKW zulassen", (), "2 PKW zulassen"),
        ("reisepass 99423", (), "reisepass 99423"),
        ("990080010000001", (), "990080010000001"),
    ],
)
def test_found_in_a_query(text: str, found: tuple[str, ...], rest: str) -> None:
    assert find_kennungen(text) == (found, rest)
