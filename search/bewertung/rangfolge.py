"""Asking the search the judged queries, as the public page asks it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from behoerden.ortsangabe import Ortsangabe, lies_ortsangabe
from leistungen.models import Leistung
from search.bewertung.masse import Note, bewerte
from search.evaluation import TIEFE, BewertungFehler, Fall
from search.selectors import run_search

SEMANTIK: Final = False
"""`run_search` knows no vectors (search design 6.6): both configurations are the same one."""


@dataclass(frozen=True, slots=True)
class Liste:
    """What a search found: slugs, best first, and who answered."""

    slugs: tuple[str, ...]
    engine: str


Rangfolge = Callable[[str, Ortsangabe, date], Liste]
"""A search as it is measured: query, place, day → list of at most ten slugs."""


def unsere(query: str, ort: Ortsangabe, heute: date) -> Liste:
    """Return the first page of the public search."""
    ergebnis = run_search(query, ort=ort, heute=heute, limit=TIEFE)
    return Liste(tuple(treffer.slug for treffer in ergebnis.treffer), ergebnis.engine)


def pruefe(faelle: Iterable[Fall], heute: date) -> tuple[Fall, ...]:
    """Return the queries with every answer as a slug, and every place known.

    Raises:
        BewertungFehler: an answer is no service that citizens see on that day, a place does not
            exist then, or two names of one query mean the same service; names the line.
    """
    slugs = _slugs(heute)
    return tuple(
        replace(fall, expected=_answers(fall, slugs), place=_place(fall, heute)) for fall in faelle
    )


def bewerte_alle(faelle: Sequence[Fall], rangfolge: Rangfolge, heute: date) -> tuple[Note, ...]:
    """Return one note per query of `pruefe`, in their order."""
    noten = []
    for fall in faelle:
        liste = rangfolge(fall.query, lies_ortsangabe(fall.place, "", heute), heute)
        noten.append(bewerte(fall, liste.slugs, liste.engine))
    return tuple(noten)


def _place(fall: Fall, heute: date) -> str:
    """Return the place as it was, once it is known to exist."""
    if fall.place and not lies_ortsangabe(fall.place, "", heute).ars:
        raise BewertungFehler(fall.zeile, f"Den Ort {fall.place} gibt es nicht.")
    return fall.place


def _answers(fall: Fall, slugs: dict[str, str]) -> dict[str, int]:
    answers: dict[str, int] = {}
    for name, grade in fall.expected.items():
        if name not in slugs:
            raise BewertungFehler(fall.zeile, f"„{name}“ ist keine sichtbare Leistung.")
        if slugs[name] in answers:
            raise BewertungFehler(fall.zeile, f"„{slugs[name]}“ ist zweimal genannt.")
        answers[slugs[name]] = grade
    return answers


def _slugs(heute: date) -> dict[str, str]:
    """Return slug or Leistungsschlüssel → slug of the services citizens see that day."""
    visible = Leistung.objects.sichtbar_am(heute)
    keys = visible.exclude(leistungsschluessel=None).order_by("pk")
    names = {str(slug): str(slug) for slug in visible.values_list("slug_de", flat=True)}
    pairs = keys.values_list("leistungsschluessel__schluessel", "slug_de")
    return names | {str(key): str(slug) for key, slug in pairs}
