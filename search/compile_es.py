"""From a `Plan` to a query of `elasticsearch.dsl`; pure, tested as a dict.

Term-centric: for each word the best field counts, then the words add up. That keeps the weights
per field and gives the same tree in PostgreSQL (search design 6.4).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from elasticsearch.dsl import Q, Search

from search import weights as w
from search.analysis.tokens import analyse, stem_english
from search.plan import Plan, Reading, Term

Clause = dict[str, Any]


def _term(field: str, value: str, boost: float) -> Clause:
    return {"term": {field: {"value": value, "boost": boost}}}


def _best(queries: Sequence[Clause]) -> Clause:
    return {"dis_max": {"tie_breaker": w.TIE, "queries": list(queries)}}


def _teile(parts: Iterable[str]) -> Clause:
    """Return the clause that wants every part of one compound, worth 0.6 of their scores."""
    must = [_term("teile", part, 1.0) for part in dict.fromkeys(parts)]
    return {"bool": {"must": must, "boost": w.TEILE_GEWICHT}}


def _word(term: Term) -> Clause:
    fields = [
        _term(field, term.genau if field == "titel_genau" else term.stamm, boost)
        for field, boost in w.FELD_GEWICHT.items()
    ]
    fields.append(_term("teile", term.stamm, w.TEILE_GEWICHT))
    if term.teile:
        fields.append(_teile(term.teile))
    english = stem_english(term.genau)
    fields += [_term(field, english, boost) for field, boost in w.FELD_GEWICHT_EN.items()]
    return _best(fields)


def _reading(reading: Reading) -> Clause:
    return {
        "bool": {
            "should": [_word(term) for term in reading.terme],
            "minimum_should_match": reading.mindestens,
            "boost": reading.gewicht,
        }
    }


def _phrase(plan: Plan) -> list[Clause]:
    """Return the bonus for the words of the original next to each other in a title."""
    words = [term.stamm for term in plan.hauptlesart.terme] if plan.hauptlesart else []
    if not words[1:]:
        return []
    query = " ".join(words)
    options = {"query": query, "slop": w.PHRASE_SLOP, "boost": w.PHRASE_GEWICHT}
    return [{"match_phrase": {"titel": options}}]


def _valid_on(day: date) -> list[Clause]:
    return [
        {"range": {"gueltig_ab": {"lte": day.isoformat()}}},
        {"range": {"gueltig_bis": {"gte": day.isoformat()}}},
    ]


def _in(field: str, ids: Sequence[int]) -> Clause:
    return {"terms": {field: [str(one) for one in ids]}}


def _online(plan: Plan) -> Clause:
    return _in("online_in", plan.kette) if plan.kette else {"exists": {"field": "online_in"}}


def _choices(plan: Plan) -> dict[str, Clause]:
    """Return facet → clause for each facet the citizen has chosen."""
    chosen: dict[str, Clause] = {}
    if plan.filter.zielgruppe:
        chosen["zielgruppe"] = {"term": {"zielgruppe": {"value": plan.filter.zielgruppe}}}
    if plan.filter.lebenslage:
        chosen["lebenslage"] = {"term": {"lebenslage": {"value": plan.filter.lebenslage}}}
    if plan.filter.online:
        chosen["online"] = _online(plan)
    return chosen


def _all(clauses: Iterable[Clause]) -> Clause:
    found = list(clauses)
    return {"bool": {"filter": found}} if found else {"match_all": {}}


def _functions(plan: Plan) -> list[Clause]:
    factor = {"field": "beliebtheit", "factor": w.BELIEBTHEIT_GEWICHT, "missing": 0}
    functions: list[Clause] = [{"weight": 1.0}, {"field_value_factor": factor}]
    if plan.kommunal:
        functions.append({"filter": _in("gueltig_in", plan.kommunal), "weight": w.KOMMUNAL_GEWICHT})
    return functions


def _query(plan: Plan, kind: str) -> Clause:
    if plan.is_empty:
        return {"match_none": {}}
    ways = [_term("kennung", one, w.KENNUNG_GEWICHT) for one in plan.kennungen]
    ways += [_reading(reading) for reading in plan.readings]
    filters = _valid_on(plan.heute)
    if plan.kette and kind == "leistung":
        filters.append(_in("gueltig_in", plan.kette))
    query = {"bool": {"must": [_best(ways)], "should": _phrase(plan), "filter": filters}}
    return {
        "function_score": {
            "query": query,
            "functions": _functions(plan),
            "score_mode": "sum",
            "boost_mode": "multiply",
        }
    }


def _ids_only(search: Search[Any], size: int) -> Search[Any]:
    """Return the search with ids and scores only: no stored block is unpacked."""
    found = search.extra(size=size, stored_fields="_none_", docvalue_fields=["nr"])
    return found.params(allow_partial_search_results=False)


def _add_facets(search: Search[Any], plan: Plan) -> Search[Any]:
    """Add the chosen filters and, per facet, the counts under the *other* choices."""
    chosen = _choices(plan)
    if chosen:
        search = search.post_filter(Q(_all(chosen.values())))
    for facet in ("zielgruppe", "lebenslage"):
        others = _all(clause for name, clause in chosen.items() if name != facet)
        bucket = search.aggs.bucket(facet, "filter", filter=Q(others))
        bucket.bucket("werte", "terms", field=facet, size=w.FACETTEN_WERTE)
    online = [clause for name, clause in chosen.items() if name != "online"]
    search.aggs.bucket("online", "filter", filter=Q(_all([*online, _online(plan)])))
    return search


def compile_search(plan: Plan, *, size: int, kind: str = "leistung") -> Search[Any]:
    """Return the search for a plan; the caller names the index and the client.

    Hits carry `fields.nr` (the object id) and a score, nothing else. For Leistungen the answer
    also holds `aggregations.zielgruppe.werte`, `.lebenslage.werte` and `.online.doc_count`;
    `hits.total` is exact and counts after the chosen filters. An empty plan finds nothing.
    """
    search = Search().query(Q(_query(plan, kind))).extra(track_total_hits=True)
    if kind == "leistung":
        search = _add_facets(search, plan)
    return _ids_only(search, size)


def compile_suggest(text: str, *, size: int, heute: date | None = None) -> Search[Any]:
    """Return the search for suggestions: finished words exact, the last one as a prefix.

    Titles with the very words come first, then popular services. Input that holds no word of
    at least two letters finds nothing.
    """
    tokens = analyse(text)
    if not tokens or max(len(token.genau) for token in tokens) < w.VORSCHLAG_MIN:
        return _ids_only(Search().query(Q({"match_none": {}})), size)
    *done, last = (token.genau for token in tokens)
    must: list[Clause] = [{"term": {"vorschlag": {"value": word}}} for word in done]
    must.append({"prefix": {"vorschlag": {"value": last[: w.VORSCHLAG_MAX]}}})
    titles = [_term("titel_genau", word, 1.0) for word in (*done, last)]
    query = {
        "bool": {
            "must": {"constant_score": {"filter": {"bool": {"filter": must}}}},
            "should": titles,
            "filter": _valid_on(heute) if heute else [],
        }
    }
    factor = {"field": "beliebtheit", "factor": w.BELIEBTHEIT_GEWICHT, "missing": 0}
    scored = {
        "function_score": {
            "query": query,
            "functions": [{"weight": 1.0}, {"field_value_factor": factor}],
            "score_mode": "sum",
            "boost_mode": "multiply",
        }
    }
    return _ids_only(Search().query(Q(scored)), size)
