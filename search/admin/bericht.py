"""Everything the report "Suche" shows, read from database and Elasticsearch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.apps import apps
from django.contrib.admin.utils import quote
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from search import indices, prozesse, pruefung, zaehler
from search.analysis import analyser_hash
from search.client import ElasticsearchAway, is_breaker_open
from search.config import OLDEST_ALARM_SECONDS
from search.fehlertexte import erklaere
from search.fortschritt import dauer, is_running
from search.lage import Lage, load_lage
from search.latenz import (
    ZIEL_SECONDS,
    Diagramm,
    Stunde,
    anteil_bis,
    diagramm,
    quantil,
    sekunden_text,
    stunden,
)
from search.models import SearchAufbau, SearchDokument, SearchIndex, SearchPruefung
from search.suchstand import Zustand

KIND_NAMES = {"leistung": "Leistungen", "behoerde": "Behörden"}
_MODELS = {"leistung": "leistungen.Leistung", "behoerde": "behoerden.Behoerde"}
MAX_TOTE = 50


@dataclass(frozen=True, slots=True)
class Tot:
    """An object that was given up."""

    kind: str
    object_id: int
    titel: str
    url: str
    grund: str
    technisch: str
    seit: datetime


@dataclass(frozen=True, slots=True)
class Generation:
    """An index of Elasticsearch that we know."""

    name: str
    kind: str
    state: str
    zustand: str
    seit: datetime
    dokumente: int | None  # None: Elasticsearch does not answer
    fremde_analyse: bool
    fehler: str


@dataclass(frozen=True, slots=True)
class Aufbaustand:
    """How far a rebuild is: step 2 of 5, 1,200 of 3,000."""

    kind: str
    schritt: str
    nummer: int
    von: int
    erledigt: int
    gesamt: int
    beginn: datetime
    dauer: str
    laeuft: bool
    unterbrochen: bool
    fehler: str
    index: str


@dataclass(frozen=True, slots=True)
class Latenzbild:
    """The last 24 hours: chart, table, and what they say in one sentence."""

    bild: Diagramm
    reihe: Sequence[tuple[str, Stunde, str, str]]  # hour, numbers, median, p95 in words
    anzahl: int
    botschaft: str


@dataclass(frozen=True, slots=True)
class Bericht:
    """The whole report."""

    lage: Lage
    aeltester: str
    alarm: bool
    elasticsearch: bool
    tote: Sequence[Tot]
    unterbrecher_hier: bool
    letzte_pruefung: SearchPruefung | None
    offene_pruefung: SearchPruefung | None
    generationen: Sequence[Generation]
    aufbau: Sequence[Aufbaustand]
    latenz: Latenzbild

    @property
    def is_in_bewegung(self) -> bool:
        """Whether the page should look again soon."""
        return (
            self.lage.zustand is not Zustand.AKTUELL
            or self.offene_pruefung is not None
            or any(stand.laeuft for stand in self.aufbau)
        )


def load_bericht(jetzt: datetime) -> Bericht:
    """Return the report of this moment; waits a second at most for Elasticsearch."""
    lage = load_lage(jetzt)
    dokumente = _count_documents()
    return Bericht(
        lage=lage,
        aeltester=sekunden_text(lage.zahlen.wartet_seit(jetzt)) if lage.zahlen.pending else "–",
        alarm=lage.zahlen.wartet_seit(jetzt) > OLDEST_ALARM_SECONDS,
        elasticsearch=dokumente is not None,
        tote=_load_tote(),
        unterbrecher_hier=is_breaker_open(),
        letzte_pruefung=lage.pruefung,
        offene_pruefung=pruefung.offene(jetzt),
        generationen=_load_generationen(dokumente),
        aufbau=_load_aufbau(jetzt),
        latenz=_load_latenz(jetzt),
    )


def _count_documents() -> dict[str, int] | None:
    try:
        return indices.count_all()
    except ElasticsearchAway:
        return None


def _load_tote() -> list[Tot]:
    rows = SearchDokument.objects.filter(dead=True, indexed_version__lt=F("version"))
    return [
        Tot(
            kind=row.kind,
            object_id=row.object_id,
            titel={"titel": "", **row.document}["titel"]
            or f"{KIND_NAMES.get(row.kind, row.kind)}, {row.object_id}",
            url=edit_url(row.kind, row.object_id),
            grund=erklaere(row.last_error),
            technisch=row.last_error,
            seit=row.changed_at,
        )
        for row in rows.order_by("changed_at")[:MAX_TOTE]
    ]


def edit_url(kind: str, pk: int) -> str:
    """Return the address of the form of an object, "" for kinds without one."""
    if kind not in _MODELS:
        return ""
    viewset = apps.get_model(_MODELS[kind]).snippet_viewset
    return reverse(viewset.get_url_name("edit"), args=[quote(pk)])


def _load_generationen(dokumente: dict[str, int] | None) -> list[Generation]:
    current = analyser_hash()
    return [
        Generation(
            name=index.name,
            kind=KIND_NAMES.get(index.kind, index.kind),
            state=index.state,
            zustand=index.get_state_display(),
            seit=index.state_at,
            dokumente=None if dokumente is None else dokumente.get(index.name, 0),
            fremde_analyse=index.analyser_hash != current,
            fehler=index.last_error,
        )
        for index in SearchIndex.objects.order_by("kind", "-created_at")
    ]


def _load_aufbau(jetzt: datetime) -> list[Aufbaustand]:
    schritte = list(SearchAufbau.Schritt)
    laeuft = is_running()
    return [
        Aufbaustand(
            kind=KIND_NAMES.get(aufbau.kind, aufbau.kind),
            schritt=aufbau.get_schritt_display(),
            nummer=schritte.index(SearchAufbau.Schritt(aufbau.schritt)) + 1,
            von=len(schritte),
            erledigt=aufbau.erledigt,
            gesamt=aufbau.gesamt,
            beginn=aufbau.begonnen_at,
            dauer=sekunden_text(dauer(aufbau, jetzt)),
            laeuft=aufbau.beendet_at is None and laeuft,
            unterbrochen=aufbau.beendet_at is None and not laeuft,
            fehler=aufbau.fehler,
            index=aufbau.index,
        )
        for aufbau in SearchAufbau.objects.order_by("-kind")
    ]


def _load_latenz(jetzt: datetime) -> Latenzbild:
    je_stunde = zaehler.load_hours(jetzt - timedelta(hours=24))
    reihe = stunden(je_stunde, jetzt)
    ortszeit = {s.beginn: f"{timezone.localtime(s.beginn):%H} Uhr" for s in reihe}
    gesamt: Counter[float] = Counter()
    for stunde in reihe:
        gesamt.update(je_stunde.get(stunde.beginn, {}))
    return Latenzbild(
        bild=diagramm(reihe, ortszeit),
        reihe=[
            (ortszeit[s.beginn], s, sekunden_text(s.median), sekunden_text(s.p95)) for s in reihe
        ],
        anzahl=sum(gesamt.values()),
        botschaft=_botschaft(gesamt),
    )


def _botschaft(gesamt: Counter[float]) -> str:
    anzahl = sum(gesamt.values())
    if not anzahl:
        return "In den letzten 24 Stunden wurde nichts übertragen."
    anteil = int(anteil_bis(gesamt, ZIEL_SECONDS) * 100)
    return (
        f"{anteil} % von {anzahl} Änderungen waren nach höchstens 3 Sekunden zu finden "
        f"(95 % nach {sekunden_text(quantil(gesamt, 0.95))})."
    )


def workers_text(bericht: Bericht) -> str:
    """Return "2 Prozesse gleichen ab" or that none does."""
    anzahl = len(bericht.lage.workers)
    if not anzahl:
        return f"keiner meldet sich seit {prozesse.ALIVE_SECONDS} Sekunden"
    return "einer läuft" if anzahl == 1 else f"{anzahl} laufen"
