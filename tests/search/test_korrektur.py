"""Typing errors: what is corrected, what is asked about, what is left alone."""

from __future__ import annotations

from datetime import date

import pytest

from search.analysis import analyse
from search.korrektur import Wortschatz, clear_winner, find_kandidaten
from search.plan import Plan, build_plan, nachfassen

WOERTER = {
    "personalausweis": 9,
    "reisepass": 4,
    "fuhrerschein": 6,
    "briefwahl": 1,
    "jagdschein": 1,
    "wohngeld": 3,
    "umtauschen": 1,
    "drohne": 1,
    "hund": 2,
    "perso": 1,
    "rente": 1,
    "renten": 1,
}
STAEMME = {t.stamm: n for wort, n in WOERTER.items() for t in analyse(wort)} | {"personal": 9}
SCHATZ = Wortschatz.of(WOERTER, STAEMME, frozenset({"registr"}), frozenset({"gera", "weimar"}))


def plan(text: str, *, genau: bool = False) -> Plan:
    return build_plan(text, heute=date(2026, 10, 1), wortschatz=SCHATZ, genau=genau)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("perosnalausweis", "personalausweis"),
        ("reisepas", "reisepass"),
        ("führerschien", "fuhrerschein"),
        ("brifwahl", "briefwahl"),
        ("jagtschein", "jagdschein"),
        ("wohgneld", "wohngeld"),
    ],
)
def test_a_slip_is_corrected(typed: str, meant: str) -> None:
    found = plan(typed)

    assert [pair[1] for pair in found.korrekturen] == [meant]
    assert found.hauptlesart is not None
    assert [term.genau for term in found.hauptlesart.terme] == [meant]
    assert found.readings[0].grund == "original"


@pytest.mark.parametrize("typed", ["hunt", "xersonalausweis", "wohngeld2", "asdfghjkl"])
def test_short_and_foreign_words_and_first_letters_stay(typed: str) -> None:
    assert plan(typed).korrekturen == ()


@pytest.mark.parametrize("word", ["reisepass", "reisepässe", "Weimar", "Haustür", "registration"])
def test_known_words_german_words_and_places_are_never_corrected(word: str) -> None:
    assert plan(word).korrekturen == ()


def test_two_likely_words_are_asked_about() -> None:
    schatz = Wortschatz.of({"kartex": 2, "kartey": 2}, {})
    found = build_plan("kartez", heute=date(2026, 10, 1), wortschatz=schatz)

    assert found.korrekturen == ()
    assert [word for _, word in found.meinten] == ["kartex", "kartey"]


def test_whoever_wants_the_text_as_it_is_gets_it() -> None:
    assert plan("perosnalausweis", genau=True).korrekturen == ()


def test_forms_of_one_word_are_no_rivals() -> None:
    assert clear_winner(find_kandidaten("rennte", SCHATZ)) == "rente"


def test_unknown_verrichtung_does_not_kill_the_hit() -> None:
    readings = plan("Personalausweis Ausstellung").readings

    assert ["personalausweis"] in [
        [t.genau for t in r.terme] for r in readings if r.mindestens == 1
    ]


def test_verrichtung_at_the_end_of_a_word_comes_apart() -> None:
    apart = [r for r in plan("Drohnenwiederzulassung").readings if r.grund == "getrennt"]

    assert [[t.stamm for t in r.terme] for r in apart] == [["drohn", "wiederzulass"]]


def test_unknown_words_do_not_raise_what_must_occur() -> None:
    (reading, *_) = plan("hund perso xyzzy plugh").readings

    assert reading.mindestens == 2


def test_second_pass_never_guesses_from_one_known_word() -> None:
    assert nachfassen(plan("pizza reisepass"), SCHATZ) is None
    wider = nachfassen(plan("hund reisepass"), SCHATZ)
    assert wider is not None
    assert (wider.readings[-1].grund, wider.readings[-1].mindestens) == ("nachfassen", 1)
