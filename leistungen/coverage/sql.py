"""The walk of the resolver for every Leistung × Gemeinde × slot at once, as SQL.

Same answers as `leistungen.domain.gang.gehe` with no criterion answered; a property test compares
both. Facts that plain Python knows better (chains, roles, ranges of criteria, redirections of
ended authorities) come in as arrays, so that every rule has one source.
"""

from __future__ import annotations

# `teilweise` never stops; a target that is not live (`ziel_id` is NULL) stops all the same.
GANG = """
WITH kette (gemeinde_id, gebiet_id, rang, teilweise) AS MATERIALIZED (
    SELECT * FROM unnest(%(k_gemeinde)s::bigint[], %(k_gebiet)s::bigint[], %(k_rang)s::int[],
                         %(k_teilweise)s::bool[])
), rolle (rolle, slot) AS (
    SELECT * FROM unnest(%(r_rolle)s::text[], %(r_slot)s::int[])
), bereich (kriterium_id, wert) AS MATERIALIZED (
    SELECT * FROM unnest(%(b_kriterium)s::bigint[], %(b_wert)s::text[])
), umleitung (von, nach) AS (
    SELECT * FROM unnest(%(u_von)s::bigint[], %(u_nach)s::bigint[])
), ziel (behoerde_id, ziel_id) AS MATERIALIZED (
    SELECT b.id,
           CASE WHEN b.live AND %(tag)s BETWEEN coalesce(b.gueltig_ab, '-infinity')
                                            AND coalesce(b.gueltig_bis, 'infinity')
                THEN b.id ELSE u.nach END
      FROM behoerden_behoerde b
      LEFT JOIN umleitung u ON u.von = b.id
), regel AS MATERIALIZED (
    SELECT z.id, z.leistung_id, z.gebiet_id, r.slot, z.wirkung = 'ersetzt' AS ersetzt,
           z.kriterium_id, coalesce(z.verifiziert_am > %(geprueft_nach)s, FALSE) AS geprueft,
           t.ziel_id
      FROM leistungen_zustaendigkeit z
      JOIN rolle r ON r.rolle = z.rolle
      JOIN ziel t ON t.behoerde_id = z.behoerde_id
     WHERE z.leistung_id = ANY (%(leistungen)s)
       AND %(tag)s BETWEEN coalesce(z.gueltig_ab, '-infinity')
                       AND coalesce(z.gueltig_bis, 'infinity')
), kandidat AS MATERIALIZED (
    SELECT r.leistung_id, r.slot, k.gemeinde_id, k.rang, r.gebiet_id, r.id AS regel_id, r.ziel_id,
           r.kriterium_id, r.geprueft, r.ersetzt AND NOT k.teilweise AS ersetzt, k.teilweise
      FROM regel r
      JOIN kette k ON k.gebiet_id = r.gebiet_id
), erschoepft AS (
    SELECT c.leistung_id, c.slot, c.gemeinde_id, c.rang
      FROM kandidat c
      JOIN leistungen_zustaendigkeit z ON z.id = c.regel_id
      JOIN bereich b ON b.kriterium_id = c.kriterium_id AND b.wert = ANY (z.werte)
     WHERE c.ersetzt
     GROUP BY c.leistung_id, c.slot, c.gemeinde_id, c.rang, c.kriterium_id
    HAVING count(DISTINCT b.wert) = (
           SELECT count(*) FROM bereich WHERE kriterium_id = c.kriterium_id)
), stopp AS (
    SELECT leistung_id, slot, gemeinde_id, max(rang) AS rang
      FROM (SELECT leistung_id, slot, gemeinde_id, rang
              FROM kandidat
             WHERE ersetzt AND kriterium_id IS NULL
             UNION ALL
            SELECT * FROM erschoepft) s
     GROUP BY leistung_id, slot, gemeinde_id
), treffer AS MATERIALIZED (
    SELECT c.*
      FROM kandidat c
      LEFT JOIN stopp s USING (leistung_id, slot, gemeinde_id)
     WHERE c.rang >= coalesce(s.rang, 0)
)
"""

# One row per finding or balance: what, service, slot or Kreis, then arrays whose meaning `lauf`
# knows. A single statement, so that one snapshot of the data answers everything.
_BEFUNDE = """
, zelle AS MATERIALIZED (
    SELECT leistung_id, slot, gemeinde_id, count(*) AS regeln, count(ziel_id) AS ziele,
           bool_or(kriterium_id IS NOT NULL) AS mit_kriterium,
           bool_and(geprueft) FILTER (WHERE ziel_id IS NOT NULL) AS geprueft
      FROM treffer
     GROUP BY leistung_id, slot, gemeinde_id
), gemeinde (gemeinde_id, kreis_id) AS (
    SELECT * FROM unnest(%(g_gemeinde)s::bigint[], %(g_kreis)s::bigint[])
), erwartet AS MATERIALIZED (
    SELECT l.leistung_id, g.gemeinde_id, g.kreis_id
      FROM unnest(%(e_ueberall)s::bigint[]) AS l (leistung_id)
     CROSS JOIN gemeinde g
     UNION ALL
    SELECT DISTINCT e.leistung_id, g.gemeinde_id, g.kreis_id
      FROM unnest(%(e_leistung)s::bigint[], %(e_gebiet)s::bigint[]) AS e (leistung_id, gebiet_id)
      JOIN kette k ON k.gebiet_id = e.gebiet_id
      JOIN gemeinde g ON g.gemeinde_id = k.gemeinde_id
), bilanz AS MATERIALIZED (
    SELECT e.leistung_id, e.kreis_id, count(*) AS erwartet, count(*) FILTER (WHERE z.ziele > 0)
           AS belegt, count(*) FILTER (WHERE z.geprueft) AS geprueft,
           array_agg(e.gemeinde_id) FILTER (WHERE z.regeln IS NULL) AS ohne_regel,
           array_agg(e.gemeinde_id) FILTER (WHERE z.ziele = 0) AS ohne_ziel
      FROM erwartet e
      LEFT JOIN zelle z ON z.leistung_id = e.leistung_id AND z.gemeinde_id = e.gemeinde_id
           AND z.slot = 0
     GROUP BY e.leistung_id, e.kreis_id
), ohne_regel AS (
    SELECT leistung_id, unnest(ohne_regel) AS gemeinde_id FROM bilanz
), frueher AS (
    SELECT o.leistung_id, o.gemeinde_id, z.id AS regel_id,
           rank() OVER (PARTITION BY o.leistung_id, o.gemeinde_id ORDER BY z.gueltig_bis DESC) AS nr
      FROM ohne_regel o
      JOIN leistungen_zustaendigkeit z ON z.leistung_id = o.leistung_id
      JOIN rolle r ON r.rolle = z.rolle AND r.slot = 0
      JOIN kette k ON k.gebiet_id = z.gebiet_id AND k.gemeinde_id = o.gemeinde_id
     WHERE z.gueltig_bis < %(tag)s
), mehrere AS (
    SELECT t.leistung_id, t.slot, t.gemeinde_id,
           array_agg(t.regel_id ORDER BY t.regel_id) AS regeln,
           array_agg(t.rang ORDER BY t.regel_id) AS raenge,
           array_agg(t.teilweise::int ORDER BY t.regel_id) AS teilweise
      FROM treffer t
      JOIN zelle z USING (leistung_id, slot, gemeinde_id)
     WHERE z.regeln > 1 OR z.mit_kriterium
     GROUP BY t.leistung_id, t.slot, t.gemeinde_id
)
SELECT 'bilanz' AS was, leistung_id, kreis_id AS nr, ARRAY[erwartet, belegt, geprueft] AS regeln,
       ohne_regel AS gemeinden, ohne_ziel AS a, NULL::bigint[] AS b
  FROM bilanz
 UNION ALL
SELECT 'teile', leistung_id, 0, NULL, array_agg(gemeinde_id), NULL, NULL
  FROM zelle WHERE slot = 0 AND ziele > 0 AND gemeinde_id = ANY (%(t_ort)s::bigint[])
 GROUP BY leistung_id
 UNION ALL
SELECT 'frueher', leistung_id, 0, ARRAY[regel_id], array_agg(gemeinde_id), NULL, NULL
  FROM frueher WHERE nr = 1
 GROUP BY leistung_id, regel_id
 UNION ALL
SELECT 'mehrere', leistung_id, slot, regeln, array_agg(gemeinde_id), raenge::bigint[],
       teilweise::bigint[]
  FROM mehrere
 GROUP BY leistung_id, slot, regeln, raenge, teilweise
 UNION ALL
SELECT 'offline', leistung_id, slot, ARRAY[regel_id], array_agg(gemeinde_id), NULL, NULL
  FROM treffer WHERE ziel_id IS NULL
 GROUP BY leistung_id, slot, regel_id
 UNION ALL
SELECT 'ohne_wirkung', r.leistung_id, min(r.slot), ARRAY[r.id], NULL, NULL, NULL
  FROM regel r
 WHERE NOT EXISTS (SELECT FROM treffer t WHERE t.regel_id = r.id)
 GROUP BY r.leistung_id, r.id
"""
BEFUNDE = "".join((GANG, _BEFUNDE))

# The answers themselves, each target once per condition: the more specific rule (resolver, step 5).
_ZELLEN = """
SELECT DISTINCT ON (t.leistung_id, t.gemeinde_id, t.slot, t.ziel_id, t.kriterium_id, w.werte)
       t.leistung_id, t.gemeinde_id, t.slot, t.regel_id, t.ziel_id, t.rang
  FROM treffer t
  JOIN leistungen_zustaendigkeit z ON z.id = t.regel_id
  LEFT JOIN LATERAL (
       SELECT array_agg(DISTINCT wert ORDER BY wert) AS werte FROM unnest(z.werte) AS wert
        WHERE z.kriterium_id IN (SELECT kriterium_id FROM bereich)) w
       ON t.kriterium_id IS NOT NULL
 WHERE t.ziel_id IS NOT NULL
 ORDER BY t.leistung_id, t.gemeinde_id, t.slot, t.ziel_id, t.kriterium_id, w.werte,
          t.rang DESC, t.gebiet_id, t.regel_id
"""
ZELLEN = "".join((GANG, _ZELLEN))

# Rows that hang at every member of a Verband, Kreis or Land could hang there once: complete levels
# count as one row of the level above. Output: the complete areas and the rows below them.
EBENEN = """
WITH eltern (gebiet_id, eltern_id, stufe) AS MATERIALIZED (
    SELECT * FROM unnest(%(p_gebiet)s::bigint[], %(p_eltern)s::bigint[], %(p_stufe)s::int[])
), anzahl AS MATERIALIZED (
    SELECT eltern_id, count(*) AS kinder FROM eltern GROUP BY eltern_id
), zeile AS MATERIALIZED (
    SELECT z.leistung_id, z.behoerde_id, z.rolle, z.wirkung, z.wahl_erlaubt,
           z.kriterium_schluessel AS bedingung, z.gebiet_id, z.id::text AS regeln
      FROM leistungen_zustaendigkeit z
     WHERE z.leistung_id = ANY (%(leistungen)s)
       AND %(tag)s BETWEEN coalesce(z.gueltig_ab, '-infinity')
                       AND coalesce(z.gueltig_bis, 'infinity')
), verband AS MATERIALIZED (
    SELECT z.leistung_id, z.behoerde_id, z.rolle, z.wirkung, z.wahl_erlaubt, z.bedingung,
           e.eltern_id AS gebiet_id, string_agg(z.regeln, ',') AS regeln
      FROM zeile z
      JOIN eltern e ON e.gebiet_id = z.gebiet_id AND e.stufe = 1
      JOIN anzahl a ON a.eltern_id = e.eltern_id
     GROUP BY z.leistung_id, z.behoerde_id, z.rolle, z.wirkung, z.wahl_erlaubt, z.bedingung,
              e.eltern_id, a.kinder
    HAVING count(DISTINCT z.gebiet_id) = a.kinder
), kreis AS MATERIALIZED (
    SELECT z.leistung_id, z.behoerde_id, z.rolle, z.wirkung, z.wahl_erlaubt, z.bedingung,
           e.eltern_id AS gebiet_id, string_agg(z.regeln, ',') AS regeln
      FROM (SELECT * FROM zeile UNION ALL SELECT * FROM verband) z
      JOIN eltern e ON e.gebiet_id = z.gebiet_id AND e.stufe = 2
      JOIN anzahl a ON a.eltern_id = e.eltern_id
     GROUP BY z.leistung_id, z.behoerde_id, z.rolle, z.wirkung, z.wahl_erlaubt, z.bedingung,
              e.eltern_id, a.kinder
    HAVING count(DISTINCT z.gebiet_id) = a.kinder
), land AS MATERIALIZED (
    SELECT z.leistung_id, z.behoerde_id, z.rolle, z.wirkung, z.wahl_erlaubt, z.bedingung,
           e.eltern_id AS gebiet_id, string_agg(z.regeln, ',') AS regeln
      FROM (SELECT * FROM zeile UNION ALL SELECT * FROM kreis) z
      JOIN eltern e ON e.gebiet_id = z.gebiet_id AND e.stufe = 3
      JOIN anzahl a ON a.eltern_id = e.eltern_id
     GROUP BY z.leistung_id, z.behoerde_id, z.rolle, z.wirkung, z.wahl_erlaubt, z.bedingung,
              e.eltern_id, a.kinder
    HAVING count(DISTINCT z.gebiet_id) = a.kinder
)
SELECT leistung_id, gebiet_id, rolle, string_to_array(regeln, ',')::bigint[] AS regeln
  FROM (SELECT * FROM verband UNION ALL SELECT * FROM kreis UNION ALL SELECT * FROM land) alle
 WHERE strpos(regeln, ',') > 0
"""

# Responsible offices at a level that contradicts the typing of their service. A confirmed rule
# that names what the confirmation rests on is an exception with a reason.
UNPASSEND = """
SELECT z.leistung_id, g.art, array_agg(z.id ORDER BY z.id)
  FROM leistungen_zustaendigkeit z
  JOIN behoerden_gebiet g ON g.id = z.gebiet_id
  JOIN unnest(%(x_leistung)s::bigint[], %(x_art)s::text[]) AS x (leistung_id, art)
       ON x.leistung_id = z.leistung_id AND x.art = g.art
 WHERE z.rolle = ANY (%(rollen_zustaendig)s)
   AND NOT (z.verifiziert_am IS NOT NULL AND z.pruefquelle <> '')
   AND %(tag)s BETWEEN coalesce(z.gueltig_ab, '-infinity') AND coalesce(z.gueltig_bis, 'infinity')
 GROUP BY z.leistung_id, g.art
"""

# Rules that end soon, with the Gemeinden that nobody serves in that slot on the day after.
ABLAUF = """
WITH kette (gemeinde_id, gebiet_id) AS MATERIALIZED (
    SELECT * FROM unnest(%(k_gemeinde)s::bigint[], %(k_gebiet)s::bigint[])
), rolle (rolle, slot) AS (
    SELECT * FROM unnest(%(r_rolle)s::text[], %(r_slot)s::int[])
), endet AS MATERIALIZED (
    SELECT z.id, z.leistung_id, z.gebiet_id, z.gueltig_bis + 1 AS danach, r.slot
      FROM leistungen_zustaendigkeit z
      JOIN leistungen_leistung l ON l.id = z.leistung_id
      JOIN rolle r ON r.rolle = z.rolle
     WHERE z.leistung_id = ANY (%(leistungen)s)
       AND z.gueltig_bis BETWEEN %(tag)s AND %(ablauf_bis)s
       AND coalesce(z.gueltig_ab, '-infinity') <= %(tag)s
       AND coalesce(l.gueltig_bis, 'infinity') > z.gueltig_bis
)
SELECT e.leistung_id, min(e.slot), e.id, e.danach - 1, array_agg(DISTINCT k.gemeinde_id)
  FROM endet e
  JOIN kette k ON k.gebiet_id = e.gebiet_id
 WHERE NOT EXISTS (
       SELECT FROM leistungen_zustaendigkeit n
         JOIN rolle s ON s.rolle = n.rolle AND s.slot = e.slot
         JOIN kette m ON m.gebiet_id = n.gebiet_id AND m.gemeinde_id = k.gemeinde_id
        WHERE n.leistung_id = e.leistung_id AND n.id <> e.id
          AND e.danach BETWEEN coalesce(n.gueltig_ab, '-infinity')
                           AND coalesce(n.gueltig_bis, 'infinity'))
 GROUP BY e.leistung_id, e.id, e.danach
"""
