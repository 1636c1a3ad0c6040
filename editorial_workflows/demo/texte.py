"""Texts of the demo's services, as the files under `fixtures/demo/leistungen` hold them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from editorial_workflows.demo.katalog import FIXTURES, KatalogFehler

Angaben = Mapping[str, Any]
# Names of the tables of a service in the file → names here.
TABELLEN = {
    "gebuehr": "gebuehren",
    "frist": "fristen",
    "bearbeitungsdauer": "dauern",
    "ergaenzung": "ergaenzungen",
}


@dataclass(frozen=True, slots=True)
class Leistungstext:
    """What citizens read about one service; lists keep the order of the file.

    Rows (`unterlagen`, `rechtsgrundlagen`, `gebuehren` …) are the fields of the row's model; `en`
    and `de_simple` hold translated modules with as many lines as the German ones.
    """

    slug: str
    titel_en: str
    kurztext: str
    kurztext_en: str
    begriffe: Sequence[Angaben]
    begriffe_en: Sequence[Angaben]
    unterlagen: Sequence[Angaben]
    voraussetzungen: Sequence[str]
    ablauf: Sequence[str]
    rechtsgrundlagen: Sequence[Angaben]
    online: str
    formular: str
    hinweise: Sequence[str]
    teaser: str = ""
    volltext: Sequence[str] = ()
    rechtsbehelf: str = ""
    gebuehren: Sequence[Angaben] = ()
    fristen: Sequence[Angaben] = ()
    dauern: Sequence[Angaben] = ()
    en: Angaben = field(default_factory=dict)
    de_simple: Angaben = field(default_factory=dict)
    ergaenzungen: Sequence[Angaben] = ()


# What a plain line stands for in a list of rows.
ZEILENTEXT = {
    "begriffe": "begriff",
    "begriffe_en": "begriff",
    "unterlagen": "bezeichnung",
    "rechtsgrundlagen": "norm",
}
PFLICHT = frozenset(
    feld.name
    for feld in fields(Leistungstext)
    if feld.name
    in {
        "slug", "titel_en", "kurztext", "kurztext_en", "begriffe", "begriffe_en", "unterlagen",
        "voraussetzungen", "ablauf", "rechtsgrundlagen", "online", "formular", "hinweise",
    }
)  # fmt: skip


def read_texte(ordner: Path = FIXTURES / "leistungen") -> Mapping[str, Leistungstext]:
    """Return the texts of all files of the folder by slug.

    Raises:
        KatalogFehler: a service is described twice, or a key is missing or unknown.
    """
    texte: dict[str, Leistungstext] = {}
    for path in sorted(ordner.glob("*.toml")):
        for rohtext in tomllib.loads(path.read_text(encoding="utf-8")).get("leistung", []):
            text = _text(rohtext, path)
            if text.slug in texte:
                raise KatalogFehler(f"{path.name}: „{text.slug}“ ist zweimal beschrieben.")
            texte[text.slug] = text
    return texte


def _text(rohtext: dict[str, Any], path: Path) -> Leistungstext:
    werte = {TABELLEN.get(name, name): _wert(name, wert) for name, wert in rohtext.items()}
    erlaubt = {feld.name for feld in fields(Leistungstext)}
    falsch = sorted((set(werte) - erlaubt) | (PFLICHT - set(werte)))
    if falsch:
        raise KatalogFehler(
            f"{path.name}, „{rohtext.get('slug', '?')}“: fehlende oder unbekannte Angaben: "
            f"{', '.join(falsch)}"
        )
    text = Leistungstext(**werte)
    for sprache in ("en", "de_simple"):
        _check_gleich_lang(text, sprache, path)
    return text


def _wert(name: str, wert: Any) -> Any:
    if not isinstance(wert, list):
        return wert
    spalte = ZEILENTEXT.get(name)
    if spalte is None:
        return tuple(wert)
    return tuple(zeile if isinstance(zeile, dict) else {spalte: zeile} for zeile in wert)


def _check_gleich_lang(text: Leistungstext, sprache: str, path: Path) -> None:
    """Line by line a translation stands for its German line; another number would mix them up."""
    for name in ("unterlagen", "voraussetzungen", "ablauf", "hinweise", "volltext"):
        uebersetzt = getattr(text, sprache).get(name)
        if uebersetzt is not None and len(uebersetzt) != len(getattr(text, name)):
            raise KatalogFehler(
                f"{path.name}, „{text.slug}“: {name} hat auf Deutsch "
                f"{len(getattr(text, name))} Zeilen, in {sprache} {len(uebersetzt)}."
            )
