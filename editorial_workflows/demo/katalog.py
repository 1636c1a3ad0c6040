"""The catalogue of services, as `fixtures/demo/katalog.csv` holds it."""

from __future__ import annotations

import csv
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

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


def check_vollstaendig(katalog: tuple[Eintrag, ...], texte: Collection[str]) -> None:
    """Return if every service of the catalogue has a text and every text a service.

    Raises:
        KatalogFehler: names the slugs.
    """
    slugs = {eintrag.slug for eintrag in katalog}
    if fehlt := sorted(slugs - set(texte)):
        raise KatalogFehler(f"Ohne Text in fixtures/demo/leistungen: {', '.join(fehlt)}")
    if fremd := sorted(set(texte) - slugs):
        raise KatalogFehler(f"Nicht in fixtures/demo/katalog.csv: {', '.join(fremd)}")
