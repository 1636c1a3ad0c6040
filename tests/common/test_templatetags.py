"""Money, dates, counts and telephone numbers as citizens write them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from zufi.common.templatetags.zufi import anzahl, betrag, datum, telefon_link


@pytest.mark.parametrize(
    ("nummer", "link"),
    [
        ("0361 1234-0", "tel:+4936112340"),
        ("+49 (0)361 1234", "tel:+493611234"),
        ("0049 361/1234", "tel:+493611234"),
        ("115", "tel:115"),
        ("036201 55 50 (Zentrale, 2. Stock)", "tel:+49362015550"),
        ("bitte erfragen", ""),
    ],
)
def test_telephone_numbers_become_dialable(nummer: str, link: str) -> None:
    assert telefon_link(nummer) == link


def test_dates_are_written_in_german() -> None:
    assert datum(dt.date(2026, 3, 1)) == "1.\u00a0März 2026"
    assert datum(None) == ""


@pytest.mark.parametrize(
    ("menge", "woerter", "text"),
    [
        (1, "Ort,Orte", "1\u00a0Ort"),
        (0, "Ort,Orte", "0\u00a0Orte"),
        (1234, "Treffer", "1.234\u00a0Treffer"),
    ],
)
def test_counts_agree_with_their_noun(menge: int, woerter: str, text: str) -> None:
    assert anzahl(menge, woerter) == text


@pytest.mark.parametrize(
    ("euro", "text"),
    [
        (Decimal("8.00"), "8\u00a0€"),
        (Decimal("22.8"), "22,80\u00a0€"),
        (Decimal("1234.5"), "1.234,50\u00a0€"),
        (37, "37\u00a0€"),
    ],
)
def test_amounts_drop_empty_cents(euro: Decimal | int, text: str) -> None:
    assert betrag(euro) == text
