"""The vocabulary of the visible documents, read from their `tsvector` and kept per process."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from django.db import connection

from behoerden.models import Ortsname
from search import weights as w
from search.analysis.fields import VORSCHLAG_PREFIX
from search.korrektur import Wortschatz

# Words of titles and Begriffe, parts and English stems carry a prefix in the tsvector.
_PREFIXES = (VORSCHLAG_PREFIX, "t_", "en_")
_STAND = "SELECT count(*), max(changed_at), max(indexed_at) FROM search_dokument"
_WOERTER = """
    SELECT word, ndoc FROM ts_stat(
        $$SELECT tsv FROM search_dokument WHERE kind = 'leistung' AND NOT deleted$$)
"""

Stand = tuple[int, datetime | None, datetime | None]


@dataclass(frozen=True, slots=True)
class _Gemerkt:
    schatz: Wortschatz
    ortsformen: frozenset[str]
    stand: Stand
    geprueft: float


_gemerkt: dict[str, _Gemerkt] = {}
_lock = Lock()


def load_wortschatz() -> Wortschatz:
    """Return the words of all visible Leistungen, at most a minute old."""
    return _current().schatz


def is_ortsname(folded: str) -> bool:
    """Tell whether a place is called that; `folded` as `behoerden.domain.ortsname.fold` gives it.

    At most a minute old, like the words; whether the place counts today is for `find_orte`.
    """
    return folded in _current().ortsformen


def forget() -> None:
    """Read the vocabulary again at the next call: for tests and after a restore."""
    _gemerkt.clear()


def _current() -> _Gemerkt:
    known = _gemerkt.get("")
    if known and time.monotonic() - known.geprueft < w.VOKABULAR_SEKUNDEN:
        return known
    with _lock:
        stand = _read_stand()
        if known and known.stand == stand:
            fresh = _Gemerkt(known.schatz, known.ortsformen, stand, time.monotonic())
        else:
            fresh = _read(stand)
        _gemerkt[""] = fresh
    return fresh


def _read_stand() -> Stand:
    with connection.cursor() as cursor:
        cursor.execute(_STAND)
        count, changed, indexed = cursor.fetchone()
    return int(count), changed, indexed


def _read(stand: Stand) -> _Gemerkt:
    woerter: dict[str, int] = {}
    staemme: dict[str, int] = {}
    englisch: set[str] = set()
    with connection.cursor() as cursor:
        cursor.execute(_WOERTER)
        for lexeme, count in cursor.fetchall():
            prefix = next((one for one in _PREFIXES if lexeme.startswith(one)), "")
            word = lexeme[len(prefix) :]
            if prefix == VORSCHLAG_PREFIX:
                woerter[word] = count
            elif prefix == "en_":
                englisch.add(word)
            else:
                staemme[word] = max(count, staemme.get(word, 0))
    rows = Ortsname.objects.values_list("form_ae", "form_a")
    formen = frozenset(form for row in rows for form in row)
    orte = frozenset(form for form in formen if form.isalpha())
    schatz = Wortschatz.of(woerter, staemme, frozenset(englisch), orte)
    return _Gemerkt(schatz, formen, stand, time.monotonic())
