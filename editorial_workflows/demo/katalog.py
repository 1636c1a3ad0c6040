"""The catalogue of services and their texts, as the files under `fixtures/demo` hold them."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "demo"


class KatalogFehler(ValueError):
    """Catalogue and texts do not fit together; the message is German and names file and service."""


@dataclass(frozen=True, slots=True)
class Eintrag:
    """One service of `katalog.csv`; `ebenen` says who is responsible, the main one first."""

    slug: str
    titel: str
    lebenslage: str
    zielgruppen: tuple[str, ...]
    ebenen: tuple[str, ...]
    leistungsschluessel: str


@dataclass(frozen=True, slots=True)
class Leistungstext:
    """What citizens read about one service; lists keep the order of the file."""

    slug: str
    titel_en: str
    kurztext: str
    kurztext_en: str
    begriffe: tuple[str, ...]
    begriffe_en: tuple[str, ...]
    unterlagen: tuple[str, ...]
    voraussetzungen: tuple[str, ...]
    ablauf: tuple[str, ...]
    kosten: tuple[str, ...]
    frist: str
    dauer: str
    rechtsgrundlagen: tuple[str, ...]
    online: str
    formular: str
    hinweise: tuple[str, ...]
    rechtsbehelf: str = ""


def read_katalog(path: Path = FIXTURES / "katalog.csv") -> tuple[Eintrag, ...]:
    """Return the services in the order of the file."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            Eintrag(
                slug=row["slug"],
                titel=row["titel"],
                lebenslage=row["lebenslage"],
                zielgruppen=tuple(row["zielgruppe"].split(",")),
                ebenen=tuple(row["ebene"].split(",")),
                leistungsschluessel=row["leistungsschluessel"],
            )
            for row in csv.DictReader(file)
        )


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


def check_vollstaendig(katalog: tuple[Eintrag, ...], texte: Mapping[str, Leistungstext]) -> None:
    """Return if every service of the catalogue has a text and every text a service.

    Raises:
        KatalogFehler: names the slugs.
    """
    slugs = {eintrag.slug for eintrag in katalog}
    if fehlt := sorted(slugs - set(texte)):
        raise KatalogFehler(f"Ohne Text in fixtures/demo/leistungen: {', '.join(fehlt)}")
    if fremd := sorted(set(texte) - slugs):
        raise KatalogFehler(f"Nicht in fixtures/demo/katalog.csv: {', '.join(fremd)}")


def _text(rohtext: dict[str, Any], path: Path) -> Leistungstext:
    werte: dict[str, Any] = {
        name: tuple(wert) if isinstance(wert, list) else wert for name, wert in rohtext.items()
    }
    try:
        return Leistungstext(**werte)
    except TypeError as error:
        erlaubt = {feld.name for feld in fields(Leistungstext)}
        namen = sorted(erlaubt ^ set(werte) - {"rechtsbehelf"})
        raise KatalogFehler(
            f"{path.name}, „{rohtext.get('slug', '?')}“: fehlende oder unbekannte Angaben: "
            f"{', '.join(namen)}"
        ) from error
