"""Findings in plain German, for editors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from leistungen.coverage.fakten import Art
from leistungen.coverage.raum import Raum
from leistungen.coverage.regelfakten import Regelfakt
from leistungen.coverage.urteil import Kriteriumluecke
from leistungen.domain.bedingung import in_worten

MAX_NAMEN = 2


def tag(wert: date) -> str:
    """Return a day as people write it."""
    return f"{wert:%d.%m.%Y}"


def in_gemeinden(anzahl: int) -> str:
    """Return "in einer Gemeinde", "in 12 Gemeinden"."""
    return "in einer Gemeinde" if anzahl == 1 else f"in {anzahl} Gemeinden"


def in_orten(raum: Raum, orte: Iterable[int]) -> str:
    """Return "in 12 Gemeinden"; where no Gemeinde is among them "in einem Ortsteil"."""
    ids = set(orte)
    if gemeinden := raum.gemeinden(ids):
        return in_gemeinden(len(gemeinden))
    return "in einem Ortsteil" if len(ids) == 1 else f"in {len(ids)} Ortsteilen"


def aufzaehlung(raum: Raum, gemeinden: Iterable[int], hoechstens: int = MAX_NAMEN) -> str:
    """Return these Gemeinden in words, whole Kreise and Verbände first, the rest as a number.

    "Landkreis Sömmerda (30), Alperstedt und 10 weitere"; never more than `hoechstens` names.
    Ortsteile are named where no Gemeinde is among them.
    """
    orte = set(gemeinden)
    namen = raum.namen(raum.gemeinden(orte) or orte)
    gezeigt = [name if zahl == 1 else f"{name} ({zahl})" for name, zahl in namen[:hoechstens]]
    if rest := sum(zahl for _, zahl in namen[hoechstens:]):
        return f"{', '.join(gezeigt)} und {rest} weitere"
    return und(gezeigt)


def und(woerter: Sequence[str]) -> str:
    """Return "A", "A und B", "A, B und C"."""
    return " und ".join(filter(None, (", ".join(woerter[:-1]), *woerter[-1:])))


def kurz(woerter: Iterable[str], hoechstens: int = 3) -> str:
    """Return the different words; beyond the limit only their number."""
    verschieden = list(dict.fromkeys(woerter))
    if len(verschieden) <= hoechstens:
        return und(verschieden)
    return f"{', '.join(verschieden[:hoechstens])} und {len(verschieden) - hoechstens} weitere"


def fehlt(raum: Raum, gemeinden: Iterable[int], ortsteile: Iterable[int] = ()) -> str:
    """Return "In 12 Gemeinden fehlt die Stelle: Alperstedt, Andisleben und 10 weitere.".

    Args:
        raum: all areas.
        gemeinden: where nobody answers.
        ortsteile: parts that have an office; those of these Gemeinden are told.
    """
    ids = set(gemeinden)
    wo = in_gemeinden(len(ids))
    satz = f"{wo[0].upper()}{wo[1:]} fehlt die Stelle: {aufzaehlung(raum, ids)}."
    darin = sorted(
        raum.flaechen[pk].titel for pk in ortsteile if raum.flaechen[pk].parent_id in ids
    )
    if darin:
        satz += f" Eine Stelle gilt dort nur in Ortsteilen: {kurz(darin)}."
    return satz


def offline(raum: Raum, regeln: Sequence[Regelfakt], gemeinden: Iterable[int]) -> str:
    """An authority citizens cannot see."""
    ids = set(gemeinden)
    return (
        f"„{regeln[0].behoerde}“ ist nicht veröffentlicht, aber {in_orten(raum, ids)} "
        f"eingetragen: {aufzaehlung(raum, ids)}."
    )


def beendet(regel: Regelfakt) -> str:
    """An authority that has ended."""
    seit = f" seit dem {tag(regel.behoerde_bis)}" if regel.behoerde_bis else ""
    return f"„{regel.behoerde}“ gibt es{seit} nicht mehr, ist aber noch eingetragen."


def abgelaufen(raum: Raum, regeln: Sequence[Regelfakt], gemeinden: Iterable[int]) -> str:
    """Rules that ended and left Gemeinden without an office."""
    ids = set(gemeinden)
    wann = tag(regeln[0].bis) if regeln[0].bis else ""
    return (
        f"{_regeln(regeln)} am {wann} abgelaufen. Seitdem fehlt {in_orten(raum, ids)} "
        f"die Stelle: {aufzaehlung(raum, ids)}."
    )


def ablauf(raum: Raum, regeln: Sequence[Regelfakt], gemeinden: Iterable[int], bis: date) -> str:
    """Rules that end soon, and nothing follows."""
    ids = set(gemeinden)
    verb = "endet" if len(regeln) == 1 else "enden"
    wen = "Die Regel" if len(regeln) == 1 else f"{len(regeln)} Regeln"
    return (
        f"{wen} für {kurz(r.gebiet for r in regeln)} {verb} am {tag(bis)}. "
        f"Danach fehlt {in_orten(raum, ids)} die Stelle: {aufzaehlung(raum, ids)}."
    )


def _regeln(regeln: Sequence[Regelfakt]) -> str:
    orte = kurz(regel.gebiet for regel in regeln)
    return f"Die Regel für {orte} ist" if len(regeln) == 1 else f"Die Regeln für {orte} sind"


def konflikt(raum: Raum, regeln: Sequence[Regelfakt], gemeinden: Iterable[int]) -> str:
    """Several authorities at one level, and no free choice."""
    ids = set(gemeinden)
    return (
        f"Auf derselben Ebene sind mehrere Behörden eingetragen: "
        f"{kurz(regel.behoerde for regel in regeln)}. "
        f"Das gilt {in_orten(raum, ids)}: {aufzaehlung(raum, ids)}."
    )


def ueberlappung(raum: Raum, regeln: Sequence[Regelfakt], gemeinden: Iterable[int]) -> str:
    """One authority named twice."""
    ids = set(gemeinden)
    return (
        f"„{regeln[0].behoerde}“ ist mehrfach eingetragen, für "
        f"{kurz(regel.gebiet for regel in regeln)}. "
        f"Das betrifft {aufzaehlung(raum, ids)}."
    )


def kriteriumluecke(luecke: Kriteriumluecke, regeln: Sequence[Regelfakt], art: str) -> str:
    """Answers of a criterion without a rule."""
    folge = (
        "Dann gilt eine allgemeinere Regel."
        if luecke.aufgefangen
        else "Dann findet niemand eine Stelle."
    )
    return (
        f"Bei „{regeln[0].frage}“ fehlt eine Regel für {in_worten(art, luecke.fehlend)}. "
        f"{folge} Betroffen: {kurz(regel.gebiet for regel in regeln)}."
    )


def totes_gebiet(regel: Regelfakt) -> str:
    """A rule that no Gemeinde reaches."""
    if regel.gebiet_bis:
        return (
            f"Die Regel für „{regel.gebiet}“ gilt für niemanden: "
            f"Das Gebiet gibt es seit dem {tag(regel.gebiet_bis)} nicht mehr."
        )
    return f"Die Regel für „{regel.gebiet}“ gilt für niemanden: Keine Gemeinde gehört dazu."


def unerreichbar(regeln: Sequence[Regelfakt]) -> str:
    """Rules that more specific ones replace everywhere."""
    orte = kurz(regel.gebiet for regel in regeln)
    if len(regeln) == 1:
        return f"Die Regel für {orte} wirkt nirgends: Genauere Regeln ersetzen sie überall."
    return f"Die Regeln für {orte} wirken nirgends: Genauere Regeln ersetzen sie überall."


def falsche_ebene(name: str, regeln: Sequence[Regelfakt]) -> str:
    """All members carry the same row."""
    return (
        f"Alle {len(regeln)} Gebiete in {name} haben dieselbe Regel „{regeln[0].behoerde}“. "
        f"Eine Regel für {name} genügt."
    )


def ebene_passt_nicht(aufgabe: str, regeln: Sequence[Regelfakt]) -> str:
    """The level contradicts the typing of the service."""
    orte = kurz(regel.gebiet for regel in regeln)
    return f"Nach der Typisierung ist das {aufgabe}. Dazu passt keine Regel für {orte}."


# What to do about it, in one sentence.
RAT: dict[Art, str] = {
    Art.LUECKE: "Tragen Sie eine Zuständigkeit ein.",
    Art.ZIEL_OFFLINE: "Veröffentlichen Sie die Behörde, oder tragen Sie eine andere ein.",
    Art.ABGELAUFEN: "Verlängern Sie die Regel, oder tragen Sie eine neue ein.",
    Art.KONFLIKT: "Beenden Sie eine der Regeln, oder erlauben Sie bei allen die freie Wahl.",
    Art.UEBERLAPPUNG: "Löschen Sie eine der Regeln.",
    Art.KRITERIUM_LUECKE: "Ergänzen Sie die fehlenden Antworten.",
    Art.TOTE_REGEL: "Beenden Sie die Regel, oder ändern Sie Gebiet oder Behörde.",
    Art.UNERREICHBAR: "Löschen Sie die Regel, oder ändern Sie die genaueren Regeln.",
    Art.FALSCHE_EBENE: "Ersetzen Sie die Regeln durch eine gemeinsame.",
    Art.EBENE_PASST_NICHT: "Prüfen Sie Gebiet und Typisierung.",
    Art.ABLAUF: "Tragen Sie ein, was danach gilt.",
}
