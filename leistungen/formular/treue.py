"""Texts nobody touched are stored as they were, although the editor writes them in its own way."""

from __future__ import annotations

import re
from typing import Any

from django.db import models

from zufi.common.sprachfest import rich_texts

_MARKE = re.compile(r'\s*data-block-key="[^"]*"')
_FETT = re.compile(r"<(/?)strong>")
_KURSIV = re.compile(r"<(/?)em>")
_ATTRIBUTE = re.compile(r"<a\b([^>]*)>")


def normal(html: str) -> str:
    """Return rich text without what differs between two ways of writing the same."""
    html = _KURSIV.sub(r"<\1i>", _FETT.sub(r"<\1b>", _MARKE.sub("", html)))
    return _ATTRIBUTE.sub(lambda a: f"<a {' '.join(sorted(a[1].split()))}>", html).strip()


def bewahre_unveraenderte(objekt: Any, vorher: dict[str, str]) -> None:
    """Rich texts that say the same as before, in the same shape, are those of before.

    The editor adds keys to paragraphs at the first save. A translation would count as written
    anew, and with it as made from today's German text.

    Args:
        objekt: with the texts as posted.
        vorher: column → text as it was loaded.
    """
    for name, alt in vorher.items():
        neu = getattr(objekt, name)
        if neu != alt and normal(neu or "") == normal(alt):
            setattr(objekt, name, alt)


def texte_von(objekt: Any) -> dict[str, str]:
    """Return the rich texts of an object, column by column."""
    model: type[models.Model] = type(objekt)
    return {name: getattr(objekt, name) or "" for name in rich_texts(model)}
