"""What the pages of districts read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from behoerden.bezirke.lesen import Bezeichnet, Mitglied
from behoerden.ketten import gebiet_infos
from behoerden.models import Gebiet, GebietMitglied, Gebietsart

__all__ = ["Bezirkszeile", "list_bezirke", "load_bezeichnete", "load_mitglieder"]


@dataclass(frozen=True, slots=True)
class Bezirkszeile:
    """One line of the list."""

    pk: int
    name: str
    mitglieder: int
    regeln: int


def list_bezirke(stichtag: date, suche: str = "") -> list[Bezirkszeile]:
    """Return the districts by name, with the number of their members and rules; one query."""
    rows = (
        Gebiet.objects.filter(art=Gebietsart.EIGENES_GEBIET)
        .gueltig_am(stichtag)
        .mit_angaben()
        .annotate(
            mitglied_count=Count(
                "mitglieder", filter=Q(mitglieder__gueltig_bis__isnull=True), distinct=True
            ),
            regel_count=Count("zustaendigkeiten", distinct=True),
        )
        .order_by("aktueller_name", "pk")
    )
    if suche:
        rows = rows.filter(aktueller_name__icontains=suche)
    return [
        Bezirkszeile(row.pk, row.aktueller_name, row.mitglied_count, row.regel_count)
        for row in rows
    ]


def load_bezeichnete(stichtag: date) -> list[Bezeichnet]:
    """Return all areas that may be members, with their names and keys."""
    ids = (
        Gebiet.objects.exclude(art__in=[Gebietsart.EIGENES_GEBIET, Gebietsart.BUND])
        .gueltig_am(stichtag)
        .values_list("pk", flat=True)
    )
    return [
        Bezeichnet(
            gebiet_id=info.id,
            label=info.label,
            namen=(info.name, info.amtlicher_name)
            if info.art in {Gebietsart.GEMEINDE, Gebietsart.KREISFREIE_STADT}
            else (),
            schluessel=tuple(key for key in (info.ars, info.ags) if key),
        )
        for info in gebiet_infos(list(ids), stichtag).values()
    ]


def load_mitglieder(gebiet: Gebiet) -> list[Mitglied]:
    """Return the present members of a district, by id."""
    rows = GebietMitglied.objects.filter(eigenes_gebiet=gebiet, gueltig_bis__isnull=True)
    return [
        Mitglied(row.mitglied_id, row.teilweise, row.grenze) for row in rows.order_by("mitglied_id")
    ]
