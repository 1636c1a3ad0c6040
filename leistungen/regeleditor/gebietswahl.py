"""Areas by level ("alle Kreise"), and the general administration of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from behoerden.models import Behoerde, Gebiet, Gebietsart, Gebietsversion
from behoerden.models.gebiet import GEMEINDEARTEN, KREISARTEN, VERBANDSARTEN

LAND, KREISE, VERBAENDE, GEMEINDEN, GEWAEHLTE = (
    "land",
    "kreise",
    "verbaende",
    "gemeinden",
    "gewaehlte",
)
WAHLEN = (
    (GEWAEHLTE, "bestimmte Gebiete (unten auswählen)"),
    (LAND, "ganz Thüringen"),
    (KREISE, "alle Landkreise und kreisfreien Städte"),
    (VERBAENDE, "alle Verbände und Gemeinden ohne Verband"),
    (GEMEINDEN, "alle Gemeinden"),
)


def gebiete_der_wahl(wahl: str, kreis: Gebiet | None, stichtag: date) -> list[int]:
    """Return the ids of all areas of a level that exist on the day; one query.

    Args:
        wahl: one of `WAHLEN` but "gewaehlte".
        kreis: only inside this Kreis; counts for Verbände and Gemeinden.
        stichtag: the day.
    """
    gebiete: QuerySet[Gebiet] = Gebiet.objects.gueltig_am(stichtag)
    match wahl:
        case "land":
            rows = gebiete.filter(art=Gebietsart.LAND)
        case "kreise":
            rows = gebiete.filter(art__in=KREISARTEN)
        case "verbaende":
            rows = _im_kreis(gebiete, kreis, stichtag).filter(
                Q(art__in=VERBANDSARTEN)
                | Q(art=Gebietsart.KREISFREIE_STADT)
                | Q(_unter({Gebietsart.LANDKREIS}, stichtag), art=Gebietsart.GEMEINDE)
            )
        case _:
            rows = _im_kreis(gebiete, kreis, stichtag).filter(art__in=GEMEINDEARTEN)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _versionen(stichtag: date) -> QuerySet[Gebietsversion]:
    rows: QuerySet[Gebietsversion] = Gebietsversion.objects.gueltig_am(stichtag).filter(
        gebiet=OuterRef("pk")
    )
    return rows


def _unter(arten: Collection[str], stichtag: date) -> Exists:
    return Exists(_versionen(stichtag).filter(parent__art__in=arten))


def _im_kreis(gebiete: QuerySet[Gebiet], kreis: Gebiet | None, stichtag: date) -> QuerySet[Gebiet]:
    if kreis is None:
        return gebiete
    verbaende = (
        Gebietsversion.objects.gueltig_am(stichtag)
        .filter(parent=kreis, gebiet__art__in=VERBANDSARTEN)
        .values("gebiet")
    )
    eltern = Q(parent=kreis) | Q(parent__in=verbaende)
    return gebiete.filter(Q(Exists(_versionen(stichtag).filter(eltern))) | Q(pk=kreis.pk))


@dataclass(frozen=True, slots=True)
class Verwaltungen:
    """Area → its general administration; `ohne` have none that citizens may see, or several."""

    ziele: tuple[tuple[int, int], ...]
    ohne: tuple[int, ...]


def verwaltungen(gebiet_ids: Iterable[int], stichtag: date) -> Verwaltungen:
    """Return the general administration of each area on the day; one query."""
    ids = list(gebiet_ids)
    je_gebiet: dict[int | None, list[int]] = defaultdict(list)
    rows = Behoerde.objects.sichtbar_am(stichtag).filter(
        hauptgebiet_id__in=ids, art__ist_allgemeine_verwaltung=True
    )
    for gebiet_id, behoerde_id in rows.values_list("hauptgebiet_id", "pk"):
        je_gebiet[gebiet_id].append(behoerde_id)
    eindeutig = {pk: je_gebiet[pk][0] for pk in ids if len(je_gebiet[pk]) == 1}
    return Verwaltungen(
        ziele=tuple(eindeutig.items()), ohne=tuple(pk for pk in ids if pk not in eindeutig)
    )
