"""The statements of the worker on `search_dokument`: claim, store, finish, give back, fail.

Each is one short transaction that waits at most `LOCK_TIMEOUT_MS` for a lock and is repeated, so
that in a conflict the worker gives way, never an editor. Locks are taken in the order of keys.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from django.db import OperationalError, connection, transaction
from psycopg import errors

from search.config import (
    ALONE_FROM_ATTEMPT,
    BACKOFF_MAX_SECONDS,
    BATCH_SIZE,
    DEAD_AFTER_ATTEMPTS,
    DOKUMENT_KINDS,
    LEASE_SECONDS,
    LOCK_TIMEOUT_MS,
    STATEMENT_TRIES,
)
from search.documents import Dokument

Key = tuple[str, int]
T = TypeVar("T")

_GAVE_WAY = (errors.LockNotAvailable, errors.DeadlockDetected, errors.SerializationFailure)


@dataclass(frozen=True, slots=True)
class Auftrag:
    """A claimed row: this version of this object is to be indexed."""

    kind: str
    object_id: int
    version: int
    attempts: int = 0

    @property
    def key(self) -> Key:
        """Kind and id, the order in which locks are taken."""
        return (self.kind, self.object_id)


def giving_way(statement: Callable[[], T]) -> T:
    """Run the statement in a transaction of its own; repeat it when it gave way to somebody.

    Raises:
        OperationalError: it gave way `STATEMENT_TRIES` times, or the database is away.
    """
    for tries_left in reversed(range(STATEMENT_TRIES)):
        try:
            with transaction.atomic(durable=True):
                with connection.cursor() as cursor:
                    cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT_MS}ms'")
                return statement()
        except OperationalError as error:
            if not isinstance(error.__cause__, _GAVE_WAY) or not tries_left:
                raise
            time.sleep(0.05 + secrets.randbelow(100) / 1000)
    raise AssertionError("unreachable")


def run_sql(sql: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Execute in a transaction of its own, giving way; return the rows, if there are any."""

    def statement() -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return list(cursor.fetchall()) if cursor.description else []

    return giving_way(statement)


# --- claim ------------------------------------------------------------------------------------

_CLAIM = """
UPDATE search_dokument d
SET lease_owner = %(owner)s, lease_until = now() + make_interval(secs => %(lease)s),
    attempts = d.attempts + 1
FROM (
  SELECT kind, object_id FROM search_dokument
  WHERE indexed_version < version AND NOT dead AND next_attempt_at <= now()
    AND (lease_until IS NULL OR lease_until < now())
    AND (attempts >= %(alone_from)s) = %(alone)s
    AND (kind = ANY(%(sendable)s) OR built_version < version)
  ORDER BY next_attempt_at
  LIMIT %(count)s FOR UPDATE SKIP LOCKED
) AS chosen
WHERE d.kind = chosen.kind AND d.object_id = chosen.object_id
RETURNING d.kind, d.object_id, d.version, d.attempts
"""

# A document that kills the process never reaches fail(): its claims are counted.
_BURY = """
UPDATE search_dokument SET dead = true, lease_owner = '', lease_until = NULL,
  last_error = coalesce(nullif(last_error, ''), 'Der Vorgang brach ab, ohne Fehlermeldung.')
WHERE indexed_version < version AND NOT dead AND attempts >= %(dead_after)s
  AND (lease_until IS NULL OR lease_until < now())
RETURNING kind, object_id
"""


def claim(owner: str, sendable: Collection[str], *, alone: bool = False) -> list[Auftrag]:
    """Lease pending rows to this owner for `LEASE_SECONDS`, oldest first, in the order of keys.

    Args:
        owner: name of this worker.
        sendable: kinds that can be sent now; of the others only rows whose document is not
            built yet are claimed, because the search on PostgreSQL reads it.
        alone: claim one row that already failed several times, instead of a batch of the others.
    """
    rows = run_sql(
        _CLAIM,
        {
            "owner": owner,
            "lease": LEASE_SECONDS,
            "alone_from": ALONE_FROM_ATTEMPT,
            "alone": alone,
            "sendable": list(sendable),
            "count": 1 if alone else BATCH_SIZE,
        },
    )
    return sorted((Auftrag(*row) for row in rows), key=lambda auftrag: auftrag.key)


def bury() -> list[Key]:
    """Rows claimed `DEAD_AFTER_ATTEMPTS` times without success are dead; return their keys."""
    return [(row[0], row[1]) for row in run_sql(_BURY, {"dead_after": DEAD_AFTER_ATTEMPTS})]


# --- store ------------------------------------------------------------------------------------

_STORE = """
WITH n AS (
  SELECT * FROM jsonb_to_recordset(%(rows)s::jsonb) AS n(
    kind text, object_id bigint, version bigint, deleted boolean, document jsonb, tokens jsonb,
    tsv text, quellen text[], inhalt_hash text, analyser_hash text, gueltig_ab date,
    gueltig_bis date, naechste_aenderung date, naechster_moment timestamptz)
), locked AS (
  SELECT n.* FROM search_dokument d JOIN n USING (kind, object_id)
  WHERE d.built_version <= n.version ORDER BY kind, object_id FOR UPDATE OF d
)
UPDATE search_dokument d
SET deleted = l.deleted, document = l.document, tokens = l.tokens, tsv = l.tsv::tsvector,
    quellen = l.quellen, inhalt_hash = l.inhalt_hash, analyser_hash = l.analyser_hash,
    gueltig_ab = l.gueltig_ab, gueltig_bis = l.gueltig_bis,
    naechste_aenderung = l.naechste_aenderung, naechster_moment = l.naechster_moment,
    built_version = l.version
FROM locked l
WHERE d.kind = l.kind AND d.object_id = l.object_id AND d.built_version <= l.version
"""


def store(documents: Sequence[tuple[Dokument, int]]) -> None:
    """Each row holds its document, labelled with this version, unless it holds a newer one."""
    rows = [asdict(dokument) | {"version": version} for dokument, version in documents]
    run_sql(_STORE, {"rows": json.dumps(rows, default=str)})


# --- settle -----------------------------------------------------------------------------------

_OWN = "CASE WHEN d.lease_owner = %(owner)s"
_LOCKED = """
WITH n AS (
  SELECT * FROM unnest(%(kinds)s::text[], %(ids)s::bigint[], %(versions)s::bigint[],
                       %(waits)s::float8[], %(errors)s::text[])
    AS n(kind, object_id, v, wait, error)
), locked AS (
  SELECT n.* FROM search_dokument d JOIN n USING (kind, object_id)
  ORDER BY kind, object_id FOR UPDATE OF d
)
UPDATE search_dokument d SET
"""
_WHERE = " FROM locked l WHERE d.kind = l.kind AND d.object_id = l.object_id"
_UNLEASE = (
    f"lease_owner = {_OWN} THEN '' ELSE d.lease_owner END,"
    f" lease_until = {_OWN} THEN NULL ELSE d.lease_until END"
)
# A mark made meanwhile must not wait for the failure of an older version.
_WAIT = """
  next_attempt_at = CASE WHEN d.version = l.v
    THEN now() + make_interval(secs => l.wait) ELSE d.next_attempt_at END,
  last_error = CASE WHEN d.version = l.v THEN l.error ELSE d.last_error END,
"""
_FINISH = (
    f"{_LOCKED} indexed_version = greatest(d.indexed_version, l.v),"
    f" indexed_at = clock_timestamp(), attempts = 0, last_error = '', {_UNLEASE} {_WHERE}"
    # How long the change waited; of a row that changed again meanwhile it is not known.
    " RETURNING CASE WHEN d.version = l.v AND d.kind = ANY(%(document_kinds)s)"
    " THEN extract(epoch FROM clock_timestamp() - d.changed_at)::float8 END"
)
_GIVE_BACK = (
    f"{_LOCKED} attempts = greatest(d.attempts - 1, 0), {_WAIT} {_UNLEASE} {_WHERE}"
    " AND d.lease_owner = %(owner)s"
)
_FAIL = (
    f"{_LOCKED} dead = (d.version = l.v AND d.attempts >= %(dead_after)s), {_WAIT} {_UNLEASE}"
    f" {_WHERE} AND d.lease_owner = %(owner)s RETURNING d.kind, d.object_id, d.dead"
)
# Doubles with every round without anything to remember: as long again as the row waits already.
_PENDING_SECONDS = """
SELECT d.kind, d.object_id, extract(epoch FROM clock_timestamp() - d.changed_at)::float8
FROM search_dokument d JOIN unnest(%(kinds)s::text[], %(ids)s::bigint[]) AS n(kind, object_id)
USING (kind, object_id)
"""


def finish(owner: str, done: Sequence[Auftrag]) -> list[float]:
    """Each row is indexed up to this version (never down); its lease is over if still ours.

    Returns:
        Seconds since the change, of each document whose version is the current one.
    """
    rows = _settle(_FINISH, owner, [(auftrag, 0.0, "") for auftrag in done])
    return [seconds for (seconds,) in rows if seconds is not None]


def give_back(owner: str, auftraege: Sequence[Auftrag], reason: str, *, wait: bool = False) -> None:
    """Each row is pending as before and the attempt does not count: it was not the row's fault.

    Args:
        owner: name of this worker.
        auftraege: what it had claimed.
        reason: kept at the row, for editors.
        wait: with a pause that doubles from 1 to 300 s (an overloaded engine); else eligible at
            once (the worker itself waits while Elasticsearch is away).
    """
    pending: dict[Key, float] = {}
    if wait and auftraege:
        keys = _columns(owner, [(auftrag, 0.0, "") for auftrag in auftraege])
        pending = {(row[0], row[1]): row[2] for row in run_sql(_PENDING_SECONDS, keys)}
    _settle(
        _GIVE_BACK,
        owner,
        [
            (auftrag, _jitter(pending[auftrag.key]) if auftrag.key in pending else 0.0, reason)
            for auftrag in auftraege
        ],
    )


def fail(owner: str, failed: Sequence[tuple[Auftrag, str]]) -> list[Key]:
    """The attempt counts; the next one is after 1, 2, 4 … 300 s, after the eighth the row is dead.

    Returns:
        Keys of the rows that are dead now.
    """
    rows = _settle(
        _FAIL,
        owner,
        [
            (auftrag, _jitter(2.0 ** max(auftrag.attempts - 1, 0)), error)
            for auftrag, error in failed
        ],
    )
    return [(kind, object_id) for kind, object_id, dead in rows if dead]


def _settle(
    sql: str, owner: str, rows: Sequence[tuple[Auftrag, float, str]]
) -> list[tuple[Any, ...]]:
    return run_sql(sql, _columns(owner, rows)) if rows else []


def _columns(owner: str, rows: Sequence[tuple[Auftrag, float, str]]) -> dict[str, Any]:
    return {
        "owner": owner,
        "kinds": [auftrag.kind for auftrag, _, _ in rows],
        "ids": [auftrag.object_id for auftrag, _, _ in rows],
        "versions": [auftrag.version for auftrag, _, _ in rows],
        "waits": [wait for _, wait, _ in rows],
        "errors": [error[:2000] for _, _, error in rows],
        "dead_after": DEAD_AFTER_ATTEMPTS,
        "document_kinds": list(DOKUMENT_KINDS),
    }


def _jitter(seconds: float) -> float:
    """Return 75 to 125 % of a pause between one second and the longest: retries spread out."""
    bounded = min(max(seconds, 1.0), BACKOFF_MAX_SECONDS)
    return bounded * (0.75 + secrets.randbelow(501) / 1000)


# --- counting ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Zaehlung:
    """How the rows stand: pending ones that will be tried again, dead ones, leased ones."""

    pending: int
    dead: int
    leased: int


def count_rows() -> Zaehlung:
    """Return the numbers over all kinds."""
    sql = """
    SELECT count(*) FILTER (WHERE NOT dead), count(*) FILTER (WHERE dead),
           count(*) FILTER (WHERE NOT dead AND lease_until > now())
    FROM search_dokument WHERE indexed_version < version
    """
    return Zaehlung(*run_sql(sql, {})[0])
