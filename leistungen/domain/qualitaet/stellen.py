"""A text at its place, read once for all rules: plain words, sentences, tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from leistungen.domain.lesbarkeit import split_sentences, split_words
from leistungen.domain.qualitaet.regeln import GRUPPEN, MODULNAMEN
from leistungen.domain.qualitaet.werte import Fund, Textstand
from zufi.common.html import plain_text

_RANG = {modul: rang for rang, modul in enumerate(MODULNAMEN)}
_HTML_MODULE = frozenset(GRUPPEN["html"])
# Addresses are no words: their parts are neither long nor officialese.
_ADRESSE = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|\S+\.(?:de|eu|com|org|net|example)\b\S*")
_HAT_ADRESSE = re.compile(r"@|www\.|://|\.(?:de|eu|com|org|net|example)\b")
_TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LEERRAUM = re.compile(r"[ \t\r\f\v\u00a0]+")


class Token(NamedTuple):
    """A word and where it stands in the plain text; `klein` is in lower case."""

    text: str
    klein: str
    anfang: int
    ende: int


@dataclass(frozen=True)
class Stelle:
    """One text in one language; everything derived from it is computed once, when asked for."""

    modul: str
    sprache: str
    roh: str
    ist_html: bool
    zeile: str = ""
    feld: str = ""

    @cached_property
    def klartext(self) -> str:
        """The words, one line per block."""
        return _klartext(self.roh) if self.ist_html else _zeilen(self.roh)

    @cached_property
    def ohne_adressen(self) -> str:
        """The words, with blanks where addresses of web and mail stand; as long as before."""
        text = self.klartext
        if not _HAT_ADRESSE.search(text):
            return text
        return _ADRESSE.sub(lambda fund: " " * len(fund[0]), text)

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The words in their order."""
        return tuple(
            Token(fund[0], fund[0].lower(), fund.start(), fund.end())
            for fund in _TOKEN.finditer(self.ohne_adressen)
        )

    @cached_property
    def saetze(self) -> tuple[str, ...]:
        """The sentences, each as it stands in the plain text."""
        return split_sentences(self.klartext)

    @cached_property
    def woerter(self) -> tuple[list[str], ...]:
        """The words of each sentence."""
        return tuple(split_words(satz) for satz in self.saetze)

    @property
    def wortzahl(self) -> int:
        """Number of words."""
        return sum(map(len, self.woerter))

    def fund(self, zitat: str = "", **params: object) -> Fund:
        """Return what was seen here; `zitat` must stand in the plain text."""
        return Fund(self.modul, self.sprache, zitat, self.zeile, params)


def klartext(modul: str, text: str, feld: str = "") -> str:
    """Return the words in which a finding's `zitat` stands: one line per block, single blanks.

    Args:
        modul: module or kind of row.
        text: as stored.
        feld: field of the row; empty for a module.
    """
    return _klartext(text) if is_html(modul, feld) else _zeilen(text)


def is_html(modul: str, feld: str = "") -> bool:
    """Whether the text is stored as HTML."""
    return modul in _HTML_MODULE or (modul == "modulangabe" and feld == "inhalt")


def lies_stellen(stand: Textstand) -> Iterator[Stelle]:
    """Yield every text that is not empty: modules in the order of the page, then the rows."""
    for modul, sprachen in sorted(stand.texte.items(), key=lambda paar: _rang(paar[0])):
        for sprache, text in sprachen.items():
            if text:
                yield Stelle(modul, sprache, text, is_html(modul))
    for zeile in stand.zeilen:
        for feld, sprachen in zeile.texte.items():
            for sprache, text in sprachen.items():
                if text:
                    html = is_html(zeile.kind, feld)
                    yield Stelle(zeile.kind, sprache, text, html, zeile.uuid, feld)


def _rang(modul: str) -> tuple[int, str]:
    return _RANG.get(modul, len(_RANG)), modul


def _klartext(html: str) -> str:
    return plain_text(html) if "<" in html or "&" in html else _zeilen(html)


def _zeilen(text: str) -> str:
    zeilen = (_LEERRAUM.sub(" ", zeile).strip() for zeile in text.split("\n"))
    return "\n".join(zeile for zeile in zeilen if zeile)
