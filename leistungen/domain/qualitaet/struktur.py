"""Q-STR-3 to Q-STR-5: characters, placeholders, titles, lengths."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from leistungen.domain.qualitaet.kontext import Kontext
from leistungen.domain.qualitaet.regeln import Regel
from leistungen.domain.qualitaet.register import pruefung
from leistungen.domain.qualitaet.stellen import Stelle
from leistungen.domain.qualitaet.werte import Fund

# Plain ASCII and what German texts use most; only other characters are looked up one by one.
_GEWOHNT = re.compile(r"[\n\r\t\x20-\x7e\u00a0-\u00ac\u00ae-\u017f–—‘’‚“”„…‹›•€→]*")
_LEERZEICHEN = "\n\r\t"
# Kinds of signs that String.Latin holds beside letters: marks, numbers, punctuation, blanks.
_ERLAUBTE_KLASSEN = frozenset({"Mn", "Nd", "No", "Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "Sc",
                               "Sk", "Sm", "Zs"})  # fmt: skip
_LETZTES_ZEICHEN = "\u22ff"  # signs beyond are symbols and other scripts
_SAGEN = {"Cc": "ein Steuerzeichen", "Cf": "ein unsichtbares Zeichen"}


@pruefung("zeichen")
def zeichen(kontext: Kontext, regel: Regel) -> Iterator[Fund]:
    """Characters outside String.Latin; each once per text, with the word it stands in."""
    for stelle in kontext.fuer(regel):
        gesehen: set[str] = set()
        for text in {stelle.roh, stelle.klartext}:
            if _GEWOHNT.fullmatch(text):
                continue
            gesehen.update(zeichen for zeichen in text if not _ist_lateinisch(zeichen))
        for fremd in sorted(gesehen):
            name = _SAGEN.get(unicodedata.category(fremd), f"„{fremd}“")
            yield stelle.fund(_wort_mit(stelle, fremd), zeichen=name, code=f"U+{ord(fremd):04X}")


def _ist_lateinisch(zeichen: str) -> bool:
    """Whether String.Latin holds it, as far as its letters and signs can be told by their names.

    Source: DIN 91379 (String.Latin+ 1.2): letters of the Latin script with marks, punctuation,
    currency and other signs; no control characters, no other script, no pictures.
    """
    if zeichen in _LEERZEICHEN:
        return True
    klasse = unicodedata.category(zeichen)
    if klasse.startswith("L"):
        return unicodedata.name(zeichen, "").startswith(
            ("LATIN", "MODIFIER LETTER", "FEMININE ORDINAL", "MASCULINE ORDINAL", "MICRO")
        )
    if klasse == "So":
        return zeichen in "§©®°¦™№"
    return klasse in _ERLAUBTE_KLASSEN and zeichen <= _LETZTES_ZEICHEN


def _wort_mit(stelle: Stelle, zeichen: str) -> str:
    return next((wort for wort in stelle.klartext.split() if zeichen in wort), "")


@pruefung("laenge")
def laenge(kontext: Kontext, regel: Regel) -> Iterator[Fund]:
    """Texts with more characters than they have room for."""
    for stelle in kontext.fuer(regel):
        if len(stelle.klartext) > regel.grenzen["zeichen"]:
            yield stelle.fund(zeichen=len(stelle.klartext))


_KLAMMER = re.compile(r"\([^)]*\)")
_SCHLUSS = re.compile(r"[,;:–]|\s(?:und|oder)\s")
_INFINITIV = re.compile(r"[a-zäöüß]*[a-zäöüß]{2}(?:en|ern|eln|tun|sein)$")
_EIGENES_WORT = re.compile(r"[\w-]+")


@pruefung("titelverb")
def titelverb(kontext: Kontext, regel: Regel) -> Iterator[Fund]:
    """The title that citizens read names no task: no verb ends one of its parts."""
    stelle = _titel(kontext)
    if stelle is not None and stelle.sprache in regel.sprachen and not _hat_verb(stelle.klartext):
        yield stelle.fund(stelle.klartext)


@pruefung("titellaenge")
def titellaenge(kontext: Kontext, regel: Regel) -> Iterator[Fund]:
    """The title that citizens read is too long."""
    stelle = _titel(kontext)
    if stelle is not None and len(stelle.klartext) > regel.grenzen["zeichen"]:
        yield stelle.fund(stelle.klartext, zeichen=len(stelle.klartext))


def _titel(kontext: Kontext) -> Stelle | None:
    """Return the German title as citizens read it; None without one."""
    stellen = (kontext.texte.get((modul, "de")) for modul in ("bezeichnung_2", "bezeichnung"))
    return next((stelle for stelle in stellen if stelle is not None and stelle.klartext), None)


def _hat_verb(titel: str) -> bool:
    """Whether an infinitive stands where verbs stand: at the end of a part or before "in", "nach".

    A declined adjective looks alike but is followed by its noun: "vorläufigen Reisepass".
    """
    for teil in _SCHLUSS.split(_KLAMMER.sub(" ", titel)):
        woerter = _EIGENES_WORT.findall(teil)
        for wort, danach in pairwise([*woerter, "."]):
            if _INFINITIV.fullmatch(wort) and (danach == "." or danach in _VORWORT):
                return True
    return False


_VORWORT = frozenset({
    "ab", "als", "am", "an", "auf", "aus", "bei", "beim", "bis", "für", "gegen", "im", "in",
    "lassen", "mit", "nach", "ohne", "statt", "um", "unter", "vom", "von", "vor", "wegen",
    "während", "zu", "zum", "zur", "über",
})  # fmt: skip
