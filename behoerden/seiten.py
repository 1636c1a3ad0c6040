"""The public list of authorities; the page of one is in `behoerdenseite`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse

from behoerden.domain.gebietsdaten import BUND, KREISFREIE_STADT, LAND, LANDKREIS
from behoerden.ketten import GebietInfo, gebiet_infos
from behoerden.models import Behoerde
from zufi.common.text import fold_umlaute, slugify_de

LANDESWEIT = "Ganz Thüringen"
UEBERREGIONAL = "Weitere Behörden"


@dataclass(frozen=True, slots=True)
class Gruppe:
    """Authorities of one Kreis or town: entries are (label, url, line below)."""

    titel: str
    anker: str
    eintraege: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Listenseite:
    """The list of authorities, all of them or those that fit the search."""

    gruppen: tuple[Gruppe, ...]
    anzahl: int
    q: str


def listenseite(q: str, stichtag: date) -> Listenseite:
    """Return the published authorities by Kreis; four queries for any number.

    Args:
        q: part of a name, another name or a town; "" for all.
        stichtag: the day for which authorities and areas are shown.
    """
    rows = list(_search(q, stichtag))
    gebiete = {row.pk: _area(row) for row in rows}
    infos = gebiet_infos((pk for pk in gebiete.values() if pk), stichtag)
    gruppen: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for row in rows:
        titel = _group_title(infos.get(gebiete[row.pk] or 0))
        url = reverse("behoerden:detail", args=[row.slug])
        gruppen[titel].append((str(row), url, _kind(row)))
    return Listenseite(
        gruppen=tuple(
            Gruppe(titel, slugify_de(titel), tuple(gruppen[titel])) for titel in _ordered(gruppen)
        ),
        anzahl=len(rows),
        q=q,
    )


def _search(q: str, stichtag: date) -> Iterable[Behoerde]:
    rows = Behoerde.objects.sichtbar_am(stichtag)
    for wort in q.split():
        rows = rows.filter(
            Q(name_de__icontains=wort)
            | Q(kurzname_de__icontains=wort)
            | Q(synonyme_de__icontains=wort)
            | Q(pk__in=Behoerde.objects.filter(anschriften__ort__icontains=wort).values("pk"))
        )
    found: Iterable[Behoerde] = (
        rows.select_related("art", "uebergeordnet")
        .only("name_de", "slug", "hauptgebiet", "art__name_de", "uebergeordnet__hauptgebiet")
        .order_by("name_de", "pk")
    )
    return found


def _kind(behoerde: Behoerde) -> str:
    """The kind, unless the name says it."""
    art = str(behoerde.art)
    return "" if art.lower() in str(behoerde).lower() else art


def _area(behoerde: Behoerde) -> int | None:
    """A special office without an area of its own stands with the authority above it."""
    oben = behoerde.uebergeordnet
    return behoerde.hauptgebiet_id or (oben.hauptgebiet_id if oben else None)


def _group_title(info: GebietInfo | None) -> str:
    if info is None:
        return UEBERREGIONAL
    if info.art in {LAND, BUND}:
        return LANDESWEIT
    if info.art == KREISFREIE_STADT:
        return f"Stadt {info.name}"
    if info.art == LANDKREIS:
        return info.label
    return info.kreis or UEBERREGIONAL


def _ordered(gruppen: Mapping[str, object]) -> list[str]:
    vorn, hinten = LANDESWEIT, UEBERREGIONAL
    mitte = sorted((titel for titel in gruppen if titel not in {vorn, hinten}), key=_sort_key)
    return [
        *([vorn] if vorn in gruppen else []),
        *mitte,
        *([hinten] if hinten in gruppen else []),
    ]


def _sort_key(titel: str) -> str:
    """Towns and Kreise in one alphabet, by their own names."""
    return fold_umlaute(titel.removeprefix("Landkreis ").removeprefix("Stadt "))
