"""Who is responsible for a service in a place on a day: one pure engine for every asker."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

from behoerden.domain.gebiet import Glied
from leistungen.domain.fakten import (
    Anfrage,
    Ergebnis,
    Kandidat,
    Regel,
    Slot,
    Treffer,
    Vorbehalt,
    Ziel,
    Zustand,
)
from leistungen.domain.gang import Gang, gehe

AEMTER = (Slot.ZUSTAENDIG, Slot.ANSPRECHPUNKT)
# A known change within this time is told (domain design 3.3, AENDERUNG_AB).
AENDERUNG_ANKUENDIGEN = timedelta(days=60)
_KEINE: Mapping[int, frozenset[str]] = MappingProxyType({})


def find_zustaendige_stellen(
    *,
    anfrage: Anfrage,
    kandidaten: Sequence[Kandidat],
    landeskette: Sequence[Glied],
    regeln: Iterable[Regel],
    ziele: Mapping[int, Ziel],
    wertebereiche: Mapping[int, frozenset[str]] = _KEINE,
    ortsabhaengig: bool | None = None,
    slots: Sequence[Slot] = AEMTER,
) -> Ergebnis:
    """Return the answer, its state and its proof; the same facts always give the same answer.

    Args:
        anfrage: service, day and answers to criteria.
        kandidaten: the places that may be meant; none at all means that no place was given.
        landeskette: the chain of the Land itself, walked when no place was given.
        regeln: rules of this service, valid or not, in any order; those outside the chains of the
            candidates change nothing but whether a place matters.
        ziele: every target a rule or a successor names; a target that is missing is not live.
        wertebereiche: criterion → its whole closed range; a criterion without range stays open.
        ortsabhaengig: whether a valid rule below the Land exists; None if `regeln` are all there
            are, so that they tell.
        slots: what is asked for, the leading one first.

    Source: domain design, section 3.
    """
    regeln = sorted(regeln, key=lambda regel: regel.id)
    orte = list(kandidaten) or [Kandidat(gebiet_id=0, kette=tuple(landeskette))]
    gaenge = [
        [
            gehe(
                slot,
                anfrage=anfrage,
                kette=ort.kette,
                regeln=regeln,
                ziele=ziele,
                wertebereiche=wertebereiche,
            )
            for slot in slots
        ]
        for ort in orte
    ]
    antworten = [_treffer(je_slot, ort, ziele) for je_slot, ort in zip(gaenge, orte, strict=True)]
    if ortsabhaengig is None:
        ortsabhaengig = _ist_ortsabhaengig(regeln, landeskette, anfrage.stichtag)
    uneinig = len({_kern(antwort) for antwort in antworten}) > 1
    gilt_bis = _gilt_bis(regeln, orte, anfrage.stichtag)
    ergebnis = Ergebnis(
        zustand=Zustand.ORT_MEHRDEUTIG,
        treffer=() if uneinig else antworten[0],
        vorbehalte=(),
        spur=() if uneinig else tuple(s for gang in gaenge[0] for s in gang.schritte),
        ortsabhaengig=ortsabhaengig,
        gilt_bis=gilt_bis,
        kandidaten=tuple(ort.gebiet_id for ort in kandidaten),
    )
    if uneinig:
        return ergebnis
    vorbehalte = _vorbehalte(ergebnis, gaenge[0], orte, anfrage.stichtag)
    ergebnis = replace(ergebnis, vorbehalte=vorbehalte)
    return replace(ergebnis, zustand=_zustand(ergebnis, ort_bekannt=bool(kandidaten)))


def _treffer(
    gaenge: Sequence[Gang], ort: Kandidat, ziele: Mapping[int, Ziel]
) -> tuple[Treffer, ...]:
    """Hits in the order of the page: responsible first, certain before open, then rank and name."""
    hits = [
        replace(hit, geerbt=hit.gebiet_id != ort.gebiet_id)
        for gang in gaenge
        for hit in gang.treffer
    ]
    order = {slot: number for number, slot in enumerate(Slot)}
    hits.sort(
        key=lambda hit: (
            order[hit.slot],
            hit.offen,
            -hit.rang,
            ziele[hit.ziel_id].name,
            hit.ziel_id,
            hit.regel_id,
        )
    )
    return tuple(hits)


def _kern(antwort: Iterable[Treffer]) -> frozenset[tuple[int, str, int | None, frozenset[str]]]:
    """What two places must share to have the same answer."""
    return frozenset((hit.ziel_id, hit.rolle, hit.kriterium, hit.werte) for hit in antwort)


def _ist_ortsabhaengig(
    regeln: Iterable[Regel], landeskette: Iterable[Glied], stichtag: date
) -> bool:
    landesweit = {glied.gebiet_id for glied in landeskette}
    return any(regel.gebiet_id not in landesweit and regel.gilt_am(stichtag) for regel in regeln)


def _gilt_bis(regeln: Iterable[Regel], orte: Iterable[Kandidat], stichtag: date) -> date | None:
    grenzen = [ort.gilt_bis for ort in orte if ort.gilt_bis is not None]
    gebiete = {glied.gebiet_id for ort in orte for glied in ort.kette}
    for regel in regeln:
        if regel.gebiet_id not in gebiete:
            continue
        if regel.bis is not None and regel.gilt_am(stichtag):
            grenzen.append(regel.bis)
        elif regel.ab is not None and regel.ab > stichtag:
            grenzen.append(regel.ab - timedelta(days=1))
    return min(grenzen, default=None)


def _vorbehalte(
    ergebnis: Ergebnis, gaenge: Sequence[Gang], orte: Sequence[Kandidat], stichtag: date
) -> tuple[Vorbehalt, ...]:
    fuehrend = ergebnis.fuehrend
    mehrere = _hat_mehrere(fuehrend)
    bald = ergebnis.gilt_bis is not None and ergebnis.gilt_bis < stichtag + AENDERUNG_ANKUENDIGEN
    bedingungen = {
        Vorbehalt.STRASSE_ENTSCHEIDET: any(gang.strasse_entscheidet for gang in gaenge),
        Vorbehalt.NACHFOLGE: any(ort.nachfolge_von for ort in orte),
        Vorbehalt.NACHFOLGE_UNBEKANNT: any(ort.nachfolge_unbekannt for ort in orte),
        Vorbehalt.MEHRERE_EINTRAEGE: mehrere and not all(hit.wahl_erlaubt for hit in fuehrend),
        Vorbehalt.ZIEL_OFFLINE: any(gang.ziel_offline for gang in gaenge),
        Vorbehalt.AENDERUNG_AB: bald,
    }
    return tuple(vorbehalt for vorbehalt, trifft_zu in bedingungen.items() if trifft_zu)


def _hat_mehrere(treffer: Iterable[Treffer]) -> bool:
    """Two or more targets under the same criterion."""
    je_kriterium = Counter((hit.kriterium, hit.werte) for hit in treffer if not hit.gilt_sonst)
    return any(count > 1 for count in je_kriterium.values())


def _zustand(ergebnis: Ergebnis, *, ort_bekannt: bool) -> Zustand:
    fuehrend = ergebnis.fuehrend
    entscheidend = {Vorbehalt.STRASSE_ENTSCHEIDET, Vorbehalt.NACHFOLGE_UNBEKANNT}
    stufen = (
        (Zustand.ORT_FEHLT, ergebnis.ortsabhaengig and not ort_bekannt),
        (Zustand.KEINE_REGEL, not fuehrend),
        (Zustand.VORBEHALT, bool(entscheidend & set(ergebnis.vorbehalte))),
        (Zustand.KRITERIUM, any(hit.offen for hit in fuehrend)),
        (Zustand.WAHL, _hat_mehrere(fuehrend)),
        (Zustand.ORTSUNABHAENGIG, not ergebnis.ortsabhaengig),
    )
    return next((zustand for zustand, gilt in stufen if gilt), Zustand.EINDEUTIG)
