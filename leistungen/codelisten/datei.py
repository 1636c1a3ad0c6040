"""A file of code lists as plain values; what is wrong with it is named with row and reason."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PFLICHT = ("list_uri", "version", "code")
SPALTEN = (*PFLICHT, "name", "quelle", "bezeichnung_de", "bezeichnung_en", "ersetzt_durch")
LAENGEN: Mapping[str, int] = {
    "list_uri": 200, "version": 40, "name": 200, "quelle": 300, "code": 40,
    "bezeichnung_de": 300, "bezeichnung_en": 300, "ersetzt_durch": 40,
}  # fmt: skip
MAX_ZEILEN = 50_000


class Dateifehler(ValueError):
    """The file is no list of codes; the message is German and meant for whoever reads it in."""


@dataclass(frozen=True, slots=True)
class Wertzeile:
    """One code as the file says it; an empty label means that the file knows none."""

    code: str
    bezeichnung_de: str = ""
    bezeichnung_en: str = ""
    ersetzt_durch: str = ""


@dataclass(frozen=True, slots=True)
class Listendaten:
    """One version of a list with its codes in their order."""

    list_uri: str
    version: str
    name: str
    quelle: str
    werte: tuple[Wertzeile, ...]


def lies_datei(pfad: Path) -> Sequence[Listendaten]:
    """Return the lists of a CSV file (UTF-8, comma or semicolon, one row per code).

    Raises:
        Dateifehler: not readable, unknown or missing columns, an empty or doubled code.
    """
    try:
        text = pfad.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Dateifehler(f"{pfad.name}: nicht lesbar als Text in UTF-8.") from error
    kopf = text.split("\n", 1)[0]
    zeichen = ";" if kopf.count(";") > kopf.count(",") else ","
    reader = csv.DictReader(text.splitlines(), delimiter=zeichen)
    _pruefe_spalten(pfad, reader.fieldnames or ())
    listen: dict[tuple[str, str], tuple[str, str, dict[str, Wertzeile]]] = {}
    for nummer, roh in enumerate(reader, start=2):
        if nummer > MAX_ZEILEN:
            raise Dateifehler(f"{pfad.name}: mehr als {MAX_ZEILEN} Zeilen.")
        zeile = _zeile(pfad, nummer, roh)
        schluessel = (zeile["list_uri"], zeile["version"])
        name = zeile["name"] or zeile["list_uri"]
        _name, _quelle, werte = listen.setdefault(schluessel, (name, zeile["quelle"], {}))
        if zeile["code"] in werte:
            raise Dateifehler(
                f"{pfad.name}, Zeile {nummer}: Der Code „{zeile['code']}“ kommt doppelt vor."
            )
        werte[zeile["code"]] = Wertzeile(
            zeile["code"],
            zeile["bezeichnung_de"],
            zeile["bezeichnung_en"],
            zeile["ersetzt_durch"],
        )
    return [
        Listendaten(uri, version, name, quelle, tuple(werte.values()))
        for (uri, version), (name, quelle, werte) in listen.items()
    ]


def _pruefe_spalten(pfad: Path, spalten: Sequence[str]) -> None:
    if fehlend := [name for name in PFLICHT if name not in spalten]:
        raise Dateifehler(f"{pfad.name}: Diese Spalten fehlen: {', '.join(fehlend)}.")
    if fremd := [name for name in spalten if name not in SPALTEN]:
        raise Dateifehler(f"{pfad.name}: Unbekannte Spalten: {', '.join(map(str, fremd))}.")


def _zeile(pfad: Path, nummer: int, roh: Mapping[str | None, str | None]) -> dict[str, str]:
    if None in roh:
        raise Dateifehler(f"{pfad.name}, Zeile {nummer}: mehr Felder als Spalten.")
    zeile = {name: (roh.get(name) or "").strip() for name in SPALTEN}
    for name in PFLICHT:
        if not zeile[name]:
            raise Dateifehler(f"{pfad.name}, Zeile {nummer}: „{name}“ ist leer.")
    for name, hoechstens in LAENGEN.items():
        if len(zeile[name]) > hoechstens:
            raise Dateifehler(
                f"{pfad.name}, Zeile {nummer}: „{name}“ ist länger als {hoechstens} Zeichen."
            )
    return zeile
