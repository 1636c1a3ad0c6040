"""The content of a service without what a save may change: keys of the editor, numbers of rows."""

from __future__ import annotations

from typing import Any

from leistungen.formular.treue import normal as ohne_marken
from leistungen.models import Leistung

# Written by the save itself.
BEIWERK = {"sort_order", "pk", "latest_revision", "live_revision", "last_published_at",
           "first_published_at", "has_unpublished_changes", "leistung", "uebersetzungsstand",
           "live"}  # fmt: skip


def inhalt(leistung: Leistung) -> dict[str, Any]:
    """Return the content of the newest draft."""
    entwurf = leistung.get_latest_revision_as_object()
    bereinigt: dict[str, Any] = _ohne(entwurf.serializable_data())
    return bereinigt


def _ohne(wert: Any) -> Any:
    if isinstance(wert, str):
        return ohne_marken(wert)
    if isinstance(wert, list):
        return [_ohne(teil) for teil in wert]
    if isinstance(wert, dict):
        return {name: _ohne(teil) for name, teil in wert.items() if name not in BEIWERK}
    return wert


def kennungen(leistung: Leistung) -> dict[str, list[str]]:
    """Return list → uuids of its rows in the newest draft."""
    entwurf = leistung.get_latest_revision_as_object()
    return {
        name: [str(zeile.uuid) for zeile in getattr(entwurf, name).all()]
        for name in ("gebuehren", "fristen", "unterlagen", "begriffe", "rechtsgrundlagen")
    }
