"""Contact channels, the vCard and the sentence about the area."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from behoerden.domain.gebietssatz import gebiet_satz
from behoerden.domain.kennungen import KennungFehler, check_kennung, e164
from behoerden.domain.vcard import MAX_OCTETS, Visitenkarte, build_vcard


@pytest.mark.parametrize("nummer", ["115", "0361 123-456", "+49 (0)30 23125 001", "030/23125001"])
def test_numbers_stay_as_people_write_them(nummer: str) -> None:
    assert check_kennung("02", f"  {nummer} ") == nummer


@pytest.mark.parametrize(
    ("kanal", "text", "hilfe"),
    [
        ("02", "Zentrale", "0361 123456"),
        ("02", "0361 123456 (Frau Muster)", "Zusatz"),
        ("04", "12", "0361"),
        ("01", "info.erfurt.example", "name@beispiel.de"),
        ("01", "info@erfurt", "name@beispiel.de"),
        ("08", "0361 123456", "name@beispiel.de"),
    ],
)
def test_what_does_not_fit_the_channel_is_refused(kanal: str, text: str, hilfe: str) -> None:
    with pytest.raises(KennungFehler, match=hilfe):
        check_kennung(kanal, text)


@pytest.mark.parametrize(
    ("nummer", "gewaehlt"),
    [
        ("0361 123-456", "+49361123456"),
        ("+49 (0)30 23125 001", "+493023125001"),
        ("0049 30 23125001", "+493023125001"),
        ("115", "115"),
    ],
)
def test_number_as_machines_dial_it(nummer: str, gewaehlt: str) -> None:
    assert e164(nummer) == gewaehlt


def test_card_escapes_and_leaves_out_what_is_empty() -> None:
    text = build_vcard(
        Visitenkarte("Amt A; B, C", ("Am Markt 1", "Erfurt", "99084"), notiz="Mo\nDi")
    )

    assert "FN:Amt A\\; B\\, C\r\n" in text
    assert "ADR;TYPE=WORK:;;Am Markt 1;Erfurt;;99084;Deutschland\r\n" in text
    assert "NOTE:Mo\\nDi\r\n" in text
    assert "TEL" not in text
    assert text.startswith("BEGIN:VCARD\r\nVERSION:3.0\r\n")
    assert text.endswith("END:VCARD\r\n")


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=300))
def test_no_line_is_too_long_and_nothing_is_lost(notiz: str) -> None:
    text = build_vcard(Visitenkarte("Amt", notiz=f"x{notiz}"))

    assert all(len(zeile.encode()) <= MAX_OCTETS for zeile in text.split("\r\n"))
    unfolded = text.replace("\r\n ", "")
    escaped = notiz.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    assert f"NOTE:x{escaped}\r\n" in unfolded


@pytest.mark.parametrize(
    ("gemeinden", "satz"),
    [
        ((), "Für den Landkreis Sömmerda"),
        (("Udestedt",), "Für Udestedt"),
        (("Udestedt", "Kleinmölsen"), "Für Udestedt und Kleinmölsen"),
        (("A", "B", "C"), "Für A, B und C"),
        (("A", "B", "C", "D"), "Für A, B und 2 weitere Gemeinden"),
        (("A", "B", *"CDEFG"), "Für A, B und 5 weitere Gemeinden"),
    ],
)
def test_area_in_a_sentence(gemeinden: tuple[str, ...], satz: str) -> None:
    assert gebiet_satz("den Landkreis Sömmerda", gemeinden) == satz


def test_no_area_no_sentence() -> None:
    assert gebiet_satz("") == ""
