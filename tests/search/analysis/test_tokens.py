"""Golden words, spellings that must meet, offsets, gender signs, hyphens."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import ANALYSE_STAND, analyse, analyse_english, analyser_hash, fold

GOLDEN = Path(__file__).with_name("golden.tsv").read_text(encoding="utf-8").splitlines()


def tokens_of(text: str) -> str:
    return " ".join(f"{t.genau}|{t.stamm}|{'+'.join(t.teile)}" for t in analyse(text))


def test_golden_file_belongs_to_this_state_of_the_analysis() -> None:
    assert GOLDEN[0] == f"# {ANALYSE_STAND}"
    assert len(GOLDEN) > 300


def test_tokens_change_only_together_with_analyse_stand() -> None:
    rows = [line.split("\t") for line in GOLDEN[1:]]

    changed = {text: tokens_of(text) for text, golden in rows if tokens_of(text) != golden}

    assert changed == {}, "raise ANALYSE_STAND and run write_golden.py if this is on purpose"


@pytest.mark.parametrize(
    "spellings",
    [
        (
            "Führerschein",
            "fuehrerschein",
            "FÜHRERSCHEIN",
            "Fu\u0308hrerschein",
            "Führer\u00adschein",
        ),
        ("Straße", "strasse", "STRASSE", "STRAẞE"),
        ("Bürger", "Bürgerin", "Bürger*innen", "Bürger:in", "Bürger_innen", "BürgerInnen"),
        ("Anmeldung", "anmelden", "Anmeldungen"),
        ("Zulassung", "zulassen"),
        ("Zeugnis", "Zeugnisse", "Zeugnissen"),
        ("Ausweis", "Ausweise", "Ausweises"),
        ("Antragsteller", "Antragsteller/in", "Antragsteller/-in"),
    ],
)
def test_spellings_and_forms_meet_in_one_stem(spellings: tuple[str, ...]) -> None:
    assert len({analyse(word)[0].stamm for word in spellings}) == 1


@pytest.mark.parametrize(
    ("word", "folded"),
    [("Steuer", "steuer"), ("Mauer", "mauer"), ("Quelle", "quelle"), ("Uebung", "ubung"),
     ("Größe", "grosse"), ("Groesse", "grosse"), ("Café", "cafe")],
)  # fmt: skip
def test_fold(word: str, folded: str) -> None:
    assert fold(word) == folded


@pytest.mark.parametrize("query", ["Hundesteuer", "Hunde-Steuer", "HUNDE‑STEUER", "hundesteuern"])
def test_compound_and_hyphen_have_the_same_parts(query: str) -> None:
    (token,) = analyse(query)

    assert token.teile == ("hund", "steu")


def test_single_letters_are_no_parts() -> None:
    (token,) = analyse("E-Mail")

    assert (token.genau, token.teile) == ("email", ())


def test_offsets_count_characters_of_the_text_as_written() -> None:
    text = "Für Ärztinnen: die Gebühr – Übermittlungssperre."

    found = [text[token.start : token.ende] for token in analyse(text)]

    assert found == ["Ärztinnen", "Gebühr", "Übermittlungssperre"]


def test_stop_words_are_left_out_in_every_spelling() -> None:
    assert analyse("für FÜR fuer und über die") == []


def test_english_has_its_own_stems_and_stop_words() -> None:
    tokens = analyse_english("How to register your dogs")

    assert [(t.genau, t.stamm, t.teile) for t in tokens] == [
        ("register", "regist", ()),
        ("dogs", "dog", ()),
    ]


def test_long_rubbish_is_cut() -> None:
    (token,) = analyse("x" * 5000)

    assert (len(token.genau), token.ende) == (64, 5000)


def test_analyser_hash_is_a_stable_sha256() -> None:
    assert len(analyser_hash()) == 64
    assert analyser_hash() == analyser_hash()


@given(st.text(max_size=120))
def test_any_text_gives_tokens_the_engines_can_hold(text: str) -> None:
    position = 0
    for token in analyse(text):
        assert position <= token.start < token.ende <= len(text)
        position = token.ende
        for form in (token.genau, token.stamm, *token.teile):
            assert form
            assert not any(char.isspace() or char in "_\0" for char in form)
