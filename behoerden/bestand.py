"""What the database knows about areas, in the plain values that the import compares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from behoerden.domain.gebietsdaten import (
    GEMEINDEN,
    Bestand,
    GebietDaten,
    Kennung,
    NameDaten,
    PlzDaten,
    SchluesselDaten,
    VersionDaten,
)
from behoerden.domain.ortszuordnung import GEONAMES, REGISTER
from behoerden.models import (
    Gebiet,
    Gebietsart,
    Gebietsnachfolge,
    Gebietsschluessel,
    Gebietsversion,
    Ortsname,
    PlzGemeinde,
    Schluesseltyp,
)

# Keys that the import writes; others belong to editors or to later imports.
_TYPEN = (Schluesseltyp.ARS, Schluesseltyp.AGS, Schluesseltyp.KREIS)


@dataclass(frozen=True, slots=True)
class Bestandskarte:
    """The plain values, and the rows they stand for."""

    bestand: Bestand
    ids: Mapping[Kennung, int]
    namen: Mapping[NameDaten, int]


def load_bestand(*, plz_quelle: str) -> Bestandskarte:
    """Return areas of the register, their names and postcodes; seven queries."""
    schluessel: dict[int, list[SchluesselDaten]] = defaultdict(list)
    keys = Gebietsschluessel.objects.filter(typ__in=_TYPEN, gebiet__quelle=REGISTER)
    for row in sorted(keys, key=lambda row: row.gueltig_ab or date.min):
        schluessel[row.gebiet_id].append(
            SchluesselDaten(row.typ, row.wert, row.gueltig_ab, row.gueltig_bis)
        )
    gebiete = list(Gebiet.objects.filter(quelle=REGISTER).exclude(art=Gebietsart.ORTSTEIL))
    kennungen = {gebiet.pk: _kennung(gebiet.art, schluessel[gebiet.pk]) for gebiet in gebiete}
    versionen: dict[int, list[VersionDaten]] = defaultdict(list)
    rows = Gebietsversion.objects.filter(gebiet__quelle=REGISTER).exclude(
        gebiet__art=Gebietsart.ORTSTEIL
    )
    for version in sorted(rows, key=lambda row: row.gueltig_ab or date.min):
        versionen[version.gebiet_id].append(_version(version, kennungen))
    bestand = Bestand(
        gebiete={
            kennungen[gebiet.pk]: GebietDaten(
                kennungen[gebiet.pk],
                gebiet.art,
                tuple(versionen[gebiet.pk]),
                tuple(schluessel[gebiet.pk]),
                gebiet.gueltig_ab,
                gebiet.gueltig_bis,
            )
            for gebiet in gebiete
        },
        nachfolgen=frozenset(
            (kennungen[row.vorgaenger_id], kennungen.get(row.nachfolger_id or 0), row.wirksam_am)
            for row in Gebietsnachfolge.objects.filter(vorgaenger__quelle=REGISTER)
        ),
        plz=frozenset(
            PlzDaten(row.plz_id, kennungen[row.gemeinde_id])
            for row in PlzGemeinde.objects.filter(quelle=plz_quelle)
        ),
        namen=frozenset(namen := _load_namen(kennungen)),
        **_load_ortsteile(kennungen),
    )
    return Bestandskarte(bestand, {kennung: pk for pk, kennung in kennungen.items()}, namen)


def _load_ortsteile(kennungen: Mapping[int, Kennung]) -> dict[str, frozenset[Any]]:
    """Ortsteile of any source, living or ended, by the Gemeinde they lie in at last."""
    ortsteile: dict[int, tuple[Kennung, str]] = {}
    fortlebende: set[Kennung] = set()
    rows = Gebietsversion.objects.filter(gebiet__art=Gebietsart.ORTSTEIL).select_related("gebiet")
    for row in sorted(rows, key=lambda row: row.gueltig_ab or date.min):
        if row.parent_id in kennungen:
            ortsteile[row.gebiet_id] = (kennungen[row.parent_id], row.gebiet.slug)
        if row.gebiet.war_gemeinde_id in kennungen:
            fortlebende.add(kennungen[row.gebiet.war_gemeinde_id])
    return {"ortsteile": frozenset(ortsteile.values()), "fortlebende": frozenset(fortlebende)}


def _kennung(art: str, schluessel: list[SchluesselDaten]) -> Kennung:
    typ = Schluesseltyp.AGS if art in GEMEINDEN else Schluesseltyp.ARS
    wert = next(s.wert for s in reversed(schluessel) if s.typ == typ)
    return Kennung(typ.value, wert)


def _version(row: Gebietsversion, kennungen: Mapping[int, Kennung]) -> VersionDaten:
    return VersionDaten(
        name=row.name,
        amtlicher_name=row.amtlicher_name,
        parent=kennungen[row.parent_id] if row.parent_id else None,
        erfuellt_durch=kennungen[row.erfuellt_durch_id] if row.erfuellt_durch_id else None,
        textkennzeichen=row.textkennzeichen,
        sitz=row.sitz,
        sitz_plz=row.sitz_plz,
        einwohner=row.einwohner,
        flaeche_ha=row.flaeche_ha,
        ab=row.gueltig_ab,
        bis=row.gueltig_bis,
    )


def _load_namen(kennungen: Mapping[int, Kennung]) -> dict[NameDaten, int]:
    return {
        NameDaten(
            row.name,
            row.art,
            kennungen[row.gebiet_id] if row.gebiet_id else None,
            row.plz,
            kennungen[row.kreis_id] if row.kreis_id else None,
            row.sicherheit,
            row.quelle,
        ): row.pk
        for row in Ortsname.objects.filter(quelle__in=(REGISTER, GEONAMES))
    }
