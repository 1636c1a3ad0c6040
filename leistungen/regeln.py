"""Rules and bindings of many services as facts of the resolver, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from behoerden.models import Behoerde
from behoerden.selectors import nachfolger_von
from leistungen.domain.bedingung import Bedingung, in_worten
from leistungen.domain.fakten import Regel, Slot
from leistungen.models import Onlinedienst, Onlinedienstbindung, Wirkung, Zustaendigkeit
from leistungen.querysets import RegelQuerySet
from leistungen.umfeld import Umfeld


@dataclass(slots=True)
class Regelwerk:
    """Rules that may answer for a place, per service, and what they point to."""

    regeln: dict[int, list[Regel]] = field(default_factory=lambda: defaultdict(list))
    behoerden: dict[int, Behoerde] = field(default_factory=dict)
    nachfolger: dict[int, tuple[int, ...]] = field(default_factory=dict)
    onlinedienste: dict[int, Onlinedienst] = field(default_factory=dict)
    bedingungen: dict[int, Bedingung] = field(default_factory=dict)  # id of the rule → condition
    wertebereiche: dict[int, frozenset[str]] = field(default_factory=dict)
    ortsabhaengige: set[int] = field(default_factory=set)


def load_zustaendigkeiten(leistung_ids: Iterable[int], umfeld: Umfeld) -> Regelwerk:
    """Return the rules of these services in the chains of the places; one to four queries."""
    ids = list(leistung_ids)
    werk = Regelwerk()
    rows = (
        Zustaendigkeit.objects.filter(leistung_id__in=ids)
        .in_gebieten(umfeld.gebiet_ids)
        .select_related("behoerde", "kriterium")
        .only(*_COLUMNS)
    )
    for row in rows:
        werk.behoerden[row.behoerde_id] = row.behoerde
        werk.regeln[row.leistung_id].append(_regel(row, werk))
    werk.ortsabhaengige = _ortsabhaengige(ids, Zustaendigkeit.objects.all(), werk, umfeld)
    _add_nachfolger(werk, umfeld)
    return werk


def _add_nachfolger(werk: Regelwerk, umfeld: Umfeld) -> None:
    """Ended authorities lead to their live successors; two queries, none while all are live."""
    beendet = [
        pk for pk, behoerde in werk.behoerden.items() if not behoerde.is_sichtbar(umfeld.stichtag)
    ]
    if not beendet:
        return
    werk.nachfolger = nachfolger_von(beendet, umfeld.stichtag)
    neue = {pk for folge in werk.nachfolger.values() for pk in folge} - set(werk.behoerden)
    werk.behoerden |= Behoerde.objects.in_bulk(neue)


def load_onlinedienste(leistung_ids: Iterable[int], umfeld: Umfeld) -> Regelwerk:
    """Return the bindings of online services in the chains; one query, at most two."""
    ids = list(leistung_ids)
    werk = Regelwerk()
    rows = (
        Onlinedienstbindung.objects.filter(leistung_id__in=ids)
        .in_gebieten(umfeld.gebiet_ids)
        .select_related("onlinedienst")
    )
    for row in rows:
        werk.onlinedienste[row.onlinedienst_id] = row.onlinedienst
        werk.regeln[row.leistung_id].append(
            Regel(
                id=row.pk,
                gebiet_id=row.gebiet_id,
                rolle=Slot.ONLINEDIENST,
                ziel_id=row.onlinedienst_id,
                ab=row.gueltig_ab,
                bis=row.gueltig_bis,
            )
        )
    werk.ortsabhaengige = _ortsabhaengige(ids, Onlinedienstbindung.objects.all(), werk, umfeld)
    return werk


_COLUMNS = (
    "leistung_id",
    "gebiet_id",
    "rolle",
    "wirkung",
    "werte",
    "wahl_erlaubt",
    "verifiziert_am",
    "gueltig_ab",
    "gueltig_bis",
    "behoerde__name_de",
    "behoerde__slug",
    "behoerde__live",
    "behoerde__gueltig_ab",
    "behoerde__gueltig_bis",
    "kriterium__frage_de",
    "kriterium__art",
    "kriterium__optionen",
)


def _regel(row: Zustaendigkeit, werk: Regelwerk) -> Regel:
    werte: frozenset[str] = frozenset()
    if row.kriterium is not None:
        bereich = row.kriterium.wertebereich
        werte = frozenset(row.werte) if bereich else frozenset()  # free text decides nothing
        werk.wertebereiche[row.kriterium.pk] = bereich
        werk.bedingungen[row.pk] = Bedingung(
            kriterium_id=row.kriterium.pk,
            frage=str(row.kriterium),
            text=in_worten(row.kriterium.art, row.werte),
            werte=werte,
        )
    return Regel(
        id=row.pk,
        gebiet_id=row.gebiet_id,
        rolle=row.rolle,
        ziel_id=row.behoerde_id,
        ersetzt=row.wirkung == Wirkung.ERSETZT,
        kriterium=row.kriterium_id,
        werte=werte,
        wahl_erlaubt=row.wahl_erlaubt,
        verifiziert_am=row.verifiziert_am,
        ab=row.gueltig_ab,
        bis=row.gueltig_bis,
    )


def _ortsabhaengige(
    ids: Iterable[int], rows: RegelQuerySet, werk: Regelwerk, umfeld: Umfeld
) -> set[int]:
    """Services with a valid rule below the Land; asked for those the loaded rules leave open."""
    known = _below_the_land(werk.regeln, umfeld)
    if open_ids := set(ids) - known:
        known |= set(
            rows.gueltig_am(umfeld.stichtag)
            .filter(leistung_id__in=open_ids)
            .exclude(gebiet_id__in=umfeld.landesweite_ids)
            .values_list("leistung_id", flat=True)
            .distinct()
        )
    return known


def _below_the_land(regeln: Mapping[int, Iterable[Regel]], umfeld: Umfeld) -> set[int]:
    return {
        leistung_id
        for leistung_id, rows in regeln.items()
        if any(
            row.gebiet_id not in umfeld.landesweite_ids and row.gilt_am(umfeld.stichtag)
            for row in rows
        )
    }
