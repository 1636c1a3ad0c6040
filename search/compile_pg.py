"""From a `Plan` to SQL on `search_dokument`: the search while Elasticsearch is away.

Same plan, same tokens, same hits as `compile_es`; only the score is PostgreSQL's own. Words reach
the database as quoted lexemes inside parameters, its text parsers never see what was typed
(search design 3.1 and 5.3).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from search import weights as w
from search.analysis.fields import VORSCHLAG_PREFIX, quote_lexeme
from search.analysis.tokens import analyse, stem_english
from search.plan import Plan, Reading, Term


@dataclass(frozen=True, slots=True)
class PgQuery:
    """Statement with `%s` placeholders and its parameters, for `cursor.execute`."""

    sql: str
    params: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of SQL with the parameters it consumes, in order."""

    sql: str
    params: tuple[Any, ...] = ()


NOTHING = PgQuery("SELECT NULL::bigint AS object_id, 0::float8 AS score WHERE false", ())
BELIEBTHEIT = "coalesce((document->>'beliebtheit')::float8, 0)"


def _join(parts: Iterable[_Part], glue: str) -> _Part:
    found = list(parts)
    params = tuple(value for part in found for value in part.params)
    return _Part(glue.join(part.sql for part in found), params)


def _word(term: Term) -> str:
    """Return the `tsquery` of one word: its stem, its parts together, or its English stem."""
    ways = [quote_lexeme(term.stamm), quote_lexeme(f"t_{term.stamm}")]
    if term.teile:
        parts = " & ".join(quote_lexeme(f"t_{part}") for part in dict.fromkeys(term.teile))
        ways.append(f"({parts})")
    ways.append(quote_lexeme(f"en_{stem_english(term.genau)}"))
    return f"({' | '.join(ways)})"


def _matches(reading: Reading) -> _Part:
    """Return the condition that enough words of the reading occur; its first part uses GIN."""
    words = [_word(term) for term in reading.terme]
    if reading.mindestens >= len(words):
        return _Part("tsv @@ %s::tsquery", (" & ".join(words),))
    count = _join((_Part("(tsv @@ %s::tsquery)::int", (word,)) for word in words), " + ")
    return _Part(
        f"(tsv @@ %s::tsquery AND {count.sql} >= %s)",
        (" | ".join(words), *count.params, reading.mindestens),
    )


def _rank(reading: Reading) -> _Part:
    matches = _matches(reading)
    any_word = " | ".join(_word(term) for term in reading.terme)
    return _Part(
        f"CASE WHEN {matches.sql} THEN %s * ts_rank(%s, tsv, %s::tsquery, 1) ELSE 0 END",
        (*matches.params, reading.gewicht, w.TSV_RANG, any_word),
    )


def _phrase(plan: Plan) -> list[_Part]:
    """Return the bonus for the words of the original next to each other in a title."""
    terme = plan.hauptlesart.terme if plan.hauptlesart else ()
    words = [f"{quote_lexeme(term.stamm)}:A" for term in terme]
    pairs = [f"(({a} <-> {b}) | ({a} <2> {b}))" for a, b in pairwise(words)]
    if not pairs:
        return []
    return [_Part("%s * (tsv @@ %s::tsquery)::int", (w.TSV_PHRASE, " & ".join(pairs)))]


def _in(field: str, ids: Sequence[int]) -> _Part:
    """Return the condition that the array `field` of the document holds one of `ids`."""
    sql = (
        f"EXISTS (SELECT 1 FROM jsonb_array_elements_text(document->'{field}') AS gebiet"  # noqa: S608 - field names of this module
        " WHERE gebiet = ANY(%s::text[]))"
    )
    return _Part(sql, ([str(one) for one in ids],))


def _choices(plan: Plan) -> list[_Part]:
    chosen = []
    for field in ("zielgruppe", "lebenslage"):
        if value := getattr(plan.filter, field):
            chosen.append(_Part(f"document->'{field}' ? %s", (value,)))
    if plan.filter.online and plan.kette:
        chosen.append(_in("online_in", plan.kette))
    elif plan.filter.online:
        chosen.append(_Part("jsonb_array_length(document->'online_in') > 0"))
    return chosen


def _visible(kind: str, heute: date | None) -> list[_Part]:
    parts = [_Part("kind = %s", (kind,)), _Part("NOT deleted")]
    if heute is not None:
        parts.append(_Part("gueltig_ab <= %s AND gueltig_bis >= %s", (heute, heute)))
    return parts


def _where(plan: Plan, kind: str) -> _Part:
    ways = [_matches(reading) for reading in plan.readings]
    if plan.kennungen:
        ways.append(_Part("tokens->'kennung' ?| %s::text[]", (list(plan.kennungen),)))
    any_way = _join(ways, " OR ")
    parts = [*_visible(kind, plan.heute), _Part(f"({any_way.sql})", any_way.params)]
    if plan.kette and kind == "leistung":
        parts.append(_in("gueltig_in", plan.kette))
    if kind == "leistung":
        parts.extend(_choices(plan))
    return _join(parts, " AND ")


def _score(plan: Plan) -> _Part:
    ways = [_rank(reading) for reading in plan.readings]
    if plan.kennungen:
        sql = "CASE WHEN tokens->'kennung' ?| %s::text[] THEN %s ELSE 0 END"
        ways.append(_Part(sql, (list(plan.kennungen), w.KENNUNG_GEWICHT)))
    best = _join(ways, ", ")
    factors = [_Part("1"), _Part(f"%s * {BELIEBTHEIT}", (w.BELIEBTHEIT_GEWICHT,))]
    if plan.kommunal:
        near = _in("gueltig_in", plan.kommunal)
        factors.append(_Part(f"%s * ({near.sql})::int", (w.KOMMUNAL_GEWICHT, *near.params)))
    factor = _join(factors + _phrase(plan), " + ")
    return _Part(f"(greatest({best.sql}))::float8 * ({factor.sql})", (*best.params, *factor.params))


def compile_search(plan: Plan, *, limit: int, kind: str = "leistung") -> PgQuery:
    """Return the statement that finds `(object_id, score)`, best first, at most `limit` rows.

    Visible, valid on `plan.heute`, within the place and the chosen filters; equal scores are
    ordered by id. An empty plan finds nothing.
    """
    if plan.is_empty:
        return NOTHING
    score, where = _score(plan), _where(plan, kind)
    # Only fragments of this module are joined; every value travels as a parameter.
    sql = (
        f"SELECT object_id, {score.sql} AS score FROM search_dokument"  # noqa: S608 - see above
        f" WHERE {where.sql} ORDER BY score DESC, object_id LIMIT %s"
    )
    return PgQuery(sql, (*score.params, *where.params, limit))


def compile_count(plan: Plan, *, kind: str = "leistung") -> PgQuery:
    """Return the statement that counts all hits of the plan: one row, one bigint."""
    if plan.is_empty:
        return PgQuery("SELECT 0::bigint", ())
    where = _where(plan, kind)
    sql = f"SELECT count(*) FROM search_dokument WHERE {where.sql}"  # noqa: S608 - fragments only
    return PgQuery(sql, where.params)


def compile_suggest(text: str, *, limit: int, heute: date | None = None) -> PgQuery:
    """Return the statement for suggestions: finished words exact, the last one as a prefix.

    Rows are `(object_id, score)`: titles with the very words first, then popular services.
    """
    tokens = analyse(text)
    if not tokens or max(len(token.genau) for token in tokens) < w.VORSCHLAG_MIN:
        return NOTHING
    words = [quote_lexeme(VORSCHLAG_PREFIX + token.genau) for token in tokens[:-1]]
    last = quote_lexeme(VORSCHLAG_PREFIX + tokens[-1].genau[: w.VORSCHLAG_MAX])
    query = " & ".join([*words, f"{last}:*"])
    titles = _join(
        (_Part("(tsv @@ %s::tsquery)::int", (f"{quote_lexeme(t.stamm)}:A",)) for t in tokens),
        " + ",
    )
    where = _join([*_visible("leistung", heute), _Part("tsv @@ %s::tsquery", (query,))], " AND ")
    sql = (
        f"SELECT object_id, ({titles.sql}) + %s * {BELIEBTHEIT} AS score FROM search_dokument"  # noqa: S608 - fragments only
        f" WHERE {where.sql} ORDER BY score DESC, object_id LIMIT %s"
    )
    return PgQuery(sql, (*titles.params, w.BELIEBTHEIT_GEWICHT, *where.params, limit))
