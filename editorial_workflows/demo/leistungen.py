"""Stores topics and services with their texts and search words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from zlib import crc32

from django.db import transaction

from editorial_workflows.demo.behoerden import demo_uuid
from editorial_workflows.demo.html import absaetze, liste, schritte
from editorial_workflows.demo.katalog import Eintrag
from editorial_workflows.demo.regeln import TYPISIERUNG
from editorial_workflows.demo.texte import Leistungstext
from editorial_workflows.demo.zeilen import zeilen_der_leistung
from leistungen.models import Begriff, Kategorie, Leistung, Leistungsschluessel
from zufi.common.sprachfest import LANGS
from zufi.common.stapel import Stapelbericht, store_live
from zufi.common.text import slugify_de

ZIELGRUPPEN = {"B": "001", "U": "002"}
LEBENSLAGEN_UNTERNEHMEN = frozenset({"Gewerbe und Betrieb"})
ERSTE_PRUEFUNG, PRUEFUNGEN_UEBER_TAGE = date(2026, 11, 10), 700
# Module of the file → how its lines become rich text, and the field where it has another name.
_MODULE = {
    "volltext": absaetze,
    "voraussetzungen": liste,
    "ablauf": schritte,
    "hinweise": absaetze,
    "rechtsbehelf": absaetze,
}
_FELD = {"ablauf": "verfahrensablauf"}


@transaction.atomic
def ensure_kategorien(katalog: Iterable[Eintrag]) -> Mapping[str, Kategorie]:
    """Every Lebenslage of the catalogue exists; return name → topic. Existing ones stay."""
    namen = list(dict.fromkeys(eintrag.lebenslage for eintrag in katalog))
    vorhanden = {kategorie.slug: kategorie for kategorie in Kategorie.objects.all()}
    for position, name in enumerate(namen, start=1):
        slug = slugify_de(name)
        if slug not in vorhanden:
            klasse = Kategorie.Klasse
            felder: dict[str, Any] = {"slug": slug, "name_de": name, "position": position}
            ist_betrieb = name in LEBENSLAGEN_UNTERNEHMEN
            felder["klasse"] = (klasse.UNTERNEHMEN if ist_betrieb else klasse.BUERGER).value
            vorhanden[slug] = Kategorie(**felder)
            vorhanden[slug].save()
    return {name: vorhanden[slugify_de(name)] for name in namen}


def store_leistungen(
    katalog: Sequence[Eintrag],
    texte: Mapping[str, Leistungstext],
    *,
    kategorien: Mapping[str, Kategorie],
    redaktion_id: int,
    ueberschreiben: bool = False,
) -> Stapelbericht:
    """Every service of the catalogue is live with its text."""
    return store_live(
        [
            _leistung(eintrag, texte[eintrag.slug], kategorien[eintrag.lebenslage], redaktion_id)
            for eintrag in katalog
        ],
        kind="leistung",
        schluessel="slug_de",
        ueberschreiben=ueberschreiben,
    )


def _leistung(
    eintrag: Eintrag, text: Leistungstext, kategorie: Kategorie, redaktion_id: int
) -> Leistung:
    einfach = {"titel": "", "kurztext": "", **text.de_simple}
    felder: dict[str, Any] = {
        "uuid": demo_uuid("leistung", eintrag.slug),
        "slug_de": eintrag.slug,
        "slug_en": eintrag.slug,
        "bezeichnung_de": eintrag.titel,
        "bezeichnung_en": text.titel_en,
        "bezeichnung_de_simple": einfach["titel"],
        "kurztext_de": text.kurztext,
        "kurztext_en": text.kurztext_en,
        "kurztext_de_simple": einfach["kurztext"],
        "teaser_de": text.teaser,
        "teaser_en": {"teaser": "", **text.en}["teaser"],
        "zielgruppe_codes": [ZIELGRUPPEN[zielgruppe] for zielgruppe in eintrag.zielgruppen],
        "typisierung_codes": [TYPISIERUNG[eintrag.ebenen[0]]],
        "kategorien": [kategorie],
        "redaktion_id": redaktion_id,
        "naechste_pruefung": naechste_pruefung(eintrag.slug),
        "begriffe": list(_begriffe(text)),
        "leistungsschluessel": list(_schluessel(eintrag)),
        **zeilen_der_leistung(text),
    }
    for modul, form in _MODULE.items():
        for sprache in LANGS:
            zeilen = getattr(text, modul) if sprache == "de" else getattr(text, sprache).get(modul)
            felder[f"{_FELD.get(modul, modul)}_{sprache}"] = form(zeilen or ())
    return Leistung(**felder)


def naechste_pruefung(slug: str) -> date:
    """Return the day of the next review: spread over two years, the same in every installation."""
    return ERSTE_PRUEFUNG + timedelta(days=crc32(slug.encode()) % PRUEFUNGEN_UEBER_TAGE)


def _begriffe(text: Leistungstext) -> Iterable[Begriff]:
    for sprache, begriffe in (("de", text.begriffe), ("en", text.begriffe_en)):
        for begriff in begriffe:
            felder: dict[str, Any] = {f"begriff_{sprache}": begriff["begriff"]}
            yield Begriff(typ=begriff.get("typ", Begriff.Typ.SYNONYM.value), **felder)


def _schluessel(eintrag: Eintrag) -> Iterable[Leistungsschluessel]:
    if eintrag.leistungsschluessel:
        yield Leistungsschluessel(schluessel=eintrag.leistungsschluessel, ist_primaer=True)
