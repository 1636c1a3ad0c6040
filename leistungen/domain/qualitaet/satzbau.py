"""Q-TXT-1: long sentences, long words, texts that are hard to read."""

from __future__ import annotations

from collections.abc import Iterator

from leistungen.domain.lesbarkeit import measure_lix
from leistungen.domain.qualitaet.kontext import Kontext
from leistungen.domain.qualitaet.regeln import Regel
from leistungen.domain.qualitaet.register import pruefung
from leistungen.domain.qualitaet.werte import Fund


@pruefung("satzlaenge")
def lange_saetze(kontext: Kontext, regel: Regel) -> Iterator[Fund]:
    """Sentences with more words than allowed."""
    hoechstens = regel.grenzen["woerter"]
    for stelle in kontext.fuer(regel):
        for satz, woerter in zip(stelle.saetze, stelle.woerter, strict=True):
            if len(woerter) > hoechstens:
                yield stelle.fund(satz, woerter=len(woerter))


@pruefung("satzschnitt")
def satzschnitt(kontext: Kontext, regel: Regel) -> Iterator[Fund]:
    """Texts whose sentences are too long on average; a few sentences have no average."""
    for stelle in kontext.fuer(regel):
        if len(stelle.saetze) < regel.grenzen["mindestens_saetze"]:
            continue
        schnitt = stelle.wortzahl / len(stelle.saetze)
        if schnitt > regel.grenzen["woerter"]:
            yield stelle.fund(schnitt=f"{schnitt:.1f}".replace(".", ","))


@pruefung("lix")
def schwere_texte(kontext: Kontext, regel: Regel) -> Iterator[Fund]:
    """Texts with a high LIX; a few words have none."""
    for stelle in kontext.fuer(regel):
        if stelle.wortzahl < regel.grenzen["mindestens_woerter"]:
            continue
        lix = measure_lix(stelle.woerter)
        if lix is not None and lix > regel.grenzen["lix"]:
            yield stelle.fund(lix=round(lix))


@pruefung("wortlaenge")
def lange_woerter(kontext: Kontext, regel: Regel) -> Iterator[Fund]:
    """Words with too many letters, unless a hyphen parts them or brackets explain them.

    Each once per module: a document's name may stand in several rows.
    """
    hoechstens = regel.grenzen["buchstaben"]
    ausser = frozenset(regel.grenzen.get("ausser", ()))
    gesehen = set()
    for stelle in kontext.fuer(regel):
        for token in stelle.tokens:
            schluessel = (stelle.modul, stelle.sprache, token.klein)
            if len(token.text) <= hoechstens or schluessel in gesehen:
                continue
            laengster = max(map(len, token.text.split("-")))
            erklaert = stelle.klartext.startswith(" (", token.ende)
            if laengster > hoechstens and not erklaert and token.text not in ausser:
                gesehen.add(schluessel)
                yield stelle.fund(token.text, wort=token.text, buchstaben=laengster)
