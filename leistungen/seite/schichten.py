"""Layers of a service's modules for a place: the Bund's text, ours, and those of Kommunen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from behoerden.domain.gebiet import Glied
from behoerden.selectors import GebietInfo
from leistungen.domain.komposition import Block, Herkunft, Modus, Schicht, compose_modul
from leistungen.models import Ergaenzung, Leistung
from leistungen.models.leistung import TEXTMODULE
from leistungen.seite.texte import sprachtexte

# Structured modules: code → name of the list of rows, on services and supplements alike.
ZEILENMODULE = {
    "kosten": "gebuehren",
    "frist": "fristen",
    "dauer": "bearbeitungsdauern",
    "dokument": "unterlagen",
}
CODE_DES_FELDES = {feld: code for code, feld in TEXTMODULE.items()}
BUND, LAND = Herkunft("Bund"), Herkunft("Land")

Inhalt = Mapping[str, str]
Bloecke = tuple[Block[Any], ...]


@dataclass(frozen=True)
class Schichten:
    """The layers of one service for one place; `ergaenzungen` from the widest area to the place."""

    leistung: Leistung
    ergaenzungen: Mapping[str, Sequence[tuple[Ergaenzung, Herkunft]]]

    def text(self, feld: str) -> Bloecke:
        """Return the composed text module: blocks of language → HTML."""
        code = CODE_DES_FELDES.get(feld, "")
        schichten = [
            *self._stammtext(code),
            Schicht(LAND, sprachtexte(self.leistung, feld), self._eigener_modus(code)),
            *(
                _schicht(ergaenzung, herkunft, sprachtexte(ergaenzung, "inhalt"))
                for ergaenzung, herkunft in self.ergaenzungen.get(code, ())
            ),
        ]
        return compose_modul(schichten)

    def zeilen(self, modul: str) -> Bloecke:
        """Return the composed rows of a structured module: blocks of tuples of rows."""
        name = ZEILENMODULE[modul]
        schichten = [
            Schicht(LAND, tuple(getattr(self.leistung, name).all())),
            *(
                _schicht(ergaenzung, herkunft, tuple(getattr(ergaenzung, name).all()))
                for ergaenzung, herkunft in self.ergaenzungen.get(modul, ())
            ),
        ]
        return compose_modul(schichten)

    def _stammtext(self, code: str) -> list[Schicht[Inhalt]]:
        stammtext = self.leistung.stammtext if self.leistung.stammtext_id else None
        inhalt = stammtext.module.get(code) if stammtext else None
        return [Schicht(BUND, inhalt)] if inhalt else []

    def _eigener_modus(self, code: str) -> Modus:
        """How our own text stands to the Bund's: where there is none, ours stands alone."""
        if not self._stammtext(code):
            return Modus.ERSETZEN
        return Modus(self.leistung.modulmodi.get(code, Modus.UEBERNEHMEN))


def lade_schichten(
    leistung: Leistung,
    kette: Iterable[Glied],
    infos: Mapping[int, GebietInfo],
    stichtag: date,
    entwurf: Ergaenzung | None = None,
) -> Schichten:
    """Return the layers for a place; one query for the supplements, none without a place.

    Args:
        leistung: the service, published or as a draft.
        kette: the areas above the place with their rank.
        infos: what is known of these areas.
        stichtag: supplements outside their validity are left out.
        entwurf: a supplement to show as if it were published (preview).
    """
    raenge = {glied.gebiet_id: glied.rang for glied in kette}
    ergaenzungen: dict[str, list[tuple[Ergaenzung, Herkunft]]] = defaultdict(list)
    if raenge and leistung.pk:
        bestand = _live(leistung, raenge, stichtag)
        if entwurf is not None:
            bestand = [e for e in bestand if e.pk != entwurf.pk] + [entwurf]
        for ergaenzung in sorted(bestand, key=lambda e: (raenge.get(e.gebiet_id, 0), e.pk or 0)):
            if ergaenzung.gebiet_id in infos:
                info = infos[ergaenzung.gebiet_id]
                ergaenzungen[ergaenzung.modul_code].append(
                    (ergaenzung, Herkunft(info.art, info.name))
                )
    return Schichten(leistung, ergaenzungen)


def _live(leistung: Leistung, raenge: Mapping[int, int], stichtag: date) -> list[Ergaenzung]:
    return [
        ergaenzung
        for ergaenzung in Ergaenzung.objects.filter(
            leistung_id=leistung.pk, gebiet_id__in=list(raenge), live=True
        )
        if ergaenzung.is_gueltig(stichtag)
    ]


def _schicht(ergaenzung: Ergaenzung, herkunft: Herkunft, inhalt: Any) -> Schicht[Any]:
    return Schicht(
        herkunft,
        inhalt,
        Modus(ergaenzung.modus),
        davor=ergaenzung.stellung == Ergaenzung.Stellung.DAVOR,
    )
