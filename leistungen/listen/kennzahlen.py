"""Keeps `Leistungskennzahl` up to date: after each save, after each change of a rule, at night."""

from __future__ import annotations

import hashlib
import json
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from wagtail.models import Revision

from behoerden.models import Behoerde
from leistungen.coverage import prove
from leistungen.coverage.pruefung import load_grundlage
from leistungen.listen.messung import Messung, messe
from leistungen.models import Leistung, Leistungskennzahl
from leistungen.qualitaet.umfeld import lade_umfeld

logger = logging.getLogger(__name__)

BATCH_SIZE = 200
# What of a revision is no content: who saved it when, and the clock of the reviews.
KEIN_INHALT = frozenset(
    {
        "pk", "live", "has_unpublished_changes", "first_published_at", "last_published_at",
        "live_revision", "latest_revision", "go_live_at", "expire_at", "expired", "locked",
        "locked_at", "locked_by", "naechste_pruefung", "uebersetzungsstand",
    }
)  # fmt: skip
# `geprueft_am` and the offices are facts of other verbs.
_TEXTFELDER = [
    "lix", "amstad", "muss_count", "soll_count", "regeln", "uebersetzungen", "veraltet_en",
    "veraltet_de_simple", "fehlt_en", "fehlt_de_simple", "veraltet_seit", "naechste_pruefung",
    "redaktion", "inhalt_hash", "berechnet_am",
]  # fmt: skip

Fortschritt = Callable[[int], None]


def inhalt_hash(inhalt: Mapping[str, Any]) -> str:
    """Return the identity of a service's content, given as the content of a revision."""
    kern = {name: wert for name, wert in inhalt.items() if name not in KEIN_INHALT}
    text = json.dumps(kern, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def refresh_kennzahlen(
    ids: Iterable[int] | None = None, *, melde: Fortschritt | None = None
) -> int:
    """The figures of these services, or of all, are those of their latest drafts; return how many.

    One transaction per `BATCH_SIZE` services. `melde` hears the number done so far.
    """
    alle = sorted(Leistung.objects.values_list("pk", flat=True) if ids is None else set(ids))
    grundlage = load_grundlage(timezone.localdate()) if alle else None
    fertig = 0
    for start in range(0, len(alle), BATCH_SIZE):
        teil = alle[start : start + BATCH_SIZE]
        with transaction.atomic():
            fertig += store(entwuerfe(teil))
            refresh_stellen(teil, grundlage=grundlage)
        if melde:
            melde(fertig)
    return fertig


def veraltete() -> list[int]:
    """Return the services saved after their figures were computed, or with none; one query."""
    veraltet = (
        Q(kennzahl__isnull=True)
        | Q(kennzahl__berechnet_am__lt=F("latest_revision__created_at"))
        | Q(kennzahl__stellen_berechnet_am__isnull=True)
    )
    return list(Leistung.objects.filter(veraltet).order_by("pk").values_list("pk", flat=True))


def entwuerfe(ids: Sequence[int]) -> Iterator[tuple[Leistung, Mapping[str, Any]]]:
    """Yield the latest draft of each service with its content as a revision stores it.

    One query, one more per service for its topics, and its rows if it has no revision.
    """
    rows = Leistung.objects.filter(pk__in=ids).select_related("latest_revision").order_by("pk")
    for leistung in rows:
        revision = leistung.latest_revision
        if revision is None:
            yield leistung, leistung.serializable_data()
        else:
            yield _entwurf(revision), revision.content


def _entwurf(revision: Revision) -> Leistung:
    """Return the draft for reading.

    Wagtail's `as_object` looks up what each row refers to, the service itself once per row.
    """
    entwurf = Leistung.from_serializable_data(revision.content, check_fks=False)
    assert entwurf is not None, "only a missing reference makes it None, and none is looked up"  # noqa: S101
    entwurf.pk = int(revision.object_id)
    return entwurf


def store(drafts: Iterable[tuple[Leistung, Mapping[str, Any]]]) -> int:
    """Store the figures of these drafts, keeping what is no figure of a text; ten queries."""
    jetzt = timezone.now()
    paare = list(drafts)
    umfeld = lade_umfeld([entwurf.pk for entwurf, _inhalt in paare])
    rows = [_zeile(entwurf, inhalt, messe(entwurf, umfeld), jetzt) for entwurf, inhalt in paare]
    gewaehlt = {row.redaktion_id for row in rows if row.redaktion_id is not None}
    vorhanden = set(Behoerde.objects.filter(pk__in=gewaehlt).values_list("pk", flat=True))
    for row in rows:
        if row.redaktion_id not in vorhanden:  # an authority deleted since the draft
            row.redaktion_id = None
    Leistungskennzahl.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["leistung"], update_fields=_TEXTFELDER
    )
    _merke_seit([row.leistung_id for row in rows], "muss_count", "muss_seit")
    return len(rows)


def _merke_seit(ids: Sequence[int], anzahl: str, seit: str) -> None:
    """The day a count left zero stays until it is zero again; two queries."""
    rows = Leistungskennzahl.objects.filter(leistung_id__in=ids)
    heute = timezone.localdate()
    rows.filter(**{f"{anzahl}__gt": 0, f"{seit}__isnull": True}).update(**{seit: heute})
    rows.filter(**{anzahl: 0, f"{seit}__isnull": False}).update(**{seit: None})


def _zeile(
    leistung: Leistung, inhalt: Mapping[str, Any], messung: Messung, jetzt: datetime
) -> Leistungskennzahl:
    return Leistungskennzahl(
        leistung_id=leistung.pk,
        lix=messung.lix,
        amstad=messung.amstad,
        muss_count=messung.muss_count,
        soll_count=messung.soll_count,
        regeln=dict(messung.regeln),
        uebersetzungen={lang: dict(teile) for lang, teile in messung.uebersetzungen.items()},
        veraltet_en=messung.veraltet("en"),
        veraltet_de_simple=messung.veraltet("de_simple"),
        fehlt_en=messung.fehlt("en"),
        fehlt_de_simple=messung.fehlt("de_simple"),
        veraltet_seit=messung.veraltet_seit,
        naechste_pruefung=leistung.naechste_pruefung,
        redaktion_id=leistung.redaktion_id,
        inhalt_hash=inhalt_hash(inhalt),
        berechnet_am=jetzt,
    )


def refresh_nach_speichern(revision: Revision) -> None:
    """The figures are those of the revision just saved; an error leaves them to the night.

    The figures serve lists: no fault in a rule may cost an editor the text just written.
    """
    try:
        with transaction.atomic():
            store([(_entwurf(revision), revision.content)])
    except Exception:
        logger.exception("Kennzahlen der Leistung %s nicht berechnet", revision.object_id)


# --- municipalities without an office ---------------------------------------------------------


def mark_stellen_veraltet(ids: Iterable[int]) -> None:
    """The offices of these services have to be counted again; one query."""
    Leistungskennzahl.objects.filter(
        leistung_id__in=list(ids), stellen_berechnet_am__isnull=False
    ).update(stellen_berechnet_am=None)


def mark_stellen_der_behoerden(behoerde_ids: Iterable[int]) -> None:
    """The same for services with a rule that names one of these authorities; one query."""
    Leistungskennzahl.objects.filter(
        leistung__zustaendigkeiten__behoerde_id__in=list(behoerde_ids),
        stellen_berechnet_am__isnull=False,
    ).update(stellen_berechnet_am=None)


def veraltete_stellen(hoechstens: int) -> list[int]:
    """Return services whose offices have to be counted again, at most so many; one query."""
    rows = Leistungskennzahl.objects.filter(stellen_berechnet_am__isnull=True)
    return list(rows.order_by("leistung_id").values_list("leistung_id", flat=True)[:hoechstens])


def refresh_stellen(ids: Sequence[int], *, grundlage: Any = None) -> None:
    """The number of municipalities without an office is today's; about 15 queries, else none.

    Services without figures yet are left out.
    """
    if not ids:
        return
    abdeckung = prove(timezone.localdate(), ids, grundlage=grundlage, auch_entwuerfe=True)
    luecken: dict[int, int] = defaultdict(int)
    for (leistung_id, _kreis), bilanz in abdeckung.bilanzen.items():
        luecken[leistung_id] += bilanz.luecken
    jetzt = timezone.now()
    rows = [
        Leistungskennzahl(leistung_id=pk, ohne_stelle_count=luecken[pk], stellen_berechnet_am=jetzt)
        for pk in ids
    ]
    Leistungskennzahl.objects.bulk_update(
        rows, ["ohne_stelle_count", "stellen_berechnet_am"], batch_size=BATCH_SIZE
    )
    _merke_seit(ids, "ohne_stelle_count", "ohne_stelle_seit")


def leistung_typ() -> ContentType:
    """Return the content type under which revisions of services are stored."""
    return ContentType.objects.get_for_model(Leistung)
