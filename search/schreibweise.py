"""Folded words of the vocabulary in the spelling of the titles: fuhrerschein, Führerschein."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection

from leistungen.models import Leistung
from search.analysis import analyse
from search.analysis.fields import VORSCHLAG_PREFIX, quote_lexeme
from search.plan import Plan
from search.weights import MAX_MEINTEN

# A word of the vocabulary stands in many documents; the first few show how it is written.
_DOKUMENTE = 10


def korrigiert(text: str, ersatz: Sequence[tuple[str, str]]) -> str:
    """Return the query with its typing errors replaced, "" if there are none."""
    if not ersatz:
        return ""
    written = _schreibweisen(wort for _, wort in ersatz)
    return _ersetze(text, {typed: written.get(wort, wort) for typed, wort in ersatz})


def meinten(text: str, plan: Plan) -> tuple[str, ...]:
    """Return the queries that may have been meant, at most three."""
    if not plan.meinten:
        return ()
    written = _schreibweisen(wort for _, wort in plan.meinten)
    found = (_ersetze(text, {typed: written.get(wort, wort)}) for typed, wort in plan.meinten)
    return tuple(dict.fromkeys(found))[:MAX_MEINTEN]


def _ersetze(text: str, ersatz: dict[str, str]) -> str:
    for token in reversed(analyse(text)):
        if token.genau in ersatz:
            text = text[: token.start] + ersatz[token.genau].lower() + text[token.ende :]
    return text


def _schreibweisen(words: Iterable[str]) -> dict[str, str]:
    """Return folded word → as it is written in a title or Begriff; three queries."""
    wanted = set(words)
    query = " | ".join(quote_lexeme(VORSCHLAG_PREFIX + word) for word in sorted(wanted))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT object_id FROM search_dokument WHERE kind = 'leistung' AND NOT deleted"
            " AND tsv @@ %s::tsquery ORDER BY object_id LIMIT %s",
            (query, _DOKUMENTE * len(wanted)),
        )
        ids = [row[0] for row in cursor.fetchall()]
    texts: list[str] = []
    for leistung in Leistung.objects.filter(pk__in=ids, live=True).prefetch_related("begriffe"):
        texts += (leistung.bezeichnung_2_de or "", leistung.bezeichnung_de or "")
        texts += (begriff.begriff_de or "" for begriff in leistung.begriffe.all())
    return {
        token.genau: text[token.start : token.ende]
        for text in texts
        for token in analyse(text)
        if token.genau in wanted
    }
