"""Structured rows of a service as sentences of the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from leistungen.domain.saetze import (
    Fristangabe,
    Kosten,
    Spanne,
    dauer_satz,
    frist_satz,
    kosten_satz,
    tag_text,
)
from leistungen.models.zeilen import DauerAngabe, DauerZeile, FristZeile, GebuehrZeile
from leistungen.seite.texte import Text, sprachtexte, waehle

Satz = Callable[[Any, str], str]


def kosten(zeile: GebuehrZeile, sprache: str) -> str:
    """Return the sentence of a cost with its texts in this language."""
    return kosten_satz(
        Kosten(
            art=zeile.art,
            betrag=zeile.betrag,
            von=zeile.von,
            bis=zeile.bis,
            waehrung=zeile.waehrung,
            vorkasse=zeile.vorkasse,
            regel=_wort(zeile, "regel", sprache),
            grund=_wort(zeile, "grund", sprache),
            beschreibung=_wort(zeile, "beschreibung", sprache),
        ),
        sprache,
    )


def frist(zeile: FristZeile, sprache: str) -> str:
    """Return the sentence of a deadline with its texts in this language."""
    return frist_satz(
        Fristangabe(
            spanne=_spanne(zeile),
            stichtag_von=zeile.stichtag_von,
            stichtag_bis=zeile.stichtag_bis,
            bezeichnung=_wort(zeile, "typ_text", sprache),
            beschreibung=_wort(zeile, "beschreibung", sprache),
        ),
        sprache,
    )


def dauer(zeile: DauerZeile, sprache: str) -> str:
    """Return the sentence of a usual duration with its text in this language."""
    return dauer_satz(_spanne(zeile), _wort(zeile, "beschreibung", sprache), sprache)


# Texts of a row that its sentence contains.
_TEXTE: Mapping[Satz, tuple[str, ...]] = {
    kosten: ("regel", "grund", "beschreibung"),
    frist: ("typ_text", "beschreibung"),
    dauer: ("beschreibung",),
}


def satz(zeile: Any, bauen: Satz, sprache: str) -> Text:
    """Return the sentence in this language; if one of its texts is German only, all is German."""
    if all(_ist_uebersetzt(zeile, feld, sprache) for feld in _TEXTE[bauen]):
        return Text(bauen(zeile, sprache))
    return Text(bauen(zeile, "de"), "de" if sprache == "en" else "")


def gueltige_saetze(zeilen: Iterable[Any], bauen: Satz, sprache: str, stichtag: date) -> list[Text]:
    """Return the sentences of the rows valid on the day, then those that will be, with their day.

    A planned change reads "Ab 1. Januar 2027: 37 €".
    """
    saetze = []
    kuenftige = []
    for zeile in zeilen:
        text = satz(zeile, bauen, sprache)
        if zeile.is_gueltig(stichtag):
            saetze.append(text)
        elif zeile.gueltig_ab and zeile.gueltig_ab > stichtag:
            kuenftige.append((zeile.gueltig_ab, text))
    for tag, text in sorted(kuenftige, key=lambda paar: paar[0]):
        wort = "From" if sprache == "en" and not text.lang else "Ab"
        am = tag_text(tag.isoformat(), "en" if wort == "From" else "de")
        saetze.append(Text(f"{wort} {am}: {text.text}", text.lang))
    return [text for text in saetze if text]


def _spanne(zeile: DauerAngabe) -> Spanne:
    return Spanne(zeile.dauer, zeile.einheit, zeile.dauer_bis, zeile.einheit_bis)


def _wort(zeile: Any, feld: str, sprache: str) -> str:
    return waehle(sprachtexte(zeile, feld), sprache).text


def _ist_uebersetzt(zeile: Any, feld: str, sprache: str) -> bool:
    texte = sprachtexte(zeile, feld)
    return sprache in texte or "de" not in texte
