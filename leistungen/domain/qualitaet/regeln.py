"""The table of rules as typed values; a mistake in it stops the import and is named."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from leistungen.domain.qualitaet.werte import Schwere

_DATEI = Path(__file__).with_name("regeln.toml")
_DATEN: Mapping[str, Any] = tomllib.loads(_DATEI.read_text(encoding="utf-8"))

# Module, kind of row or detail → the name editors know it by, in the order of the page.
MODULNAMEN: Mapping[str, str] = _DATEN["namen"]
SPRACHNAMEN: Mapping[str, str] = _DATEN["sprachen"]
GRUPPEN: Mapping[str, tuple[str, ...]] = {
    name: tuple(module) for name, module in _DATEN["gruppen"].items()
}


@dataclass(frozen=True, slots=True)
class Regel:
    """One line of the table.

    Attributes:
        id: what editors and the style guide call it; several lines may share it.
        pruefung: name of the function that looks.
        schwere: muss or soll.
        module: where it looks; empty if the rule knows by itself.
        sprachen: in which languages it looks.
        text: German sentence with the names of the values it shows.
        hinweis: what to do, another sentence.
        grenzen: limits and word lists of the function.
    """

    id: str
    pruefung: str
    schwere: Schwere
    module: frozenset[str]
    sprachen: frozenset[str]
    text: str
    hinweis: str = ""
    grenzen: Mapping[str, Any] = field(default_factory=dict)


def modulname(modul: str) -> str:
    """Return what editors call a module; an unknown one by its own name."""
    return MODULNAMEN.get(modul, modul)


def _lies(eintrag: Mapping[str, Any]) -> Regel:
    unbekannt = eintrag.keys() - {
        "id", "pruefung", "schwere", "module", "ausser", "sprachen", "text", "hinweis", "grenzen",
    }  # fmt: skip
    if unbekannt:
        raise ValueError(f"{_DATEI.name}: {eintrag['id']} hat unbekannte Angaben: {unbekannt}")
    module = _entfalte(eintrag.get("module", ())) - _entfalte(eintrag.get("ausser", ()))
    return Regel(
        id=eintrag["id"],
        pruefung=eintrag["pruefung"],
        schwere=Schwere(eintrag["schwere"]),
        module=module,
        sprachen=frozenset(eintrag.get("sprachen", SPRACHNAMEN)),
        text=eintrag["text"],
        hinweis={"hinweis": "", **eintrag}["hinweis"],
        grenzen=eintrag.get("grenzen", {}),
    )


def _entfalte(namen: Iterable[str]) -> frozenset[str]:
    """Return the modules; a name of a group stands for its members."""
    module = frozenset(modul for name in namen for modul in GRUPPEN.get(name, (name,)))
    if fremd := module - MODULNAMEN.keys():
        raise ValueError(f"{_DATEI.name}: unbekannte Abschnitte {sorted(fremd)}")
    return module


REGELN: tuple[Regel, ...] = tuple(map(_lies, _DATEN["regel"]))
