"""How a translation stands to its German source, paragraph by paragraph (domain design 0.10).

Nothing here is a stored status. Stored is what a translation was made from: the German paragraphs
at that moment. Whether it is current follows from comparing them with today's, as sets: moving a
paragraph changes nothing, changing one makes just that one stale.
"""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

QUELLSPRACHE = "de"


class Stand(StrEnum):
    """What a translator has to know about one module in one language."""

    AKTUELL = "aktuell"
    GEAENDERT = "geaendert"
    FEHLT = "fehlt"
    MASCHINELL = "maschinell"
    UNBEKANNT = "unbekannt"  # translated before anybody recorded from what
    ENTFAELLT = "entfaellt"  # there is no German text


@dataclass(frozen=True, slots=True)
class Absatzaenderung:
    """One German paragraph that changed; `alt` is empty if it is new, `neu` if it is gone."""

    alt: str
    neu: str


@dataclass(frozen=True, slots=True)
class Uebersetzung:
    """Status of one module in one language; `seit` is the day the German text changed."""

    stand: Stand
    aenderungen: tuple[Absatzaenderung, ...] = ()
    seit: str = ""


def absatz_hash(absatz: str) -> str:
    """Return the identity of a paragraph; blanks and their number do not count."""
    return hashlib.sha256(" ".join(absatz.split()).encode()).hexdigest()[:16]


def beurteile(
    quelle: Sequence[str], uebersetzt: bool, merker: Mapping[str, Any] | None, sprache: str
) -> Uebersetzung:
    """Return how the translation of one module stands.

    Args:
        quelle: the German paragraphs of today.
        uebersetzt: whether there is any text in the language.
        merker: what `merke` recorded for the module; None if nothing.
        sprache: "en" or "de_simple".
    """
    if not quelle:
        return Uebersetzung(Stand.ENTFAELLT)
    if not uebersetzt:
        return Uebersetzung(Stand.FEHLT)
    grundlage = (merker or {}).get(sprache)
    if not grundlage:
        return Uebersetzung(Stand.UNBEKANNT)
    aenderungen = vergleiche(grundlage["absaetze"], quelle)
    if aenderungen:
        seit = (merker or {}).get("quelle", {}).get("seit", "")
        return Uebersetzung(Stand.GEAENDERT, aenderungen, seit)
    return Uebersetzung(Stand.MASCHINELL if grundlage.get("maschinell") else Stand.AKTUELL)


def vergleiche(alt: Sequence[str], neu: Sequence[str]) -> tuple[Absatzaenderung, ...]:
    """Return the paragraphs that changed; a changed one is paired with what it was before."""
    alte = {absatz_hash(absatz) for absatz in alt}
    neue = {absatz_hash(absatz) for absatz in neu}
    weg = [absatz for absatz in alt if absatz_hash(absatz) not in neue]
    aenderungen = []
    for absatz in (absatz for absatz in neu if absatz_hash(absatz) not in alte):
        vorher = difflib.get_close_matches(absatz, weg, n=1, cutoff=0.4)
        if vorher:
            weg.remove(vorher[0])
        aenderungen.append(Absatzaenderung(vorher[0] if vorher else "", absatz))
    return (*aenderungen, *(Absatzaenderung(absatz, "") for absatz in weg))


def merke(
    merker: Mapping[str, Any] | None,
    *,
    quelle: Sequence[str],
    alt: Mapping[str, str],
    neu: Mapping[str, str],
    heute: str,
    maschinell: bool = False,
    bestaetigt: frozenset[str] = frozenset(),
) -> dict[str, Any]:
    """Return what is recorded of one module after a save.

    A translation that was written, changed or confirmed in this save was made from today's German
    text; an untouched one keeps the text it was made from.

    Args:
        merker: the record before; None or empty for none.
        quelle: the German paragraphs after the save.
        alt: language → text of the translations before the save.
        neu: the same after it.
        heute: the day (ISO), remembered when the German text is another than before.
        maschinell: whether a machine wrote the changed translations.
        bestaetigt: languages whose text an editor declared to fit.
    """
    neuer = {name: dict(wert) for name, wert in (merker or {}).items()}
    kennung = absatz_hash("\n".join(sorted(map(absatz_hash, quelle))))
    if neuer.get("quelle", {}).get("hash") != kennung:
        neuer["quelle"] = {"hash": kennung, "seit": heute}
    for sprache, text in neu.items():
        if not text:
            neuer.pop(sprache, None)
        elif text != alt.get(sprache, "") or sprache in bestaetigt:
            eintrag: dict[str, Any] = {"absaetze": list(quelle), "am": heute}
            if maschinell and sprache not in bestaetigt:
                eintrag["maschinell"] = True
            neuer[sprache] = eintrag
    return neuer
