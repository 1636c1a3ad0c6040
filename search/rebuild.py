"""A new index beside the old one: filled, proved equal to the database, swapped in one call."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone

from search import gate, indices, rows, targets
from search.alias import follow_alias
from search.analysis import analyser_hash
from search.build import build_and_store
from search.client import ElasticsearchAway
from search.config import (
    ADVISORY_LOCK,
    BACKFILL_PAGE,
    BATCH_SIZE,
    GATE_NDCG,
    GATE_SHARE,
    LEASE_SECONDS,
    LOOK_EVERY_BATCHES,
    SETTLE_ROUNDS,
    STANDBY_HOURS,
    SWEEP_AFTER_HOURS,
)
from search.documents import to_source
from search.fortschritt import Fortschritt, Schritt
from search.inhalte import live_ids
from search.mapping import index_name, mapping_hash
from search.marks import mark_changed
from search.models import SearchDokument, SearchIndex
from search.outcomes import Outcome
from search.reconcile import adopt_missing, check, repair
from search.rows import Auftrag
from search.sync import work_once
from search.worker import owner_name
from zufi.common.zeitraum import heute

logger = logging.getLogger(__name__)

State = SearchIndex.State
Melden = Callable[[str], None]  # takes one German sentence per step

_REFUSED = 400
# What `to_source` and the backfill read: not the search vector.
_SENT = (
    "kind", "object_id", "built_version", "deleted", "document", "tokens", "inhalt_hash",
    "analyser_hash", "gueltig_ab", "gueltig_bis",
)  # fmt: skip


class RebuildError(Exception):
    """The new index is not used; the message is German and says why."""


class SomebodyElse(RebuildError):
    """Another rebuild is running."""

    def __init__(self) -> None:
        super().__init__("Ein anderer Neuaufbau läuft schon.")


@contextmanager
def only_one() -> Iterator[None]:
    """Inside, no other process rebuilds.

    Raises:
        SomebodyElse: one does already.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [ADVISORY_LOCK])
        if not cursor.fetchone()[0]:
            raise SomebodyElse
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCK])


def rebuild(kind: str, melden: Melden, *, force: bool = False, reanalyse: bool = False) -> str:
    """The alias of this kind points to a new index, equal to the database; return its name.

    Editors and workers go on meanwhile: every change reaches the old and the new index. The old
    one stays for `STANDBY_HOURS` and keeps receiving changes. After a crash, or when Elasticsearch
    was lost, the next run goes on where this one ended.

    Args:
        kind: "leistung" or "behoerde".
        melden: told each step.
        force: swap even if the gates say no; logged.
        reanalyse: build every document again, also those that seem to be right.

    Raises:
        RebuildError: gate failed or index refused; the alias still points to the old index.
        ElasticsearchAway: not reachable; likewise, and the new index stays for the next run.
    """
    fortschritt = Fortschritt(kind)
    try:
        name = _rebuild(kind, melden, fortschritt, force=force, reanalyse=reanalyse)
    except Exception as error:
        fortschritt.ende(str(error) if isinstance(error, RebuildError) else _in_words(error))
        raise
    fortschritt.ende()
    return name


def _rebuild(
    kind: str, melden: Melden, fortschritt: Fortschritt, *, force: bool, reanalyse: bool
) -> str:
    tidy(kind, melden, timezone.now(), resume=not reanalyse)
    _adopt(kind, melden, fortschritt, reanalyse=reanalyse)
    index = _resume_or_create(kind, melden)
    name = index.name
    try:
        count = _backfill(kind, index, fortschritt)
        melden(f"{count} Dokumente übertragen.")
        fortschritt.beginne(Schritt.NACHHOLEN)
        _settle(kind, name, melden)
        fortschritt.beginne(Schritt.PRUEFEN)
        _pass_gate(kind, name, melden, force=force)
        fortschritt.beginne(Schritt.UMSCHALTEN)
        _swap(kind, name, melden)
    except ElasticsearchAway:
        raise  # the index goes on receiving changes; the next run resumes
    except Exception as error:
        targets.set_failed(name, str(error))
        raise
    _drop_older_standby(kind)
    return name


def _in_words(error: Exception) -> str:
    if isinstance(error, ElasticsearchAway):
        return "Elasticsearch antwortet nicht. Der nächste Aufruf macht an dieser Stelle weiter."
    return f"{type(error).__name__}: {error}"


def _resume_or_create(kind: str, melden: Melden) -> SearchIndex:
    """Step 2: the index of an interrupted run, or a new one that receives changes from now on."""
    index = targets.get_building(kind)
    if index is not None:
        melden(f"Index {index.name} wird weiter gefüllt, ab Nummer {index.marke + 1}.")
        return index
    name = index_name(settings.SEARCH_INDEX_PREFIX, kind, timezone.now())
    try:
        indices.own_template(kind)
        indices.create(kind, name)
    except ElasticsearchAway as error:
        if error.status == _REFUSED:
            raise RebuildError(
                f"Elasticsearch lehnt den Aufbau des Index ab ({error}); "
                "der bisherige bleibt in Benutzung."
            ) from error
        raise
    index = targets.register_building(kind, name)
    melden(f"Index {name} angelegt; er erhält ab jetzt jede Änderung.")
    return index


def rollback(kind: str, melden: Melden) -> str:
    """The alias points to the predecessor again, brought up to date; return its name.

    Raises:
        RebuildError: there is no predecessor that received changes until now.
    """
    _align(kind)
    standby = targets.get_standby(kind)
    if standby is None:
        raise RebuildError(
            f"Für „{kind}“ gibt es keinen Vorgänger, der jünger als {STANDBY_HOURS} Stunden ist."
        )
    _swap(kind, standby.name, melden)
    if standby.analyser_hash == analyser_hash():
        _settle(kind, standby.name, melden)
    else:
        melden("Der Vorgänger stammt von einer anderen Textanalyse; Änderungen warten solange.")
    return standby.name


def tidy(kind: str, melden: Melden, jetzt: datetime, *, resume: bool = False) -> None:
    """Leftovers of this kind are gone: failed, old and unregistered indices. Never the alias's.

    Args:
        kind: "leistung" or "behoerde".
        melden: told what was deleted.
        jetzt: decides what is old.
        resume: keep an index that an interrupted run was filling, if it can be filled further.
    """
    _align(kind)
    present = indices.existing(kind)
    for index in SearchIndex.objects.filter(kind=kind).exclude(state=State.LIVE):
        age = jetzt - index.state_at
        if resume and index.name in present and _can_resume(index, age):
            continue
        if index.state == State.STANDBY and age < timedelta(hours=STANDBY_HOURS):
            if index.name in present:
                continue
            index.delete()
            continue
        indices.delete(index.name)
        index.delete()
        melden(f"Alter Index {index.name} gelöscht.")
    registered = set(SearchIndex.objects.filter(kind=kind).values_list("name", flat=True))
    for name, created_at in present.items():
        if name in registered or name in indices.alias_targets(kind):
            continue
        if jetzt - created_at >= timedelta(hours=SWEEP_AFTER_HOURS):
            indices.delete(name)
            logger.warning("swept the unregistered index %s", name)
            melden(f"Unbekannter Index {name} gelöscht.")


def _can_resume(index: SearchIndex, age: timedelta) -> bool:
    return (
        index.state == State.BUILDING
        and index.analyser_hash == analyser_hash()
        and index.mapping_hash == mapping_hash(index.kind)
        and age < timedelta(hours=SWEEP_AFTER_HOURS)
    )


def _align(kind: str) -> None:
    """The registry follows the alias, and knows when the live index is lost."""
    follow_alias(kind)
    live = targets.get_live(kind)
    if live is not None and live.name not in indices.existing(kind):
        logger.error("the live index %s is lost", live.name)
        targets.set_failed(live.name, "Der Index fehlt in Elasticsearch.")


def _adopt(kind: str, melden: Melden, fortschritt: Fortschritt, *, reanalyse: bool) -> None:
    """Step 1: rows for all objects, documents of this analysis in all rows; no others change."""
    added = adopt_missing(kind)
    visible = set(
        SearchDokument.objects.filter(kind=kind, deleted=False).values_list("object_id", flat=True)
    )
    gone = visible - live_ids(kind, heute(timezone.now()))
    with transaction.atomic():
        mark_changed(kind, gone)
    all_rows = SearchDokument.objects.filter(kind=kind)
    wanted = all_rows.exclude(built_version__gt=0, analyser_hash=analyser_hash())
    outdated = list(
        (all_rows if reanalyse else wanted)
        .order_by("object_id")
        .values_list("kind", "object_id", "version")
    )
    melden(
        f"{added} Objekte ergänzt, {len(gone)} nicht mehr sichtbar, "
        f"{len(outdated)} Dokumente werden gebildet."
    )
    fortschritt.beginne(Schritt.BILDEN, len(outdated))
    for start in range(0, len(outdated), BATCH_SIZE):
        # Versions before content, as in the worker.
        fortschritt.weiter(start)
        page = [Auftrag(*row) for row in outdated[start : start + BATCH_SIZE]]
        for key, error in build_and_store(page).fehler.items():
            logger.error("%s %d cannot be built: %s", *key, error)


def _backfill(kind: str, index: SearchIndex, fortschritt: Fortschritt) -> int:
    """Step 3: the stored documents, by keyset, with the versions they are labelled with.

    Goes on behind `marke`: what lies before it was sent, and what changed there since then was
    sent by the workers.
    """
    last, sent = index.marke, 0
    rows_left = SearchDokument.objects.filter(kind=kind, object_id__gt=last).count()
    fortschritt.beginne(Schritt.UEBERTRAGEN, rows_left, index.name)
    done = 0
    while True:
        page = list(
            SearchDokument.objects.filter(kind=kind, object_id__gt=last)
            .order_by("object_id")
            .only(*_SENT)[:BACKFILL_PAGE]
        )
        if not page:
            return sent
        visible = [
            row
            for row in page
            if not row.deleted and row.built_version and row.analyser_hash == analyser_hash()
        ]
        actions = [
            indices.index_action(index.name, row.object_id, row.built_version, to_source(row))
            for row in visible
        ]
        _send_all(index.name, actions)
        last = page[-1].object_id
        SearchIndex.objects.filter(name=index.name).update(marke=last)
        sent += len(actions)
        done += len(page)
        fortschritt.weiter(done)


def _send_all(name: str, actions: list[dict[str, object]]) -> None:
    """Send until everything is there; an overloaded engine is given time."""
    pause = 0.5
    while actions:
        results = indices.send(actions)
        refused = [r for r in results if r.outcome not in {Outcome.DONE, Outcome.LATER}]
        if refused:
            raise RebuildError(f"Der Index {name} nimmt ein Dokument nicht an: {refused[0].error}")
        actions = [
            action
            for action, result in zip(actions, results, strict=True)
            if result.outcome is Outcome.LATER
        ]
        if actions:
            if pause > LEASE_SECONDS:
                raise ElasticsearchAway("overloaded for a minute")
            time.sleep(pause)
            pause *= 2


def _settle(kind: str, name: str, melden: Melden) -> None:
    """Step 4: changes made meanwhile have arrived, and the index is equal to the database."""
    _wake_pending(kind)
    for _ in range(SETTLE_ROUNDS):
        _wait_for(kind)
        if SearchIndex.objects.filter(name=name, state=State.FAILED).exists():
            raise RebuildError(f"Der Index {name} hat ein Dokument abgelehnt.")
        befund = check(kind, index=name)
        numbers = befund.numbers()
        melden(
            f"Abgleich: {numbers['missing']} fehlen, {numbers['stale']} veraltet, "
            f"{numbers['surplus']} überzählig, {numbers['ahead']} voraus."
        )
        if not befund.abgleich.ids and not befund.ohne_zeile:
            return
        repair(befund)
    raise RebuildError(f"Der Index {name} gleicht der Datenbank nicht.")


def _wait_for(kind: str) -> None:
    """Every row reaches the version it has now, by our own work and that of other workers."""
    rows_of_kind = SearchDokument.objects.filter(kind=kind, dead=False)
    noted = dict(rows_of_kind.values_list("object_id", "version"))
    deadline = time.monotonic() + 2 * LEASE_SECONDS
    owner, rounds = owner_name(), 0
    while time.monotonic() < deadline:
        bilanz = work_once(owner)
        if bilanz.away:
            raise ElasticsearchAway("lost while changes were being sent")
        if bilanz.done:  # a backlog of any size is waited for, as long as it shrinks
            deadline = time.monotonic() + 2 * LEASE_SECONDS
        rounds += 1
        if bilanz.claimed >= BATCH_SIZE and rounds % LOOK_EVERY_BATCHES:
            continue  # plenty left; looking at all rows each time would cost more than sending
        # A document that failed by its own fault waits for its next attempt; nobody waits for it.
        pending = rows_of_kind.filter(indexed_version__lt=F("version")).exclude(
            attempts__gt=0, lease_until=None, next_attempt_at__gt=Now()
        )
        if not any(
            indexed < noted.get(object_id, 0)
            for object_id, indexed in pending.values_list("object_id", "indexed_version")
        ):
            return
        if not bilanz.claimed:
            time.sleep(0.2)
    raise RebuildError("Nicht alle Änderungen sind in Elasticsearch angekommen.")


def _wake_pending(kind: str) -> None:
    """Rows that waited for an index need not wait any longer."""
    rows.run_sql(
        """
        UPDATE search_dokument SET next_attempt_at = now()
        WHERE kind = %(kind)s AND indexed_version < version AND NOT dead AND attempts = 0
        """,
        {"kind": kind},
    )


def _pass_gate(kind: str, name: str, melden: Melden, *, force: bool) -> None:
    """Step 5: enough documents, and judged queries are answered as well as by the old index."""
    indices.refresh(name)
    bisherige = indices.alias_targets(kind)
    for old in bisherige:  # else a withdrawn document would still count there
        indices.refresh(old)
    reason = _too_few(kind, name, bisherige, melden) or _worse(kind, name, bisherige, melden)
    if not reason:
        return
    if not force:
        raise RebuildError(f"{reason} Der bisherige bleibt in Benutzung.")
    logger.warning("gate overruled by --force for %s: %s", name, reason)
    melden("Die Prüfung ist nicht bestanden; wegen --force geht es weiter.")


def _too_few(kind: str, name: str, bisherige: list[str], melden: Melden) -> str:
    documents = indices.count(name)
    visible = SearchDokument.objects.filter(kind=kind, deleted=False).count()
    former = sum(indices.count(old) for old in bisherige)
    melden(f"Prüfung: {documents} Dokumente, {visible} sichtbare Objekte.")
    if documents >= GATE_SHARE * visible and (documents or not former):
        return ""
    return f"Der neue Index hat {documents} Dokumente bei {visible} sichtbaren Objekten."


def _worse(kind: str, name: str, bisherige: list[str], melden: Melden) -> str:
    if kind != "leistung" or not bisherige:
        return ""
    try:
        faelle = gate.load_faelle()
    except (OSError, ValueError) as error:
        return f"Die bewerteten Suchanfragen sind nicht lesbar: {error}."
    guete = gate.compare(bisherige[0], name, faelle, heute(timezone.now()))
    if not guete.anfragen:
        melden("Keine der bewerteten Suchanfragen passt zu diesem Bestand; sie zählen nicht.")
        return ""
    melden(
        f"{guete.anfragen} bewertete Suchanfragen: nDCG@10 bisher {guete.alt:.3f}, "
        f"neu {guete.neu:.3f}."
    )
    if guete.neu >= guete.alt - GATE_NDCG:
        return ""
    beispiele = ", ".join(f"„{query}“" for query in guete.schlechter[:5])
    return (
        f"Der neue Index antwortet schlechter: nDCG@10 {guete.neu:.3f} statt {guete.alt:.3f}, "
        f"zum Beispiel bei {beispiele}."
    )


def _swap(kind: str, name: str, melden: Melden) -> None:
    """Step 6: readers see the new index from one moment to the next."""
    indices.open_for_search(name)
    with transaction.atomic():
        targets.promote(name)
        # Last: if it fails, the registry is rolled back; if the commit is lost, `_align` heals.
        indices.swap_alias(kind, [old for old in indices.alias_targets(kind) if old != name], name)
    melden(f"Die Suche nach „{kind}“ benutzt jetzt {name}.")


def _drop_older_standby(kind: str) -> None:
    """Only the last predecessor stays."""
    keep = targets.get_standby(kind)
    for index in SearchIndex.objects.filter(kind=kind, state=State.STANDBY):
        if keep is None or index.name != keep.name:
            indices.delete(index.name)
            index.delete()
