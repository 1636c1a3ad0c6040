"""Everything the worker, the rebuild and the check ask of Elasticsearch, by concrete index name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from elasticsearch import Elasticsearch
from elasticsearch.dsl import Search
from elasticsearch.helpers import streaming_bulk

from search.client import ElasticsearchAway, client, speaking
from search.config import (
    ADMIN_TIMEOUT_SECONDS,
    BULK_BYTES,
    BULK_DOCUMENTS,
    BULK_TIMEOUT_SECONDS,
    HEALTH_TIMEOUT_SECONDS,
    SCAN_PAGE,
)
from search.mapping import alias_name, index_body
from search.outcomes import ItemResult, classify

_NOT_FOUND = 404
_KEEP_ALIVE = "2m"
_PRIORITY = 500  # above templates of the operator for all indices


@dataclass(frozen=True, slots=True)
class Gefunden:
    """A document as the index holds it."""

    object_id: int
    version: int
    inhalt_hash: str


def _admin() -> Elasticsearch:
    return client().options(request_timeout=ADMIN_TIMEOUT_SECONDS)


# --- writing documents ------------------------------------------------------------------------


def index_action(
    index: str, object_id: int, version: int, source: dict[str, Any]
) -> dict[str, Any]:
    """Return the action that puts this version, unless the index holds a higher one."""
    return _action("index", index, object_id, version) | {"_source": source}


def delete_action(index: str, object_id: int, version: int) -> dict[str, Any]:
    """Return the action that deletes at this version, unless the index holds a higher one."""
    return _action("delete", index, object_id, version)


def _action(operation: str, index: str, object_id: int, version: int) -> dict[str, Any]:
    # external_gte, not external: the same version may be sent twice.
    return {
        "_op_type": operation,
        "_index": index,
        "_id": str(object_id),
        "version": version,
        "version_type": "external_gte",
    }


def send(actions: Iterable[dict[str, Any]]) -> list[ItemResult]:
    """Return one result per action, in their order.

    No retries in the helper: it would send items again after later ones.

    Raises:
        ElasticsearchAway: no answer; what arrived before is unknown and harmless to send again.
    """
    with speaking():
        results = streaming_bulk(
            client().options(request_timeout=BULK_TIMEOUT_SECONDS, max_retries=0),
            actions,
            chunk_size=BULK_DOCUMENTS,
            max_chunk_bytes=BULK_BYTES,
            raise_on_error=False,
            raise_on_exception=False,
            max_retries=0,
        )
        return [classify(*next(iter(item.items()))) for _, item in results]


# --- reading hits of one index ---------------------------------------------------------------


def hits(index: str, search: Search) -> list[int]:
    """Return the ids a compiled query finds in this index, best first."""
    with speaking():
        answer = _admin().search(
            index=index, body=search.to_dict(), allow_partial_search_results=False
        )
    return [int(hit["fields"]["nr"][0]) for hit in answer["hits"]["hits"]]


# --- indices and aliases ----------------------------------------------------------------------


def own_template(kind: str) -> None:
    """Whatever is created under the names of this kind has our settings and our strict mapping.

    An index made by accident (a write without `rebuild_index`, a restored snapshot) thus refuses
    unknown fields instead of guessing them.
    """
    alias = alias_name(settings.SEARCH_INDEX_PREFIX, kind)
    with speaking():
        _admin().indices.put_index_template(
            name=f"{alias}-vorlage",
            index_patterns=[f"{alias}-*"],
            template=index_body(kind, replicas=settings.SEARCH_REPLICAS),
            priority=_PRIORITY,
        )


def drop_template(kind: str) -> None:
    """Our template of this kind is gone; a missing one is no error."""
    alias = alias_name(settings.SEARCH_INDEX_PREFIX, kind)
    try:
        with speaking():
            _admin().indices.delete_index_template(name=f"{alias}-vorlage")
    except ElasticsearchAway as error:
        if error.status != _NOT_FOUND:
            raise


def create(kind: str, name: str) -> None:
    """The index exists, empty, and is not refreshed until `open_for_search`."""
    body = index_body(kind, replicas=0)
    body["settings"]["refresh_interval"] = "-1"
    with speaking():
        _admin().indices.create(index=name, body=body)


def open_for_search(name: str) -> None:
    """The index is refreshed every second and replicated as the settings say."""
    with speaking():
        _admin().indices.put_settings(
            index=name,
            settings={"refresh_interval": "1s", "number_of_replicas": settings.SEARCH_REPLICAS},
        )
        _admin().indices.refresh(index=name)


def refresh(name: str) -> None:
    """What was sent to the index until now is found."""
    with speaking():
        _admin().indices.refresh(index=name)


def count(name: str) -> int:
    """Return the number of documents found in the index."""
    with speaking():
        return int(_admin().count(index=name)["count"])


def count_all() -> dict[str, int]:
    """Return index → number of documents of all indices under our prefix; waits a second only.

    Raises:
        ElasticsearchAway: no answer in time.
    """
    link = client().options(request_timeout=HEALTH_TIMEOUT_SECONDS, max_retries=0)
    with speaking():
        answer = link.indices.stats(index=f"{settings.SEARCH_INDEX_PREFIX}-*", metric="docs")
    return {
        name: int(facts["primaries"]["docs"]["count"])
        for name, facts in answer["indices"].items()
        if facts["primaries"].get("docs")
    }


def delete(name: str) -> None:
    """The index is gone; deleting a missing one is no error. Never by wildcard."""
    try:
        with speaking():
            _admin().indices.delete(index=name)
    except ElasticsearchAway as error:
        if error.status != _NOT_FOUND:
            raise


def existing(kind: str) -> dict[str, datetime]:
    """Return the indices of this kind under our prefix → moment of their creation."""
    with speaking():
        answer = _admin().indices.get_settings(
            index=f"{alias_name(settings.SEARCH_INDEX_PREFIX, kind)}-*", name="index.creation_date"
        )
    return {
        name: datetime.fromtimestamp(
            int(facts["settings"]["index"]["creation_date"]) / 1000, tz=UTC
        )
        for name, facts in answer.body.items()
    }


def alias_targets(kind: str) -> list[str]:
    """Return the indices the alias of this kind points to: one, or none before the first build."""
    try:
        with speaking():
            answer = _admin().indices.get_alias(name=alias_name(settings.SEARCH_INDEX_PREFIX, kind))
    except ElasticsearchAway as error:
        if error.status == _NOT_FOUND:
            return []
        raise
    return sorted(answer.body)


def swap_alias(kind: str, old: list[str], new: str) -> None:
    """The alias points to `new` only; one atomic call, refused if an old one no longer holds it."""
    alias = alias_name(settings.SEARCH_INDEX_PREFIX, kind)
    actions: list[dict[str, Any]] = [
        {"remove": {"index": name, "alias": alias, "must_exist": True}} for name in old
    ]
    with speaking():
        _admin().indices.update_aliases(actions=[*actions, {"add": {"index": new, "alias": alias}}])


# --- reading everything -----------------------------------------------------------------------


def scan(name: str) -> Iterator[Gefunden]:
    """Yield every document of the index as it is at the first call (a point in time)."""
    with speaking():
        pit = _admin().open_point_in_time(index=name, keep_alive=_KEEP_ALIVE)["id"]
    after: list[Any] | None = None
    try:
        while hits := _page(pit, after):
            for hit in hits:
                fields = hit["fields"]
                yield Gefunden(fields["nr"][0], hit["_version"], fields["inhalt_hash"][0])
            after = hits[-1]["sort"]
    finally:
        with speaking():
            _admin().close_point_in_time(id=pit)


def _page(pit: str, after: list[Any] | None) -> list[dict[str, Any]]:
    body: dict[str, Any] = {
        "size": SCAN_PAGE,
        "pit": {"id": pit, "keep_alive": _KEEP_ALIVE},
        "sort": [{"_shard_doc": "asc"}],
        "version": True,
        "stored_fields": "_none_",
        "docvalue_fields": ["nr", "inhalt_hash"],
        "track_total_hits": False,
    }
    if after is not None:
        body["search_after"] = after
    with speaking():
        return list(_admin().search(body=body)["hits"]["hits"])
