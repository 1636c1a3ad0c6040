"""Reads the texts of the tests: one good service, and files that change it at one place."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from leistungen.domain.qualitaet import Befund, Textstand, Zeile

GUT = Path(__file__).with_name("guter_text.toml")
SCHLECHT = Path(__file__).resolve().parents[2] / "schlechte_texte"


@dataclass(frozen=True, slots=True)
class Fall:
    """A service and what the rules must say of it: rule, module, language, words of the text."""

    stand: Textstand
    erwartet: tuple[Mapping[str, str], ...]

    def fehler(self, befunde: tuple[Befund, ...]) -> list[str]:
        """Return what is missing and what is too much; empty if all is as expected."""
        offen = list(befunde)
        fehler = []
        for soll in self.erwartet:
            treffer = next((befund for befund in offen if _passt(befund, soll)), None)
            if treffer is None:
                fehler.append(f"fehlt: {dict(soll)}")
            else:
                offen.remove(treffer)
        return fehler + [f"zu viel: {befund}" for befund in offen]


def _passt(befund: Befund, soll: Mapping[str, str]) -> bool:
    return all(getattr(befund, name) == wert for name, wert in soll.items())


def lies(path: Path | None = None) -> Fall:
    """Return the good service, or the good one changed as the file says."""
    daten = tomllib.loads(GUT.read_text(encoding="utf-8"))
    aenderung: dict[str, Any] = {}
    if path is not None:
        aenderung = tomllib.loads(path.read_text(encoding="utf-8"))
        for kind in aenderung.get("ohne_zeilen", ()):
            daten["zeilen"] = [zeile for zeile in daten["zeilen"] if zeile["kind"] != kind]
        for modul in aenderung.get("ohne_texte", ()):
            del daten["texte"][modul]
        daten["zeilen"] += aenderung.get("zeilen", [])
        for teil in ("texte", "angaben", "stand"):
            _mische(daten[teil], aenderung.get(teil, {}))
    return Fall(als_textstand(daten), tuple(aenderung.get("befund", ())))


def als_textstand(daten: Mapping[str, Any]) -> Textstand:
    """Return the values of a file as the rules take them."""
    return Textstand(
        texte=daten["texte"],
        zeilen=tuple(
            Zeile(zeile["kind"], zeile["uuid"], zeile.get("texte", {}), zeile.get("werte", {}))
            for zeile in daten["zeilen"]
        ),
        angaben=daten["angaben"],
        uebersetzungsstand={
            (modul, sprache): stand
            for sprache, module in daten["stand"].items()
            for modul, stand in module.items()
        },
    )


def _mische(ziel: dict[str, Any], neu: Mapping[str, Any]) -> None:
    for name, wert in neu.items():
        if isinstance(wert, dict) and isinstance(ziel.get(name), dict):
            _mische(ziel[name], wert)
        else:
            ziel[name] = deepcopy(wert)
