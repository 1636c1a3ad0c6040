"""Proofs kept in memory as long as nothing they rest on has changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from threading import Lock

from django.db import connection

from leistungen.coverage.fakten import Befund, Bilanz
from leistungen.coverage.pruefung import Grundlage, load_grundlage, prove

# Proved in one request at most; about four seconds. The rest waits for the next one.
HOECHSTENS = 500

# What a proof of one service rests on: its rules (any write moves xmin or ctid) and its own data.
JE_LEISTUNG = """
SELECT l.id,
       md5(concat(l.live, l.typisierung_codes, l.gueltig_ab, l.gueltig_bis, ' ',
                  (SELECT string_agg(g.gebiet_id::text, ',' ORDER BY g.gebiet_id)
                     FROM leistungen_leistung_gueltigkeitsgebiete g WHERE g.leistung_id = l.id),
                  ' ', z.regeln))
  FROM leistungen_leistung l
  LEFT JOIN (
       SELECT leistung_id,
              concat(count(*), ' ', sum(hashtextextended(concat(id, xmin, ctid), 0))) AS regeln
         FROM leistungen_zustaendigkeit
        WHERE leistung_id = ANY (%(ids)s)
        GROUP BY leistung_id) z ON z.leistung_id = l.id
 WHERE l.id = ANY (%(ids)s)
"""
# What all proofs rest on: areas, districts, authorities and criteria.
GEMEINSAM = """
SELECT md5(concat_ws(' ',
    (SELECT sum(hashtextextended(concat(id, xmin, ctid), 0)) FROM behoerden_gebiet),
    (SELECT sum(hashtextextended(concat(id, xmin, ctid), 0)) FROM behoerden_gebietsversion),
    (SELECT sum(hashtextextended(concat(id, xmin, ctid), 0)) FROM behoerden_gebietmitglied),
    (SELECT sum(hashtextextended(concat(id, xmin, ctid), 0)) FROM behoerden_behoerdennachfolge),
    (SELECT sum(hashtextextended(concat(id, xmin, ctid), 0)) FROM leistungen_kriterium),
    (SELECT sum(hashtextextended(concat_ws(' ', id, live, gueltig_ab, gueltig_bis, name_de), 0))
       FROM behoerden_behoerde)))
"""


@dataclass(frozen=True, slots=True)
class Teil:
    """The proof of one service; `bilanzen` by Kreis."""

    stand: str
    befunde: tuple[Befund, ...]
    bilanzen: Mapping[int, Bilanz]


@dataclass(frozen=True, slots=True)
class Gemeinsames:
    """What all proofs of a day share, and the mark of the data it was read from."""

    stand: tuple[date, str]
    grundlage: Grundlage


@dataclass(slots=True)
class Speicher:
    """Proofs of one day in this process; a change to anything shared forgets them all."""

    gemeinsam: Gemeinsames | None = None
    teile: dict[int, Teil] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def teile_von(
        self, ids: Sequence[int], stichtag: date, hoechstens: int = HOECHSTENS
    ) -> tuple[Grundlage, dict[int, Teil]]:
        """Return what they share and the current proof of each service.

        At most `hoechstens` are proved in this call, those first in `ids` first; further ones are
        left out until the next call. Two queries if nothing has changed.
        """
        with connection.cursor() as cursor:
            cursor.execute(GEMEINSAM)
            stand = (stichtag, str(cursor.fetchone()[0]))
            cursor.execute(JE_LEISTUNG, {"ids": list(ids)})
            staende: dict[int, str] = dict(cursor.fetchall())
        grundlage = self._grundlage(stand)
        with self.lock:
            teile = dict(self.teile)
        offen = [pk for pk in ids if not _ist_aktuell(teile.get(pk), staende.get(pk))]
        if offen:
            neu = _beweise([pk for pk in offen if pk in staende][:hoechstens], staende, grundlage)
            teile |= neu
            with self.lock:
                if self.gemeinsam is not None and self.gemeinsam.stand == stand:
                    self.teile |= neu
        return grundlage, {
            pk: teile[pk] for pk in ids if _ist_aktuell(teile.get(pk), staende.get(pk))
        }

    def _grundlage(self, stand: tuple[date, str]) -> Grundlage:
        """Read again only if the mark has changed; it was taken before, so it is never too new."""
        with self.lock:
            if self.gemeinsam is not None and self.gemeinsam.stand == stand:
                return self.gemeinsam.grundlage
        grundlage = load_grundlage(stand[0])
        with self.lock:
            self.gemeinsam, self.teile = Gemeinsames(stand, grundlage), {}
        return grundlage


def _ist_aktuell(teil: Teil | None, stand: str | None) -> bool:
    return teil is not None and teil.stand == stand


def _beweise(ids: Iterable[int], stand: Mapping[int, str], grundlage: Grundlage) -> dict[int, Teil]:
    ids = list(ids)
    abdeckung = prove(grundlage.raum.stichtag, ids, grundlage=grundlage)
    befunde: dict[int, list[Befund]] = defaultdict(list)
    for befund in abdeckung.befunde:
        befunde[befund.leistung_id].append(befund)
    bilanzen: dict[int, dict[int, Bilanz]] = defaultdict(dict)
    for (leistung_id, kreis), bilanz in abdeckung.bilanzen.items():
        bilanzen[leistung_id][kreis] = bilanz
    return {pk: Teil(stand[pk], tuple(befunde[pk]), bilanzen[pk]) for pk in ids}


# One per process; another process proves for itself, never with old data.
SPEICHER = Speicher()
