"""What the rules look at and what they say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Schwere(StrEnum):
    """What a finding means; nothing ever prevents saving."""

    MUSS = "muss"  # blocks submission
    SOLL = "soll"  # advice, may be let pass with a reason


@dataclass(frozen=True, slots=True)
class Zeile:
    """A structured row.

    Attributes:
        kind: kosten, frist, dauer, unterlage, begriff, rechtsgrundlage, link or modulangabe.
        uuid: identity of the row through drafts.
        texte: field → language → text; of a modulangabe, `inhalt` is stored HTML.
        werte: what else a rule may ask: pflicht, url, gueltig_ab, gueltig_bis …
    """

    kind: str
    uuid: str
    texte: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    werte: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Textstand:
    """One draft of a service as plain values; languages are de, en and de_simple.

    Attributes:
        texte: module (bezeichnung, kurztext, volltext …) → language → stored HTML or text.
        zeilen: the structured rows in their order.
        angaben: everything else. A rule whose name is missing here is not asked: nobody knows.
            typisierung_codes, sdg1_codes, sdg2_codes (codes) · hauptschluessel (text) ·
            naechste_pruefung, gueltig_ab, gueltig_bis (date or None) · redaktion_id (or None) ·
            online (mappings: uuid, label, url, vertrauensniveau, gebiete) ·
            formulare (mappings: uuid, label, barrierefrei) · fim_status (codes) ·
            freigaben (number of rows) · unbekannte_codes (pairs: name of the list, code) ·
            hat_zustaendigkeit (bool) · gemeinden_ohne_stelle (number) ·
            veraltete_absaetze ((module, language) → number).
        uebersetzungsstand: (module, language) → aktuell, geaendert, fehlt, maschinell or unbekannt
            (translated, nobody knows from what); of a row, the module is `kind:uuid`.
    """

    texte: Mapping[str, Mapping[str, str]]
    zeilen: tuple[Zeile, ...] = ()
    angaben: Mapping[str, object] = field(default_factory=dict)
    uebersetzungsstand: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Befund:
    """One place where a text breaks a rule.

    Attributes:
        regel: id of the rule; an anchor in the style guide.
        schwere: muss or soll.
        modul: the module, the kind of the row, or the name of the missing detail.
        sprache: de, en or de_simple; empty if none is concerned.
        params: the values in the sentence.
        text: what is wrong, a German sentence.
        hinweis: what to do now, a German sentence; may be empty.
        zitat: the exact passage of the plain text (`klartext`) to jump to; empty if there is none.
        zeile: uuid of the row; empty for a module.
    """

    regel: str
    schwere: Schwere
    modul: str
    sprache: str
    params: Mapping[str, object]
    text: str
    hinweis: str
    zitat: str
    zeile: str


@dataclass(frozen=True, slots=True)
class Fund:
    """What a checker saw, before the table's words are put to it."""

    modul: str
    sprache: str = ""
    zitat: str = ""
    zeile: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
