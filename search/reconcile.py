"""Is the index equal to the database? Differences as ids, repaired by sending again."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone

from search import indices, rows
from search.alias import follow_alias
from search.build import build
from search.config import BATCH_SIZE, DOKUMENT_KINDS
from search.drift import Abgleich, Zeile, compare, still_same
from search.inhalte import live_ids
from search.marks import mark_changed, raise_above
from search.models import SearchDokument
from search.rows import Auftrag
from search.targets import get_live
from zufi.common.zeitraum import heute

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Befund:
    """Result for one kind: differences by id, rows given up, rows on their way, rows compared."""

    kind: str
    index: str  # "" while there is none
    abgleich: Abgleich
    ohne_zeile: tuple[int, ...]  # live objects never announced; they count as missing
    tief: tuple[int, ...]  # --deep: the stored document is not what a build gives now (stale)
    dead: Mapping[int, str]
    pending: int
    checked: int

    def numbers(self) -> dict[str, int]:
        """Return the numbers of the JSON interface."""
        return {
            "missing": len(self.abgleich.missing) + len(self.ohne_zeile),
            "stale": len(set(self.abgleich.stale) | set(self.tief)),
            "surplus": len(self.abgleich.surplus),
            "ahead": len(self.abgleich.ahead),
            "dead": len(self.dead),
            "pending": self.pending,
            "checked": self.checked,
        }

    @property
    def has_drift(self) -> bool:
        """Whether anything differs or was given up; what is on its way is no drift."""
        return any(
            self.numbers()[name] for name in ("missing", "stale", "surplus", "ahead", "dead")
        )


def check(kind: str, *, deep: bool = False, index: str | None = None) -> Befund:
    """Compare the rows of a kind with an index, the live one unless another is named.

    Exact while editors publish and workers send: the rows are read first, then the index is
    refreshed and read, then rows that moved meanwhile are left out.

    Raises:
        ElasticsearchAway: the index could not be read to its end.
    """
    if index is None:
        follow_alias(kind)  # what readers do not see is not what has to be right
        live = get_live(kind)
        index = live.name if live else ""
    before = load_zeilen(kind)
    abgleich = _compare_index(kind, index, before)
    ohne_zeile = sorted(live_ids(kind, heute(timezone.now())) - before.keys())
    return Befund(
        kind=kind,
        index=index,
        abgleich=abgleich,
        ohne_zeile=tuple(ohne_zeile),
        tief=_differs_from_build(kind, before) if deep else (),
        dead=_dead(kind),
        pending=sum(not zeile.settled and not zeile.dead for zeile in before.values()),
        checked=len(before),
    )


def repair(befund: Befund) -> None:
    """Whatever differs is pending, above every version the index knows of; the worker sends it.

    Raising the version rather than sending the same one again: what somebody deleted or wrote
    in Elasticsearch directly has a higher version there and would win. Rows given up stay so.
    """
    versions = {
        object_id: befund.abgleich.versions.get(object_id, 0)
        for object_id in (*befund.abgleich.ids, *befund.ohne_zeile, *befund.tief)
    }
    rows.giving_way(lambda: raise_above(befund.kind, versions))


def load_zeilen(kind: str) -> dict[int, Zeile]:
    """Return id → row of every row of this kind."""
    now = timezone.now()
    values = SearchDokument.objects.filter(kind=kind).order_by("object_id")
    return {
        row.object_id: Zeile(
            version=row.version,
            visible=not row.deleted,
            inhalt_hash=row.inhalt_hash,
            settled=row.indexed_version >= row.version
            and (row.lease_until is None or row.lease_until < now),
            dead=row.dead,
        )
        for row in values.only(
            "kind",
            "object_id",
            "version",
            "indexed_version",
            "deleted",
            "inhalt_hash",
            "lease_until",
            "dead",
        ).iterator(chunk_size=5000)
    }


def _compare_index(kind: str, index: str, before: Mapping[int, Zeile]) -> Abgleich:
    if not index:
        # Nothing is there, so nothing is on its way either: every visible row is missing.
        waiting = {pk: replace(zeile, settled=not zeile.dead) for pk, zeile in before.items()}
        return compare(waiting, ())
    indices.refresh(index)
    documents = [(d.object_id, d.version, d.inhalt_hash) for d in indices.scan(index)]
    first = compare(before, documents)
    if not first.ids:
        return first
    return first.only(still_same(first.ids, before, load_zeilen(kind)))


def _differs_from_build(kind: str, zeilen: Mapping[int, Zeile]) -> tuple[int, ...]:
    """Return the settled rows whose content a build would write differently: never announced."""
    differing = set()
    ids = [object_id for object_id, zeile in zeilen.items() if zeile.settled]
    for start in range(0, len(ids), BATCH_SIZE):
        page = ids[start : start + BATCH_SIZE]
        gebaut = build([Auftrag(kind, object_id, zeilen[object_id].version) for object_id in page])
        for object_id in page:
            dokument = gebaut.dokumente.get((kind, object_id))
            zeile = zeilen[object_id]
            if dokument is None or (not dokument.deleted, dokument.inhalt_hash) != (
                zeile.visible,
                zeile.inhalt_hash if zeile.visible else "",
            ):
                differing.add(object_id)
    return tuple(sorted(still_same(differing, zeilen, load_zeilen(kind)))) if differing else ()


def _dead(kind: str) -> dict[int, str]:
    dead = SearchDokument.objects.filter(kind=kind, dead=True).order_by("object_id")
    return dict(dead.values_list("object_id", "last_error"))


def check_all(*, deep: bool = False) -> list[Befund]:
    """Return the result of every kind that has documents."""
    return [check(kind, deep=deep) for kind in DOKUMENT_KINDS]


def adopt_missing(kind: str) -> int:
    """Every live object has a row; return how many were added."""
    known = set(SearchDokument.objects.filter(kind=kind).values_list("object_id", flat=True))
    missing = live_ids(kind, heute(timezone.now())) - known
    with transaction.atomic():
        mark_changed(kind, missing)
    return len(missing)
