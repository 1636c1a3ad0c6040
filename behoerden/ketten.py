"""Chains and facts of many areas at once, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q

from behoerden.domain.gebiet import (
    ABSCHLAG_EIGENES_GEBIET,
    RANG_DER_ART,
    Glied,
    bezeichnung,
)
from behoerden.domain.gebietsdaten import GEMEINDE, KREISFREIE_STADT, LANDKREIS, VERBAENDE
from behoerden.models import Gebietsschluessel, PlzGemeinde, Schluesseltyp

# The same walk as `domain.gebiet.build_kette`; a test compares both for every area.
KETTEN = """
WITH RECURSIVE rang (art, rang) AS (
    SELECT * FROM unnest(%(arten)s::text[], %(raenge)s::int[])
), kette (start, gebiet_id, rang, parent_id, tiefe) AS (
    SELECT g.id, g.id, r.rang, v.parent_id, 1
      FROM behoerden_gebiet g
      JOIN behoerden_gebietsversion v ON v.gebiet_id = g.id
           AND %(tag)s BETWEEN coalesce(v.gueltig_ab, '-infinity')
                           AND coalesce(v.gueltig_bis, 'infinity')
      JOIN rang r ON r.art = g.art
     WHERE g.id = ANY (%(ids)s)
    UNION ALL
    SELECT k.start, g.id, r.rang, v.parent_id, k.tiefe + 1
      FROM kette k
      JOIN behoerden_gebiet g ON g.id = k.parent_id
      JOIN behoerden_gebietsversion v ON v.gebiet_id = g.id
           AND %(tag)s BETWEEN coalesce(v.gueltig_ab, '-infinity')
                           AND coalesce(v.gueltig_bis, 'infinity')
      JOIN rang r ON r.art = g.art
     WHERE k.tiefe < 10
), alle (start, gebiet_id, rang, teilweise) AS (
    SELECT start, gebiet_id, rang, FALSE FROM kette
    UNION ALL
    SELECT k.start, m.eigenes_gebiet_id, k.rang - %(abschlag)s, m.teilweise
      FROM kette k
      JOIN behoerden_gebietmitglied m ON m.mitglied_id = k.gebiet_id
           AND %(tag)s BETWEEN coalesce(m.gueltig_ab, '-infinity')
                           AND coalesce(m.gueltig_bis, 'infinity')
)
SELECT DISTINCT ON (start, gebiet_id) start, gebiet_id, rang, teilweise
  FROM alle
 ORDER BY start, gebiet_id, rang DESC, teilweise
"""

# An area outside its life is described as it was on its last, or will be on its first, day.
AHNEN = """
WITH RECURSIVE ahnen (start, gebiet_id, art, name, amtlicher_name, parent_id, erfuellt_durch_id,
                      tag, tiefe) AS (
    SELECT g.id, g.id, g.art, v.name, v.amtlicher_name, v.parent_id, v.erfuellt_durch_id, t.tag, 1
      FROM behoerden_gebiet g
     CROSS JOIN LATERAL (
           SELECT least(greatest(%(tag)s, g.gueltig_ab), g.gueltig_bis) AS tag) t
      JOIN behoerden_gebietsversion v ON v.gebiet_id = g.id
           AND t.tag BETWEEN coalesce(v.gueltig_ab, '-infinity')
                         AND coalesce(v.gueltig_bis, 'infinity')
     WHERE g.id = ANY (%(ids)s)
    UNION ALL
    SELECT a.start, g.id, g.art, v.name, v.amtlicher_name, v.parent_id, v.erfuellt_durch_id,
           a.tag, a.tiefe + 1
      FROM ahnen a
      JOIN behoerden_gebiet g ON g.id = a.parent_id
      JOIN behoerden_gebietsversion v ON v.gebiet_id = g.id
           AND a.tag BETWEEN coalesce(v.gueltig_ab, '-infinity')
                         AND coalesce(v.gueltig_bis, 'infinity')
     WHERE a.tiefe < 10
)
SELECT a.start, a.art, a.name, a.amtlicher_name, a.tiefe, coalesce(e.name, '')
  FROM ahnen a
  LEFT JOIN LATERAL (
       SELECT name FROM behoerden_gebietsversion
        WHERE gebiet_id = a.erfuellt_durch_id
        ORDER BY gueltig_ab DESC NULLS LAST LIMIT 1) e ON TRUE
 ORDER BY a.start, a.tiefe
"""


@dataclass(frozen=True, slots=True)
class GebietInfo:
    """What pages and lists say about an area.

    `kreis` is "Landkreis Sömmerda", or "kreisfreie Stadt"; `verband` is "VG Gramme-Vippach" or
    "Elxleben (erfüllende Gemeinde)", "" without one. `label` tells areas of one name apart.
    `erfuellt_durch` is the name of the town that administers this group.
    """

    id: int
    ars: str
    ags: str
    name: str
    amtlicher_name: str
    art: str
    kreis: str
    verband: str
    plz: tuple[str, ...]
    label: str
    erfuellt_durch: str = ""


def load_ketten(gebiet_ids: Iterable[int], stichtag: date) -> dict[int, tuple[Glied, ...]]:
    """Return the chain of each area on this day, as `build_kette` does; one query.

    Every id asked for is a key; an area that does not exist on the day has an empty chain.
    """
    ids = sorted(set(gebiet_ids))
    if not ids:
        return {}
    glieder: dict[int, list[Glied]] = {pk: [] for pk in ids}
    with connection.cursor() as cursor:
        cursor.execute(
            KETTEN,
            {
                "ids": ids,
                "tag": stichtag,
                "arten": list(RANG_DER_ART),
                "raenge": list(RANG_DER_ART.values()),
                "abschlag": ABSCHLAG_EIGENES_GEBIET,
            },
        )
        for start, gebiet_id, rang, teilweise in cursor.fetchall():
            glieder[start].append(Glied(gebiet_id, rang, teilweise))
    return {
        pk: tuple(sorted(kette, key=lambda glied: (-glied.rang, glied.gebiet_id)))
        for pk, kette in glieder.items()
    }


def gebiet_infos(gebiet_ids: Iterable[int], stichtag: date) -> dict[int, GebietInfo]:
    """Return what is known of these areas on this day; three queries for any number.

    A dissolved area is described as on its last day; an id that is no area is left out.
    """
    ids = sorted(set(gebiet_ids))
    if not ids:
        return {}
    ahnen = _load_ahnen(ids, stichtag)
    schluessel = _load_schluessel(ids, stichtag)
    plz = _load_plz(ids)
    return {
        pk: _info(pk, linie, schluessel.get(pk, {}), tuple(plz.get(pk, ())))
        for pk, linie in ahnen.items()
    }


@dataclass(frozen=True, slots=True)
class _Ahn:
    art: str
    name: str
    amtlicher_name: str
    erfuellt_durch: str


def _load_ahnen(ids: list[int], stichtag: date) -> dict[int, list[_Ahn]]:
    ahnen: dict[int, list[_Ahn]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(AHNEN, {"ids": ids, "tag": stichtag})
        for start, art, name, amtlicher_name, _tiefe, erfuellt_durch in cursor.fetchall():
            ahnen[start].append(_Ahn(art, name, amtlicher_name, erfuellt_durch))
    return ahnen


def _load_schluessel(ids: list[int], stichtag: date) -> dict[int, dict[str, str]]:
    """The key of each kind on the day; outside the life of the area the nearest one."""
    rows = Gebietsschluessel.objects.filter(
        Q(typ=Schluesseltyp.ARS) | Q(typ=Schluesseltyp.AGS), gebiet_id__in=ids
    ).values_list("gebiet_id", "typ", "wert", "gueltig_ab", "gueltig_bis")
    ordered = sorted(rows, key=lambda row: row[3] or date.min)
    schluessel: dict[int, dict[str, str]] = defaultdict(dict)
    for gebiet_id, typ, wert, ab, _bis in ordered:
        if typ not in schluessel[gebiet_id] or ab is None or ab <= stichtag:
            schluessel[gebiet_id][typ] = wert
    return schluessel


def _load_plz(ids: list[int]) -> dict[int, list[str]]:
    plz: dict[int, list[str]] = defaultdict(list)
    rows = PlzGemeinde.objects.filter(gemeinde_id__in=ids).order_by("plz_id")
    for gemeinde_id, nummer in rows.values_list("gemeinde_id", "plz_id"):
        plz[gemeinde_id].append(nummer)
    return plz


def _info(
    pk: int, linie: list[_Ahn], schluessel: Mapping[str, str], plz: tuple[str, ...]
) -> GebietInfo:
    selbst, *darueber = linie
    kreis = next((a for a in darueber if a.art == LANDKREIS), None)
    verband = next((a for a in darueber if a.art in VERBAENDE), None)
    kreis_text = bezeichnung(kreis.art, kreis.name) if kreis else ""
    if selbst.art == KREISFREIE_STADT:
        kreis_text = "kreisfreie Stadt"
    name = selbst.name
    label = f"{name} ({kreis_text})" if selbst.art == GEMEINDE else bezeichnung(selbst.art, name)
    return GebietInfo(
        id=pk,
        ars=schluessel.get("ars", ""),
        ags=schluessel.get("ags", ""),
        name=name,
        amtlicher_name=selbst.amtlicher_name,
        art=selbst.art,
        kreis=kreis_text,
        verband=bezeichnung(verband.art, verband.name) if verband else "",
        plz=plz,
        label=label,
        erfuellt_durch=selbst.erfuellt_durch,
    )
