"""What the public pages of authorities show; one dataclass per page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q
from django.urls import reverse

from behoerden.domain.gebietsdaten import (
    BUND,
    GEMEINDE,
    KREISFREIE_STADT,
    LAND,
    LANDKREIS,
    VERBAENDE,
)
from behoerden.karten import AmtskarteDaten, behoerde_karte
from behoerden.ketten import GebietInfo, gebiet_infos
from behoerden.models import Behoerde
from behoerden.orte import gemeinden_below
from behoerden.registry import leistungen_of
from zufi.common.text import fold_umlaute, slugify_de

LEISTUNGEN_ZUERST = 20
KONTAKT = "Kontakt"
LANDESWEIT = "Ganz Thüringen"
UEBERREGIONAL = "Weitere Behörden"


@dataclass(frozen=True, slots=True)
class Behoerdenseite:
    """The page of an authority."""

    titel: str
    kurzbeschreibung: str
    karte: AmtskarteDaten  # headed "Kontakt": the page itself bears the name
    art: str
    gebiet_in_worten: str
    gemeinden: tuple[str, ...]
    beschreibung: str  # rich text, cleaned when it was saved
    weitere_anschriften: tuple[tuple[str, tuple[str, ...]], ...]
    uebergeordnet: tuple[str, str] | None
    nachgeordnete: tuple[tuple[str, str], ...]
    leistungen: tuple[tuple[str, str], ...]
    alle_leistungen_url: str
    stand: date | None


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


def behoerdenseite(behoerde: Behoerde, stichtag: date, *, alle: bool = False) -> Behoerdenseite:
    """Return the page of this authority, a draft included; at most ten queries.

    Args:
        behoerde: the authority, with its children.
        stichtag: the day for which areas and notices are shown.
        alle: all services instead of the first twenty.
    """
    infos = gebiet_infos([pk] if (pk := behoerde.hauptgebiet_id) else [], stichtag)
    info = infos.get(behoerde.hauptgebiet_id or 0)
    karte = behoerde_karte(behoerde, stichtag)
    leistungen = _leistungen(behoerde, alle=alle)
    mehr = not alle and len(leistungen) > LEISTUNGEN_ZUERST
    return Behoerdenseite(
        titel=karte.name,
        kurzbeschreibung=karte.kurzbeschreibung,
        karte=replace(karte, name=KONTAKT, url=""),
        art=str(behoerde.art) if behoerde.art_id else "",
        gebiet_in_worten=gebiet_in_worten(info) if info else "",
        gemeinden=_gemeinden(info, stichtag) if info else (),
        beschreibung=behoerde.beschreibung_de,
        weitere_anschriften=tuple(
            eintrag for eintrag in karte.anschriften if eintrag[1] != karte.anschrift
        ),
        uebergeordnet=_link(behoerde.uebergeordnet, stichtag),
        nachgeordnete=_nachgeordnete(behoerde, stichtag),
        leistungen=leistungen[:LEISTUNGEN_ZUERST] if mehr else leistungen,
        alle_leistungen_url=f"{karte.url}?alle=1#leistungen" if mehr else "",
        stand=behoerde.last_published_at.date() if behoerde.last_published_at else None,
    )


def gebiet_in_worten(info: GebietInfo) -> str:
    """Return an area as a phrase that follows "für": "die Gemeinde Udestedt (Landkreis …)"."""
    stadt = info.amtlicher_name.endswith(", Stadt")
    gruppe = f"{info.name} und die Gemeinden, für die {info.name} die Verwaltung führt"
    return {
        KREISFREIE_STADT: f"die kreisfreie Stadt {info.name}",
        GEMEINDE: f"die {'Stadt' if stadt else 'Gemeinde'} {info.name} ({info.kreis})",
        "vg": f"die Verwaltungsgemeinschaft {info.name} ({info.kreis})",
        "erfuellende_gemeinde": gruppe,
        LANDKREIS: f"den {info.label}",
        LAND: f"ganz {info.name}",
        BUND: f"ganz {info.name}",
    }.get(info.art, info.name)


def _gemeinden(info: GebietInfo, stichtag: date) -> tuple[str, ...]:
    """Names of the Gemeinden of a Verband; a Kreis has too many for a sentence."""
    if info.art not in VERBAENDE:
        return ()
    gemeinden = gebiet_infos(gemeinden_below([info.id], stichtag), stichtag)
    return tuple(sorted((g.name for g in gemeinden.values()), key=fold_umlaute))


def _leistungen(behoerde: Behoerde, *, alle: bool) -> tuple[tuple[str, str], ...]:
    if not behoerde.pk:
        return ()
    return leistungen_of(behoerde.pk, None if alle else LEISTUNGEN_ZUERST + 1)


def _link(behoerde: Behoerde | None, stichtag: date) -> tuple[str, str] | None:
    if behoerde is None or not behoerde.is_sichtbar(stichtag):
        return None
    return str(behoerde), reverse("behoerden:detail", args=[behoerde.slug])


def _nachgeordnete(behoerde: Behoerde, stichtag: date) -> tuple[tuple[str, str], ...]:
    if not behoerde.pk:
        return ()
    rows = Behoerde.objects.sichtbar_am(stichtag).filter(uebergeordnet_id=behoerde.pk)
    return tuple(
        (str(row), reverse("behoerden:detail", args=[row.slug]))
        for row in rows.only("name_de", "slug").order_by("name_de", "pk")
    )


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
