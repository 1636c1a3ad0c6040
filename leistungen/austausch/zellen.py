"""A value as the text of a cell, and back; pure, without Django.

Every cell is text: leading zeros of codes, days of every year and keys with 14 digits survive
Excel. A text that a spreadsheet would take for a formula gets an apostrophe in front.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from html.parser import HTMLParser
from typing import Any
from uuid import UUID

from leistungen.austausch.grenzen import EXCEL_ZELLE, UNVERAENDERT
from zufi.common.html import clean_html

_FORMELZEICHEN = ("=", "+", "-", "@", "\t", "\r", "'")
_BLOCK_KEY = re.compile(r'\sdata-block-key="[^"]*"')
_TRENNER = re.compile(r"[;,\s]+")
_BETRAG = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?|\d+(?:[.,]\d{1,2})?")
_STEUERZEICHEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TAG = re.compile(r"<\s*/?\s*[a-zA-Z!]")
_ANDERE_TAGE = ("%d.%m.%Y", "%Y-%m-%d")
_GEFAEHRLICH = frozenset(
    {
        "script", "style", "iframe", "object", "embed", "svg", "math", "form", "input", "button",
        "img", "video", "audio", "link", "meta", "base", "template", "textarea",
    }
)  # fmt: skip
_SCHEMA = re.compile(r"^\s*(?:javascript|data|vbscript)\s*:", re.I)
_FUELLUNG = re.compile(r"[\x00-\x20]+")


class Art(StrEnum):
    """Kind of a cell."""

    TEXT = "text"
    HTML = "html"
    JA_NEIN = "ja_nein"
    DATUM = "datum"
    BETRAG = "betrag"
    CODE = "code"
    CODES = "codes"
    WAHL = "wahl"
    KENNUNG = "kennung"


class Zellfehler(ValueError):
    """A cell that says nothing we could store; the message is German and for the editor."""


@dataclass(frozen=True, slots=True)
class Spalte:
    """One column: `feld` of the model and the heading editors read."""

    feld: str
    titel: str
    art: Art
    werte: Mapping[str, str] | None = None  # WAHL: code → label
    leer_erlaubt: bool = True  # BETRAG, DATUM, JA_NEIN, WAHL: whether the cell may be empty
    max_laenge: int | None = None
    list_uri: str = ""


def entschaerfe(text: str) -> str:
    """Return the text as it may stand in a cell: never a formula."""
    return f"'{text}" if text.startswith(_FORMELZEICHEN) else text


def entpacke(text: str) -> str:
    """Return what `entschaerfe` was given."""
    return text[1:] if text[:1] == "'" and text[1:2] in _FORMELZEICHEN else text


def passt_in_excel(text: str) -> bool:
    """Whether Excel keeps every character of the text."""
    return len(text) <= EXCEL_ZELLE and not _STEUERZEICHEN.search(text)


def normal(text: str, art: Art = Art.TEXT) -> str:
    """Return the text without what no reader sees: kinds of line ends, marks of the editor."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if art is Art.HTML:
        text = _BLOCK_KEY.sub("", text)
    return text.strip()


def als_text(wert: Any, art: Art) -> str:  # noqa: PLR0911 - one kind, one line
    """Return a value, or what a revision stores of it, as the canonical text of its cell."""
    if wert is None or wert == "":
        return ""
    match art:
        case Art.JA_NEIN:
            return "ja" if wert else "nein"
        case Art.DATUM:
            tag = date.fromisoformat(wert[:10]) if isinstance(wert, str) else wert
            return f"{tag:%d.%m.%Y}" if tag.year >= 1000 else tag.isoformat()  # noqa: PLR2004
        case Art.BETRAG:
            return f"{Decimal(wert):.2f}".replace(".", ",")
        case Art.CODES:
            codes = json.loads(wert) if isinstance(wert, str) else list(wert)
            if any(not code or _TRENNER.search(code) for code in codes):
                return UNVERAENDERT
            return ", ".join(codes)
        case _:
            return normal(str(wert), art)


def als_wert(text: str, spalte: Spalte) -> Any:  # noqa: PLR0911 - one kind, one line
    """Return the value a cell says.

    Raises:
        Zellfehler: the cell says nothing this column can hold.
    """
    text = normal(text, spalte.art)
    if not text:
        return _leer(spalte)
    match spalte.art:
        case Art.JA_NEIN:
            return _ja_nein(text)
        case Art.DATUM:
            return _tag(text)
        case Art.BETRAG:
            return _betrag(text)
        case Art.CODES:
            codes = list(dict.fromkeys(code for code in _TRENNER.split(text) if code))
            for code in codes:
                _pruefe_laenge(code, spalte)
            return codes
        case Art.WAHL:
            return _wahl(text, spalte)
        case Art.KENNUNG:
            return kennung(text)
        case Art.HTML:
            _pruefe_html(text)
            return clean_html(text)
        case _:
            if _TAG.search(text):
                raise Zellfehler(
                    "Hier ist nur einfacher Text erlaubt. Löschen Sie die spitzen Klammern."
                )
            _pruefe_zeichen(text)
            _pruefe_laenge(text, spalte)
            return text


def kennung(text: str) -> UUID:
    """Return the identity written in a cell."""
    try:
        return UUID(text)
    except ValueError as error:
        raise Zellfehler(f"„{kurz(text)}“ ist keine Kennung.") from error


def kurz(text: str, laenge: int = 80) -> str:
    """Return the beginning of a text, for a message."""
    return text if len(text) <= laenge else f"{text[:laenge]} …"


def excel_wert(wert: Any) -> str:
    """Return the cell of an XLSX, whatever type Excel made of it, as an editor would write it."""
    if wert is None:
        return ""
    if isinstance(wert, bool):
        return "ja" if wert else "nein"
    if isinstance(wert, datetime | date):
        return f"{wert:%d.%m.%Y}"
    if isinstance(wert, float):
        return f"{Decimal(repr(wert)):f}".removesuffix(".0").replace(".", ",")
    return str(wert)


def pruefsumme(texte: Iterable[str]) -> str:
    """Return the identity of a row: what `Stand` says of the moment it was written out."""
    return hashlib.sha256("\x1f".join(texte).encode()).hexdigest()[:16]


def _leer(spalte: Spalte) -> Any:
    if not spalte.leer_erlaubt:
        raise Zellfehler("Die Zelle ist leer, braucht aber einen Wert.")
    if spalte.art is Art.CODES:
        return []
    if spalte.art in {Art.JA_NEIN, Art.DATUM, Art.BETRAG, Art.KENNUNG}:
        return None
    return ""


def _ja_nein(text: str) -> bool:
    wort = text.lower()
    if wort not in {"ja", "nein", "wahr", "falsch", "true", "false"}:
        raise Zellfehler(f"„{kurz(text)}“ ist weder „ja“ noch „nein“.")
    return wort in {"ja", "wahr", "true"}


def _tag(text: str) -> date:
    for form in _ANDERE_TAGE:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    raise Zellfehler(f"„{kurz(text)}“ ist kein Tag. Schreiben Sie zum Beispiel 31.01.2027.")


def _betrag(text: str) -> Decimal:
    glatt = text.removesuffix("€").strip()
    try:
        if not _BETRAG.fullmatch(glatt):
            raise InvalidOperation
        if "," in glatt:
            glatt = glatt.replace(".", "").replace(",", ".")
        elif re.fullmatch(r"\d{1,3}(?:\.\d{3})+", glatt):
            glatt = glatt.replace(".", "")
        return Decimal(glatt)
    except InvalidOperation as error:
        raise Zellfehler(
            f"„{kurz(text)}“ ist kein Betrag. Schreiben Sie zum Beispiel 37 oder 28,80."
        ) from error


def _wahl(text: str, spalte: Spalte) -> str:
    werte = spalte.werte or {}
    nach_namen = {label.lower(): code for code, label in werte.items()}
    code = text if text in werte else nach_namen.get(text.lower(), "")
    if not code:
        erlaubt = ", ".join(f"{code} ({label})" for code, label in werte.items())
        raise Zellfehler(f"„{kurz(text)}“ gibt es hier nicht. Erlaubt sind: {erlaubt}.")
    return code


def _pruefe_laenge(text: str, spalte: Spalte) -> None:
    if spalte.max_laenge is not None and len(text) > spalte.max_laenge:
        raise Zellfehler(
            f"Der Text hat {len(text)} Zeichen. Erlaubt sind höchstens {spalte.max_laenge}."
        )


def _pruefe_zeichen(text: str) -> None:
    if _STEUERZEICHEN.search(text):
        raise Zellfehler("Die Zelle enthält unsichtbare Steuerzeichen.")


class _Pruefer(HTMLParser):
    """Finds what must not be cleaned away silently: somebody put it there to do harm."""

    grund = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at the element and its attributes."""
        if tag in _GEFAEHRLICH:
            self._merke(f"<{tag}> ist nicht erlaubt.")
        for name, wert in attrs:
            if name.startswith("on"):
                self._merke(f"Das Attribut „{kurz(name, 20)}“ ist nicht erlaubt.")
            if name in {"href", "src", "action", "xlink:href"} and _SCHEMA.match(
                _FUELLUNG.sub("", wert or "")
            ):
                self._merke("Ein Link muss mit https://, http://, mailto: oder tel: beginnen.")

    def _merke(self, grund: str) -> None:
        self.grund = self.grund or grund


def _pruefe_html(text: str) -> None:
    _pruefe_zeichen(text)
    pruefer = _Pruefer(convert_charrefs=True)
    pruefer.feed(text)
    pruefer.close()
    if pruefer.grund:
        raise Zellfehler(pruefer.grund)
