"""What a structured row will say on the public page, said by the code of the page itself."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format

from leistungen.models import Leistung
from leistungen.seite.aufbau import Seiteninhalt, Unterlagenpunkt, Verweis, baue_inhalt
from leistungen.seite.schichten import Schichten

_OHNE = (
    "gebuehren", "fristen", "bearbeitungsdauern", "unterlagen", "rechtsgrundlagen", "modullinks",
)  # fmt: skip


def zeilensatz(relation: str, zeile: Any, stichtag: date, sprache: str = "de") -> str:
    """Return the words of one row as they will stand on the page; "" if it says nothing there.

    The row is put into an otherwise empty service, and the page of that service is built: what
    the preview shows and what citizens read cannot drift apart.

    Args:
        relation: name of the list, such as "gebuehren".
        zeile: the row, stored or not.
        stichtag: the day for which the page is true; a later row reads "Ab 1. Januar 2027: 37 €".
        sprache: "de", "en" or "de_simple".
    """
    if relation == "begriffe":
        return _begriff(zeile)
    if relation not in _OHNE:
        return ""
    leistung = Leistung()
    for name in _OHNE:
        setattr(leistung, name, [])
    setattr(leistung, relation, [copy.copy(zeile)])  # the list takes a row away from its service
    inhalt = baue_inhalt(Schichten(leistung, {}), sprache, stichtag)
    return _LESEN[relation](inhalt) or _abgelaufen(zeile, stichtag)


def kann_satz(relation: str) -> bool:
    """Whether rows of this list become words on a page."""
    return relation in _OHNE or relation == "begriffe"


def _fakt(inhalt: Seiteninhalt) -> str:
    return " ".join(satz.text for fakt in inhalt.fakten for satz in fakt.saetze)


def _unterlage(inhalt: Seiteninhalt) -> str:
    return " ".join(_punkt(punkt) for punkt in (*inhalt.unterlagen, *inhalt.ergebnisse))


def _punkt(punkt: Unterlagenpunkt) -> str:
    return f"{punkt.text} – {punkt.zusatz}" if punkt.zusatz else punkt.text


def _verweise(inhalt: Seiteninhalt) -> str:
    return " ".join(_verweis(v) for teil in inhalt.abschnitte for v in teil.verweise)


def _verweis(verweis: Verweis) -> str:
    text = f"{verweis.text} – {verweis.zusatz}" if verweis.zusatz else verweis.text
    return f"{text} ({verweis.url})" if verweis.url else text


def _begriff(zeile: Any) -> str:
    woerter = [wort for wort in (zeile.begriff_de, zeile.begriff_en) if wort]
    return f"auch bekannt als: {', '.join(woerter)}" if woerter else ""


def _abgelaufen(zeile: Any, stichtag: date) -> str:
    bis = getattr(zeile, "gueltig_bis", None)
    if bis is None or bis >= stichtag:
        return ""
    return f"Steht nicht mehr auf der Seite: galt bis {date_format(bis, 'j. F Y')}."


_LESEN: Mapping[str, Callable[[Seiteninhalt], str]] = {
    "gebuehren": _fakt,
    "fristen": _fakt,
    "bearbeitungsdauern": _fakt,
    "unterlagen": _unterlage,
    "rechtsgrundlagen": _verweise,
    "modullinks": _verweise,
}
