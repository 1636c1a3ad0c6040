"""What the pages of Ortsteile read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q

from behoerden.ketten import GebietInfo, gebiet_infos
from behoerden.models import Gebiet, Gebietsart

__all__ = ["PRO_SEITE", "Ortsteilzeile", "list_ortsteile"]

PRO_SEITE = 50
HERKUNFT = {"geonames": "GeoNames", "gv100ad": "Gemeindeverzeichnis", "reform": "Gebietsreform"}


@dataclass(frozen=True, slots=True)
class Ortsteilzeile:
    """One line of the list; `zustand` is "" as long as the Ortsteil simply exists."""

    pk: int
    name: str
    gemeinde: str
    kreis: str
    adresse: str
    herkunft: str
    regeln: int
    zustand: str


def list_ortsteile(stichtag: date, suche: str = "", seite: str | int = 1) -> Page[Ortsteilzeile]:
    """Return a page of the Ortsteile by name, ended ones included; three queries.

    `suche` takes names, of the Gemeinde as well, and postcodes.
    """
    rows = Gebiet.objects.filter(art=Gebietsart.ORTSTEIL).mit_angaben()
    if suche:
        gefunden = Gebiet.objects.filter(art=Gebietsart.ORTSTEIL).suche(suche).values("pk")
        rows = rows.filter(Q(pk__in=gefunden) | Q(gemeindename__istartswith=suche))
    rows = rows.annotate(regel_count=Count("zustaendigkeiten", distinct=True)).order_by(
        "aktueller_name", "gemeindename", "pk"
    )
    page: Page[Any] = Paginator(rows, PRO_SEITE).get_page(seite)
    gebiete = list(page.object_list)
    infos = gebiet_infos([gebiet.pk for gebiet in gebiete], stichtag)
    page.object_list = [_zeile(gebiet, infos[gebiet.pk], stichtag) for gebiet in gebiete]
    return page


def _zeile(gebiet: Any, info: GebietInfo, stichtag: date) -> Ortsteilzeile:
    return Ortsteilzeile(
        pk=gebiet.pk,
        name=info.name,
        gemeinde=info.gemeinde,
        kreis=info.kreis,
        adresse=info.adresse,
        herkunft=HERKUNFT.get(gebiet.quelle, "Redaktion"),
        regeln=gebiet.regel_count,
        zustand=_zustand(gebiet, stichtag),
    )


def _zustand(gebiet: Gebiet, stichtag: date) -> str:
    ab, bis = gebiet.gueltig_ab, gebiet.gueltig_bis
    if bis is not None:
        return f"bis {bis:%d.%m.%Y}"
    return f"ab {ab:%d.%m.%Y}" if ab is not None and ab > stichtag else ""
