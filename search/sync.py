"""One batch from claim to settled: how a changed row gets into the index (search.md 4.2).

Why this is safe: the version is read before the content, so content is never older than its
label; Elasticsearch keeps the higher label (`external_gte`); pending compares two numbers, so a
change during the sending is not lost; a worker may die at any line, its lease ends.
"""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db import OperationalError

from search import fehlertexte, indices, rows, zaehler
from search.build import Gebaut, build_and_store, load_stored, mark
from search.client import ElasticsearchAway
from search.config import DOKUMENT_KINDS, LEASE_SECONDS, QUELLEN_KINDS
from search.documents import Dokument, to_source
from search.fanout import dependents
from search.outcomes import ItemResult, Outcome
from search.rows import Auftrag, Key
from search.targets import Ziel, load_targets, sendable_kinds, set_failed

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Bilanz:
    """What became of a batch."""

    claimed: int = 0
    done: int = 0
    failed: int = 0
    away: bool = False
    latencies: tuple[float, ...] = ()  # seconds from change to sent, of documents that are done

    def __add__(self, other: Bilanz) -> Bilanz:
        return Bilanz(
            self.claimed + other.claimed,
            self.done + other.done,
            self.failed + other.failed,
            self.away or other.away,
            self.latencies + other.latencies,
        )


def run_batch(owner: str, *, outage: bool = False, alone: bool = False) -> Bilanz:
    """Claim what is pending and bring it to every registered index.

    Args:
        owner: name of this worker, unique among all.
        outage: Elasticsearch is known to be away: documents are built and kept for the search on
            PostgreSQL, nothing is sent.
        alone: take one row that failed before instead of a batch.
    """
    sendable = set(QUELLEN_KINDS) | (set() if outage else sendable_kinds(DOKUMENT_KINDS))
    batch = rows.claim(owner, sendable, alone=alone)
    return process(owner, batch, send=not outage) if batch else Bilanz()


def work_once(owner: str, *, outage: bool = False) -> Bilanz:
    """Give up what failed too often, then work on one batch and on one row that failed before."""
    _log_dead(rows.bury())
    bilanz = run_batch(owner, outage=outage)
    return bilanz + run_batch(owner, outage=outage or bilanz.away, alone=True)


def process(owner: str, batch: Sequence[Auftrag], *, send: bool = True) -> Bilanz:
    """Steps 2 to 7 for rows this owner has claimed."""
    try:
        sources = [auftrag for auftrag in batch if auftrag.kind in QUELLEN_KINDS]
        _expand(owner, sources)
        auftraege = [auftrag for auftrag in batch if auftrag.kind in DOKUMENT_KINDS]
        stored = load_stored(auftraege) if auftraege else {}
        missing = [auftrag for auftrag in auftraege if auftrag.key not in stored]
        gebaut = build_and_store(missing) if missing else Gebaut()
        gebaut.dokumente |= stored
        away = not send
        results: dict[Key, ItemResult] = {}
        if send:
            results, away = _send(gebaut.dokumente, {a.key: a.version for a in auftraege})
        bilanz = _settle(owner, auftraege, gebaut, results)
    except OperationalError:
        raise  # the database is away or busy: the lease ends, the row is taken again
    except Exception as error:
        logger.exception("a batch of %d rows failed", len(batch))
        reason = f"{type(error).__name__}: {error}"
        _log_dead(rows.fail(owner, [(auftrag, reason) for auftrag in batch]))
        return Bilanz(len(batch), failed=len(batch))
    if bilanz.done or bilanz.failed:
        zaehler.add_batch(bilanz.done, bilanz.failed, bilanz.latencies)
    return bilanz + Bilanz(len(sources), done=len(sources), away=away and send)


def drain(owner: str) -> rows.Zaehlung:
    """Work until nothing can be done now; rows another worker holds are waited for.

    Returns:
        What is left: rows whose next attempt lies ahead, rows without an index, dead ones.
    """
    outage = False
    deadline = time.monotonic() + LEASE_SECONDS + 1
    while True:
        bilanz = work_once(owner, outage=outage)
        outage = outage or bilanz.away
        if bilanz.claimed:
            deadline = time.monotonic() + LEASE_SECONDS + 1
            continue
        left = rows.count_rows()
        if not left.leased or time.monotonic() > deadline:
            return left
        time.sleep(0.1)


def _expand(owner: str, sources: Sequence[Auftrag]) -> None:
    """Mark what shows these sources; then the sources themselves are done."""
    found: dict[str, set[int]] = defaultdict(set)
    for kind in QUELLEN_KINDS:
        ids = [auftrag.object_id for auftrag in sources if auftrag.kind == kind]
        for document_kind, document_ids in dependents(kind, ids).items():
            found[document_kind] |= document_ids
    mark(found)
    rows.finish(owner, sources)


def _send(
    dokumente: Mapping[Key, Dokument], versions: Mapping[Key, int]
) -> tuple[dict[Key, ItemResult], bool]:
    """Send each document to each index of its kind; return the result per row, and "is away"."""
    # After the store is committed: an index registered later is filled from the stored rows.
    ziele = load_targets({kind for kind, _ in dokumente})
    pairs = [
        (key, ziel)
        for key, dokument in sorted(dokumente.items())
        for ziel in ziele
        if ziel.kind == dokument.kind and (dokument.deleted or ziel.same_analysis)
    ]
    try:
        answers = indices.send(
            _action(ziel.name, dokumente[key], versions[key]) for key, ziel in pairs
        )
    except ElasticsearchAway as error:
        logger.warning("Elasticsearch is away: %s", error)
        return {}, True
    by_row: dict[Key, list[tuple[Ziel, ItemResult]]] = defaultdict(list)
    for (key, ziel), answer in zip(pairs, answers, strict=True):
        by_row[key].append((ziel, answer))
    _note_broken_targets(by_row.values())
    results = {key: _combine(by_row[key]) for key in dokumente}
    return results, any(result.outcome is Outcome.AWAY for result in results.values())


def _action(index: str, dokument: Dokument, version: int) -> dict[str, object]:
    if dokument.deleted:
        return indices.delete_action(index, dokument.object_id, version)
    source = to_source(dokument)
    return indices.index_action(index, dokument.object_id, version, source)


_WORST = (Outcome.DONE, Outcome.LATER, Outcome.OWN_FAULT, Outcome.INDEX_GONE, Outcome.AWAY)


def _combine(answers: Sequence[tuple[Ziel, ItemResult]]) -> ItemResult:
    """Return what counts for the row: the worst answer of the indices that must have it.

    What only a building index refuses fails that build, not the row.
    """
    required = [(ziel, answer) for ziel, answer in answers if ziel.required]
    live = [answer for ziel, answer in required if ziel.state == "live"]
    broken = {Outcome.OWN_FAULT, Outcome.INDEX_GONE}
    counting = [
        answer
        for ziel, answer in required
        if ziel.state == "live" or not live or answer.outcome not in broken
    ]
    if not counting:
        return ItemResult(Outcome.INDEX_GONE, fehlertexte.NO_TARGET)
    worst = max(counting, key=lambda answer: _WORST.index(answer.outcome))
    if live and worst.outcome is Outcome.INDEX_GONE:
        return ItemResult(Outcome.AWAY, worst.error)  # the live index is lost: nothing can be sent
    return worst


def _note_broken_targets(rows_of_answers: Collection[list[tuple[Ziel, ItemResult]]]) -> None:
    """A building index that refuses a document, or a missing one that is not live, has failed."""
    broken: dict[str, str] = {}
    lost = set()
    for answers in rows_of_answers:
        for ziel, answer in answers:
            gone = answer.outcome is Outcome.INDEX_GONE
            if gone and ziel.state == "live":
                lost.add(ziel.name)
            elif gone or (answer.outcome is Outcome.OWN_FAULT and ziel.state == "building"):
                broken[ziel.name] = answer.error
    for name in lost:
        logger.error("the live index %s is missing: run rebuild_index", name)
    for name, reason in broken.items():
        logger.error("the index %s has failed: %s", name, reason)
        set_failed(name, reason)


def _settle(
    owner: str, auftraege: Sequence[Auftrag], gebaut: Gebaut, results: Mapping[Key, ItemResult]
) -> Bilanz:
    """Step 7: every claimed row is finished, given back or failed."""
    groups: dict[Outcome, list[Auftrag]] = defaultdict(list)
    failed = []
    for auftrag in auftraege:
        if auftrag.key in gebaut.fehler:
            failed.append((auftrag, gebaut.fehler[auftrag.key]))
            continue
        result = results.get(auftrag.key, ItemResult(Outcome.AWAY))
        if result.outcome is Outcome.OWN_FAULT:
            failed.append((auftrag, result.error))
        else:
            groups[result.outcome].append(auftrag)
    latencies = rows.finish(owner, groups[Outcome.DONE])
    rows.give_back(owner, groups[Outcome.LATER], fehlertexte.OVERLOADED, wait=True)
    by_reason: dict[str, list[Auftrag]] = defaultdict(list)
    for auftrag in groups[Outcome.AWAY]:
        error = results[auftrag.key].error if auftrag.key in results else ""
        by_reason[fehlertexte.refused_all(error)].append(auftrag)
    for reason, kept in by_reason.items():
        rows.give_back(owner, kept, reason)
    rows.give_back(owner, groups[Outcome.INDEX_GONE], fehlertexte.NO_TARGET)
    for auftrag, reason in failed:
        logger.error("%s %d cannot be indexed: %s", *auftrag.key, reason)
    _log_dead(rows.fail(owner, failed))
    return Bilanz(
        len(auftraege),
        done=len(groups[Outcome.DONE]),
        failed=len(failed),
        latencies=tuple(latencies),
    )


def _log_dead(keys: Sequence[Key]) -> None:
    for kind, object_id in keys:
        logger.error("%s %d is given up; a change of it revives it", kind, object_id)
