"""Q-STR-1, Q-FRG-1, Q-CODE-1, Q-ONL-1, Q-ZUS-2, periods: details beside the texts.

A detail that was not given is unknown and never a finding.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from leistungen.domain.qualitaet.kontext import Kontext
from leistungen.domain.qualitaet.regeln import Regel, modulname
from leistungen.domain.qualitaet.register import pruefung
from leistungen.domain.qualitaet.werte import Fund


@pruefung("pflichttext")
def pflichttext(kontext: Kontext, regel: Regel) -> Iterator[Fund]:
    """Modules that must say something in German."""
    for modul in sorted(regel.module):
        if not kontext.hat_text(modul, "de"):
            yield Fund(modul, "de", params={"abschnitt": modulname(modul)})


@pruefung("pflichtangabe")
def pflichtangabe(kontext: Kontext, regel: Regel) -> Iterator[Fund]:
    """Details that must be set."""
    for name in sorted(regel.module):
        if kontext.kennt(name) and not kontext.angabe(name):
            yield Fund(name, params={"angabe": modulname(name)})


@pruefung("hauptschluessel")
def hauptschluessel(kontext: Kontext, regel: Regel) -> Iterator[Fund]:
    """No primary key of the catalogue; services of Land and Kommune alone need not have one."""
    if not kontext.kennt("hauptschluessel") or kontext.angabe("hauptschluessel"):
        return
    eigene = tuple(regel.grenzen["eigene_typen"])
    codes = [str(code).lstrip("0") for code in kontext.liste("typisierung_codes")]
    ist_eigene = bool(codes) and all(code.startswith(eigene) for code in codes)
    if ist_eigene == regel.grenzen["fuer_eigene"]:
        yield Fund("hauptschluessel")


@pruefung("zeitraum")
def zeitraum(kontext: Kontext, regel: Regel) -> Iterator[Fund]:
    """Periods that end before they begin."""
    angaben = kontext.stand.angaben
    if _verdreht(angaben):
        yield Fund("gueltig_ab", params={"was": "Die Gültigkeit"})
    for zeile in kontext.stand.zeilen:
        if _verdreht(zeile.werte):
            was = f"Die Gültigkeit einer Zeile in {modulname(zeile.kind)}"
            yield Fund(zeile.kind, zeile=zeile.uuid, params={"was": was})


def _verdreht(werte: Mapping[str, Any]) -> bool:
    ab, bis = werte.get("gueltig_ab"), werte.get("gueltig_bis")
    return ab is not None and bis is not None and bis < ab


@pruefung("freigabe")
def freigabe(kontext: Kontext, regel: Regel) -> Iterator[Fund]:
    """FIM status silver or gold without anybody who approved."""
    if not kontext.kennt("freigaben") or kontext.angabe("freigaben"):
        return
    for code in kontext.liste("fim_status"):
        if str(code).lstrip("0") in regel.grenzen["status"]:
            yield Fund("freigaben", params={"status": code})
            return


@pruefung("unbekannter_code")
def unbekannter_code(kontext: Kontext, regel: Regel) -> Iterator[Fund]:
    """Codes that the active version of their list does not hold."""
    for liste, code in kontext.liste("unbekannte_codes"):
        yield Fund("codes", params={"liste": liste, "code": code})


@pruefung("onlinedienst")
def onlinedienst(kontext: Kontext, regel: Regel) -> Iterator[Fund]:
    """Online services without area or level of trust."""
    for dienst in kontext.liste("online"):
        fehlt = [
            name
            for feld, name in regel.grenzen["felder"].items()
            if feld in dienst and not dienst[feld]
        ]
        if fehlt:
            params = {"dienst": dienst.get("label", ""), "fehlt": " und ".join(fehlt)}
            yield Fund("online", params=params)


@pruefung("onlinedienst_https")
def onlinedienst_https(kontext: Kontext, regel: Regel) -> Iterator[Fund]:
    """Online services whose address is not encrypted."""
    for dienst in kontext.liste("online"):
        if not str(dienst.get("url") or "https://").startswith("https://"):
            yield Fund("online", params={"dienst": dienst.get("label", "")})


@pruefung("formular")
def formular(kontext: Kontext, regel: Regel) -> Iterator[Fund]:
    """Forms that not everybody can use, without an accessible form or online service beside."""
    formulare = kontext.liste("formulare")
    if kontext.liste("online") or any(f.get("barrierefrei") == "ja" for f in formulare):
        return
    for eintrag in formulare:
        if eintrag.get("barrierefrei") == "nein":
            yield Fund("formulare", params={"formular": eintrag.get("label", "")})


@pruefung("suchwort")
def suchwort(kontext: Kontext, regel: Regel) -> Iterator[Fund]:
    """No word of everyday language under which citizens find the service."""
    if not any(_hat_deutsch(zeile.texte) for zeile in kontext.zeilen("begriff")):
        yield Fund("begriff", "de")


def _hat_deutsch(texte: Mapping[str, Mapping[str, str]]) -> bool:
    return any(sprachen.get("de") for sprachen in texte.values())


@pruefung("luecke")
def luecke(kontext: Kontext, regel: Regel) -> Iterator[Fund]:
    """Municipalities without an office."""
    anzahl = kontext.angabe("gemeinden_ohne_stelle") or 0
    if anzahl:
        wo = "In einer Gemeinde" if anzahl == 1 else f"In {anzahl} Gemeinden"
        yield Fund("zustaendigkeit", params={"wo": wo, "gemeinden": anzahl})
