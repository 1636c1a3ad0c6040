"""Texts in the language of the page; where one is missing the German text stands, marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import expand_db_html

# Value of the HTML attribute `lang`.
HTML_LANG = {"de": "de", "en": "en", "de_simple": "de-simple"}
SPRACHEN = tuple(HTML_LANG)


@dataclass(frozen=True, slots=True)
class Text:
    """Words and their language; `lang` is "" where they speak the language of the page."""

    text: str
    lang: str = ""

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Textblock:
    """Rich text as it may stand on a page, its language, and the area it is limited to."""

    html: SafeString
    lang: str = ""
    gebiet: str = ""


def sprachtexte(objekt: Any, feld: str) -> Mapping[str, str]:
    """Return language → text of a translated field; languages without text are left out."""
    texte = {sprache: getattr(objekt, f"{feld}_{sprache}") or "" for sprache in SPRACHEN}
    return {sprache: text for sprache, text in texte.items() if text}


def waehle(texte: Mapping[str, str], sprache: str) -> Text:
    """Return the text in this language, else the German one with its mark, else nothing."""
    if text := texte.get(sprache):
        return Text(text)
    return Text(texte.get("de", ""), "de" if sprache == "en" and texte.get("de") else "")


def feldtext(objekt: Any, feld: str, sprache: str) -> Text:
    """Return a translated field in this language, as `waehle` does."""
    return waehle(sprachtexte(objekt, feld), sprache)


def rich(html: str) -> SafeString:
    """Return stored rich text for a page; its links to our own objects are addresses now."""
    # The one reviewed place: the text was cleaned when it was saved (zufi.common.html).
    safe: SafeString = mark_safe(expand_db_html(html or ""))  # noqa: S308
    return safe
