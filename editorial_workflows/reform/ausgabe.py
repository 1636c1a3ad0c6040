"""The consequences of a reform for the command line: German lines, or plain data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from behoerden.reform_vorschau import Gebietszeile
from editorial_workflows.reform.folgen import Folgen
from editorial_workflows.reform.vergleich import Zelle

MAX_ZEILEN = 20


def as_text(folgen: Folgen) -> Iterator[str]:
    """Yield numbers first, then what breaks, then what moves."""
    yield f"Was bricht am Stichtag {folgen.gebiete.tag:%d.%m.%Y}?"
    for text, zahl in folgen.zahlen.items():
        yield f"  {text:<38}{zahl:>6}"
    yield from _block("Bitte klären", folgen.gebiete.hinweise)
    yield from _block("Auskünfte, die wegfallen", map(_zelle, folgen.verwaist))
    yield from _block("Auskünfte, die mehrdeutig werden", map(_zelle, folgen.doppelt))
    yield from _block("Gebiete enden", map(_gebiet, folgen.gebiete.endet))
    yield from _block("Gebiete beginnen", map(_gebiet, folgen.gebiete.beginnt))
    yield from _block("Gebiete ändern sich", map(_gebiet, folgen.gebiete.aendert_sich))
    yield from _block(
        "Behörden, deren Hauptgebiet endet",
        (f"{b.name}: {b.gebiet} → {b.nachfolger or 'offen'}" for b in folgen.gebiete.behoerden),
    )
    yield from _block("Texte prüfen", (f"{t.titel}: {t.grund}" for t in folgen.texte))


def as_json(folgen: Folgen) -> dict[str, Any]:
    """Return everything, with keys that scripts can rely on."""
    gebiete = folgen.gebiete
    return {
        "stichtag": gebiete.tag.isoformat(),
        "zahlen": dict(folgen.zahlen),
        "hinweise": list(gebiete.hinweise),
        "endet": [_zeile(zeile) for zeile in gebiete.endet],
        "beginnt": [_zeile(zeile) for zeile in gebiete.beginnt],
        "aendert_sich": [_zeile(zeile) for zeile in gebiete.aendert_sich],
        "behoerden": [
            {"name": b.name, "gebiet": b.gebiet, "nachfolger": b.nachfolger}
            for b in gebiete.behoerden
        ],
        "auskuenfte": [
            {
                "bruch": zelle.bruch.value,
                "leistung": zelle.leistung,
                "ort": zelle.ort,
                "vorher": list(zelle.vorher),
                "nachher": list(zelle.nachher),
            }
            for zelle in folgen.vergleich.zellen
        ],
        "regeln": [
            {
                "regel": v.kennung,
                "leistung": v.leistung,
                "ziel": v.ziel,
                "gebiet": v.gebiet,
                "nachfolger": v.nachfolger,
                "entscheidung": wahl,
            }
            for v, wahl in folgen.entschieden
        ],
        "texte": [{"leistung": t.titel, "grund": t.grund} for t in folgen.texte],
    }


def _zeile(zeile: Gebietszeile) -> dict[str, Any]:
    return {
        "titel": zeile.titel,
        "schluessel": zeile.schluessel,
        "angaben": list(zeile.angaben),
    }


def _zelle(zelle: Zelle) -> str:
    vorher, nachher = ", ".join(zelle.vorher) or "–", ", ".join(zelle.nachher) or "keine"
    return f"{zelle.ort}: {zelle.leistung}: {vorher} → {nachher}"


def _gebiet(zeile: Gebietszeile) -> str:
    return f"{zeile.titel} ({zeile.schluessel}): {'; '.join(zeile.angaben)}"


def _block(titel: str, zeilen: Iterable[str]) -> Iterator[str]:
    liste = list(zeilen)
    if not liste:
        return
    yield f"{titel}:"
    yield from (f"  - {zeile}" for zeile in liste[:MAX_ZEILEN])
    if len(liste) > MAX_ZEILEN:
        yield f"  … und {len(liste) - MAX_ZEILEN} weitere"
