"""Writing districts: one verb per function, atomic, announcing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction

from behoerden.bezirke.lesen import Mitglied
from behoerden.models import Gebiet, GebietMitglied, Gebietsart, Gebietsversion
from zufi.common.changes import announce
from zufi.common.text import slugify_de

__all__ = ["save_bezirk"]


@transaction.atomic
def save_bezirk(
    *,
    gebiet: Gebiet | None = None,
    name: str,
    mitglieder: Iterable[Mitglied],
    ab: date | None,
) -> Gebiet:
    """The district has this name and, from the day on, exactly these members.

    Members that leave end the day before; what held before stays on record. Without a day the
    members hold from the beginning: meant for a new district or a slip of the pen.

    Args:
        gebiet: the district, None for a new one.
        name: its name.
        mitglieder: its members from the day on.
        ab: the first day, None for "since ever".
    """
    if gebiet is None:
        gebiet = Gebiet.objects.create(
            art=Gebietsart.EIGENES_GEBIET, slug=slugify_de(name)[:120], quelle="redaktion"
        )
        Gebietsversion.objects.create(gebiet=gebiet, name=name, gueltig_ab=None)
    Gebietsversion.objects.filter(gebiet=gebiet, gueltig_bis__isnull=True).update(name=name)
    soll = {mitglied.gebiet_id: mitglied for mitglied in mitglieder}
    offen = GebietMitglied.objects.filter(eigenes_gebiet=gebiet, gueltig_bis__isnull=True)
    bleiben = set()
    for row in offen:
        neu = soll.get(row.mitglied_id)
        if neu == Mitglied(row.mitglied_id, row.teilweise, row.grenze):
            bleiben.add(row.mitglied_id)
        else:
            _end(row, ab)
    GebietMitglied.objects.bulk_create(
        GebietMitglied(
            eigenes_gebiet=gebiet,
            mitglied_id=mitglied.gebiet_id,
            teilweise=mitglied.teilweise,
            grenze=mitglied.grenze,
            gueltig_ab=ab,
        )
        for mitglied in soll.values()
        if mitglied.gebiet_id not in bleiben
    )
    announce("gebiet", [gebiet.pk])
    return gebiet


def _end(row: GebietMitglied, ab: date | None) -> None:
    """A membership that had not begun by the day never was; others end the day before."""
    if ab is None or (row.gueltig_ab is not None and row.gueltig_ab >= ab):
        row.delete()
        return
    row.gueltig_bis = ab - timedelta(days=1)
    row.save(update_fields=["gueltig_bis"])
