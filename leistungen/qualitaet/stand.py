"""A service, saved or not, as the plain values the rules look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Model

from leistungen.codes import liste_von
from leistungen.domain.qualitaet import Befund, Textstand, Zeile, ohne_ausnahmen, pruefe
from leistungen.domain.uebersetzung import Stand
from leistungen.models import Leistung
from leistungen.models.leistung import BESCHREIBUNGEN, TEXTMODULE
from leistungen.qualitaet.umfeld import Umfeld, lade_umfeld
from leistungen.uebersetzungen import SPRACHEN, uebersetzungen
from zufi.common.sprachfest import LANGS, unsuffixed_fields

MODULE = (*TEXTMODULE.values(), *BESCHREIBUNGEN, "auskunftshinweis")
# List of rows → the kind the rules know, and the values beside the texts they ask for.
ZEILEN: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "gebuehren": ("kosten", ("art", "gueltig_ab", "gueltig_bis")),
    "fristen": ("frist", ("gueltig_ab", "gueltig_bis")),
    "bearbeitungsdauern": ("dauer", ("gueltig_ab", "gueltig_bis")),
    "unterlagen": ("unterlage", ("pflicht", "richtung", "gueltig_ab", "gueltig_bis")),
    "rechtsgrundlagen": ("rechtsgrundlage", ("norm", "url")),
    "modullinks": ("link", ("url", "modul_code")),
    "modulangaben": ("modulangabe", ("modul_code",)),
    "begriffe": ("begriff", ("typ",)),
}
# Rows whose codes are judged; the kind names the place of a finding.
_MIT_CODES = (*ZEILEN, "freigaben")


def textstand(leistung: Leistung, umfeld: Umfeld | None = None) -> Textstand:
    """Return the draft as it is in memory; rows that are not loaded are read.

    Args:
        leistung: saved or unsaved, with its rows.
        umfeld: what lies outside of it; read for this one (six queries) if it is not given.
    """
    umfeld = lade_umfeld([leistung.pk]) if umfeld is None else umfeld
    stand, absaetze = _uebersetzungen(leistung)
    return Textstand(
        texte={
            modul: {lang: getattr(leistung, f"{modul}_{lang}") or "" for lang in LANGS}
            for modul in MODULE
        },
        zeilen=tuple(_zeilen(leistung)),
        angaben={**_angaben(leistung, umfeld), "veraltete_absaetze": absaetze},
        uebersetzungsstand=stand,
    )


def befunde(leistung: Leistung, umfeld: Umfeld | None = None) -> tuple[Befund, ...]:
    """Return the findings about this draft that nobody accepted."""
    umfeld = lade_umfeld([leistung.pk]) if umfeld is None else umfeld
    stand = textstand(leistung, umfeld)
    ausnahmen = umfeld.ausnahmen.get(leistung.pk, frozenset())
    return ohne_ausnahmen(stand, pruefe(stand), ausnahmen)


def _zeilen(leistung: Leistung) -> Iterator[Zeile]:
    for relation, (kind, werte) in ZEILEN.items():
        for zeile in _sortiert(leistung, relation):
            model: type[Model] = type(zeile)
            felder = sorted(unsuffixed_fields(model))
            yield Zeile(
                kind=kind,
                uuid=str(zeile.uuid),
                texte={
                    feld: {lang: getattr(zeile, f"{feld}_{lang}") or "" for lang in LANGS}
                    for feld in felder
                },
                werte={name: getattr(zeile, name) for name in werte},
            )


def _sortiert(leistung: Leistung, relation: str) -> list[Any]:
    """Return the rows in the order of the page; those of a form may have no number yet."""
    return sorted(getattr(leistung, relation).all(), key=lambda zeile: zeile.sort_order or 0)


def _angaben(leistung: Leistung, umfeld: Umfeld) -> dict[str, object]:
    angaben: dict[str, object] = {
        "typisierung_codes": tuple(leistung.typisierung_codes or ()),
        "sdg1_codes": tuple(leistung.sdg1_codes or ()),
        "sdg2_codes": tuple(leistung.sdg2_codes or ()),
        "hauptschluessel": next(
            (key.schluessel for key in leistung.leistungsschluessel.all() if key.ist_primaer), ""
        ),
        "naechste_pruefung": leistung.naechste_pruefung,
        "redaktion_id": leistung.redaktion_id,
        "gueltig_ab": leistung.gueltig_ab,
        "gueltig_bis": leistung.gueltig_bis,
        "fim_status": tuple(
            filter(None, (leistung.status_bibliothek_code, leistung.status_katalog_code))
        ),
        "freigaben": len(leistung.freigaben.all()),
        "unbekannte_codes": tuple(_unbekannte_codes(leistung, umfeld)),
        "online": tuple(umfeld.online.get(leistung.pk, ())),
        "formulare": tuple(umfeld.formulare.get(leistung.pk, ())),
        "hat_zustaendigkeit": leistung.pk in umfeld.zustaendig,
    }
    if leistung.pk in umfeld.luecken:
        angaben["gemeinden_ohne_stelle"] = umfeld.luecken[leistung.pk]
    return angaben


def _unbekannte_codes(leistung: Leistung, umfeld: Umfeld) -> Iterator[tuple[str, str]]:
    """Yield label of the field and code; of a list that was not read in nothing is known."""
    objekte = [leistung]
    for relation in _MIT_CODES:
        objekte.extend(getattr(leistung, relation).all())
    for objekt in objekte:
        for feld in objekt._meta.concrete_fields:
            werte = umfeld.codes.get(liste_von(objekt, feld.name))
            wert = getattr(objekt, feld.attname) if werte else None
            for code in (wert,) if isinstance(wert, str) else tuple(wert or ()):
                if code and code not in (werte or {}):
                    yield str(feld.verbose_name), code


def _uebersetzungen(
    leistung: Leistung,
) -> tuple[dict[tuple[str, str], str], dict[tuple[str, str], int]]:
    """Return state of each part and number of stale paragraphs, by part and language.

    A part is a module, or kind and uuid of a row; parts without a German text are left out.
    """
    stand: dict[tuple[str, str], str] = {}
    absaetze: dict[tuple[str, str], int] = {}
    for lang in SPRACHEN:
        for teil, urteil in uebersetzungen(leistung, lang).items():
            if urteil.stand is Stand.ENTFAELLT:
                continue
            relation, _, uuid = teil.partition(":")
            kind = ZEILEN.get(relation, (relation, ()))[0]
            schluessel = (f"{kind}:{uuid}" if uuid else teil, lang)
            stand[schluessel] = str(urteil.stand)
            absaetze[schluessel] = len(urteil.aenderungen)
    return stand, absaetze
