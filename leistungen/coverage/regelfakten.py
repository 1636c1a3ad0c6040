"""What a finding says about the rules it names: area, authority, condition, period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from behoerden.models import Gebiet
from behoerden.selectors import gebiet_infos
from leistungen.coverage.raum import Raum
from leistungen.models import Wirkung, Zustaendigkeit


@dataclass(frozen=True, slots=True)
class Regelfakt:
    """A rule with names; `ziel_id` is the live target, None without one."""

    id: int
    leistung_id: int
    gebiet_id: int
    gebiet: str
    gebiet_art: str
    gebiet_ab: date | None
    gebiet_bis: date | None
    behoerde: str
    behoerde_bis: date | None
    ziel_id: int | None
    rolle: str
    ersetzt: bool
    wahl_erlaubt: bool
    kriterium_id: int | None
    frage: str
    bedingung: frozenset[str]
    bis: date | None


def load_regelfakten(
    regel_ids: Iterable[int], raum: Raum, umleitungen: Mapping[int, int]
) -> dict[int, Regelfakt]:
    """Return these rules by id; one query, three more if one of them hangs at an ended area."""
    ids = list(regel_ids)
    if not ids:
        return {}
    rows = list(
        Zustaendigkeit.objects.filter(pk__in=ids)
        .select_related("behoerde", "kriterium", "gebiet")
        .only(*_SPALTEN)
    )
    vergangen = {row.gebiet_id for row in rows} - raum.flaechen.keys()
    namen = {pk: info.label for pk, info in gebiet_infos(vergangen, raum.stichtag).items()}
    return {row.pk: _fakt(row, raum, namen, umleitungen) for row in rows}


_SPALTEN = (
    "leistung_id",
    "rolle",
    "wirkung",
    "wahl_erlaubt",
    "werte",
    "gueltig_bis",
    "behoerde__name_de",
    "behoerde__live",
    "behoerde__gueltig_ab",
    "behoerde__gueltig_bis",
    "kriterium__frage_de",
    "kriterium__art",
    "kriterium__optionen",
    "gebiet__art",
    "gebiet__gueltig_ab",
    "gebiet__gueltig_bis",
)


def _fakt(
    row: Zustaendigkeit, raum: Raum, namen: Mapping[int, str], umleitungen: Mapping[int, int]
) -> Regelfakt:
    gebiet: Gebiet = row.gebiet
    flaeche = raum.flaechen.get(gebiet.pk)
    live = row.behoerde.is_sichtbar(raum.stichtag)
    return Regelfakt(
        id=row.pk,
        leistung_id=row.leistung_id,
        gebiet_id=gebiet.pk,
        gebiet=flaeche.titel if flaeche else namen.get(gebiet.pk, f"Gebiet {gebiet.pk}"),
        gebiet_art=gebiet.art,
        gebiet_ab=gebiet.gueltig_ab,
        gebiet_bis=gebiet.gueltig_bis,
        behoerde=str(row.behoerde),
        behoerde_bis=row.behoerde.gueltig_bis,
        ziel_id=row.behoerde_id if live else umleitungen.get(row.behoerde_id),
        rolle=row.rolle,
        ersetzt=row.wirkung == Wirkung.ERSETZT,
        wahl_erlaubt=row.wahl_erlaubt,
        kriterium_id=row.kriterium_id,
        frage=str(row.kriterium) if row.kriterium else "",
        bedingung=frozenset(row.werte),
        bis=row.gueltig_bis,
    )
