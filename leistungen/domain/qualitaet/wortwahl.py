"""Q-TXT-2, words: officialese and abbreviations, from the lists in `wortlisten.toml`."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from leistungen.domain.qualitaet.kontext import Kontext
from leistungen.domain.qualitaet.regeln import Regel
from leistungen.domain.qualitaet.register import pruefung
from leistungen.domain.qualitaet.stellen import Stelle
from leistungen.domain.qualitaet.werte import Fund

_DATEN = tomllib.loads(Path(__file__).with_name("wortlisten.toml").read_text(encoding="utf-8"))
# "z. B.", "i.d.R.", "ggf.": short words with full stops, with or without blanks.
_KUERZEL = re.compile(r"(?<![\w.])[A-Za-zÄÖÜäöüß]{1,7}\.(?:\s?[A-Za-z]{1,3}\.)*")
_BLANK = re.compile(r"\s")


def _wendungen() -> Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Return first word → (all words in lower case, what to write instead), longest first."""
    nach_wort: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for eintrag in _DATEN["amtsdeutsch"]:
        for form in eintrag["formen"]:
            woerter = tuple(form.lower().split())
            nach_wort[woerter[0]].append((woerter, eintrag["besser"]))
    return {
        wort: tuple(sorted(eintraege, key=lambda eintrag: -len(eintrag[0])))
        for wort, eintraege in nach_wort.items()
    }


_AMTSDEUTSCH = _wendungen()
_ABKUERZUNGEN: Mapping[str, str] = {
    _BLANK.sub("", kurz): lang for kurz, lang in _DATEN["abkuerzungen"].items()
}


@pruefung("amtsdeutsch")
def amtsdeutsch(kontext: Kontext, regel: Regel) -> Iterator[Fund]:
    """Words and phrases of offices, each once per text, with what people say instead."""
    for stelle in kontext.fuer(regel):
        gesehen = set()
        for zitat, besser in _treffer(stelle):
            if zitat.lower() not in gesehen:
                gesehen.add(zitat.lower())
                yield stelle.fund(zitat, wort=zitat, besser=besser)


def _treffer(stelle: Stelle) -> Iterator[tuple[str, str]]:
    tokens = stelle.tokens
    frei_ab = 0
    for nummer, token in enumerate(tokens):
        if nummer < frei_ab:
            continue
        for woerter, besser in _AMTSDEUTSCH.get(token.klein, ()):
            gruppe = tokens[nummer : nummer + len(woerter)]
            zitat = stelle.klartext[token.anfang : gruppe[-1].ende]
            if tuple(t.klein for t in gruppe) == woerter and "." not in zitat:
                yield zitat, besser
                frei_ab = nummer + len(woerter)
                break


@pruefung("abkuerzungen")
def abkuerzungen(kontext: Kontext, regel: Regel) -> Iterator[Fund]:
    """Abbreviations, each once per text, written out."""
    for stelle in kontext.fuer(regel):
        gesehen = set()
        for fund in _KUERZEL.finditer(stelle.ohne_adressen):
            kurz = _gekuerzt(fund[0])
            if kurz and kurz not in gesehen:
                gesehen.add(kurz)
                yield stelle.fund(kurz, kurz=kurz, lang=_ABKUERZUNGEN[_BLANK.sub("", kurz)])


def _gekuerzt(text: str) -> str:
    """Return the abbreviation at the beginning, as it was written; empty if it is none."""
    while text:
        if _BLANK.sub("", text) in _ABKUERZUNGEN:
            return text
        text = text[: text.rstrip(".").rfind(".") + 1]
    return ""
