"""What a local supplement was written against, and whether that has changed since.

Stored is the inherited text at the moment the supplement was written or confirmed; whether it is
out of date follows from comparing, paragraph by paragraph (domain design 0.10 and 6).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from behoerden.domain.gebiet import Glied
from behoerden.selectors import gebiet_infos, load_ketten
from leistungen.domain.uebersetzung import Absatzaenderung, absatz_hash
from leistungen.models import Ergaenzung, Leistung
from leistungen.models.leistung import TEXTMODULE
from leistungen.seite import zeilen
from leistungen.seite.schichten import ZEILENMODULE, Schichten, lade_schichten
from zufi.common.html import paragraphs

_SAETZE: Mapping[str, zeilen.Satz] = {
    "kosten": zeilen.kosten,
    "frist": zeilen.frist,
    "dauer": zeilen.dauer,
}


@dataclass(frozen=True, slots=True)
class Gegenueberstellung:
    """A supplement's basis, today's inherited text, and the paragraphs that differ."""

    basis: tuple[str, ...]
    heute: tuple[str, ...]
    aenderungen: tuple[Absatzaenderung, ...]


def basis_hash(absaetze: Iterable[str]) -> str:
    """Return the identity of an inherited text; the order of its paragraphs does not count."""
    return absatz_hash("\n".join(sorted(map(absatz_hash, absaetze))))


def geerbt(ergaenzung: Ergaenzung, stichtag: date | None = None) -> tuple[str, ...]:
    """Return the German paragraphs that stand above this supplement today."""
    tag = stichtag or timezone.localdate()
    kette = load_ketten([ergaenzung.gebiet_id], tag).get(ergaenzung.gebiet_id, ())
    return _geerbt(ergaenzung, ergaenzung.leistung, kette, tag)


def _geerbt(
    ergaenzung: Ergaenzung, leistung: Leistung, kette: Sequence[Glied], tag: date
) -> tuple[str, ...]:
    """Compose the layers above the supplement's own area."""
    eigener_rang = next((g.rang for g in kette if g.gebiet_id == ergaenzung.gebiet_id), 0)
    darueber = [glied for glied in kette if glied.rang < eigener_rang]
    infos = gebiet_infos([glied.gebiet_id for glied in darueber], tag) if darueber else {}
    schichten = lade_schichten(leistung, darueber, infos, tag)
    return absaetze(schichten, ergaenzung.modul_code)


def absaetze(schichten: Schichten, modul_code: str) -> tuple[str, ...]:
    """Return the German paragraphs these layers make of a module."""
    if modul_code in ZEILENMODULE:
        return tuple(
            satz
            for block in schichten.zeilen(modul_code)
            for zeile in block.inhalt
            if (satz := zeilensatz(modul_code, zeile))
        )
    return tuple(
        absatz
        for block in schichten.text(TEXTMODULE[modul_code])
        for absatz in paragraphs(block.inhalt.get("de", ""))
    )


def zeilensatz(modul: str, zeile: object) -> str:
    """Return the German sentence of a structured row of this module."""
    if modul in _SAETZE:
        return _SAETZE[modul](zeile, "de")
    return " – ".join(
        text for name in ("bezeichnung_de", "beschreibung_de") if (text := getattr(zeile, name))
    )
