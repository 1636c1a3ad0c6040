"""Token fields of a document, its tsvector literal and its hash."""

from __future__ import annotations

import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from search.analysis.fields import field_tokens, inhalt_hash, quote_lexeme, tsvector_literal
from search.weights import TSV_MAX_STEMS

LEXEME = re.compile(r"'((?:[^'\\]|''|\\\\)+)'(?::[0-9A-D,]+)?")


def tokens(**values: list[str]) -> dict[str, list[str]]:
    names = ("titel", "begriffe", "kurz", "text", "stelle", "titel_en", "text_en", "kennung")
    return field_tokens(**{name: values.get(name, []) for name in names})


def test_every_field_is_there_even_when_empty() -> None:
    assert set(tokens()) == {
        "titel", "titel_genau", "begriffe", "kurz", "text", "teile", "stelle",
        "titel_en", "text_en", "kennung", "vorschlag",
    }  # fmt: skip
    assert not any(tokens().values())


def test_one_value_of_tokens_per_text() -> None:
    found = tokens(
        titel=["Hund zur Hundesteuer anmelden"],
        begriffe=["Hundemarke", "Welpe anmelden"],
        stelle=["Standesamt", "Standesamt"],
        titel_en=["Register a dog"],
        kennung=["§ 34a GewO", "hundesteuer-anmelden"],
    )

    assert found["titel"] == ["hund hundesteu anmeld"]
    assert found["titel_genau"] == ["hund hundesteuer anmelden"]
    assert found["begriffe"] == ["hundemark", "welp anmeld"]
    assert found["teile"] == ["hund hund steu anmeld", "hund mark", "welp anmeld"]
    assert found["stelle"] == ["standesamt"]
    assert found["titel_en"] == ["regist dog"]
    assert found["kennung"] == ["34a gewo", "hundesteuer-anmelden"]
    assert found["vorschlag"] == ["hund hundesteuer anmelden hundemarke welpe steuer marke"]


def test_tsvector_carries_weights_and_positions() -> None:
    assert tsvector_literal({"titel": ["hund"], "begriffe": ["steu"]}) == "'hund':1A 'steu':102B"
    assert tsvector_literal({"titel": ["hund anmeld"]}) == "'hund':1A 'anmeld':2A"


def test_tsvector_keeps_fields_apart_as_the_index_does() -> None:
    literal = tsvector_literal({"teile": ["hund"], "titel_en": ["hund"], "vorschlag": ["hund"]})

    assert literal == "'en_hund':1C 't_hund':102D 'v_hund'"


def test_long_texts_are_limited_in_weight_d_only() -> None:
    long = " ".join(f"wort{number}" for number in range(1000))
    literal = tsvector_literal({"titel": [long], "text": [f"{long} {long.replace('w', 'm')}"]})

    assert len(re.findall(r"'wort\d+':\d+A", literal)) == 1000
    assert literal.count("'mort") == TSV_MAX_STEMS


def test_a_frequent_word_keeps_few_positions() -> None:
    assert tsvector_literal({"text": ["hund " * 5000]}).count("D") == 16


@given(st.text(min_size=1, max_size=40))
def test_text_never_leaves_its_quotes(word: str) -> None:
    quoted = quote_lexeme(word)

    if word.replace("\0", ""):
        match = LEXEME.fullmatch(quoted)
        assert match
        plain = match[1].replace("''", "'").replace("\\\\", "\\")
        assert plain == word.replace("\0", "")


@given(st.lists(st.text(max_size=30), max_size=6))
def test_every_literal_is_a_list_of_quoted_lexemes(values: list[str]) -> None:
    literal = tsvector_literal({"titel": values, "text": values, "vorschlag": values})

    assert LEXEME.sub("", literal).strip(" ") == ""


def test_hash_ignores_the_order_of_keys_only() -> None:
    one = inhalt_hash({"a": 1, "tag": date(2026, 1, 2)}, {"titel": ["hund"]})

    assert one == inhalt_hash({"tag": date(2026, 1, 2), "a": 1}, {"titel": ("hund",)})
    assert one != inhalt_hash({"a": 1, "tag": date(2026, 1, 3)}, {"titel": ["hund"]})
    assert one != inhalt_hash({"a": 1, "tag": date(2026, 1, 2)}, {"titel": ["katz"]})
