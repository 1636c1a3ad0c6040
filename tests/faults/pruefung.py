"""The end: index, table, content and what editors committed say the same, to the last hash.

Reads with its own eyes beside `check_index`: the check must not vouch for itself.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from elasticsearch import Elasticsearch

from behoerden.models import Behoerde
from leistungen.models import Leistung
from search.models import SearchDokument
from search.reconcile import check_all
from search.rows import count_rows
from search.targets import get_live
from tests.faults.journal import ALIAS, ENTWURF, Eintrag, last_states

MODELS = {"leistung": Leistung, "behoerde": Behoerde}
TITLES = {"leistung": "bezeichnung_de", "behoerde": "name_de"}
SHOWN = 10


def wait_until_settled(limit: float) -> float | None:
    """Return the seconds until nothing was pending; None if it still is after the limit."""
    began = time.monotonic()
    while time.monotonic() - began < limit:
        if not count_rows().pending:
            return time.monotonic() - began
        time.sleep(0.2)
    return None


def drift() -> dict[str, int]:
    """Return the numbers of `check_index --deep`, summed over the kinds."""
    total: dict[str, int] = {}
    for befund in check_all(deep=True):
        for name, number in befund.numbers().items():
            total[name] = total.get(name, 0) + number
    return total


def differences(folder: Path, direct_url: str) -> list[str]:
    """Return everything that is not as it must be, in words; at most some of each kind."""
    client = Elasticsearch(direct_url, request_timeout=30)
    found: list[str] = []
    states = last_states(folder)
    for kind in MODELS:
        documents = _documents(client, kind)
        found += _index_against_rows(kind, documents)
        found += _alias_against_registry(client, kind)
        found += _edits(kind, {pk: e for (k, pk), e in states.items() if k == kind}, documents)
    if drafts := _drafts(client):
        found.append(f"{drafts} Entwürfe in den Indizes")
    return found


def _documents(client: Elasticsearch, kind: str) -> dict[int, dict[str, Any]]:
    """Return id → version and source of everything the alias shows."""
    client.indices.refresh(index=f"{ALIAS}-{kind}")
    found: dict[int, dict[str, Any]] = {}
    after: list[Any] | None = None
    while True:
        body: dict[str, Any] = {
            "size": 1000,
            "sort": [{"nr": "asc"}],
            "version": True,
            "_source": ["inhalt_hash", "anzeige"],
        }
        if after:
            body["search_after"] = after
        hits = client.search(index=f"{ALIAS}-{kind}", body=body)["hits"]["hits"]
        if not hits:
            return found
        for hit in hits:
            found[int(hit["_id"])] = {"version": hit["_version"], **hit["_source"]}
        after = hits[-1]["sort"]


def _index_against_rows(kind: str, documents: dict[int, dict[str, Any]]) -> list[str]:
    """Ids are those of the published objects; versions and hashes those of the table."""
    published = set(MODELS[kind]._base_manager.filter(live=True).values_list("pk", flat=True))
    rows = SearchDokument.objects.filter(kind=kind).order_by("object_id")
    found = _some(f"{kind}: veröffentlicht, nicht im Index", published - documents.keys())
    found += _some(f"{kind}: im Index, nicht veröffentlicht", documents.keys() - published)
    seen = set()
    for row in rows:
        seen.add(row.object_id)
        document = documents.get(row.object_id)
        if row.indexed_version != row.version or row.built_version != row.version or row.dead:
            found.append(f"{row}: Zeile steht auf {row.version}/{row.indexed_version}")
        if row.deleted == (row.object_id in published):
            found.append(f"{row}: deleted={row.deleted}")
        if document and (document["version"], document["inhalt_hash"]) != (
            row.version,
            row.inhalt_hash,
        ):
            found.append(f"{row}: Index hat Version {document['version']}, Zeile {row.version}")
    return found + _some(f"{kind}: veröffentlicht, ohne Zeile", published - seen)


def _edits(
    kind: str, states: dict[int, Eintrag], documents: dict[int, dict[str, Any]]
) -> list[str]:
    """What each editor committed last is what the database and the index show."""
    title = TITLES[kind]
    rows = {
        pk: (titel, live)
        for pk, titel, live in MODELS[kind]._base_manager.values_list("pk", title, "live")
    }
    found = []
    for pk, eintrag in states.items():
        wanted = (eintrag.titel, eintrag.live) if eintrag.da else None
        if rows.get(pk) != wanted:
            found.append(f"{kind} {pk}: Bearbeitung verloren: {rows.get(pk)} statt {wanted}")
        shown = documents[pk]["anzeige"]["titel"] if pk in documents else None
        if shown != (eintrag.titel if eintrag.da and eintrag.live else None):
            found.append(f"{kind} {pk}: der Index zeigt {shown!r} statt {eintrag.titel!r}")
    return found


def _alias_against_registry(client: Elasticsearch, kind: str) -> list[str]:
    alias = sorted(client.indices.get_alias(name=f"{ALIAS}-{kind}").body)
    live = get_live(kind)
    registered = [live.name] if live else []
    return [] if alias == registered else [f"{kind}: Alias {alias}, Verzeichnis {registered}"]


def _drafts(client: Elasticsearch) -> int:
    answer = client.count(index=f"{ALIAS}-*", body={"query": {"term": {"titel_genau": ENTWURF}}})
    return int(answer["count"])


def _some(words: str, ids: set[int]) -> list[str]:
    return [f"{words}: {len(ids)}, etwa {sorted(ids)[:SHOWN]}"] if ids else []
