"""Lines of the demo texts as the rich text editors would have written."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape


def liste(zeilen: Iterable[str]) -> str:
    """Return an unordered list; nothing for no lines."""
    return _umschliesse("ul", zeilen)


def schritte(zeilen: Iterable[str]) -> str:
    """Return an ordered list; nothing for no lines."""
    return _umschliesse("ol", zeilen)


def absaetze(zeilen: Iterable[str] | str) -> str:
    """Return one paragraph per line; an empty line gives none."""
    if isinstance(zeilen, str):
        zeilen = (zeilen,)
    return "".join(f"<p>{escape(zeile, quote=False)}</p>" for zeile in zeilen if zeile)


def _umschliesse(tag: str, zeilen: Iterable[str]) -> str:
    punkte = "".join(f"<li>{escape(zeile, quote=False)}</li>" for zeile in zeilen)
    return f"<{tag}>{punkte}</{tag}>" if punkte else ""
