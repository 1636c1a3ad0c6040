"""The areas of the Land as the database knows them, and the districts the demo adds."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from django.db import transaction
from django.db.models import Q

from behoerden.models import (
    Gebiet,
    GebietMitglied,
    Gebietsart,
    Gebietsschluessel,
    Gebietsversion,
    PlzGemeinde,
    Schluesseltyp,
)
from editorial_workflows.demo.aemter import ARTEN
from editorial_workflows.demo.katalog import FIXTURES, KatalogFehler
from editorial_workflows.demo.land import Bezirk, Flaeche, Land, build_land
from zufi.common.changes import announce
from zufi.common.text import slugify_de

QUELLE = "demo"


def load_land(stichtag: date) -> Land:
    """Return all areas valid on the day, with the demo's own districts; five queries."""
    ars: dict[int, str] = {}
    schluessel = Gebietsschluessel.objects.filter(_gueltig(stichtag), typ=Schluesseltyp.ARS)
    for gebiet_id, wert in schluessel.values_list("gebiet_id", "wert"):
        ars[gebiet_id] = wert
    plz: dict[int, str] = {}
    for gemeinde_id, wert in PlzGemeinde.objects.order_by("-plz_id").values_list(
        "gemeinde_id", "plz_id"
    ):
        plz[gemeinde_id] = wert
    versionen = (
        Gebietsversion.objects.filter(_gueltig(stichtag))
        .exclude(gebiet__art__in=[Gebietsart.ORTSTEIL, Gebietsart.EIGENES_GEBIET])
        .filter(_gueltig(stichtag, "gebiet__"))
        .select_related("gebiet")
        .order_by("gebiet_id")
    )
    flaechen = {
        version.gebiet_id: Flaeche(
            id=version.gebiet_id,
            art=version.gebiet.art,
            ars=ars.get(version.gebiet_id, ""),
            name=version.name,
            amtlicher_name=version.amtlicher_name,
            parent_id=version.parent_id,
            erfuellt_durch_id=version.erfuellt_durch_id,
            sitz=version.sitz,
            plz=version.sitz_plz or plz.get(version.gebiet_id, ""),
        )
        for version in versionen
    }
    return _with_plz(build_land(flaechen.values(), _load_bezirke()))


def ensure_bezirke(land: Land, path: Path = FIXTURES / "bezirke.csv") -> int:
    """Every district of the file exists as an area of its own; return how many are new.

    Existing ones stay as they are. New ones are announced in the same transaction.

    Raises:
        KatalogFehler: a member's key names no area of today.
    """
    vorhanden = {(bezirk.art, bezirk.sitz) for bezirk in _load_bezirke()}
    je_schluessel = _areas_by_key(land)
    neu: list[int] = []
    with path.open(encoding="utf-8", newline="") as file, transaction.atomic():
        for row in csv.DictReader(file):
            art, sitz = row["art"], row["sitz"]
            if (art, sitz) in vorhanden:
                continue
            mitglieder = row["mitglieder"].split()
            if unbekannt := [wert for wert in mitglieder if wert not in je_schluessel]:
                raise KatalogFehler(f"{path.name}, {art} {sitz}: unbekannt sind {unbekannt}")
            neu.append(_create_bezirk(art, sitz, [je_schluessel[wert] for wert in mitglieder]))
        announce("gebiet", neu)
    return len(neu)


def _create_bezirk(art: str, sitz: str, mitglieder: list[int]) -> int:
    slug = slugify_de(f"bezirk {art} {sitz}")
    gebiet = Gebiet.objects.create(art=Gebietsart.EIGENES_GEBIET, slug=slug, quelle=QUELLE)
    Gebietsversion.objects.create(
        gebiet=gebiet, name=f"Bezirk des {_genitiv(ARTEN[art][0])} {sitz}", sitz=sitz
    )
    GebietMitglied.objects.bulk_create(
        GebietMitglied(eigenes_gebiet=gebiet, mitglied_id=pk) for pk in mitglieder
    )
    return int(gebiet.pk)


def _genitiv(amt: str) -> str:
    return f"{amt}s" if amt.endswith(("amt", "gericht")) else amt


def _load_bezirke() -> tuple[Bezirk, ...]:
    """Districts of the demo; their slug tells the kind, their version the seat."""
    versionen = Gebietsversion.objects.filter(
        gebiet__art=Gebietsart.EIGENES_GEBIET, gebiet__quelle=QUELLE
    )
    zeilen = versionen.order_by("gebiet_id").values_list("gebiet_id", "gebiet__slug", "sitz")
    return tuple(Bezirk(pk, slug.split("-")[1], sitz) for pk, slug, sitz in zeilen)


def _areas_by_key(land: Land) -> Mapping[str, int]:
    """Kreis keys (5 digits) and AGS (8 digits) of today's areas, from their ARS."""
    kreise = {flaeche.ars[:5]: flaeche.id for flaeche in land.kreise}
    gemeinden = {flaeche.ars[:5] + flaeche.ars[9:]: flaeche.id for flaeche in land.gemeinden}
    return gemeinden | kreise


def _with_plz(land: Land) -> Land:
    """Give Verbände and Kreise the postcode of the Gemeinde where they sit."""
    kinder: dict[int, list[Flaeche]] = defaultdict(list)
    for gemeinde in land.gemeinden:
        kinder[land.kreis(gemeinde).id].append(gemeinde)
    flaechen = []
    for flaeche in land.flaechen.values():
        if not flaeche.plz and flaeche.sitz and flaeche.art not in {"bund", "land"}:
            orte = [
                ort
                for ort in kinder[land.kreis(flaeche).id]
                if flaeche.sitz in {ort.name, ort.amtlicher_name}
            ]
            plz = min((ort.plz for ort in orte if ort.plz), default="")
            plz = plz or _plz_of_member(flaeche, kinder[land.kreis(flaeche).id])
            flaechen.append(replace(flaeche, plz=plz))
        else:
            flaechen.append(flaeche)
    return build_land(flaechen, land.bezirke)


def _plz_of_member(flaeche: Flaeche, gemeinden: list[Flaeche]) -> str:
    """The seat is an Ortsteil: take the postcode of a member, in the order of the keys."""
    mitglieder = [ort for ort in gemeinden if ort.parent_id == flaeche.id] or gemeinden
    return next((ort.plz for ort in mitglieder if ort.plz), "")


def _gueltig(stichtag: date, prefix: str = "") -> Q:
    ab, bis = f"{prefix}gueltig_ab", f"{prefix}gueltig_bis"
    return (Q(**{f"{ab}__isnull": True}) | Q(**{f"{ab}__lte": stichtag})) & (
        Q(**{f"{bis}__isnull": True}) | Q(**{f"{bis}__gte": stichtag})
    )
