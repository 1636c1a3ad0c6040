"""Index definition: strict, core features only, named after what it holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from search.analysis import analyser_hash
from search.analysis.fields import field_tokens
from search.mapping import KINDS, alias_name, index_body, index_name, mapping_hash

EMPTY = field_tokens(
    titel=[], begriffe=[], kurz=[], text=[], stelle=[], titel_en=[], text_en=[], kennung=[]
)


@pytest.mark.parametrize("kind", KINDS)
def test_body_is_strict_and_names_its_state(kind: str) -> None:
    body = index_body(kind, replicas=2)

    assert body["mappings"]["dynamic"] == "strict"
    assert body["mappings"]["_meta"] == {"analyser": analyser_hash(), "mapping": mapping_hash(kind)}
    assert body["settings"]["number_of_replicas"] == 2
    assert "analysis" not in body["settings"]


def test_every_token_field_has_a_place_and_needs_no_analysis() -> None:
    properties = index_body("leistung")["mappings"]["properties"]

    assert set(EMPTY) <= set(properties)
    analyzers = {f.get("analyzer") for f in properties.values() if f["type"] == "text"}
    assert analyzers == {"whitespace"}


def test_names() -> None:
    now = datetime(2026, 10, 1, 14, 2, 3, 456789, tzinfo=timezone(timedelta(hours=2)))

    assert alias_name("zufi", "leistung") == "zufi-leistung"
    hash_part = mapping_hash("leistung")[:8]
    assert index_name("zufi", "leistung", now) == f"zufi-leistung-{hash_part}-20261001120203456"


def test_kinds_have_hashes_of_their_own() -> None:
    assert mapping_hash("leistung") != mapping_hash("behoerde")


def test_mistakes_are_named() -> None:
    with pytest.raises(ValueError, match="unknown kind"):
        alias_name("zufi", "gebiet")
    with pytest.raises(ValueError, match="time zone"):
        index_name("zufi", "leistung", datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None))
