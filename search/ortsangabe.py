"""The place that stands in the query itself: "hundesteuer gera", "reisepass 99423"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from behoerden.domain.ortsname import fold
from behoerden.ortsangabe import Ortsangabe, lies_ortsangabe
from search.analysis import analyse
from search.ortsteilung import teile_ort
from search.vokabular import is_ortsname, load_wortschatz


@dataclass(frozen=True, slots=True)
class Ortstext:
    """A query without its place; `ort` is the place that counts, the chosen one before this one.

    `text` is the place as typed. `is_verwendet` says whether it became the place; `hinweis` is a
    German sentence for the page where it did not.
    """

    rest: str
    text: str
    ort: Ortsangabe
    is_verwendet: bool
    hinweis: str = ""


def lies_ort_im_text(text: str, gewaehlt: Ortsangabe, heute: date) -> Ortstext | None:
    """Return the query split into words and place, None if it names no place.

    A chosen place stays, and so does one that still has to be told from others of its name.
    """
    teilung = teile_ort(text, _is_ort, _is_fachwort)
    if teilung is None:
        return None
    gemeint = lies_ortsangabe(teilung.ort, "", heute)
    if not gemeint.orte:
        if not teilung.is_plz or not gemeint.fehler:
            return None
        return Ortstext(teilung.rest, teilung.ort, gewaehlt, False, gemeint.fehler)
    if not gewaehlt.adressteil:
        return Ortstext(teilung.rest, teilung.ort, gemeint, True)
    if set(gewaehlt.gebiet_ids) & set(gemeint.gebiet_ids) or not gewaehlt.name:
        return Ortstext(teilung.rest, teilung.ort, gewaehlt, False)
    hinweis = f"Sie haben {gewaehlt.name} als Ort gewählt. „{teilung.ort}“ zählt deshalb nicht."
    return Ortstext(teilung.rest, teilung.ort, gewaehlt, False, hinweis)


def _is_ort(name: str) -> bool:
    formen = fold(name)
    return is_ortsname(formen.ae) or is_ortsname(formen.a)


def _is_fachwort(word: str) -> bool:
    woerter = load_wortschatz().woerter
    return any(token.genau in woerter for token in analyse(word))
