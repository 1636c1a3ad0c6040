"""Q-SDG and Q-LNG: what the single digital gateway asks for, and translations that fit."""

from __future__ import annotations

from collections.abc import Iterator

from leistungen.domain.qualitaet.kontext import Kontext
from leistungen.domain.qualitaet.regeln import SPRACHNAMEN, Regel, modulname
from leistungen.domain.qualitaet.register import pruefung
from leistungen.domain.qualitaet.werte import Fund


def _ist_sdg(kontext: Kontext) -> bool:
    return bool(kontext.liste("sdg1_codes") or kontext.liste("sdg2_codes"))


@pruefung("sdg")
def sdg(kontext: Kontext, regel: Regel) -> Iterator[Fund]:
    """Parts a service of the gateway must have in a language; each may be one of several.

    A part is `module` or `zeile:kind`, alternatives are joined by `|`.
    Source: Regulation (EU) 2018/1724, Articles 9 and 10.
    """
    if not _ist_sdg(kontext):
        return
    (sprache,) = regel.sprachen
    for eintrag in regel.grenzen["teile"]:
        teile = eintrag.split("|")
        if not any(_hat(kontext, teil, sprache) for teil in teile):
            name = " oder ".join(modulname(teil.removeprefix("zeile:")) for teil in teile[:2])
            yield Fund(teile[0].removeprefix("zeile:"), sprache, params={"teil": name})


def _hat(kontext: Kontext, teil: str, sprache: str) -> bool:
    if teil.startswith("zeile:"):
        return kontext.hat_zeile(teil.removeprefix("zeile:"), sprache)
    return kontext.hat_text(teil, sprache)


@pruefung("sdg_stelle")
def sdg_stelle(kontext: Kontext, regel: Regel) -> Iterator[Fund]:
    """A service of the gateway names who is responsible."""
    if not _ist_sdg(kontext) or kontext.angabe("hat_zustaendigkeit") is not False:
        return
    if not kontext.hat_text("zustaendige_stelle_text", "de"):
        yield Fund("zustaendigkeit", params={"teil": modulname("zustaendigkeit")})


@pruefung("sdg_veraltet")
def sdg_veraltet(kontext: Kontext, regel: Regel) -> Iterator[Fund]:
    """English of a service of the gateway that is older than the German text."""
    if _ist_sdg(kontext):
        yield from _mit_stand(kontext, regel, "geaendert")


@pruefung("veraltet")
def veraltet(kontext: Kontext, regel: Regel) -> Iterator[Fund]:
    """Translations older than their source; English of the gateway is the other rule's."""
    for fund in _mit_stand(kontext, regel, "geaendert"):
        if not (_ist_sdg(kontext) and fund.sprache == "en"):
            yield fund


@pruefung("maschinell")
def maschinell(kontext: Kontext, regel: Regel) -> Iterator[Fund]:
    """Translations a machine wrote and nobody checked."""
    return _mit_stand(kontext, regel, "maschinell")


@pruefung("uebersetzung_fehlt")
def uebersetzung_fehlt(kontext: Kontext, regel: Regel) -> Iterator[Fund]:
    """Parts without translation, one finding per language.

    A language nobody has begun is a finding only where the rule asks for it.
    """
    for sprache in sorted(regel.sprachen):
        stand = {
            teil: wert
            for (teil, lang), wert in kontext.stand.uebersetzungsstand.items()
            if lang == sprache
        }
        fehlt = [teil for teil, wert in stand.items() if wert == "fehlt"]
        if fehlt and (len(fehlt) < len(stand)) == regel.grenzen["begonnen"]:
            anzahl = len(fehlt)
            abschnitte = "einem Abschnitt" if anzahl == 1 else f"{anzahl} Abschnitten"
            params = {"sprache": SPRACHNAMEN.get(sprache, sprache), "abschnitte": abschnitte}
            yield Fund("sprachen", sprache, params=params)


def _mit_stand(kontext: Kontext, regel: Regel, gesucht: str) -> Iterator[Fund]:
    absaetze = kontext.angabe("veraltete_absaetze") or {}
    for (teil, sprache), wert in kontext.stand.uebersetzungsstand.items():
        if wert != gesucht or sprache not in regel.sprachen:
            continue
        modul, _, zeile = teil.partition(":")
        anzahl = absaetze.get((teil, sprache), 0)
        wieviel = {0: "Text", 1: "1 Absatz"}.get(anzahl, f"{anzahl} Absätze")
        params = {"sprache": SPRACHNAMEN.get(sprache, sprache), "absaetze": wieviel}
        yield Fund(modul, sprache, zeile=zeile, params=params)
