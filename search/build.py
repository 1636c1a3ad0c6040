"""Steps 3 and 4 of the protocol: read one snapshot, analyse, keep the documents in their rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import DataError, IntegrityError, ProgrammingError, connection, transaction
from django.db.models import F
from django.utils import timezone

from search import inhalte, rows
from search.analysis import analyser_hash
from search.config import DOKUMENT_KINDS, QUELLEN_KINDS
from search.documents import Dokument, to_document, tombstone
from search.fanout import differing_arten, leistungen_of_another_art
from search.inhalte import Lesung
from search.marks import mark_changed
from search.models import SearchDokument
from search.rows import Auftrag, Key
from zufi.common.zeitraum import heute

# What is needed to send a document that is stored already.
_STORED = (
    "kind", "object_id", "deleted", "analyser_hash", "document", "tokens", "inhalt_hash",
    "gueltig_ab", "gueltig_bis", "built_version",
)  # fmt: skip

# What the database says to a value it cannot hold; a malformed tsvector is a "syntax error".
_REFUSED = (DataError, IntegrityError, ProgrammingError)


@dataclass
class Gebaut:
    """Documents of one batch, errors of single ones, and what the snapshot saw of their sources."""

    dokumente: dict[Key, Dokument] = field(default_factory=dict)
    fehler: dict[Key, str] = field(default_factory=dict)
    quellen: dict[Key, int] = field(default_factory=dict)  # source → version in the snapshot


def build_and_store(auftraege: Sequence[Auftrag]) -> Gebaut:
    """Every row holds a document at least as new as the version of its Auftrag.

    The versions were committed before this reading, so a document is never older than its
    label. Leistungen of an authority of another art, and documents whose source changed during
    the build, are marked.
    """
    stichtag = heute(timezone.now())
    gebaut = build(auftraege)
    if behoerden := [auftrag.object_id for auftrag in auftraege if auftrag.kind == "behoerde"]:
        mark({"leistung": leistungen_of_another_art(behoerden, stichtag)})
    _store(gebaut, {auftrag.key: auftrag.version for auftrag in auftraege})
    _mark_overtaken(gebaut, stichtag)
    return gebaut


def load_stored(auftraege: Sequence[Auftrag]) -> dict[Key, Dokument]:
    """Return the documents that are stored already, at least as new as the version wanted.

    After an outage thousands of rows only have to be sent: reading and analysing them again
    would give the same (a change raises the version, and then the stored one is too old).
    """
    wanted = {auftrag.key: auftrag.version for auftrag in auftraege}
    found = {}
    for kind in DOKUMENT_KINDS:
        ids = [auftrag.object_id for auftrag in auftraege if auftrag.kind == kind]
        rows_of_kind = SearchDokument.objects.filter(
            kind=kind,
            object_id__in=ids,
            built_version__gte=F("version"),
            analyser_hash=analyser_hash(),
        )
        for row in rows_of_kind.only(*_STORED) if ids else ():
            key = (kind, row.object_id)
            if row.built_version >= wanted[key]:
                found[key] = Dokument(**{name: getattr(row, name) for name in _STORED[:-1]})
    return found


def build(auftraege: Sequence[Auftrag]) -> Gebaut:
    """Return the documents of the current public state, from one snapshot; nothing is written."""
    ids = {kind: [a.object_id for a in auftraege if a.kind == kind] for kind in DOKUMENT_KINDS}
    jetzt = timezone.now()
    gebaut = Gebaut()
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        lesungen = {
            kind: inhalte.read(kind, ids[kind], heute(jetzt), jetzt) for kind in DOKUMENT_KINDS
        }
        gebaut.quellen = _source_versions(
            quelle
            for lesung in lesungen.values()
            for inhalt in lesung.inhalte.values()
            for quelle in inhalt.quellen
        )
    for kind in DOKUMENT_KINDS:
        _analyse(gebaut, kind, ids[kind], lesungen[kind])
    return gebaut


def mark(found: dict[str, set[int]]) -> None:
    """The documents are pending, in one transaction that gives way to editors."""
    if not any(found.values()):
        return

    def statement() -> None:
        for kind in sorted(found):
            mark_changed(kind, found[kind])

    rows.giving_way(statement)


def _analyse(gebaut: Gebaut, kind: str, ids: Collection[int], lesung: Lesung) -> None:
    for object_id in ids:
        key = (kind, object_id)
        if object_id in lesung.fehler:
            gebaut.fehler[key] = lesung.fehler[object_id]
            continue
        inhalt = lesung.inhalte.get(object_id)
        try:
            gebaut.dokumente[key] = (
                to_document(kind, inhalt) if inhalt else tombstone(kind, object_id)
            )
        except Exception as error:
            gebaut.fehler[key] = f"{type(error).__name__}: {error}"


def _store(gebaut: Gebaut, versions: dict[Key, int]) -> None:
    """Store all at once; one that the database refuses stays alone with its error."""
    documents = [(dokument, versions[key]) for key, dokument in sorted(gebaut.dokumente.items())]
    try:
        rows.store(documents)
    except _REFUSED:
        for dokument, version in documents:
            try:
                rows.store([(dokument, version)])
            except _REFUSED as error:
                key = (dokument.kind, dokument.object_id)
                gebaut.fehler[key] = f"{type(error).__name__}: {error}"
                del gebaut.dokumente[key]


def _source_versions(quellen: Iterable[Key]) -> dict[Key, int]:
    """Return source → version of its row; 0 for one that was never announced."""
    by_kind: dict[str, set[int]] = defaultdict(set)
    for kind, object_id in quellen:
        by_kind[kind].add(object_id)
    versions = {(kind, object_id): 0 for kind, ids in by_kind.items() for object_id in ids}
    for kind in QUELLEN_KINDS:
        if by_kind[kind]:
            found = SearchDokument.objects.filter(kind=kind, object_id__in=by_kind[kind])
            versions |= {
                (kind, object_id): version
                for object_id, version in found.values_list("object_id", "version").order_by()
            }
    return versions


def _mark_overtaken(gebaut: Gebaut, stichtag: date) -> None:
    """Documents whose source changed since the snapshot are pending again.

    A deleted source has no links any more, and an authority marks only documents that show
    another Behoerdenart: both look at stored documents and miss one that is being built. Asked
    after the store is committed: whatever changes later finds the stored document.
    """
    now = _source_versions(gebaut.quellen)
    overtaken = {
        f"{kind}:{object_id}"
        for (kind, object_id), version in gebaut.quellen.items()
        if now[kind, object_id] != version
    }
    found: dict[str, set[int]] = defaultdict(set)
    visible = {key: d.quellen for key, d in gebaut.dokumente.items() if not d.deleted}
    for (kind, object_id), quellen in visible.items():
        if not overtaken.isdisjoint(quellen):
            found[kind].add(object_id)
    leistungen = {pk: quellen for (kind, pk), quellen in visible.items() if kind == "leistung"}
    found["leistung"] |= differing_arten(leistungen, stichtag)
    mark(found)
