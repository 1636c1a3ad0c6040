"""Translations of a Leistung: recorded when it is saved, judged when somebody looks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from modelcluster.models import get_all_child_relations

from leistungen.domain.uebersetzung import Uebersetzung, beurteile, merke
from leistungen.models.leistung import BESCHREIBUNGEN, TEXTMODULE, Leistung
from zufi.common.html import paragraphs
from zufi.common.sprachfest import LANGS, unsuffixed_fields

# The author of a text is a name; the address of a page is none of the translator's business.
UEBERSETZBAR = tuple(name for name in (*TEXTMODULE.values(), *BESCHREIBUNGEN) if name != "urheber")
SPRACHEN = tuple(lang for lang in LANGS if lang != "de")


@dataclass(frozen=True, slots=True)
class Textteil:
    """One unit of translation: a module, or a structured row with its texts."""

    schluessel: str
    quelle: tuple[str, ...]
    texte: Mapping[str, str]


@cache
def _zeilenarten() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the lists of rows that carry translated texts, each with the names of its fields.

    Search words of different languages are no translations of each other.
    """
    arten = []
    for relation in get_all_child_relations(Leistung):
        felder = tuple(sorted(unsuffixed_fields(relation.related_model)))
        if felder and relation.get_accessor_name() != "begriffe":
            arten.append((relation.get_accessor_name(), felder))
    return tuple(arten)


def textteile(leistung: Leistung) -> Iterator[Textteil]:
    """Yield everything of this service that has to be translated, in a fixed order."""
    for name in UEBERSETZBAR:
        yield Textteil(
            name,
            paragraphs(getattr(leistung, f"{name}_de") or ""),
            {lang: _klartext([getattr(leistung, f"{name}_{lang}")]) for lang in SPRACHEN},
        )
    for relation, felder in _zeilenarten():
        for zeile in getattr(leistung, relation).all():
            yield Textteil(
                f"{relation}:{zeile.uuid}",
                tuple(
                    absatz
                    for feld in felder
                    for absatz in paragraphs(getattr(zeile, f"{feld}_de") or "")
                ),
                {
                    lang: _klartext([getattr(zeile, f"{feld}_{lang}") for feld in felder])
                    for lang in SPRACHEN
                },
            )


def _klartext(texte: Iterable[str | None]) -> str:
    """Return what a reader of these texts is told; the editor rewrites markup when it saves."""
    return "\n".join(absatz for text in texte for absatz in paragraphs(text or ""))


def uebersetzungstexte(leistung: Leistung) -> dict[str, Mapping[str, str]]:
    """Return the texts of all translations, to compare with after an edit."""
    return {teil.schluessel: teil.texte for teil in textteile(leistung)}


def fortschreiben(
    leistung: Leistung,
    vorher: Mapping[str, Mapping[str, str]],
    heute: date,
    *,
    maschinell: bool = False,
    bestaetigt: Mapping[str, frozenset[str]] | None = None,
) -> dict[str, Any]:
    """Return what is recorded of all translations after a save; parts that are gone are forgotten.

    Args:
        leistung: as it is saved; its `uebersetzungsstand` is the record before.
        vorher: `uebersetzungstexte` before the edit.
        heute: the day of the save.
        maschinell: whether a machine wrote the changed translations.
        bestaetigt: part → languages an editor declared to fit.
    """
    stand: Mapping[str, Any] = leistung.uebersetzungsstand or {}
    neu = {}
    for teil in textteile(leistung):
        if not teil.quelle and not any(teil.texte.values()):
            continue
        neu[teil.schluessel] = merke(
            stand.get(teil.schluessel),
            quelle=teil.quelle,
            alt=vorher.get(teil.schluessel, {}),
            neu=teil.texte,
            heute=heute.isoformat(),
            maschinell=maschinell,
            bestaetigt=(bestaetigt or {}).get(teil.schluessel, frozenset()),
        )
    return neu


def uebersetzungen(leistung: Leistung, sprache: str) -> dict[str, Uebersetzung]:
    """Return how each part stands in this language: part → judgement."""
    stand: Mapping[str, Any] = leistung.uebersetzungsstand or {}
    return {
        teil.schluessel: beurteile(
            teil.quelle, bool(teil.texte[sprache]), stand.get(teil.schluessel), sprache
        )
        for teil in textteile(leistung)
    }
