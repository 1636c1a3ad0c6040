"""How the search stands as a whole: one verdict for the dashboard, everything for the report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from search import prozesse, pruefung
from search.config import DOKUMENT_KINDS, OLDEST_ALARM_SECONDS
from search.latenz import sekunden_text
from search.models import SearchIndex, SearchProzess, SearchPruefung
from search.suchstand import Zustand


@dataclass(frozen=True, slots=True)
class Zahlen:
    """What the rows say: numbers, since when the oldest waits, when the last one arrived."""

    sichtbar: int
    pending: int
    dead: int
    aelteste: datetime | None
    zuletzt: datetime | None

    def wartet_seit(self, jetzt: datetime) -> float:
        """Return the seconds the oldest change has been waiting."""
        return max((jetzt - self.aelteste).total_seconds(), 0.0) if self.aelteste else 0.0


@dataclass(frozen=True, slots=True)
class Lage:
    """Facts of the moment, and what they mean together."""

    jetzt: datetime
    zahlen: Zahlen
    workers: Sequence[SearchProzess]
    unterbrecher: Sequence[SearchProzess]
    pruefung: SearchPruefung | None
    ohne_index: Sequence[str]

    @property
    def zustand(self) -> Zustand:
        """Red, on its way, or well."""
        if self._grund():
            return Zustand.FEHLER
        return Zustand.WARTET if self.zahlen.pending else Zustand.AKTUELL

    @property
    def satz(self) -> str:
        """The line of the dashboard."""
        if grund := self._grund():
            return grund
        if self.zahlen.pending:
            return f"{aenderungen(self.zahlen.pending)} {_werden(self.zahlen.pending)} übertragen."
        if self.zahlen.zuletzt is None:
            return "Noch nichts ist veröffentlicht."
        return f"aktuell seit {uhrzeit(self.zahlen.zuletzt, self.jetzt)}"

    def _grund(self) -> str:
        """Return the first thing that is wrong, "" if nothing is."""
        return next(self._gruende(), "")

    def _gruende(self) -> Iterator[str]:
        """Yield what is wrong, the gravest first."""
        zahlen = self.zahlen
        weg = [prozess.weg_seit for prozess in self.workers if prozess.weg_seit]
        if self.ohne_index:
            yield "Es gibt noch keinen Suchindex. „rebuild_index“ legt ihn an."
        if not self.workers:
            yield f"Der Abgleich mit der Suche läuft nicht.{self._wartende()}"
        if weg:
            yield (
                f"Elasticsearch antwortet nicht seit {uhrzeit(min(weg), self.jetzt)}. "
                f"Die Suche arbeitet eingeschränkt.{self._wartende()}"
            )
        if zahlen.dead:
            texte = "Ein Text lässt" if zahlen.dead == 1 else f"{zahlen.dead} Texte lassen"
            yield f"{texte} sich nicht übertragen."
        if self.unterbrecher:
            yield "Ein Teil der Website fragt Elasticsearch zurzeit nicht: Es antwortete nicht."
        if zahlen.wartet_seit(self.jetzt) > OLDEST_ALARM_SECONDS:
            yield self._wartende().strip()
        if self.pruefung is not None and self.pruefung.abweichungen:
            yield (
                f"Die letzte Prüfung fand Abweichungen: {self.pruefung.abweichungen}. "
                "Sie werden von selbst behoben."
            )

    def _wartende(self) -> str:
        if not self.zahlen.pending:
            return ""
        dauer = sekunden_text(self.zahlen.wartet_seit(self.jetzt))
        verb = "wartet" if self.zahlen.pending == 1 else "warten"
        return f" {aenderungen(self.zahlen.pending)} {verb}, die älteste seit {dauer}."


def load_lage(jetzt: datetime) -> Lage:
    """Return how the search stands, from the database alone; five queries."""
    benutzt = SearchIndex.objects.filter(state=SearchIndex.State.LIVE)
    kinds = set(benutzt.values_list("kind", flat=True))
    return Lage(
        jetzt=jetzt,
        zahlen=load_zahlen(),
        workers=prozesse.workers(jetzt),
        unterbrecher=prozesse.offene_unterbrecher(jetzt),
        pruefung=pruefung.letzte(),
        ohne_index=[kind for kind in DOKUMENT_KINDS if kind not in kinds],
    )


def load_zahlen() -> Zahlen:
    """Return the numbers over all rows, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT count(*) FILTER (WHERE NOT deleted),
                   count(*) FILTER (WHERE indexed_version < version AND NOT dead),
                   count(*) FILTER (WHERE indexed_version < version AND dead),
                   min(changed_at) FILTER (WHERE indexed_version < version AND NOT dead),
                   max(indexed_at) FILTER (WHERE kind = ANY(%s))
            FROM search_dokument
            """,
            [list(DOKUMENT_KINDS)],
        )
        return Zahlen(*cursor.fetchone())


def aenderungen(anzahl: int) -> str:
    """Return "1 Änderung" or "12 Änderungen"."""
    return f"{anzahl} Änderung" if anzahl == 1 else f"{anzahl} Änderungen"


def _werden(anzahl: int) -> str:
    return "wird" if anzahl == 1 else "werden"


def uhrzeit(moment: datetime, jetzt: datetime) -> str:
    """Return "14:02 Uhr", with the day in front unless it is today."""
    lokal = timezone.localtime(moment)
    if lokal.date() == timezone.localdate(jetzt):
        return f"{lokal:%H:%M} Uhr"
    jahr = "" if jetzt - moment < timedelta(days=180) else f"{lokal:%Y}"
    return f"{lokal:%d.%m.}{jahr}, {lokal:%H:%M} Uhr"
