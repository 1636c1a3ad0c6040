"""Q-MOD: each text says what belongs to its module, once, and what is usual comes first."""

from __future__ import annotations

import re
from collections.abc import Iterator

from leistungen.domain.qualitaet.kontext import Kontext
from leistungen.domain.qualitaet.regeln import Regel, modulname
from leistungen.domain.qualitaet.register import pruefung
from leistungen.domain.qualitaet.stellen import klartext
from leistungen.domain.qualitaet.werte import Fund, Zeile

_ZAHLWORT = r"\d+|ein(?:e[mnrs]?)?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|zwölf|vierzehn"
_EINHEIT = r"(?:Werk|Arbeits|Kalender)?[Tt]age?n?s?|Wochen?|Monate?[ns]?|Jahre?[ns]?|Stunden?"
_BETRAG = re.compile(r"\d[\d.]*(?:,\d\d|,-)?\s?(?:€|Euro\b|EUR\b)|€\s?\d[\d.,]*")
_KOSTENWORT = re.compile(
    r"\b(?:kosten|kostet|Kosten|Gebühr\w*|\w*gebühr(?:en)?|Entgelt\w*|bezahlen|zahlen|Preis)\b"
)
_FRIST = re.compile(
    rf"\b(?:innerhalb|binnen)(?:\s+von)?\s+(?:{_ZAHLWORT})\s+(?:{_EINHEIT})\b"
    rf"|\bspätestens\s+(?:nach\s+)?(?:{_ZAHLWORT})\s+(?:{_EINHEIT})\b"
    r"|\b(?:bis|spätestens|ab)(?:\s+(?:zum|am|dem))*\s+\d{1,2}\.\s?"
    r"(?:\d{1,2}\.(?:\s?\d{2,4})?|(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|"
    r"Oktober|November|Dezember)(?:\s+\d{4})?)"
)
_DAUER = re.compile(
    rf"\b(?:Bearbeitung|Bearbeitungszeit|Bearbeitungsdauer)\b[^.!?\n]*?\b(?:{_ZAHLWORT})"
    rf"(?:\s+bis\s+(?:{_ZAHLWORT}))?\s+(?:{_EINHEIT})\b"
)


@pruefung("betrag")
def betrag(kontext: Kontext, regel: Regel) -> Iterator[Fund]:
    """Amounts in sentences about costs; what people get or may earn is no cost."""
    for stelle in kontext.fuer(regel):
        for satz in stelle.saetze:
            fund = _BETRAG.search(satz)
            if fund and _KOSTENWORT.search(satz):
                yield stelle.fund(fund[0], stelle=fund[0])


@pruefung("frist")
def frist(kontext: Kontext, regel: Regel) -> Iterator[Fund]:
    """Deadlines in running text."""
    return _suche(kontext, regel, _FRIST)


@pruefung("dauer")
def dauer(kontext: Kontext, regel: Regel) -> Iterator[Fund]:
    """Lengths of processing in running text."""
    return _suche(kontext, regel, _DAUER)


def _suche(kontext: Kontext, regel: Regel, muster: re.Pattern[str]) -> Iterator[Fund]:
    for stelle in kontext.fuer(regel):
        for fund in muster.finditer(stelle.klartext):
            yield stelle.fund(fund[0], stelle=fund[0])


@pruefung("doppelt")
def doppelt(kontext: Kontext, regel: Regel) -> Iterator[Fund]:
    """Sentences that stand in an earlier module of the page already."""
    zuerst: dict[tuple[str, tuple[str, ...]], str] = {}
    for stelle in kontext.fuer(regel):
        for satz, woerter in zip(stelle.saetze, stelle.woerter, strict=True):
            if len(woerter) < regel.grenzen["woerter"]:
                continue
            schluessel = (stelle.sprache, tuple(wort.lower() for wort in woerter))
            anderes = zuerst.setdefault(schluessel, stelle.modul)
            if anderes != stelle.modul:
                yield stelle.fund(satz, abschnitt=modulname(anderes))


@pruefung("ausnahme_ohne_fall")
def ausnahme_ohne_fall(kontext: Kontext, regel: Regel) -> Iterator[Fund]:
    """Documents needed in some cases only that do not name the case."""
    beginnt = re.compile(regel.grenzen["beginnt"])
    erklaert = re.compile(regel.grenzen["erklaert"])
    for zeile in kontext.zeilen("unterlage"):
        text = _deutsch(zeile, "bezeichnung")
        if (
            _nach_fall(zeile)
            and text
            and not beginnt.match(text)
            and not erklaert.search(f"{text} {_deutsch(zeile, 'beschreibung')}")
        ):
            yield Fund("unterlage", "de", text, zeile.uuid, {"stelle": text})


@pruefung("ausnahme_zuerst")
def ausnahme_zuerst(kontext: Kontext, regel: Regel) -> Iterator[Fund]:
    """Documents everybody needs below those for some; texts that begin with the exception."""
    nach_fall = False
    for zeile in kontext.zeilen("unterlage"):
        if zeile.werte.get("richtung", "eingehend") != "eingehend":
            continue
        text = _deutsch(zeile, "bezeichnung")
        if nach_fall and not _nach_fall(zeile) and text:
            yield Fund("unterlage", "de", text, zeile.uuid, {"stelle": text})
            break
        nach_fall = nach_fall or _nach_fall(zeile)
    beginnt = re.compile(regel.grenzen["beginnt"])
    for stelle in kontext.fuer(regel):
        if len(stelle.saetze) > 1 and beginnt.match(stelle.saetze[0]):
            yield stelle.fund(stelle.saetze[0], stelle=stelle.saetze[0])


def _nach_fall(zeile: Zeile) -> bool:
    return zeile.werte.get("pflicht") == "02"


def _deutsch(zeile: Zeile, feld: str) -> str:
    """Return the first line of a row's German text, as it stands in the plain text."""
    text = klartext(zeile.kind, zeile.texte.get(feld, {}).get("de", ""), feld)
    return text.split("\n", 1)[0]
