"""Suggestions for services while somebody types."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from leistungen.models import Leistung
from search import client, compile_es, compile_pg, notsuche
from search.analysis import analyse

MAX_SUGGESTIONS = 8
MIN_LENGTH = 2


def suggest_leistungen(q: str, heute: date) -> list[tuple[str, str]]:
    """Return (value, label) of at most eight published services whose words begin like the input.

    The label tells the search word that matched, if the title does not: "Perso → Personalausweis
    beantragen".
    """
    q = q.strip()
    if len(q) < MIN_LENGTH:
        return []
    ids = _find(q, heute)
    leistungen = Leistung.objects.sichtbar_am(heute).filter(pk__in=ids).prefetch_related("begriffe")
    found = {leistung.pk: leistung for leistung in leistungen}
    return [(found[pk].titel, _label(found[pk], q)) for pk in ids if pk in found][:MAX_SUGGESTIONS]


def _find(q: str, heute: date) -> list[int]:
    try:
        raw = client.run(
            compile_es.compile_suggest(q, size=MAX_SUGGESTIONS * 2, heute=heute),
            kind="leistung",
            timeout=settings.SUGGEST_TIMEOUT_SECONDS,
        )
    except client.ElasticsearchAway:
        query = compile_pg.compile_suggest(q, limit=MAX_SUGGESTIONS * 2, heute=heute)
        return [int(row[0]) for row in notsuche.find(query)]
    return [int(hit["fields"]["nr"][0]) for hit in raw["hits"]["hits"]]


def _label(leistung: Leistung, q: str) -> str:
    words = [token.genau for token in analyse(q)]
    if not words or _begins(leistung.titel, words):
        return leistung.titel
    for begriff in leistung.begriffe.all():
        if _begins(begriff.begriff_de or "", words):
            return f"{begriff.begriff_de} → {leistung.titel}"
    return leistung.titel


def _begins(text: str, words: list[str]) -> bool:
    have = [token.genau for token in analyse(text)]
    return all(any(word.startswith(typed) for word in have) for typed in words)
