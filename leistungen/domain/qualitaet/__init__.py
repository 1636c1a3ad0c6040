"""Rules of good texts over plain values: what is wrong, where, and what to do about it.

`pruefe(stand)` is the one implementation behind the panel while typing, the check at submission and
the nightly report. Which rules there are, where they apply, their limits and their words are data
(`regeln.toml`); how a rule looks is a small function registered under a name (`register.py`).
Ids: domain design 7.4 and ux design 8.5; docs/redaktion/schreiben.md explains each to editors.
"""

from leistungen.domain.qualitaet.ausnahmen import Ausnahme, inhalt_hash, ohne_ausnahmen
from leistungen.domain.qualitaet.lauf import pruefe
from leistungen.domain.qualitaet.regeln import MODULNAMEN, REGELN, SPRACHNAMEN, Regel
from leistungen.domain.qualitaet.stellen import klartext
from leistungen.domain.qualitaet.werte import Befund, Schwere, Textstand, Zeile

__all__ = [
    "MODULNAMEN",
    "REGELN",
    "SPRACHNAMEN",
    "Ausnahme",
    "Befund",
    "Regel",
    "Schwere",
    "Textstand",
    "Zeile",
    "inhalt_hash",
    "klartext",
    "ohne_ausnahmen",
    "pruefe",
]
