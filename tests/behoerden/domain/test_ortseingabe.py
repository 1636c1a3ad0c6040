"""Keys, names and inputs on plain values."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from behoerden.domain.aehnlich import abstand, is_tippfehler
from behoerden.domain.ortseingabe import (
    Eingabe,
    Eingabeart,
    classify,
    nachfolge_satz,
    readings,
)
from behoerden.domain.ortsname import fold, namen
from behoerden.domain.schluessel import (
    SchluesselFehler,
    ags_from_ars,
    parse_ags,
    parse_ars,
    verband_from_ars,
)


def test_ars_is_read_with_and_without_blanks() -> None:
    assert parse_ars("16 0 68 5012 055") == parse_ars("160685012055") == "160685012055"
    assert ags_from_ars(parse_ars("160685012055")) == parse_ags("16068055")
    assert verband_from_ars("160685012055") == "160685012000"


@pytest.mark.parametrize("text", ["", "16068501205", "16068501205x", "１６０６８５０１２０５５"])
def test_anything_but_twelve_digits_is_refused(text: str) -> None:
    with pytest.raises(SchluesselFehler) as fehler:
        parse_ars(text)

    assert fehler.value.eingabe == text


@pytest.mark.parametrize(
    ("text", "erwartet"),
    [
        ("  ", Eingabe(Eingabeart.LEER)),
        ("160685012055", Eingabe(Eingabeart.ARS, "160685012055")),
        ("160685012055.ortsteil", Eingabe(Eingabeart.ARS, "160685012055", "ortsteil")),
        ("16068055", Eingabe(Eingabeart.AGS, "16068055")),
        ("99 084", Eingabe(Eingabeart.PLZ, "99084")),
        ("99084 Erfurt", Eingabe(Eingabeart.PLZ_NAME, "99084", "Erfurt")),
        ("D-99084 Erfurt", Eingabe(Eingabeart.PLZ_NAME, "99084", "Erfurt")),
        ("Bad Berka, 99438", Eingabe(Eingabeart.PLZ_NAME, "99438", "Bad Berka")),
        ("123", Eingabe(Eingabeart.NAME, name="123")),
        ("Erfurt", Eingabe(Eingabeart.NAME, name="Erfurt")),
    ],
)
def test_input_is_classified(text: str, erwartet: Eingabe) -> None:
    assert classify(text) == erwartet


@given(st.text(max_size=60))
def test_every_input_is_something(text: str) -> None:
    assert classify(text).art in Eingabeart
    readings(text)


@pytest.mark.parametrize(
    ("amtlich", "formen"),
    [
        ("Mühlhausen/Thüringen, Stadt", ("Mühlhausen/Thüringen", "Mühlhausen")),
        (
            "Dietzenrode/Vatterode",
            ("Dietzenrode/Vatterode", "Dietzenrode", "Vatterode"),
        ),
        ("Berka v. d. Hainich", ("Berka v. d. Hainich", "Berka")),
        ("Neundorf (bei Schleiz)", ("Neundorf (bei Schleiz)", "Neundorf")),
        ("Am Ettersberg, Stadt", ("Am Ettersberg",)),
        ("Heldburger Unterland", ("Heldburger Unterland",)),
    ],
)
def test_people_leave_out_additions(amtlich: str, formen: tuple[str, ...]) -> None:
    assert namen(amtlich) == formen


def test_abbreviations_are_written_out() -> None:
    assert fold("St.Gangloff") == fold("Sankt Gangloff") == fold("St Gangloff")
    assert fold("Berka v.d. Hainich") == fold("Berka vor der Hainich")
    assert fold("Linda b. Weida") == fold("Linda bei Weida")
    assert fold("Mühlhausen").ae == fold("Muehlhausen").ae
    assert fold("Mühlhausen").a == fold("Muhlhausen").a


@given(st.text("abcd", max_size=7), st.text("abcd", max_size=7))
def test_distance_is_a_symmetric_measure(a: str, b: str) -> None:
    assert abstand(a, b) == abstand(b, a)
    assert (abstand(a, b) == 0) is (a == b)
    assert abstand(a, b) <= max(len(a), len(b))


def test_typing_errors_are_near() -> None:
    assert abstand("erfrut", "erfurt") == 1
    assert is_tippfehler("udestett", "udestedt")
    assert not is_tippfehler("gera", "jena")


def test_sentence_about_a_dissolved_municipality() -> None:
    tag = date(2024, 1, 1)

    assert nachfolge_satz("Glasehausen", "Heilbad Heiligenstadt", tag) == (
        "Glasehausen gehört seit 1. Januar 2024 zu Heilbad Heiligenstadt."
    )
    assert nachfolge_satz("Dobitschen", "Schmölln", None) == "Dobitschen gehört heute zu Schmölln."
    assert "zur neuen Gemeinde Uder" in nachfolge_satz("Uder", "Uder", tag)
