"""Chains and facts of many areas at once, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db import connection

from behoerden.domain.gebiet import (
    ABSCHLAG_EIGENES_GEBIET,
    RANG_DER_ART,
    Glied,
    bezeichnung,
)
from behoerden.domain.gebietsdaten import GEMEINDE, KREISFREIE_STADT, LANDKREIS, VERBAENDE

# The same walk as `domain.gebiet.build_kette`; a test compares both for every area. OFFSET 0 keeps
# PostgreSQL from reading all areas once per level: it guesses three rows where there is one.
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
      JOIN LATERAL (SELECT id, art FROM behoerden_gebiet WHERE id = k.parent_id OFFSET 0) g ON TRUE
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

# An area outside its life is described as it was on its last, or will be on its first, day. Its key
# is the one of the day: the last that has begun, else one without a beginning, else the next.
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
      JOIN LATERAL (SELECT id, art FROM behoerden_gebiet WHERE id = a.parent_id OFFSET 0) g ON TRUE
      JOIN behoerden_gebietsversion v ON v.gebiet_id = g.id
           AND a.tag BETWEEN coalesce(v.gueltig_ab, '-infinity')
                         AND coalesce(v.gueltig_bis, 'infinity')
     WHERE a.tiefe < 10
)
SELECT a.start, a.art, a.name, a.amtlicher_name, coalesce(e.name, ''), f.ars, f.ags, f.plz
  FROM ahnen a
  LEFT JOIN LATERAL (
       SELECT name FROM behoerden_gebietsversion
        WHERE gebiet_id = a.erfuellt_durch_id
        ORDER BY gueltig_ab DESC NULLS LAST LIMIT 1) e ON TRUE
  LEFT JOIN LATERAL (
       SELECT array_agg(s.wert ORDER BY s.abstand) FILTER (WHERE s.typ = 'ars') AS ars,
              array_agg(s.wert ORDER BY s.abstand) FILTER (WHERE s.typ = 'ags') AS ags,
              ARRAY (SELECT plz_id FROM behoerden_plzgemeinde
                      WHERE gemeinde_id = a.start ORDER BY plz_id) AS plz
         FROM (SELECT typ, wert, CASE
                      WHEN gueltig_ab IS NULL THEN 1000000
                      WHEN gueltig_ab <= %(tag)s THEN %(tag)s - gueltig_ab
                      ELSE 1000000 + (gueltig_ab - %(tag)s) END AS abstand
                 FROM behoerden_gebietsschluessel
                WHERE gebiet_id = a.start AND typ IN ('ars', 'ags')) s) f ON a.tiefe = 1
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
    """Return what is known of these areas on this day; one query for any number.

    A dissolved area is described as on its last day; an id that is no area is left out.
    """
    ids = sorted(set(gebiet_ids))
    if not ids:
        return {}
    linien: dict[int, list[_Ahn]] = {}
    with connection.cursor() as cursor:
        cursor.execute(AHNEN, {"ids": ids, "tag": stichtag})
        for start, *ahn in cursor.fetchall():
            linien.setdefault(start, []).append(_Ahn(*ahn))
    return {pk: _info(pk, linie) for pk, linie in linien.items()}


class _Ahn(NamedTuple):
    """An area on the way up; keys, best first, and postcodes are those of the first one only."""

    art: str
    name: str
    amtlicher_name: str
    erfuellt_durch: str
    ars: list[str] | None
    ags: list[str] | None
    plz: list[str] | None


def _info(pk: int, linie: list[_Ahn]) -> GebietInfo:
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
        ars=selbst.ars[0] if selbst.ars else "",
        ags=selbst.ags[0] if selbst.ags else "",
        name=name,
        amtlicher_name=selbst.amtlicher_name,
        art=selbst.art,
        kreis=kreis_text,
        verband=bezeichnung(verband.art, verband.name) if verband else "",
        plz=tuple(selbst.plz or ()),
        label=label,
        erfuellt_durch=selbst.erfuellt_durch,
    )
