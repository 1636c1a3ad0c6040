"""What has to be indexed again: one number per object, raised in the transaction of the change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import connection, transaction

from search.config import CHANNEL, DOKUMENT_KINDS, QUELLEN_KINDS
from zufi.common.changes import OutsideTransaction
from zufi.common.zeitraum import heute

_MARKED_KINDS = frozenset(DOKUMENT_KINDS + QUELLEN_KINDS)

# Ids in order: two editors who mark the same rows wait for each other instead of deadlocking.
_UPSERT = """
INSERT INTO search_dokument (kind, object_id)
SELECT %(kind)s, id FROM unnest(%(ids)s::bigint[]) AS id ORDER BY id
ON CONFLICT (kind, object_id) DO UPDATE SET
  version = search_dokument.version + 1, changed_at = clock_timestamp(),
  attempts = 0, dead = false, last_error = '', next_attempt_at = now()
"""

_RAISE = """
INSERT INTO search_dokument (kind, object_id, version)
SELECT %(kind)s, id, known + 1
FROM unnest(%(ids)s::bigint[], %(versions)s::bigint[]) AS n(id, known) ORDER BY id
ON CONFLICT (kind, object_id) DO UPDATE SET
  version = greatest(search_dokument.version + 1, excluded.version),
  changed_at = clock_timestamp(), attempts = 0, next_attempt_at = now()
WHERE NOT search_dokument.dead
"""


def mark_announced(kind: str, ids: frozenset[int]) -> None:
    """Receiver of `zufi.common.changes`: the objects are pending; unknown kinds are ignored."""
    if kind in _MARKED_KINDS:
        mark_changed(kind, ids)


def mark_changed(kind: str, ids: Iterable[int]) -> None:
    """The version of each object is raised by one, and workers are woken when the change commits.

    One statement for any number of ids. The row locks last until commit, so this is the last
    thing a verb does. Documents that embed the object are found by the worker, after commit
    (search.md 4.1: this transaction cannot see a link that another one is just adding).

    Raises:
        OutsideTransaction: there is no transaction to be part of.
    """
    unique = sorted(set(ids))
    if not unique:
        return
    if not connection.in_atomic_block:
        raise OutsideTransaction(kind)
    with connection.cursor() as cursor:
        cursor.execute(_UPSERT, {"kind": kind, "ids": unique})
        cursor.execute(f"NOTIFY {CHANNEL}")


def raise_above(kind: str, versions: Mapping[int, int]) -> None:
    """Like `mark_changed`, and above the version the index holds: a repair. Dead rows stay dead.

    Args:
        kind: "leistung" or "behoerde".
        versions: id → version in the index, 0 where it has none.
    """
    ids = sorted(versions)
    if not ids:
        return
    if not connection.in_atomic_block:
        raise OutsideTransaction(kind)
    known = [versions[object_id] for object_id in ids]
    with connection.cursor() as cursor:
        cursor.execute(_RAISE, {"kind": kind, "ids": ids, "versions": known})
        cursor.execute(f"NOTIFY {CHANNEL}")


_DUE = """
SELECT kind, object_id FROM search_dokument
WHERE (naechste_aenderung <= %(heute)s OR naechster_moment <= %(jetzt)s)
  AND built_version >= version
"""


def mark_due(jetzt: datetime) -> int:
    """Documents that differ from this day or moment on, without a write, are pending.

    A period begins or ends at midnight (`naechste_aenderung`), the maintenance of an Onlinedienst
    at any moment (`naechster_moment`). Calling it again does no harm: what is marked and not
    built yet is left alone.

    Returns:
        How many documents were marked.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_DUE, {"heute": heute(jetzt), "jetzt": jetzt})
            due = cursor.fetchall()
        for kind in DOKUMENT_KINDS:
            mark_changed(kind, (object_id for row_kind, object_id in due if row_kind == kind))
    return len(due)
