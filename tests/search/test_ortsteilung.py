"""Which part of a query is a place."""

from __future__ import annotations

import pytest

from search.ortsteilung import teile_ort

ORTE = {"gera", "weimar", "bad langensalza", "rente", "jena"}


@pytest.mark.parametrize(
    ("text", "rest", "ort"),
    [
        ("hundesteuer gera", "hundesteuer", "gera"),
        ("reisepass 99423", "reisepass", "99423"),
        ("reisepass in 99423 Weimar", "reisepass", "99423"),
        ("99423 weimar reisepass", "reisepass", "99423"),
        ("reisepass weimar 99423", "reisepass", "99423"),
        ("wo kann ich in gera meinen führerschein umtauschen",
         "wo kann ich meinen führerschein umtauschen", "gera"),
        ("personalausweis in Jena beantragen", "personalausweis beantragen", "Jena"),
        ("hund anmelden Bad Langensalza", "hund anmelden", "Bad Langensalza"),
        ("ausweis bei Bad Langensalza?", "ausweis ?", "Bad Langensalza"),
    ],
)  # fmt: skip
def test_place_leaves_the_query(text: str, rest: str, ort: str) -> None:
    found = teile_ort(text, lambda name: name.lower() in ORTE, lambda word: word == "rente")

    assert found is not None
    assert (found.rest.replace(" ?", ""), found.ort) == (rest.replace(" ?", ""), ort)


@pytest.mark.parametrize(
    "text",
    ["gera", "99423", "in rente", "arbeiten in rente", "hundesteuer", "gera hundesteuer", "", "in",
     "99 008 001 000 000", "123456"],
)  # fmt: skip
def test_query_without_a_place_of_its_own(text: str) -> None:
    assert teile_ort(text, lambda name: name.lower() in ORTE, lambda word: word == "rente") is None
