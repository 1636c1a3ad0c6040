"""Which function looks for what; `regeln.toml` calls it by this name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from leistungen.domain.qualitaet.werte import Fund

if TYPE_CHECKING:
    from leistungen.domain.qualitaet.kontext import Kontext
    from leistungen.domain.qualitaet.regeln import Regel

Pruefung = Callable[["Kontext", "Regel"], Iterable[Fund]]

PRUEFUNGEN: dict[str, Pruefung] = {}


def pruefung(name: str) -> Callable[[Pruefung], Pruefung]:
    """Register the function under this name; two functions of one name are a mistake."""

    def merke(funktion: Pruefung) -> Pruefung:
        if name in PRUEFUNGEN:
            raise ValueError(f"Prüfung „{name}“ gibt es schon.")
        PRUEFUNGEN[name] = funktion
        return funktion

    return merke
