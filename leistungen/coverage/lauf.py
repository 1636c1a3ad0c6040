"""Runs the SQL of the prover; the rows become plain values, nothing is decided here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection, transaction

from behoerden.domain.gebietsdaten import GEMEINDEN, LANDKREIS, VERBAENDE
from behoerden.models import Behoerde
from behoerden.selectors import nachfolger_von
from leistungen.coverage import sql
from leistungen.coverage.fakten import ABLAUF_MELDEN, GEPRUEFT_GILT, Bilanz, Zelltreffer
from leistungen.coverage.raum import LAND, Raum
from leistungen.domain.fakten import SLOTS_DER_ROLLE, Slot
from leistungen.domain.zustaendigkeit import AEMTER
from leistungen.models import Kriterium, Rolle

# So many services per statement: about 300,000 cells, which sort in the memory set below.
STAPEL = 500
# For many services: memory for sorting, and no nested loops, which a planner without statistics
# (just after a bulk load) chooses and which then take hours.
EINSTELLUNGEN = {"work_mem": "96MB", "enable_nestloop": "off"}
# Areas of these kinds are members of …
STUFEN = ((GEMEINDEN, VERBAENDE), (GEMEINDEN | VERBAENDE, {LANDKREIS}), (None, {LAND}))


@dataclass(frozen=True, slots=True)
class Auftrag:
    """The services to prove: expected everywhere, in these areas only, or nowhere."""

    leistung_ids: tuple[int, ...]
    ueberall: frozenset[int]
    gebiete: Mapping[int, tuple[int, ...]]
    unpassend: Mapping[int, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Fund:
    """Rules of a service and the places where something was noticed about them.

    Places are Gemeinden, and Ortsteile where something else may hold.
    """

    leistung_id: int
    slot: Slot
    regel_ids: tuple[int, ...]
    gemeinden: frozenset[int] = frozenset()
    raenge: tuple[int, ...] = ()
    teilweise: tuple[bool, ...] = ()


@dataclass(slots=True)
class Rohdaten:
    """What the statements found, not yet judged."""

    bilanzen: dict[tuple[int, int], Bilanz] = field(default_factory=dict)
    ohne_regel: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    ohne_ziel: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    teile: dict[int, set[int]] = field(default_factory=dict)  # Ortsteile with an office
    frueher: list[Fund] = field(default_factory=list)
    mehrere: list[Fund] = field(default_factory=list)
    offline: list[Fund] = field(default_factory=list)
    ohne_wirkung: list[Fund] = field(default_factory=list)
    zu_tief: list[tuple[int, int, Fund]] = field(default_factory=list)  # area, kinds of members
    unpassend: list[tuple[str, Fund]] = field(default_factory=list)  # kind of area
    ablauf: list[tuple[date, Fund]] = field(default_factory=list)  # last day

    @property
    def regel_ids(self) -> frozenset[int]:
        """All rules a finding may name."""
        listen = [
            self.frueher,
            self.mehrere,
            self.offline,
            self.ohne_wirkung,
            [fund for *_, fund in self.zu_tief],
            [fund for _, fund in self.unpassend],
            [fund for _, fund in self.ablauf],
        ]
        return frozenset(pk for funde in listen for fund in funde for pk in fund.regel_ids)


def load_bereiche() -> dict[int, frozenset[str]]:
    """Return each criterion with a closed range; one query."""
    kriterien = Kriterium.objects.only("art", "optionen")
    return {k.pk: k.wertebereich for k in kriterien if k.wertebereich}


def load_rohdaten(
    auftrag: Auftrag,
    raum: Raum,
    bereiche: Mapping[int, frozenset[str]],
    umleitungen: Mapping[int, int],
) -> Rohdaten:
    """Return everything noticed about these services; four statements per `STAPEL` of them."""
    roh = Rohdaten()
    werte = _werte(raum, bereiche, umleitungen)
    with _cursor(auftrag.leistung_ids) as cursor:
        for ids in _stapel(auftrag.leistung_ids):
            fragen = {**werte, **_erwartet(auftrag, ids), "leistungen": ids}
            cursor.execute(sql.BEFUNDE, fragen)
            for row in cursor.fetchall():
                _lies(row, roh)
            cursor.execute(sql.EBENEN, fragen)
            for leistung_id, gebiet_id, rolle, regeln in cursor.fetchall():
                slot = SLOTS_DER_ROLLE[rolle][0]
                fund = Fund(leistung_id, slot, tuple(sorted(regeln)))
                roh.zu_tief.append((leistung_id, gebiet_id, fund))
            cursor.execute(sql.UNPASSEND, fragen)
            for leistung_id, art, regeln in cursor.fetchall():
                fund = Fund(leistung_id, Slot.ZUSTAENDIG, tuple(regeln))
                roh.unpassend.append((art, fund))
            cursor.execute(sql.ABLAUF, fragen)
            for leistung_id, slot, regel_id, bis, gemeinden in cursor.fetchall():
                fund = Fund(leistung_id, AEMTER[slot], (regel_id,), frozenset(gemeinden))
                roh.ablauf.append((bis, fund))
    return roh


def load_zellen(
    leistung_ids: Sequence[int],
    raum: Raum,
    bereiche: Mapping[int, frozenset[str]],
    umleitungen: Mapping[int, int],
) -> dict[tuple[int, int], frozenset[Zelltreffer]]:
    """Return the answers of every cell of these services that has any; one statement."""
    zellen: dict[tuple[int, int], set[Zelltreffer]] = defaultdict(set)
    werte = {**_werte(raum, bereiche, umleitungen), "leistungen": list(leistung_ids)}
    with _cursor(leistung_ids) as cursor:
        cursor.execute(sql.ZELLEN, werte)
        for leistung_id, gemeinde_id, slot, regel_id, ziel_id, rang in cursor.fetchall():
            hit = Zelltreffer(AEMTER[slot], regel_id, ziel_id, rang)
            zellen[leistung_id, gemeinde_id].add(hit)
    return {key: frozenset(hits) for key, hits in zellen.items()}


def load_umleitungen(stichtag: date) -> dict[int, int]:
    """Return authorities that are not live → the one live authority that took them over.

    With several successors a choice would be a guess (resolver, step 5). Two queries as a rule.
    """
    sichtbar = Behoerde.objects.sichtbar_am(stichtag)
    ids = list(Behoerde.objects.exclude(pk__in=sichtbar).values_list("pk", flat=True))
    folgen = nachfolger_von(ids, stichtag) if ids else {}
    return {pk: folge[0] for pk, folge in folgen.items() if len(folge) == 1}


def _werte(
    raum: Raum, bereiche: Mapping[int, frozenset[str]], umleitungen: Mapping[int, int]
) -> dict[str, Any]:
    orte = {**raum.ketten, **raum.teilketten}
    kette = [(pk, glied) for pk, glieder in orte.items() for glied in glieder]
    rollen = [(rolle, slot) for rolle in Rolle.values for slot in SLOTS_DER_ROLLE[rolle]]
    bereich = [(pk, wert) for pk, menge in bereiche.items() for wert in sorted(menge)]
    eltern = list(_eltern(raum))
    return {
        "tag": raum.stichtag,
        "geprueft_nach": raum.stichtag - GEPRUEFT_GILT,
        "ablauf_bis": raum.stichtag + ABLAUF_MELDEN,
        "t_ort": list(raum.teilketten),
        "k_gemeinde": [pk for pk, _ in kette],
        "k_gebiet": [glied.gebiet_id for _, glied in kette],
        "k_rang": [glied.rang for _, glied in kette],
        "k_teilweise": [glied.teilweise for _, glied in kette],
        "r_rolle": [rolle for rolle, _ in rollen],
        "r_slot": [AEMTER.index(slot) for _, slot in rollen],
        "rollen_zustaendig": [rolle for rolle, slot in rollen if slot is Slot.ZUSTAENDIG],
        "b_kriterium": [pk for pk, _ in bereich],
        "b_wert": [wert for _, wert in bereich],
        "u_von": list(umleitungen),
        "u_nach": list(umleitungen.values()),
        "g_gemeinde": list(raum.kreis_von),
        "g_kreis": list(raum.kreis_von.values()),
        "p_gebiet": [pk for pk, _, _ in eltern],
        "p_eltern": [pk for _, pk, _ in eltern],
        "p_stufe": [stufe for _, _, stufe in eltern],
    }


def _eltern(raum: Raum) -> Iterable[tuple[int, int, int]]:
    """Member, area above it, step: Verband, Kreis, Land."""
    for flaeche in raum.flaechen.values():
        oben = raum.flaechen.get(flaeche.parent_id or 0)
        if oben is None:
            continue
        for stufe, (kinder, eltern) in enumerate(STUFEN, start=1):
            if oben.art in eltern and (kinder is None or flaeche.art in kinder):
                yield flaeche.id, oben.id, stufe


def _erwartet(auftrag: Auftrag, ids: Sequence[int]) -> dict[str, Any]:
    paare = [(pk, gebiet) for pk in ids for gebiet in auftrag.gebiete.get(pk, ())]
    unpassend = [(pk, art) for pk in ids for art in sorted(auftrag.unpassend.get(pk, ()))]
    return {
        "e_ueberall": [pk for pk in ids if pk in auftrag.ueberall],
        "e_leistung": [pk for pk, _ in paare],
        "e_gebiet": [gebiet for _, gebiet in paare],
        "x_leistung": [pk for pk, _ in unpassend],
        "x_art": [art for _, art in unpassend],
    }


def _lies(row: Sequence[Any], roh: Rohdaten) -> None:
    was, leistung_id, nr, regeln, gemeinden, a, b = row
    if was == "bilanz":
        erwartet, belegt, geprueft = regeln
        roh.bilanzen[leistung_id, nr] = Bilanz(erwartet, belegt, geprueft)
        for menge, ids in ((roh.ohne_regel, gemeinden), (roh.ohne_ziel, a)):
            if ids:
                menge[leistung_id].update(ids)
        return
    if was == "teile":
        roh.teile[leistung_id] = set(gemeinden)
        return
    liste: list[Fund] = getattr(roh, was)
    liste.append(
        Fund(
            leistung_id,
            AEMTER[nr],
            tuple(regeln),
            frozenset(gemeinden or ()),
            tuple(a or ()),
            tuple(bool(teil) for teil in b or ()),
        )
    )


@contextmanager
def _cursor(leistung_ids: Sequence[int]) -> Iterator[Any]:
    """A cursor whose settings suit so many services; given back also inside a transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        if len(leistung_ids) == 1:
            yield cursor
            return
        namen = list(EINSTELLUNGEN)
        cursor.execute("SELECT current_setting(n) FROM unnest(%s::text[]) AS n", [namen])
        bisher = [wert for (wert,) in cursor.fetchall()]
        _setze(cursor, zip(namen, EINSTELLUNGEN.values(), strict=True))
        yield cursor
        _setze(cursor, zip(namen, bisher, strict=True))


def _setze(cursor: Any, werte: Iterable[tuple[str, str]]) -> None:
    for name, wert in werte:
        cursor.execute("SELECT set_config(%s, %s, TRUE)", [name, wert])


def _stapel(ids: Sequence[int]) -> Iterable[list[int]]:
    for start in range(0, len(ids), STAPEL):
        yield list(ids[start : start + STAPEL])
