"""What other apps may ask about areas, places and authorities."""

from __future__ import annotations

from behoerden.behoerdenfolge import nachfolger_von
from behoerden.fund import Ort, Ortsergebnis
from behoerden.karten import AmtskarteDaten, behoerde_karte, behoerden_karten
from behoerden.ketten import GebietInfo, gebiet_infos, load_ketten
from behoerden.kontakte import KontaktpersonDaten, kontaktperson_fuer
from behoerden.orte import find_orte, gebiet_by_ars
from behoerden.vorschlaege import suggest_orte

__all__ = [
    "AmtskarteDaten",
    "GebietInfo",
    "KontaktpersonDaten",
    "Ort",
    "Ortsergebnis",
    "behoerde_karte",
    "behoerden_karten",
    "find_orte",
    "gebiet_by_ars",
    "gebiet_infos",
    "kontaktperson_fuer",
    "load_ketten",
    "nachfolger_von",
    "suggest_orte",
]
