"""The compiled Elasticsearch query as a dict."""

from __future__ import annotations

from datetime import date
from typing import Any

from search.compile_es import compile_search, compile_suggest
from search.plan import Filter, build_plan

HEUTE = date(2026, 10, 1)


def compiled(text: str, *, kind: str = "leistung", **context: Any) -> dict[str, Any]:
    return compile_search(build_plan(text, heute=HEUTE, **context), size=100, kind=kind).to_dict()


def inner(query: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = query["query"]["function_score"]["query"]["bool"]
    return found


def term(field: str, value: str, boost: float) -> dict[str, Any]:
    return {"term": {field: {"value": value, "boost": boost}}}


def test_one_compound_word() -> None:
    (must,) = inner(compiled("Hundesteuer"))["must"]
    (reading,) = must["dis_max"]["queries"]

    assert reading["bool"]["minimum_should_match"] == 1
    assert reading["bool"]["should"] == [
        {
            "dis_max": {
                "tie_breaker": 0.1,
                "queries": [
                    term("titel_genau", "hundesteuer", 4.5),
                    term("titel", "hundesteu", 4.0),
                    term("begriffe", "hundesteu", 3.0),
                    term("kurz", "hundesteu", 1.5),
                    term("text", "hundesteu", 1.0),
                    term("stelle", "hundesteu", 0.8),
                    term("teile", "hundesteu", 0.6),
                    {
                        "bool": {
                            "must": [term("teile", "hund", 1.0), term("teile", "steu", 1.0)],
                            "boost": 0.6,
                        }
                    },
                    term("titel_en", "hundesteu", 2.0),
                    term("text_en", "hundesteu", 0.5),
                ],
            }
        }
    ]


def test_frame_asks_for_ids_exact_total_and_whole_answers() -> None:
    search = compile_search(build_plan("hund", heute=HEUTE), size=100)
    query = search.to_dict()

    assert query["size"] == 100
    assert query["stored_fields"] == "_none_"
    assert query["docvalue_fields"] == ["nr"]
    assert query["track_total_hits"] is True
    assert search.to_dict(count=False) == query
    assert search._params == {"allow_partial_search_results": False}


def test_validity_place_and_municipal_boost() -> None:
    query = compiled("hund", kette=(9, 3, 1), kommunal=(9, 3))

    assert inner(query)["filter"] == [
        {"range": {"gueltig_ab": {"lte": "2026-10-01"}}},
        {"range": {"gueltig_bis": {"gte": "2026-10-01"}}},
        {"terms": {"gueltig_in": ["9", "3", "1"]}},
    ]
    assert query["query"]["function_score"]["functions"] == [
        {"weight": 1.0},
        {"field_value_factor": {"field": "beliebtheit", "factor": 0.12, "missing": 0}},
        {"filter": {"terms": {"gueltig_in": ["9", "3"]}}, "weight": 0.15},
    ]


def test_behoerden_are_boosted_by_place_but_not_filtered() -> None:
    query = compiled("standesamt", kind="behoerde", kette=(9, 3, 1), kommunal=(9, 3))

    assert len(inner(query)["filter"]) == 2
    assert len(query["query"]["function_score"]["functions"]) == 3
    assert "aggs" not in query


def test_neighbours_in_the_title_are_a_bonus() -> None:
    assert inner(compiled("hund anmelden"))["should"] == [
        {"match_phrase": {"titel": {"query": "hund anmeld", "slop": 1, "boost": 2.0}}}
    ]
    assert "should" not in inner(compiled("hund"))


def test_key_is_one_exact_term() -> None:
    (must,) = inner(compiled("99008001000000"))["must"]

    assert must["dis_max"]["queries"] == [term("kennung", "99008001000000", 2.0)]


def test_facets_count_under_the_other_choices() -> None:
    query = compiled("hund", kette=(9, 1), filter=Filter(zielgruppe="B", online=True))
    zielgruppe = {"term": {"zielgruppe": {"value": "B"}}}
    online = {"terms": {"online_in": ["9", "1"]}}

    assert query["post_filter"] == {"bool": {"filter": [zielgruppe, online]}}
    assert query["aggs"]["zielgruppe"]["filter"] == {"bool": {"filter": [online]}}
    assert query["aggs"]["lebenslage"]["filter"] == {"bool": {"filter": [zielgruppe, online]}}
    assert query["aggs"]["online"]["filter"] == {"bool": {"filter": [zielgruppe, online]}}
    terms = query["aggs"]["zielgruppe"]["aggs"]["werte"]["terms"]
    assert terms == {"field": "zielgruppe", "size": 50}


def test_online_without_place_means_anywhere() -> None:
    query = compiled("hund", filter=Filter(online=True))

    assert query["post_filter"] == {"bool": {"filter": [{"exists": {"field": "online_in"}}]}}


def test_empty_plan_finds_nothing() -> None:
    assert compiled("   ")["query"] == {"match_none": {}}


def test_suggestions_take_the_last_word_as_a_prefix() -> None:
    query = compile_suggest("Reisepass beantr", size=8).to_dict()
    bool_query = query["query"]["function_score"]["query"]["bool"]

    (must,) = bool_query["must"]
    assert must["constant_score"]["filter"]["bool"]["filter"] == [
        {"term": {"vorschlag": {"value": "reisepass"}}},
        {"prefix": {"vorschlag": {"value": "beantr"}}},
    ]
    assert query["size"] == 8


def test_suggestions_cut_long_input_and_refuse_one_letter() -> None:
    query = compile_suggest("Personalausweis", size=8).to_dict()
    (must,) = query["query"]["function_score"]["query"]["bool"]["must"]

    assert must["constant_score"]["filter"]["bool"]["filter"] == [
        {"prefix": {"vorschlag": {"value": "personalausw"}}}
    ]
    assert compile_suggest("p", size=8).to_dict()["query"] == {"match_none": {}}
