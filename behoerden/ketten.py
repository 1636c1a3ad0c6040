"""Chains and facts of many areas at once, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db import connection

from behoerden.domain.gebiet import (
    ABSCHLAG_EIGENES_GEBIET,
    ORTSTEIL,
    RANG_DER_ART,
    Glied,
    bezeichnung,
    ortsteil_bezeichnung,
)
from behoerden.domain.gebietsdaten import (
    GEMEINDE,
    GEMEINDEN,
    KREISFREIE_STADT,
    LANDKREIS,
    VERBAENDE,
)

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
# is the one of the day: the last that has begun, else one without a beginning, else the next. Keys
# and postcodes of an Ortsteil are those of its Gemeinde. `aenderung` is the last day on which the
# area lies where it lies now: its end, another parent, an own area it enters or leaves.
AHNEN = """
WITH RECURSIVE ahnen (start, gebiet_id, art, slug, name, amtlicher_name, parent_id,
                      erfuellt_durch_id, bis, tag, tiefe) AS (
    SELECT g.id, g.id, g.art, g.slug, v.name, v.amtlicher_name, v.parent_id, v.erfuellt_durch_id,
           g.gueltig_bis, t.tag, 1
      FROM behoerden_gebiet g
     CROSS JOIN LATERAL (
           SELECT least(greatest(%(tag)s, g.gueltig_ab), g.gueltig_bis) AS tag) t
      JOIN behoerden_gebietsversion v ON v.gebiet_id = g.id
           AND t.tag BETWEEN coalesce(v.gueltig_ab, '-infinity')
                         AND coalesce(v.gueltig_bis, 'infinity')
     WHERE g.id = ANY (%(ids)s)
    UNION ALL
    SELECT a.start, g.id, g.art, g.slug, v.name, v.amtlicher_name, v.parent_id,
           v.erfuellt_durch_id, g.gueltig_bis, a.tag, a.tiefe + 1
      FROM ahnen a
      JOIN LATERAL (SELECT id, art, slug, gueltig_bis FROM behoerden_gebiet
                     WHERE id = a.parent_id OFFSET 0) g ON TRUE
      JOIN behoerden_gebietsversion v ON v.gebiet_id = g.id
           AND a.tag BETWEEN coalesce(v.gueltig_ab, '-infinity')
                         AND coalesce(v.gueltig_bis, 'infinity')
     WHERE a.tiefe < 10
)
SELECT a.start, a.art, a.slug, a.name, a.amtlicher_name, coalesce(e.name, ''), f.ars, f.ags, f.plz,
       NULL::date AS aenderung
  FROM ahnen a
  LEFT JOIN LATERAL (
       SELECT name FROM behoerden_gebietsversion
        WHERE gebiet_id = a.erfuellt_durch_id
        ORDER BY gueltig_ab DESC NULLS LAST LIMIT 1) e ON TRUE
  LEFT JOIN LATERAL (
       SELECT array_agg(s.wert ORDER BY s.abstand) FILTER (WHERE s.typ = 'ars') AS ars,
              array_agg(s.wert ORDER BY s.abstand) FILTER (WHERE s.typ = 'ags') AS ags,
              ARRAY (SELECT plz_id FROM behoerden_plzgemeinde
                      WHERE gemeinde_id = a.gebiet_id ORDER BY plz_id) AS plz
         FROM (SELECT typ, wert, CASE
                      WHEN gueltig_ab IS NULL THEN 1000000
                      WHEN gueltig_ab <= %(tag)s THEN %(tag)s - gueltig_ab
                      ELSE 1000000 + (gueltig_ab - %(tag)s) END AS abstand
                 FROM behoerden_gebietsschluessel
                WHERE gebiet_id = a.gebiet_id AND typ IN ('ars', 'ags')) s) f
       ON a.tiefe = 1 OR (a.tiefe = 2 AND a.art = ANY (%(gemeinden)s))
 ORDER BY a.start, a.tiefe
"""
AENDERUNG = """
       CASE WHEN a.start = ANY (%(mit_aenderung)s::bigint[]) THEN least(
            a.bis,
            (SELECT min(n.gueltig_ab) - 1 FROM behoerden_gebietsversion n
              WHERE n.gebiet_id = a.gebiet_id AND n.gueltig_ab > a.tag
                AND n.parent_id IS DISTINCT FROM a.parent_id),
            (SELECT min(CASE WHEN m.gueltig_ab > a.tag THEN m.gueltig_ab - 1 ELSE m.gueltig_bis END)
               FROM behoerden_gebietmitglied m
              WHERE m.mitglied_id = a.gebiet_id AND coalesce(m.gueltig_bis, 'infinity') >= a.tag))
       END AS aenderung
"""
AHNEN_MIT_AENDERUNG = AHNEN.replace("       NULL::date AS aenderung\n", AENDERUNG.lstrip("\n"))


@dataclass(frozen=True, slots=True)
class GebietInfo:
    """What pages and lists say about an area.

    `kreis` is "Landkreis Sömmerda", or "kreisfreie Stadt"; `verband` is "VG Gramme-Vippach" or
    "Elxleben (erfüllende Gemeinde)", "" without one. `label` tells areas of one name apart.
    `erfuellt_durch` is the name of the town that administers this group. An Ortsteil has no keys:
    `gemeinde` is the name of its Gemeinde, `adresse` that one's ARS with its own short form.
    `gilt_bis` is the last day on which the areas above stay the same, None if no change is known;
    it is looked up only if asked for.
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
    gemeinde: str = ""
    adresse: str = ""
    gilt_bis: date | None = None


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


def gebiet_infos(
    gebiet_ids: Iterable[int], stichtag: date, *, mit_aenderung: Collection[int] = ()
) -> dict[int, GebietInfo]:
    """Return what is known of these areas on this day; one query for any number.

    A dissolved area is described as on its last day; an id that is no area is left out. For those
    in `mit_aenderung` the coming changes of the areas above are looked up, too.
    """
    ids = sorted(set(gebiet_ids))
    if not ids:
        return {}
    linien: dict[int, list[_Ahn]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            AHNEN_MIT_AENDERUNG if mit_aenderung else AHNEN,
            {
                "ids": ids,
                "tag": stichtag,
                "mit_aenderung": list(mit_aenderung),
                "gemeinden": sorted(GEMEINDEN),
            },
        )
        for start, *ahn in cursor.fetchall():
            linien.setdefault(start, []).append(_Ahn(*ahn))
    return {pk: _info(pk, linie) for pk, linie in linien.items()}


class _Ahn(NamedTuple):
    """An area on the way up; keys, best first, and postcodes only of the first and its Gemeinde."""

    art: str
    slug: str
    name: str
    amtlicher_name: str
    erfuellt_durch: str
    ars: list[str] | None
    ags: list[str] | None
    plz: list[str] | None
    aenderung: date | None


def _info(pk: int, linie: list[_Ahn]) -> GebietInfo:
    selbst, *darueber = linie
    kreis = next((a for a in darueber if a.art == LANDKREIS), None)
    verband = next((a for a in darueber if a.art in VERBAENDE), None)
    kreis_text = bezeichnung(kreis.art, kreis.name) if kreis else ""
    if any(ahn.art == KREISFREIE_STADT for ahn in linie):
        kreis_text = "kreisfreie Stadt"
    name = selbst.name
    ars = selbst.ars[0] if selbst.ars else ""
    label = f"{name} ({kreis_text})" if selbst.art == GEMEINDE else bezeichnung(selbst.art, name)
    if selbst.art == ORTSTEIL:
        return _ortsteil(pk, selbst, darueber, kreis_text, verband)
    return GebietInfo(
        id=pk,
        ars=ars,
        ags=selbst.ags[0] if selbst.ags else "",
        name=name,
        amtlicher_name=selbst.amtlicher_name,
        art=selbst.art,
        kreis=kreis_text,
        verband=bezeichnung(verband.art, verband.name) if verband else "",
        plz=tuple(selbst.plz or ()),
        label=label,
        erfuellt_durch=selbst.erfuellt_durch,
        adresse=ars,
        gilt_bis=_gilt_bis(linie),
    )


def _ortsteil(
    pk: int, selbst: _Ahn, darueber: list[_Ahn], kreis: str, verband: _Ahn | None
) -> GebietInfo:
    gemeinde = next((ahn for ahn in darueber if ahn.art in GEMEINDEN), None)
    gemeindename = gemeinde.name if gemeinde else ""
    ars = gemeinde.ars[0] if gemeinde and gemeinde.ars else ""
    return GebietInfo(
        id=pk,
        ars="",
        ags="",
        name=selbst.name,
        amtlicher_name=selbst.amtlicher_name,
        art=selbst.art,
        kreis=kreis,
        verband=bezeichnung(verband.art, verband.name) if verband else "",
        plz=tuple((gemeinde.plz if gemeinde else None) or ()),
        label=ortsteil_bezeichnung(selbst.name, gemeindename),
        gemeinde=gemeindename,
        adresse=f"{ars}.{selbst.slug}" if ars else "",
        gilt_bis=_gilt_bis([selbst, *darueber]),
    )


def _gilt_bis(linie: Iterable[_Ahn]) -> date | None:
    return min((ahn.aenderung for ahn in linie if ahn.aenderung is not None), default=None)
