"""The sheets of a table and their columns, taken from the models so that none is forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from wagtail.fields import RichTextField

from leistungen.austausch.zellen import Art, Spalte
from leistungen.codes import liste_von
from leistungen.models import Begriff, Gebuehr, Leistung, Unterlage
from leistungen.models.leistung import TEXTMODULE
from leistungen.translation import WEITERE_TEXTE
from zufi.common.sprachfest import LANGS, LANGUAGE_LABELS

# Headings of the columns that say which object a row is about.
LEISTUNG = "Kennung der Leistung"
TITEL = "Leistung (nur Anzeige)"
SCHLUESSEL = "Leistungsschlüssel (nur Anzeige)"
ZEILE = "Kennung der Zeile"
STAND = "Stand"
LOESCHEN = "löschen"

# Fields of a service besides its translated texts.
ANGABEN = (
    "struktur_art", "gruppierung_code", "objekt_id", "verrichtung_code", "typisierung_codes",
    "detailstufe_code", "prozess_ids", "status_katalog_code", "status_bibliothek_code",
    "zielgruppe_codes", "bezugsort_code", "wirtschaftszweig_codes", "rechtsform_codes",
    "staat_codes", "staatengruppe_codes", "schriftform", "persoenlich", "formlos",
    "vertrauensniveau_code", "einheitliche_stelle_codes", "sdg1_codes", "sdg2_codes",
    "gueltig_ab", "gueltig_bis", "naechste_pruefung",
)  # fmt: skip
# Headings that would stand twice on a sheet.
_TITEL = {("gebuehr", "art"): "Art des Betrags"}
# What a row is or where it stands, never a cell of its own.
_WEITERE = frozenset(f"{name}_{lang}" for name in WEITERE_TEXTE for lang in LANGS)
_KEINE_ZELLE = frozenset({"id", "uuid", "sort_order", "leistung"})


@dataclass(frozen=True)
class Blatt:
    """One sheet; `relation` is the list of children its rows are, "" for the services."""

    name: str
    model: Any
    relation: str
    felder: tuple[str, ...]
    erkennung: str  # field whose column only this sheet has

    @property
    def spalten(self) -> tuple[Spalte, ...]:
        """The columns that may be changed, in the order of the sheet."""
        return _spalten(self.model, self.felder)

    @property
    def kopf(self) -> tuple[str, ...]:
        """The headings as they are written out."""
        davor = (LEISTUNG, TITEL, *((ZEILE,) if self.relation else (SCHLUESSEL,)))
        danach = (LOESCHEN,) if self.relation else ()
        return (*davor, *(spalte.titel for spalte in self.spalten), *danach, STAND)

    @property
    def verwaltung(self) -> frozenset[str]:
        """The headings that are no fields."""
        return frozenset(self.kopf) - {spalte.titel for spalte in self.spalten}


def _uebersetzt(model: Any) -> tuple[str, ...]:
    """Every translated field of a service: names first, then the texts, words beside them last."""
    felder = [f for f in model._meta.concrete_fields if hasattr(f, "translated_field")]
    namen = [*(name for name in TEXTMODULE.values() if name.startswith("bezeichnung")), "slug"]
    felder.sort(key=lambda f: (f.translated_field.name not in namen, f.name in _WEITERE))
    return tuple(f.name for f in felder)


def _eigene(model: Any) -> tuple[str, ...]:
    """Every field of a row, translated ones with their suffix only."""
    unuebersetzt = {
        f.translated_field.name
        for f in model._meta.concrete_fields
        if hasattr(f, "translated_field")
    }
    return tuple(
        f.name
        for f in model._meta.concrete_fields
        if f.name not in _KEINE_ZELLE and f.name not in unuebersetzt
    )


LEISTUNGEN = Blatt("Leistungen", Leistung, "", (*_uebersetzt(Leistung), *ANGABEN), "bezeichnung_de")
BEGRIFFE = Blatt("Begriffe", Begriff, "begriffe", _eigene(Begriff), "begriff_de")
KOSTEN = Blatt("Kosten", Gebuehr, "gebuehren", _eigene(Gebuehr), "betrag")
UNTERLAGEN = Blatt("Unterlagen", Unterlage, "unterlagen", _eigene(Unterlage), "richtung")
BLAETTER: Sequence[Blatt] = (LEISTUNGEN, BEGRIFFE, KOSTEN, UNTERLAGEN)
NACH_NAMEN = {blatt.name: blatt for blatt in BLAETTER}


@cache
def _spalten(model: Any, felder: tuple[str, ...]) -> tuple[Spalte, ...]:
    return tuple(_spalte(model._meta.get_field(name)) for name in felder)


def _spalte(feld: Any) -> Spalte:
    quelle = getattr(feld, "translated_field", feld)
    titel = _TITEL.get((feld.model._meta.model_name, feld.name), str(quelle.verbose_name))
    for lang in LANGS:
        if quelle is not feld and feld.name == f"{quelle.name}_{lang}":
            titel = f"{titel} ({LANGUAGE_LABELS[lang]})"
    art = _art(feld)
    basis = feld.base_field if isinstance(feld, ArrayField) else feld
    return Spalte(
        feld.name,
        titel[:1].upper() + titel[1:],
        art,
        dict(feld.choices) if art is Art.WAHL else None,
        bool(feld.null or feld.blank or art in {Art.TEXT, Art.HTML, Art.CODE, Art.CODES}),
        getattr(basis, "max_length", None),
        liste_von(feld.model, feld.name),
    )


def _art(feld: Any) -> Art:
    arten: tuple[tuple[Any, Art], ...] = (
        (RichTextField, Art.HTML),
        (models.BooleanField, Art.JA_NEIN),
        (models.DateField, Art.DATUM),
        (models.DecimalField, Art.BETRAG),
        (models.UUIDField, Art.KENNUNG),
        (ArrayField, Art.CODES),
    )
    for klasse, art in arten:
        if isinstance(feld, klasse):
            return art
    if feld.choices:
        return Art.WAHL
    return Art.CODE if liste_von(feld.model, feld.name) else Art.TEXT
