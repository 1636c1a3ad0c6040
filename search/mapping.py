"""Index definition: fields, names and hashes, with features of the server core only.

No `analysis` section: tokens arrive ready-made and are separated by blanks (search design 3.2).
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from search.analysis import analyser_hash
from search.weights import VORSCHLAG_MAX

KINDS = ("leistung", "behoerde")
"""One index each, so that scores are counted among documents of one kind."""


def _text(**options: object) -> dict[str, Any]:
    return {"type": "text", "analyzer": "whitespace", **options}


def _properties() -> dict[str, Any]:
    freqs = {"index_options": "freqs"}
    keyword = {"type": "keyword"}
    return {
        "titel": _text(),
        "titel_genau": _text(),
        "begriffe": _text(position_increment_gap=100),
        "kurz": _text(**freqs),
        "text": _text(**freqs),
        "teile": _text(**freqs),
        "stelle": _text(**freqs),
        "titel_en": _text(),
        "text_en": _text(**freqs),
        "kennung": keyword,
        "vorschlag": _text(
            index_options="docs",
            norms=False,
            index_prefixes={"min_chars": 1, "max_chars": VORSCHLAG_MAX},
        ),
        "zielgruppe": keyword,
        "lebenslage": keyword,
        "gueltig_in": keyword,
        "online_in": keyword,
        "gueltig_ab": {"type": "date", "format": "strict_date"},
        "gueltig_bis": {"type": "date", "format": "strict_date"},
        "beliebtheit": {"type": "float"},
        "nr": {"type": "long"},
        "inhalt_hash": {"type": "keyword", "index": False},
        "anzeige": {"type": "object", "enabled": False},
    }


def _check(kind: str) -> None:
    if kind not in KINDS:
        raise ValueError(f"unknown kind {kind!r}, expected one of {KINDS}")


def mapping_hash(kind: str) -> str:
    """Return the SHA-256 (hex) of the fields of `kind`; settings that may change do not count."""
    _check(kind)
    text = json.dumps({"kind": kind, "properties": _properties()}, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def index_body(kind: str, *, replicas: int = 0) -> dict[str, Any]:
    """Return the body that creates an index of `kind`.

    `_meta` names the analyser and the mapping, so that a worker can refuse an index made for
    other tokens. One shard: at this size more only make scores inconsistent.
    """
    return {
        "settings": {
            "number_of_shards": 1,
            "number_of_replicas": replicas,
            "refresh_interval": "1s",
            "gc_deletes": "1h",
        },
        "mappings": {
            "dynamic": "strict",
            "_meta": {"analyser": analyser_hash(), "mapping": mapping_hash(kind)},
            "properties": _properties(),
        },
    }


def index_name(prefix: str, kind: str, now: datetime) -> str:
    """Return the name of a new index: prefix, kind, mapping hash, UTC time to the millisecond.

    Raises:
        ValueError: unknown kind, or `now` carries no time zone.
    """
    if now.tzinfo is None:
        raise ValueError("now must carry a time zone")
    stamp = now.astimezone(UTC).strftime("%Y%m%d%H%M%S%f")[:17]
    return f"{prefix}-{kind}-{mapping_hash(kind)[:8]}-{stamp}"


def alias_name(prefix: str, kind: str) -> str:
    """Return the alias readers use; it points to the live index of `kind`."""
    _check(kind)
    return f"{prefix}-{kind}"
