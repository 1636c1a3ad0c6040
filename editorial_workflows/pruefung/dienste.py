"""The verb of a review: what was read is current, and the clock starts anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Revision

from editorial_workflows.domain.faelligkeit import naechste_pruefung
from editorial_workflows.models import Pruefung
from leistungen.listen.kennzahlen import inhalt_hash, refresh_kennzahlen
from leistungen.models import Leistung, Leistungskennzahl

AKTION = "editorial_workflows.pruefung"


class NichtVeroeffentlicht(ValueError):
    """Only what citizens read can be confirmed; carries the services that are not public."""

    def __init__(self, leistungen: Sequence[Leistung]) -> None:
        self.leistungen = tuple(leistungen)
        super().__init__(f"Nicht veröffentlicht: {[leistung.pk for leistung in leistungen]}")


def confirm_pruefungen(
    leistung_ids: Iterable[int], *, user: User, jetzt: datetime
) -> Mapping[int, date]:
    """The published texts of these services are confirmed; return the next day of each.

    A `Pruefung` says who read what when. The day of the next review is written into the live row
    and into every draft and schedule, for it is no text: nothing becomes a draft or public by it,
    and publishing an older draft does not set the clock back. Rights are the caller's matter.

    Raises:
        NichtVeroeffentlicht: nothing is written.
    """
    with transaction.atomic():
        sperre = Leistung.objects.select_for_update(of=("self",), no_key=True)
        rows = list(sperre.filter(pk__in=list(leistung_ids)).order_by("pk"))
        offline = [leistung for leistung in rows if not leistung.live]
        if offline:
            raise NichtVeroeffentlicht(offline)
        tag = timezone.localdate(jetzt)
        neu = {leistung.pk: naechste_pruefung(leistung.uuid, tag) for leistung in rows}
        inhalte = _live_inhalte(rows)
        Pruefung.objects.bulk_create(
            Pruefung(
                leistung=leistung,
                geprueft_am=jetzt,
                von=user,
                inhalt_hash=inhalt_hash(inhalte[leistung.pk]),
                naechste_am=neu[leistung.pk],
            )
            for leistung in rows
        )
        _write_termin(rows, neu)
        _write_kennzahlen(rows, neu, jetzt)
        for leistung in rows:
            log(leistung, AKTION, user=user, data={"naechste_am": neu[leistung.pk].isoformat()})
    return neu


def _live_inhalte(rows: Sequence[Leistung]) -> Mapping[int, Mapping[str, Any]]:
    """Return the content of each service that citizens read; one query for those with revisions."""
    ids = [leistung.live_revision_id for leistung in rows if leistung.live_revision_id]
    revisionen = dict(Revision.objects.filter(pk__in=ids).values_list("pk", "content"))
    return {
        leistung.pk: revisionen.get(leistung.live_revision_id) or leistung.serializable_data()
        for leistung in rows
    }


def _write_termin(rows: Sequence[Leistung], neu: Mapping[int, date]) -> None:
    for leistung in rows:
        leistung.naechste_pruefung = neu[leistung.pk]
    Leistung.objects.bulk_update(rows, ["naechste_pruefung"])
    typ = ContentType.objects.get_for_model(Leistung)
    letzte = {leistung.latest_revision_id for leistung in rows} - {None}
    revisionen = list(
        Revision.objects.select_for_update(no_key=True)
        .filter(base_content_type=typ, object_id__in=[str(leistung.pk) for leistung in rows])
        .filter(Q(pk__in=letzte) | Q(approved_go_live_at__isnull=False))
        .order_by("pk")
    )
    for revision in revisionen:
        revision.content["naechste_pruefung"] = neu[int(revision.object_id)].isoformat()
    Revision.objects.bulk_update(revisionen, ["content"])


def _write_kennzahlen(rows: Sequence[Leistung], neu: Mapping[int, date], jetzt: datetime) -> None:
    bekannt = set(
        Leistungskennzahl.objects.filter(leistung__in=rows).values_list("leistung_id", flat=True)
    )
    if fehlend := [leistung.pk for leistung in rows if leistung.pk not in bekannt]:
        refresh_kennzahlen(fehlend)
    Leistungskennzahl.objects.bulk_update(
        [
            Leistungskennzahl(leistung_id=pk, naechste_pruefung=tag, geprueft_am=jetzt)
            for pk, tag in neu.items()
        ],
        ["naechste_pruefung", "geprueft_am"],
    )
