"""Q-TXT-2, grammar: who does what? Passive, nouns instead of verbs, the address, gender forms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from leistungen.domain.qualitaet.kontext import Kontext
from leistungen.domain.qualitaet.regeln import Regel
from leistungen.domain.qualitaet.register import pruefung
from leistungen.domain.qualitaet.stellen import Stelle, Token
from leistungen.domain.qualitaet.werte import Fund

_HILFSVERB = r"(?:wird|werden|wurde|wurden|worden)"
# Forms that are participles and nothing else: the infinitive of the future ("wird bearbeiten") and
# "Ihr Kind wird sechs Jahre alt" are no passive.
_PARTIZIP = (
    r"(?:[a-zäöüß]*ge[a-zäöüß]{2,}t|[a-zäöüß]+ge[a-zäöüß]{3,}en|[a-zäöüß]{3,}iert"
    r"|(?:[a-zäöüß]{2,4})?(?:be|ver|er|ent|zer|über|unter)[a-zäöüß]{3,}t"
    r"|gegeben|genommen|gewiesen|erhoben|entzogen|verboten|übernommen|unterschrieben|"
    r"beschlossen|betrieben|entschieden|vergeben|erlassen|verschoben|vorgeschrieben)"
)
# No comma between the verb and its participle: they belong to one clause.
_PASSIV = re.compile(
    rf"\b{_HILFSVERB}\b(?:[^,;.!?\n]*?\s)(?P<spaet>{_PARTIZIP})\b(?=\s*[,;.!?)]|\s+(?:und|oder)\b|$)"
    rf"|\b(?P<frueh>{_PARTIZIP})\s+{_HILFSVERB}\b"
)
# "ist einzureichen", "sind vorzulegen", "ist zu beantragen": an order without a person.
_ZU = re.compile(
    r"\b(?:ist|sind)\b(?:[^,;.!?\n]*?\s)"
    r"(?:[a-zäöüß]+zu[a-zäöüß]{2,}en"
    r"|(?<!leicht )(?<!schwer )(?<!einfach )(?<!gut )zu\s+[a-zäöüß]+en)"
    r"\b(?=\s*[,;.!]|\s+(?:und|oder)\b|$)"
)
_KEIN_PARTIZIP = frozenset({
    "bekannt", "verwandt", "beliebt", "bereit", "gerecht", "gesamt", "geeignet", "überhaupt",
    "besteht", "enthält", "beträgt", "erhält", "verliert",
})  # fmt: skip


@pruefung("passiv")
def passiv(kontext: Kontext, regel: Regel) -> Iterator[Fund]:
    """Sentences in the passive voice, and orders without a person."""
    for stelle in kontext.fuer(regel):
        for satz in stelle.saetze:
            if _ist_passiv(satz) or _ZU.search(satz):
                yield stelle.fund(satz)


def _ist_passiv(satz: str) -> bool:
    fund = _PASSIV.search(satz)
    return fund is not None and (fund["spaet"] or fund["frueh"]) not in _KEIN_PARTIZIP


@pruefung("nominalstil")
def nominalstil(kontext: Kontext, regel: Regel) -> Iterator[Fund]:
    """Nouns where a verb would say it: "erfolgt durch", "Erteilung der", many words on -ung."""
    muster = re.compile("|".join(regel.grenzen["muster"]))
    hoechstens = regel.grenzen["ung_je_satz"]
    dinge = frozenset(regel.grenzen["keine_taetigkeit"])
    for stelle in kontext.fuer(regel):
        for satz, woerter in zip(stelle.saetze, stelle.woerter, strict=True):
            if muster.search(satz) or sum(_ist_ung(w, dinge) for w in woerter) > hoechstens:
                yield stelle.fund(satz)


def _ist_ung(wort: str, dinge: frozenset[str]) -> bool:
    grund = wort.removesuffix("en") if wort.endswith("ungen") else wort
    return grund.endswith("ung") and grund[:1].isupper() and grund not in dinge


@pruefung("anrede")
def anrede(kontext: Kontext, regel: Regel) -> Iterator[Fund]:
    """Long texts that never address the reader."""
    for stelle in kontext.fuer(regel):
        if stelle.wortzahl < regel.grenzen["mindestens_woerter"]:
            continue
        if not any(token.text in _ANREDE for token in stelle.tokens):
            yield stelle.fund()


_ANREDE = frozenset({"Sie", "Ihnen", "Ihr", "Ihre", "Ihren", "Ihrem", "Ihrer", "Ihres"})

# Name of the form → how it looks; "Bürgerinnen und Bürger" is found among the words.
_FORMEN = {
    "mit Sternchen": re.compile(r"\b\w+\*(?:in|innen)\b"),
    "mit Doppelpunkt": re.compile(r"\b\w+:(?:in|innen)\b"),
    "mit Unterstrich": re.compile(r"\b[^\W_]+_(?:in|innen)\b"),
    "mit großem I": re.compile(r"\b\w*[a-zäöüß]In(?:nen)?\b"),
    "mit Schrägstrich": re.compile(r"\b\w+/-?(?:in|innen)\b"),
}
_IN = re.compile(r"[*:_/a-zäöüß]-?[iI]n(?:nen)?\b")
_BEIDE = "mit beiden Formen"
_UND = frozenset({"und", "oder", "sowie", "bzw"})
_ARTIKEL = frozenset({
    "der", "die", "das", "den", "dem", "des", "ein", "eine", "einer", "einem", "einen", "kein",
    "keine",
})  # fmt: skip
_ENDUNGEN = frozenset({"", "e", "n", "en", "er", "s", "es"})
_KUERZESTER_STAMM = 4


@pruefung("geschlechterformen")
def geschlechterformen(kontext: Kontext, regel: Regel) -> Iterator[Fund]:
    """Another way to write gender forms than the first one of the same language."""
    erste: dict[str, str] = {}
    for stelle in kontext.fuer(regel):
        for name, fund in _formen(stelle):
            gewohnt = erste.setdefault(stelle.sprache, name)
            if name != gewohnt:
                yield stelle.fund(fund, stelle=fund, form=name, zuerst=gewohnt)


def _formen(stelle: Stelle) -> list[tuple[str, str]]:
    """Return name and passage of each gender form, in the order of the text."""
    text = stelle.ohne_adressen
    if not _IN.search(text):
        return []
    gefunden = {
        fund.start(): (name, fund[0])
        for name, muster in _FORMEN.items()
        for fund in muster.finditer(text)
    }
    for anfang, ende in _paare(stelle.tokens):
        gefunden.setdefault(anfang, (_BEIDE, stelle.klartext[anfang:ende]))
    return [gefunden[anfang] for anfang in sorted(gefunden)]


def _paare(tokens: tuple[Token, ...]) -> Iterator[tuple[int, int]]:
    """Yield where both forms stand: "Halter oder die Halterin", "Bürgerinnen und Bürger"."""
    for nummer, token in enumerate(tokens):
        stamm = token.text.removesuffix("nen").removesuffix("in")
        if stamm == token.text or len(stamm) < _KUERZESTER_STAMM or not stamm[0].isupper():
            continue
        for richtung in (1, -1):
            anderes = _ueber_und(tokens, nummer, richtung)
            if anderes and _ist_form_von(anderes.text, stamm):
                erstes, zweites = sorted((token, anderes), key=lambda t: t.anfang)
                yield erstes.anfang, zweites.ende
                break


def _ist_form_von(wort: str, stamm: str) -> bool:
    return wort.startswith(stamm) and wort.removeprefix(stamm) in _ENDUNGEN


def _ueber_und(tokens: tuple[Token, ...], nummer: int, richtung: int) -> Token | None:
    """Return the word beyond "und" or "oder", articles passed over; None if there is none."""
    davor, danach = tokens[max(nummer - 3, 0) : nummer], tokens[nummer + 1 : nummer + 4]
    gesehen = False
    for token in danach if richtung > 0 else reversed(davor):
        if token.klein in _UND:
            gesehen = True
        elif token.klein not in _ARTIKEL:
            return token if gesehen else None
    return None


@pruefung("muster")
def muster(kontext: Kontext, regel: Regel) -> Iterator[Fund]:
    """Passages that match one of the patterns of the table."""
    suche = re.compile("|".join(regel.grenzen["muster"]))
    enthaelt = regel.grenzen.get("enthaelt")  # what a match holds at least: looked for first
    for stelle in kontext.fuer(regel):
        if enthaelt and not any(stueck in stelle.klartext for stueck in enthaelt):
            continue
        for fund in suche.finditer(stelle.klartext):
            yield stelle.fund(fund[0], stelle=fund[0])
