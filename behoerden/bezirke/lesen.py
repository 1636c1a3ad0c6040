"""The members of a district as editors write them, one area per line."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from zufi.common.text import fold_umlaute

# "Udestedt (teilweise: nördlich der Bahn)"
_TEILWEISE = re.compile(r"\s*\(\s*teilweise\s*(?::\s*(?P<grenze>[^)]*))?\)\s*$", re.IGNORECASE)
_KEY = re.compile(r"\d{5}(\d{3})?(\d{4})?")


@dataclass(frozen=True, slots=True)
class Bezeichnet:
    """An area with everything it may be called by."""

    gebiet_id: int
    label: str
    namen: tuple[str, ...]
    schluessel: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mitglied:
    """An area that belongs to a district; `grenze` says in words which part of it does."""

    gebiet_id: int
    teilweise: bool = False
    grenze: str = ""


@dataclass(frozen=True, slots=True)
class Lesung:
    """What the lines mean, and a German sentence for each that means nothing certain."""

    mitglieder: tuple[Mitglied, ...]
    fehler: tuple[str, ...]


def lies_mitglieder(text: str, gebiete: Iterable[Bezeichnet]) -> Lesung:
    """Return the members named in `text`, one area per line by name or key.

    A name that several areas share is refused: the line must then be the key. Empty lines are
    passed over; an area named twice is refused, too.
    """
    verzeichnis = _verzeichnis(gebiete)
    mitglieder: dict[int, Mitglied] = {}
    fehler: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        hit = _TEILWEISE.search(line)
        name = (line[: hit.start()] if hit else line).strip()
        found = verzeichnis.get(_form(name), {})
        if len(found) != 1:
            fehler.append(_fehler(number, name, found))
            continue
        (gebiet_id,) = found
        if gebiet_id in mitglieder:
            fehler.append(f"Zeile {number}: „{name}“ steht schon weiter oben.")
            continue
        grenze = (hit.group("grenze") or "").strip() if hit else ""
        mitglieder[gebiet_id] = Mitglied(gebiet_id, teilweise=bool(hit), grenze=grenze)
    return Lesung(tuple(mitglieder.values()), tuple(fehler))


def schreibe_mitglieder(mitglieder: Iterable[Mitglied], gebiete: Iterable[Bezeichnet]) -> str:
    """Return the lines from which `lies_mitglieder` reads the same members."""
    gebiete = list(gebiete)
    verzeichnis = _verzeichnis(gebiete)
    je_id = {gebiet.gebiet_id: gebiet for gebiet in gebiete}
    lines = []
    for mitglied in mitglieder:
        gebiet = je_id[mitglied.gebiet_id]
        eindeutig = len(verzeichnis.get(_form(gebiet.label), {})) == 1
        name = gebiet.label if eindeutig or not gebiet.schluessel else gebiet.schluessel[0]
        if mitglied.teilweise:
            name += f" (teilweise: {mitglied.grenze})" if mitglied.grenze else " (teilweise)"
        lines.append(name)
    return "\n".join(lines)


def _verzeichnis(gebiete: Iterable[Bezeichnet]) -> Mapping[str, dict[int, str]]:
    verzeichnis: dict[str, dict[int, str]] = defaultdict(dict)
    for gebiet in gebiete:
        for name in (gebiet.label, *gebiet.namen, *gebiet.schluessel):
            if form := _form(name):
                verzeichnis[form][gebiet.gebiet_id] = gebiet.label
    return verzeichnis


def _form(name: str) -> str:
    key = name.replace(" ", "")
    return key if _KEY.fullmatch(key) else fold_umlaute(name)


def _fehler(number: int, name: str, found: Mapping[int, str]) -> str:
    if not found:
        return f"Zeile {number}: „{name}“ ist kein Gebiet in Thüringen."
    namen = ", ".join(sorted(set(found.values())))
    return (
        f"Zeile {number}: „{name}“ gibt es {len(found)}-mal ({namen}). "
        "Schreiben Sie bitte den Regionalschlüssel."
    )
