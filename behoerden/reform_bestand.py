"""Dated facts of areas from the database and back: a change writes exactly its own rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models

from behoerden.domain.ortszuordnung import REGISTER
from behoerden.domain.reform_fakten import (
    Aenderung,
    Fakten,
    Fassung,
    Leben,
    Mitglied,
    Nachfolge,
    Schluessel,
)
from behoerden.models import (
    Gebiet,
    GebietMitglied,
    Gebietsart,
    Gebietsnachfolge,
    Gebietsschluessel,
    Gebietsversion,
)
from zufi.common.text import slugify_de

# Columns of the tables, in the order of the fields of the facts.
FASSUNG = (
    "gebiet_id",
    "name",
    "amtlicher_name",
    "parent_id",
    "erfuellt_durch_id",
    "textkennzeichen",
    "sitz",
    "sitz_plz",
    "einwohner",
    "flaeche_ha",
    "gueltig_ab",
    "gueltig_bis",
)
SCHLUESSEL = ("gebiet_id", "typ", "wert", "gueltig_ab", "gueltig_bis")
NACHFOLGE = (
    "vorgaenger_id",
    "nachfolger_id",
    "wirksam_am",
    "datum_belegt",
    "art",
    "sicherheit",
    "beleg",
)
MITGLIED = (
    "eigenes_gebiet_id",
    "mitglied_id",
    "teilweise",
    "grenze",
    "gueltig_ab",
    "gueltig_bis",
)


class Widerspruch(Exception):
    """A row that the change relies on is no longer what it was; `fakt` is the missing fact."""

    def __init__(self, fakt: tuple[Any, ...]) -> None:
        super().__init__(f"Nicht mehr vorhanden: {fakt}")
        self.fakt = fakt


def load_fakten() -> Fakten:
    """Return every dated fact about areas; five queries.

    Ortsteile are left out: no operation names them, they go with their Gemeinde (`reform_teile`).
    """
    teil = Gebietsart.ORTSTEIL
    return Fakten(
        leben=frozenset(
            Leben(*row)
            for row in Gebiet.objects.exclude(art=teil).values_list(
                "pk", "art", "gueltig_ab", "gueltig_bis"
            )
        ),
        fassungen=frozenset(
            Fassung(*r)
            for r in Gebietsversion.objects.exclude(gebiet__art=teil).values_list(*FASSUNG)
        ),
        schluessel=frozenset(
            Schluessel(*r) for r in Gebietsschluessel.objects.values_list(*SCHLUESSEL)
        ),
        nachfolgen=frozenset(
            Nachfolge(*r) for r in Gebietsnachfolge.objects.values_list(*NACHFOLGE)
        ),
        mitglieder=frozenset(
            Mitglied(*r)
            for r in GebietMitglied.objects.exclude(mitglied__art=teil).values_list(*MITGLIED)
        ),
    )


def write_aenderung(aenderung: Aenderung) -> dict[int, int]:
    """Write the change and return the keys of the new areas (number in the plan → primary key).

    Rows that only end keep their primary key. Needs a transaction.

    Raises:
        Widerspruch: a fact that goes is not there any more.
    """
    nummern = _create_gebiete(aenderung.neu)
    weg, neu = aenderung.weg, aenderung.neu.renumbered(nummern)
    for leben in weg.leben:
        (nachher,) = [fakt for fakt in neu.leben if fakt.gebiet == leben.gebiet]
        _update_leben(leben, nachher)
    _swap(Gebietsversion, FASSUNG, ("gebiet", "ab"), weg.fassungen, neu.fassungen)
    _swap(Gebietsschluessel, SCHLUESSEL, ("gebiet", "typ", "ab"), weg.schluessel, neu.schluessel)
    _swap(
        GebietMitglied,
        MITGLIED,
        ("eigenes_gebiet", "mitglied", "ab"),
        weg.mitglieder,
        neu.mitglieder,
    )
    _swap(Gebietsnachfolge, NACHFOLGE, Nachfolge._fields, weg.nachfolgen, neu.nachfolgen)
    return nummern


def unwrite_aenderung(aenderung: Aenderung, neue_gebiete: Mapping[int, int]) -> None:
    """Write the opposite of a change whose new areas have these primary keys; they go as well.

    Raises:
        Widerspruch: a fact of the change was altered or built upon since.
        django.db.models.ProtectedError: something else hangs at an area that would go.
    """
    weg, neu = aenderung.weg, aenderung.neu
    ids = set(neue_gebiete.values())
    _swap(Gebietsnachfolge, NACHFOLGE, Nachfolge._fields, neu.nachfolgen, weg.nachfolgen)
    _swap(
        GebietMitglied,
        MITGLIED,
        ("eigenes_gebiet", "mitglied", "ab"),
        neu.mitglieder,
        weg.mitglieder,
    )
    _swap(Gebietsschluessel, SCHLUESSEL, ("gebiet", "typ", "ab"), neu.schluessel, weg.schluessel)
    _swap(Gebietsversion, FASSUNG, ("gebiet", "ab"), neu.fassungen, weg.fassungen)
    for leben in neu.leben:
        if leben.gebiet not in ids:
            (vorher,) = [fakt for fakt in weg.leben if fakt.gebiet == leben.gebiet]
            _update_leben(leben, vorher)
    Gebiet.objects.filter(pk__in=ids).delete()


def _create_gebiete(neu: Fakten) -> dict[int, int]:
    namen = {f.gebiet: f.name for f in neu.fassungen}
    neue = sorted((f for f in neu.leben if f.gebiet < 0), key=lambda f: -f.gebiet)
    rows = Gebiet.objects.bulk_create(
        Gebiet(
            art=leben.art,
            slug=slugify_de(namen[leben.gebiet]),
            quelle=REGISTER,  # the next register finds it by its key
            gueltig_ab=leben.ab,
            gueltig_bis=leben.bis,
        )
        for leben in neue
    )
    return {leben.gebiet: row.pk for leben, row in zip(neue, rows, strict=True)}


def _update_leben(alt: Leben, neu: Leben) -> None:
    rows = Gebiet.objects.filter(pk=alt.gebiet, gueltig_ab=alt.ab, gueltig_bis=alt.bis)
    if not rows.update(gueltig_ab=neu.ab, gueltig_bis=neu.bis):
        raise Widerspruch(alt)


def _swap(
    model: type[models.Model],
    spalten: tuple[str, ...],
    kennung: tuple[str, ...],
    weg: frozenset[Any],
    neu: frozenset[Any],
) -> None:
    """Rows of `weg` become those of `neu` with the same identity; the others go or come."""
    nachher = {_key(fakt, kennung): fakt for fakt in neu}
    for fakt in sorted(weg, key=repr):
        rows = model._default_manager.filter(**dict(zip(spalten, fakt, strict=True)))
        ersatz = nachher.pop(_key(fakt, kennung), None)
        if ersatz is None:
            getroffen, _ = rows.delete()
        else:
            getroffen = rows.update(**dict(zip(spalten, ersatz, strict=True)))
        if not getroffen:
            raise Widerspruch(fakt)
    model._default_manager.bulk_create(
        model(**dict(zip(spalten, fakt, strict=True)))
        for fakt in sorted(nachher.values(), key=repr)
    )


def _key(fakt: Any, kennung: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(fakt, name) for name in kennung)
