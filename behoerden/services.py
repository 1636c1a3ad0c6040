"""Writing areas: one verb per function, atomic, announcing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from django.db import transaction
from django.db.models import Q

from behoerden.bestand import Bestandskarte, load_bestand
from behoerden.domain.gebietsdaten import (
    GEMEINDEN,
    GebietDaten,
    Gebietsdaten,
    Kennung,
    VersionDaten,
)
from behoerden.domain.gebietsplan import Importplan, NeuerSchluessel, build_plan
from behoerden.domain.ortsname import fold
from behoerden.domain.ortszuordnung import REGISTER
from behoerden.models import (
    Gebiet,
    Gebietsnachfolge,
    Gebietsschluessel,
    Gebietsversion,
    Ortsname,
    PlzGemeinde,
    Postleitzahl,
)
from behoerden.ortsteile.services import NeuerOrtsteil, create_ortsteile, move_ortsteile
from zufi.common.changes import announce
from zufi.common.text import slugify_de

__all__ = ["PLZ_QUELLE", "Importergebnis", "import_gebietsdaten"]

PLZ_QUELLE = "openstreetmap"
EIN_TAG = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Importergebnis:
    """What an import did, or would do if it was a rehearsal."""

    plan: Importplan
    gebiet_ids: frozenset[int]  # areas whose facts changed, new ones included
    namen: Mapping[Kennung, str]  # of every area the plan speaks about, and their parents


def import_gebietsdaten(
    *, daten: Gebietsdaten, dry_run: bool = False, heute: date | None = None
) -> Importergebnis:
    """Make the database say what the files say, in one transaction; a second run changes nothing.

    The areas touched are announced. With `dry_run` nothing is written and nothing announced.
    Areas, names and pairs of editors stay as they are; nothing is ever deleted but names and pairs
    of the imported sources. `heute`: see `build_plan`.
    """
    with transaction.atomic():
        karte = load_bestand(plz_quelle=PLZ_QUELLE)
        plan = build_plan(daten, karte.bestand, daten.stand, heute)
        namen = {
            kennung: gebiet.name
            for kennung, gebiet in (*karte.bestand.gebiete.items(), *daten.gebiete.items())
        }
        if dry_run or plan.is_empty:
            return Importergebnis(plan, frozenset(), namen)
        ids = _write(plan, daten, karte)
        announce("gebiet", ids)
        return Importergebnis(plan, frozenset(ids), namen)


def _write(plan: Importplan, daten: Gebietsdaten, karte: Bestandskarte) -> set[int]:
    ids = dict(karte.ids)
    touched = _end(plan, ids)
    for wechsel in plan.schluessel:  # first, a new area may get a key that becomes free
        _write_schluessel(ids[wechsel.kennung], wechsel)
    ids |= _create_gebiete(plan.neu)
    _create_facts(plan.neu, ids)
    for fassung in plan.fassungen:
        _write_version(ids[fassung.kennung], fassung.version, ids)
    for kennung, version in plan.angaben:
        _update_angaben(ids[kennung], version)
    Gebietsnachfolge.objects.bulk_create(
        Gebietsnachfolge(
            vorgaenger_id=ids[n.vorgaenger],
            nachfolger_id=ids[n.nachfolger] if n.nachfolger else None,
            wirksam_am=n.wirksam_am,
            datum_belegt=n.datum_belegt,
            art=n.art,
            sicherheit=n.sicherheit,
            beleg=n.beleg,
        )
        for n in plan.nachfolgen
    )
    touched |= _move_ortsteile(plan, daten, karte, ids)
    touched |= _create_ortsteile(plan, ids)
    touched |= _sync_plz(plan, daten, ids)
    _sync_namen(plan, karte, ids)
    changed = chain(
        (gebiet.kennung for gebiet in plan.neu),
        (fassung.kennung for fassung in plan.fassungen),
        (kennung for kennung, _ in plan.angaben),
        (wechsel.kennung for wechsel in plan.schluessel),
        (nachfolge.vorgaenger for nachfolge in plan.nachfolgen),
    )
    return touched | {ids[kennung] for kennung in changed}


def _end(plan: Importplan, ids: Mapping[Kennung, int]) -> set[int]:
    """End areas with their current version and keys, before other areas take the keys."""
    for ende in plan.beendet:
        pk = ids[ende.kennung]
        Gebiet.objects.filter(pk=pk).update(gueltig_bis=ende.bis)
        for rows in (Gebietsversion.objects, Gebietsschluessel.objects):
            rows.filter(gebiet_id=pk, gueltig_bis__isnull=True).update(gueltig_bis=ende.bis)
    return {ids[ende.kennung] for ende in plan.beendet}


def _move_ortsteile(
    plan: Importplan, daten: Gebietsdaten, karte: Bestandskarte, ids: Mapping[Kennung, int]
) -> set[int]:
    """Parts of a Gemeinde that ends go with it, or end where nobody knows where it went."""
    gebiete = {**karte.bestand.gebiete, **daten.gebiete}
    folgen: dict[Kennung, set[Kennung | None]] = {}
    for folge in plan.nachfolgen:
        folgen.setdefault(folge.vorgaenger, set()).add(folge.nachfolger)
    touched: set[int] = set()
    for ende in plan.beendet:
        if gebiete[ende.kennung].art not in GEMEINDEN:
            continue
        (ziel, *weitere) = folgen.get(ende.kennung, {None})
        offen = ziel is None or bool(weitere) or gebiete[ziel].art not in GEMEINDEN
        ziele = {ids[ende.kennung]: None if offen or ziel is None else ids[ziel]}
        touched |= set(move_ortsteile(ziele, ende.bis + EIN_TAG).gebiet_ids)
    return touched


def _create_ortsteile(plan: Importplan, ids: Mapping[Kennung, int]) -> set[int]:
    teile = create_ortsteile(
        [
            NeuerOrtsteil(
                gemeinde_id=ids[teil.gemeinde],
                name=teil.name,
                slug=teil.slug,
                ab=teil.ab,
                war_gemeinde_id=ids[teil.war_gemeinde] if teil.war_gemeinde else None,
                quelle=teil.quelle,
                alter_name=teil.war_gemeinde is not None and not teil.bekannt,
            )
            for teil in plan.ortsteile_neu
        ]
    )
    return {teil.pk for teil in teile}


def _create_gebiete(neu: Iterable[GebietDaten]) -> dict[Kennung, int]:
    neu = list(neu)
    rows = Gebiet.objects.bulk_create(
        Gebiet(
            art=daten.art,
            slug=slugify_de(daten.name),
            quelle=REGISTER,
            gueltig_ab=daten.ab,
            gueltig_bis=daten.bis,
        )
        for daten in neu
    )
    return {daten.kennung: row.pk for daten, row in zip(neu, rows, strict=True)}


def _create_facts(neu: Iterable[GebietDaten], ids: Mapping[Kennung, int]) -> None:
    neu = list(neu)
    Gebietsversion.objects.bulk_create(
        _version(ids[daten.kennung], version, ids) for daten in neu for version in daten.versionen
    )
    Gebietsschluessel.objects.bulk_create(
        Gebietsschluessel(
            gebiet_id=ids[daten.kennung],
            typ=schluessel.typ,
            wert=schluessel.wert,
            gueltig_ab=schluessel.ab,
            gueltig_bis=schluessel.bis,
        )
        for daten in neu
        for schluessel in daten.schluessel
    )


def _version(gebiet_id: int, daten: VersionDaten, ids: Mapping[Kennung, int]) -> Gebietsversion:
    return Gebietsversion(
        gebiet_id=gebiet_id,
        name=daten.name,
        amtlicher_name=daten.amtlicher_name,
        parent_id=ids[daten.parent] if daten.parent else None,
        erfuellt_durch_id=ids[daten.erfuellt_durch] if daten.erfuellt_durch else None,
        gueltig_ab=daten.ab,
        gueltig_bis=daten.bis,
        **_angaben(daten),
    )


def _angaben(daten: VersionDaten) -> dict[str, str | int | None]:
    return {
        "textkennzeichen": daten.textkennzeichen,
        "sitz": daten.sitz,
        "sitz_plz": daten.sitz_plz,
        "einwohner": daten.einwohner,
        "flaeche_ha": daten.flaeche_ha,
    }


def _write_version(gebiet_id: int, daten: VersionDaten, ids: Mapping[Kennung, int]) -> None:
    """End the current version on the day before; one that begins that day or later is corrected."""
    neu = _version(gebiet_id, daten, ids)
    aktuell = Gebietsversion.objects.get(gebiet_id=gebiet_id, gueltig_bis__isnull=True)
    if neu.gueltig_ab is None:
        raise ValueError("a new version needs its first day")
    if aktuell.gueltig_ab is not None and aktuell.gueltig_ab >= neu.gueltig_ab:
        neu.pk = aktuell.pk
    else:
        aktuell.gueltig_bis = neu.gueltig_ab - EIN_TAG
        aktuell.save(update_fields=["gueltig_bis"])
    neu.save()
    Gebiet.objects.filter(pk=gebiet_id).update(slug=slugify_de(daten.name))


def _update_angaben(gebiet_id: int, daten: VersionDaten) -> None:
    rows = Gebietsversion.objects.filter(gebiet_id=gebiet_id, gueltig_bis=daten.bis)
    rows.update(**_angaben(daten))


def _write_schluessel(gebiet_id: int, wechsel: NeuerSchluessel) -> None:
    neu = wechsel.schluessel
    if neu.ab is None:
        raise ValueError("a new key needs its first day")
    alte = Gebietsschluessel.objects.filter(
        gebiet_id=gebiet_id, typ=neu.typ, gueltig_bis__isnull=True
    )
    spaeter = alte.filter(gueltig_ab__gte=neu.ab)
    if not spaeter.update(wert=neu.wert):
        alte.update(gueltig_bis=neu.ab - EIN_TAG)
        Gebietsschluessel.objects.create(
            gebiet_id=gebiet_id, typ=neu.typ, wert=neu.wert, gueltig_ab=neu.ab
        )


def _sync_plz(plan: Importplan, daten: Gebietsdaten, ids: Mapping[Kennung, int]) -> set[int]:
    entfallen = Q(pk__in=[])
    for paar in plan.plz_entfallen:
        entfallen |= Q(plz_id=paar.plz, gemeinde_id=ids[paar.gemeinde], quelle=PLZ_QUELLE)
    if plan.plz_entfallen:
        PlzGemeinde.objects.filter(entfallen).delete()
    Postleitzahl.objects.bulk_create(
        (Postleitzahl(plz=plz) for plz in {paar.plz for paar in plan.plz_neu}),
        ignore_conflicts=True,
    )
    PlzGemeinde.objects.bulk_create(
        (
            PlzGemeinde(
                plz_id=paar.plz,
                gemeinde_id=ids[paar.gemeinde],
                quelle=PLZ_QUELLE,
                stand=daten.plz_stand,
            )
            for paar in plan.plz_neu
        ),
        ignore_conflicts=True,  # an editor may have entered the pair before
    )
    return {ids[paar.gemeinde] for paar in plan.plz_neu | plan.plz_entfallen}


def _sync_namen(plan: Importplan, karte: Bestandskarte, ids: Mapping[Kennung, int]) -> None:
    entfallen = [karte.namen[name] for name in plan.namen_entfallen]
    Ortsname.objects.filter(pk__in=entfallen).delete()
    rows = []
    for name in sorted(plan.namen_neu, key=lambda name: (name.name, name.art, name.plz)):
        formen = fold(name.name)
        rows.append(
            Ortsname(
                name=name.name,
                form_ae=formen.ae,
                form_a=formen.a,
                art=name.art,
                gebiet_id=ids[name.gebiet] if name.gebiet else None,
                plz=name.plz,
                kreis_id=ids[name.kreis] if name.kreis else None,
                sicherheit=name.sicherheit,
                quelle=name.quelle,
            )
        )
    Ortsname.objects.bulk_create(rows)
