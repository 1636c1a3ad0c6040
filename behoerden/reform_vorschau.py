"""What a reform moves, read while it is applied: areas, postcodes, authorities, districts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from behoerden.ketten import GebietInfo, gebiet_infos
from behoerden.models import Behoerde, Gebietsreform, Ortsname, PlzGemeinde
from behoerden.reform import Anwendung, apply_reform, probe

EIN_TAG = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Gebietszeile:
    """An area that ends, begins or changes; `angaben` are short German statements."""

    gebiet_id: int
    titel: str
    schluessel: str
    angaben: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Behoerdenzeile:
    """An authority whose Hauptgebiet ends; `nachfolger` is "" if it is open."""

    behoerde_id: int
    name: str
    gebiet: str
    nachfolger: str


@dataclass(frozen=True, slots=True)
class Vorschau:
    """What a reform does to areas and authorities."""

    tag: date
    endet: tuple[Gebietszeile, ...]
    beginnt: tuple[Gebietszeile, ...]
    aendert_sich: tuple[Gebietszeile, ...]
    behoerden: tuple[Behoerdenzeile, ...]
    bezirke: tuple[str, ...]
    hinweise: tuple[str, ...]


def rehearse_reform(reform: Gebietsreform) -> Vorschau:
    """Return what applying would move; the database is as before afterwards.

    Raises:
        ReformGesperrt, ReformUngueltig: as `apply_reform` does.
    """
    with probe():
        vorschau = build_vorschau(apply_reform(reform, user=None), reform.wirksam_am)
    return vorschau


def build_vorschau(anwendung: Anwendung, tag: date) -> Vorschau:
    """Return what was moved; runs inside the transaction of `apply_reform`, in ten queries."""
    vorher = gebiet_infos({*anwendung.gebiet_ids} - {*anwendung.beginnende}, tag - EIN_TAG)
    nachher = gebiet_infos(anwendung.gebiet_ids - {*anwendung.beendete}, tag)
    return Vorschau(
        tag=tag,
        endet=tuple(_endet(anwendung, vorher, nachher)),
        beginnt=tuple(_beginnt(anwendung, vorher, nachher)),
        aendert_sich=tuple(_bewegt(anwendung, vorher, nachher)),
        behoerden=tuple(_behoerden(anwendung, vorher, nachher)),
        bezirke=tuple(_bezirke(anwendung, vorher, nachher, tag)),
        hinweise=anwendung.plan.hinweise,
    )


def _name(infos: dict[int, GebietInfo], pk: int | None) -> str:
    return infos[pk].label if pk in infos else ""


def _endet(
    anwendung: Anwendung, vorher: dict[int, GebietInfo], nachher: dict[int, GebietInfo]
) -> Iterable[Gebietszeile]:
    plz = _plz(anwendung.beendete)
    namen = _namen(anwendung.beendete)
    folgen = anwendung.nachfolger
    for pk in _sorted(anwendung.beendete, vorher):
        ziel = _name(nachher, folgen.get(pk))
        angaben = [f"Nachfolger: {ziel}" if ziel else "Nachfolger: offen"]
        if pk in plz and ziel:
            angaben.append(f"Postleitzahl {', '.join(plz[pk])} führt dann zu {ziel}")
        if zahl := ziel and namen.get(pk):
            satz = "1 Ortsname führt" if zahl == 1 else f"{zahl} Ortsnamen führen"
            angaben.append(f"{satz} dann zu {ziel}")
        yield Gebietszeile(pk, vorher[pk].label, vorher[pk].ars, tuple(angaben))


def _beginnt(
    anwendung: Anwendung, vorher: dict[int, GebietInfo], nachher: dict[int, GebietInfo]
) -> Iterable[Gebietszeile]:
    for pk in _sorted(anwendung.beginnende, nachher):
        alte = sorted(vorher[a].name for a, n in anwendung.nachfolger.items() if n == pk)
        info = nachher[pk]
        angaben = [f"gehört zu: {info.verband or info.kreis}"]
        if alte:
            angaben.append(f"entsteht aus: {', '.join(alte)}")
        yield Gebietszeile(pk, info.label, info.ars, tuple(angaben))


def _bewegt(
    anwendung: Anwendung, vorher: dict[int, GebietInfo], nachher: dict[int, GebietInfo]
) -> Iterable[Gebietszeile]:
    for pk in _sorted(anwendung.bewegte, vorher):
        alt, neu = vorher[pk], nachher[pk]
        angaben = [
            f"{was}: {a or '–'} → {n or '–'}"
            for was, a, n in (
                ("Name", alt.amtlicher_name, neu.amtlicher_name),
                ("Verband", alt.verband, neu.verband),
                ("Kreis", alt.kreis, neu.kreis),
                ("Regionalschlüssel", alt.ars, neu.ars),
                ("Gemeindeschlüssel", alt.ags, neu.ags),
            )
            if a != n
        ]
        yield Gebietszeile(pk, alt.label, alt.ars, tuple(angaben))


def _behoerden(
    anwendung: Anwendung, vorher: dict[int, GebietInfo], nachher: dict[int, GebietInfo]
) -> Iterable[Behoerdenzeile]:
    rows = Behoerde.objects.filter(hauptgebiet_id__in=anwendung.beendete).order_by("name_de", "pk")
    for pk, name, gebiet_id in rows.values_list("pk", "name_de", "hauptgebiet_id"):
        ziel = _name(nachher, anwendung.nachfolger.get(gebiet_id or 0))
        yield Behoerdenzeile(pk, name, _name(vorher, gebiet_id), ziel)


def _bezirke(
    anwendung: Anwendung,
    vorher: dict[int, GebietInfo],
    nachher: dict[int, GebietInfo],
    tag: date,
) -> Iterable[str]:
    neu = anwendung.aenderung.neu.mitglieder
    bezirke = gebiet_infos({m.eigenes_gebiet for m in neu}, tag)
    for mitglied in sorted(neu, key=lambda m: (m.eigenes_gebiet, m.mitglied)):
        bezirk = _name(bezirke, mitglied.eigenes_gebiet)
        if mitglied.ab == tag:
            yield f"{_name(nachher, mitglied.mitglied)} gehört ab dann zu: {bezirk}"
        else:
            yield f"{_name(vorher, mitglied.mitglied)} scheidet aus: {bezirk}"


def _plz(gebiet_ids: Iterable[int]) -> dict[int, list[str]]:
    je_gebiet: dict[int, list[str]] = {}
    rows = PlzGemeinde.objects.filter(gemeinde_id__in=list(gebiet_ids)).order_by("plz_id")
    for gemeinde_id, plz in rows.values_list("gemeinde_id", "plz_id"):
        je_gebiet.setdefault(gemeinde_id, []).append(plz)
    return je_gebiet


def _namen(gebiet_ids: Iterable[int]) -> dict[int, int]:
    zahlen: dict[int, int] = {}
    rows = Ortsname.objects.filter(gebiet_id__in=list(gebiet_ids)).values_list("gebiet_id")
    for (pk,) in rows:
        zahlen[pk] = zahlen.get(pk, 0) + 1
    return zahlen


def _sorted(ids: Iterable[int], infos: dict[int, GebietInfo]) -> list[int]:
    return sorted(ids, key=lambda pk: (infos[pk].name, pk))
