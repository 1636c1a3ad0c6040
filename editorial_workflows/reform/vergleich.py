"""Before and after a reform: which Gemeinde × Leistung loses its authority, gets two, or another.

Both days are answered by the one resolver, from the facts as they are with the reform applied:
before its day nothing has changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from behoerden.domain.gebiet import RANG_LAND, Glied
from behoerden.ketten import gebiet_infos, load_ketten
from leistungen.domain.fakten import Anfrage, Ergebnis, Kandidat, Vorbehalt, Ziel
from leistungen.domain.zustaendigkeit import find_zustaendige_stellen
from leistungen.models import Leistung, Zustaendigkeit
from leistungen.regeln import Regelwerk, load_zustaendigkeiten
from leistungen.umfeld import Umfeld

EIN_TAG = timedelta(days=1)


class Bruch(StrEnum):
    """What happens to an answer."""

    VERWAIST = "verwaist"
    DOPPELT = "doppelt"
    WECHSELT = "wechselt"


@dataclass(frozen=True, slots=True)
class Zelle:
    """One service in one place; names of authorities before and after."""

    bruch: Bruch
    leistung_id: int
    leistung: str
    ort: str
    vorher: tuple[str, ...]
    nachher: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vergleich:
    """Every answer that changes, and how many were compared."""

    zellen: tuple[Zelle, ...]
    verglichen: int
    leistung_ids: frozenset[int]

    def mit(self, bruch: Bruch) -> tuple[Zelle, ...]:
        """The cells of one kind."""
        return tuple(zelle for zelle in self.zellen if zelle.bruch is bruch)


@dataclass(frozen=True, slots=True)
class _Seite:
    """One day: chains, rules and targets."""

    umfeld: Umfeld
    werk: Regelwerk
    ziele: Mapping[int, Ziel]
    orte: Mapping[int, Kandidat]

    def frage(self, leistung_id: int, gebiet_id: int) -> Ergebnis:
        ort = self.orte[gebiet_id]
        return find_zustaendige_stellen(
            anfrage=Anfrage(leistung_id, self.umfeld.stichtag),
            kandidaten=[ort],
            landeskette=self.umfeld.landeskette,
            regeln=self.werk.regeln[leistung_id],
            ziele=self.ziele,
            wertebereiche=self.werk.wertebereiche,
            ortsabhaengig=True,
        )


def compare(paare: Collection[tuple[int, int]], tag: date) -> Vergleich:
    """Return how the answer for the first place on the day before differs from the second's.

    Only services with a rule on an area that is in one of both chains alone are asked, and those
    with a rule that ends or begins around the day: no other answer can change. The number of
    queries does not depend on the numbers of places and services.

    Args:
        paare: a Gemeinde on the day before, and the Gemeinde that it is on the day.
        tag: the day of the reform.
    """
    vortag = tag - EIN_TAG
    alte, neue = {a for a, _ in paare}, {n for _, n in paare}
    vorher, nachher = load_ketten(alte, vortag), load_ketten(neue, tag)
    anders: set[int] = set()
    for alt, neu in paare:
        anders |= {g.gebiet_id for g in vorher[alt]} ^ {g.gebiet_id for g in nachher[neu]}
    gemeinsam = {g.gebiet_id for kette in (*vorher.values(), *nachher.values()) for g in kette}
    titel = _leistungen(anders, gemeinsam, tag)
    if not titel:
        return Vergleich((), 0, frozenset())
    davor = _seite(vorher, titel, vortag)
    danach = _seite(nachher, titel, tag)
    orte = gebiet_infos(alte, vortag)
    zellen = []
    for alt, neu in sorted(paare, key=lambda paar: (orte[paar[0]].name, paar)):
        for leistung_id, name in titel.items():
            bisher, dann = davor.frage(leistung_id, alt), danach.frage(leistung_id, neu)
            if bruch := _bruch(bisher, dann):
                zellen.append(
                    Zelle(
                        bruch,
                        leistung_id,
                        name,
                        orte[alt].label,
                        _namen(bisher, davor.ziele),
                        _namen(dann, danach.ziele),
                    )
                )
    return Vergleich(tuple(zellen), len(paare) * len(titel), frozenset(titel))


def _leistungen(anders: Iterable[int], gemeinsam: Iterable[int], tag: date) -> dict[int, str]:
    vortag = tag - EIN_TAG
    in_anderen = Zustaendigkeit.objects.filter(gebiet_id__in=list(anders))
    am_tag = Zustaendigkeit.objects.filter(gebiet_id__in=list(gemeinsam))
    ids = set(in_anderen.gueltig_am(vortag).values_list("leistung_id", flat=True))
    ids |= set(in_anderen.gueltig_am(tag).values_list("leistung_id", flat=True))
    ids |= set(am_tag.filter(gueltig_ab=tag).values_list("leistung_id", flat=True))
    ids |= set(am_tag.filter(gueltig_bis=vortag).values_list("leistung_id", flat=True))
    rows = Leistung.objects.filter(pk__in=ids, live=True).order_by("bezeichnung_de", "pk")
    return {
        pk: bezeichnung_2 or bezeichnung
        for pk, bezeichnung, bezeichnung_2 in rows.values_list(
            "pk", "bezeichnung_de", "bezeichnung_2_de"
        )
    }


def _seite(ketten: Mapping[int, Sequence[Glied]], titel: Collection[int], tag: date) -> _Seite:
    kandidaten = tuple(Kandidat(pk, tuple(kette)) for pk, kette in ketten.items())
    landeskette = next(
        (tuple(g for g in k.kette if g.rang <= RANG_LAND) for k in kandidaten if k.kette), ()
    )
    umfeld = Umfeld(kandidaten, landeskette, {}, tag)
    werk = load_zustaendigkeiten(titel, umfeld)
    ziele = {
        pk: Ziel(
            id=pk,
            name=str(behoerde),
            live=behoerde.is_sichtbar(tag),
            nachfolger=werk.nachfolger.get(pk, ()),
        )
        for pk, behoerde in werk.behoerden.items()
    }
    return _Seite(umfeld, werk, ziele, {k.gebiet_id: k for k in kandidaten})


def _bruch(bisher: Ergebnis, dann: Ergebnis) -> Bruch | None:
    vorher = {hit.ziel_id for hit in bisher.fuehrend}
    nachher = {hit.ziel_id for hit in dann.fuehrend}
    if vorher and not nachher:
        return Bruch.VERWAIST
    mehrere = Vorbehalt.MEHRERE_EINTRAEGE
    if mehrere in dann.vorbehalte and (
        mehrere not in bisher.vorbehalte or len(nachher) > len(vorher)
    ):
        return Bruch.DOPPELT
    return Bruch.WECHSELT if vorher != nachher else None


def _namen(ergebnis: Ergebnis, ziele: Mapping[int, Ziel]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ziele[hit.ziel_id].name for hit in ergebnis.fuehrend))
