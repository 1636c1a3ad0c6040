"""The compiled PostgreSQL query: literals, parameters, filters."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from search.compile_pg import PgQuery, compile_count, compile_search, compile_suggest
from search.plan import Filter, Plan, Reading, Term, build_plan

HEUTE = date(2026, 10, 1)
TSQUERY = re.compile(r"'(?:[^'\\]|''|\\\\)+'(?::[A-D*]+)?|[()&|]|<->|<2>|\s")


def compiled(text: str, *, kind: str = "leistung", **context: Any) -> PgQuery:
    return compile_search(build_plan(text, heute=HEUTE, **context), limit=100, kind=kind)


def where(query: PgQuery) -> str:
    return query.sql.partition(" WHERE ")[2]


def test_one_compound_word_is_a_literal_parameter() -> None:
    word = "('hundesteu' | 't_hundesteu' | ('t_hund' & 't_steu') | 'en_hundesteu')"

    assert word in compiled("Hundesteuer").params


def test_two_of_two_words_use_one_condition() -> None:
    query = compiled("hund anmelden")

    assert where(query).count("tsv @@") == 1
    assert "hund" not in query.sql


def test_two_of_three_words_are_counted() -> None:
    query = compiled("hund katze maus")

    assert "(tsv @@ %s::tsquery)::int + " in where(query)
    assert 2 in query.params


def test_placeholders_and_parameters_match() -> None:
    everything = Filter(zielgruppe="B", online=True, lebenslage="Umzug")
    for text in ("hund", "hunde steuer anmelden bitte", "99008001000000", "§ 34a GewO wache"):
        query = compiled(text, kette=(9, 1), kommunal=(9,), filter=everything)
        assert query.sql.count("%s") == len(query.params)
        assert query.sql.count("%") == len(query.params)


def test_only_visible_and_valid_rows_of_the_kind() -> None:
    query = compiled("hund")

    assert where(query).startswith(
        "kind = %s AND NOT deleted AND gueltig_ab <= %s AND gueltig_bis >= %s AND "
    )
    assert query.params.count(HEUTE) == 2
    assert query.sql.endswith("ORDER BY score DESC, object_id LIMIT %s")
    assert query.params[-1] == 100


def test_place_filters_leistungen_but_only_boosts_behoerden() -> None:
    assert "gueltig_in" in where(compiled("hund", kette=(9, 1)))
    query = compiled("hund", kind="behoerde", kette=(9, 1), kommunal=(9,))
    assert "gueltig_in" not in where(query)
    assert "gueltig_in" in query.sql


def test_online_with_and_without_place() -> None:
    online = Filter(online=True)

    assert "jsonb_array_length(document->'online_in') > 0" in where(compiled("hund", filter=online))
    assert ["9", "1"] in compiled("hund", kette=(9, 1), filter=online).params


def test_phrase_bonus_allows_one_word_between() -> None:
    assert (
        "(('hund':A <-> 'anmeld':A) | ('hund':A <2> 'anmeld':A))"
        in compiled("hund anmelden").params
    )


def test_empty_plan_needs_no_table() -> None:
    assert "search_dokument" not in compiled(" ").sql
    assert "search_dokument" not in compile_count(build_plan("", heute=HEUTE)).sql


def test_suggestions_take_the_last_word_as_a_prefix() -> None:
    query = compile_suggest("Reisepass beantr", limit=8, heute=HEUTE)

    assert "'v_reisepass' & 'v_beantr':*" in query.params
    assert query.sql.count("%s") == len(query.params)
    assert "search_dokument" not in compile_suggest("r", limit=8).sql


@given(st.text(min_size=1, max_size=30).filter(lambda text: text.replace("\0", "")))
def test_arbitrary_words_never_break_out_of_a_literal(word: str) -> None:
    term = Term(word, word, (word, "teil"))
    readings = (Reading((term, term), 1.0, 2, "original"),)
    plan = Plan(word, readings, (), (), (), HEUTE, Filter(), ())
    literals = [
        p for p in compile_search(plan, limit=1).params if isinstance(p, str) and "en_" in p
    ]

    assert literals
    assert all(TSQUERY.sub("", literal) == "" for literal in literals)


@given(st.text(max_size=120))
def test_typed_text_is_only_ever_a_parameter(text: str) -> None:
    assert compiled(text).sql.count("%s") == len(compiled(text).params)
