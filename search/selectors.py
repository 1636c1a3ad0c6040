"""The search as pages, API and commands ask it: find in the index, show from PostgreSQL."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse

from behoerden.models import Behoerde
from behoerden.ortsangabe import Ortsangabe
from leistungen.auskunft import (
    Auskunft,
    Onlinezugang,
    Umfeld,
    auskuenfte,
    load_umfeld,
    onlinezugaenge,
)
from leistungen.models import Leistung
from leistungen.selectors import platz_von
from search import client, compile_es, compile_pg, notsuche
from search.analysis import analyse
from search.frist import Frist
from search.ortsangabe import Ortstext, lies_ort_im_text
from search.plan import Filter, Plan, build_plan, nachfassen
from search.schreibweise import korrigiert, meinten
from search.suchregeln import load_regeln
from search.vokabular import load_wortschatz
from search.weights import NACHFASSEN_UNTER

__all__ = ["Behoerdentreffer", "Rohtreffer", "Suchergebnis", "Suchtreffer", "run_search"]

logger = logging.getLogger(__name__)

SEITENLAENGE = 10
# Hits that are loaded beyond the page, to fill up for those that are not live any more.
RESERVE = 5
# The list that is shown is the list that is evaluated.
MAX_TREFFER = 100
# Levels whose own services get the municipal boost: Gemeinde to Kreis (domain design 3.2).
KOMMUNALE_RAENGE = range(31, 71)


@dataclass(frozen=True, slots=True)
class Rohtreffer:
    """What an engine found: an id with its score."""

    object_id: int
    score: float


@dataclass(frozen=True, slots=True)
class Suchtreffer:
    """One hit as it is shown; title and text come from PostgreSQL, the office from the resolver."""

    object_id: int
    slug: str
    titel: str
    kurztext: str
    behoerde: str
    online: bool
    meta: tuple[str, ...]
    auch_bekannt_als: str
    score: float


@dataclass(frozen=True, slots=True)
class Behoerdentreffer:
    """An authority that the query names."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Suchergebnis:
    """A page of hits; `engine` is "elasticsearch", or "postgresql" while the index is away.

    `ort` is the place that counted, `ort_im_text` what the query says about it. `korrektur` is
    the query as it was read instead of typing errors, `meinten` are queries that may have been
    meant, `auch` the phrases that rules of the editors looked for as well.
    """

    q: str
    total: int
    engine: str
    treffer: tuple[Suchtreffer, ...]
    behoerde: Behoerdentreffer | None
    seite: int
    seiten: int
    ort: Ortsangabe
    ort_im_text: Ortstext | None = None
    korrektur: str = ""
    meinten: tuple[str, ...] = ()
    auch: tuple[str, ...] = ()

    @property
    def is_eingeschraenkt(self) -> bool:
        """Whether the fallback answered."""
        return self.engine != "elasticsearch"


def run_search(
    text: str,
    *,
    ort: Ortsangabe,
    heute: date,
    auswahl: Filter | None = None,
    seite: int = 1,
    limit: int = SEITENLAENGE,
    genau: bool = False,
    ort_aus_text: bool = True,
) -> Suchergebnis:
    """Return one page of hits for a text and a place; never raises because an engine is away.

    Args:
        text: what the citizen typed; never logged.
        ort: the place; only an unambiguous one narrows the search.
        heute: the day whose services count.
        auswahl: chosen facets.
        seite: page, from 1.
        limit: hits per page.
        genau: typing errors are not corrected.
        ort_aus_text: a place in the text ("hundesteuer gera") counts if none is chosen.
    """
    im_text = lies_ort_im_text(text, ort, heute) if ort_aus_text else None
    if im_text is not None:
        ort = im_text.ort
    umfeld = load_umfeld(platz_von(ort), heute)
    auswahl = auswahl or Filter()
    plan = _plan(im_text.rest if im_text else text, umfeld, heute, auswahl, genau=genau)
    frist = Frist(settings.SEARCH_TIMEOUT_SECONDS)
    plan, rohe, total, engine = _find_twice(plan, frist)
    leistungen = _live(rohe, heute, start=(seite - 1) * limit, limit=limit)
    offices = auskuenfte({leistung.pk: leistung.titel for leistung, _ in leistungen}, umfeld)
    zugaenge = onlinezugaenge([leistung.pk for leistung, _ in leistungen], umfeld)
    return Suchergebnis(
        q=text,
        total=total,
        engine=engine,
        treffer=tuple(
            Suchtreffer(
                object_id=leistung.pk,
                slug=leistung.slug_de,
                titel=leistung.titel,
                kurztext=leistung.teaser_de or leistung.kurztext_de,
                behoerde=_stelle(offices[leistung.pk]),
                online=bool(zugaenge[leistung.pk].dienste),
                meta=tuple(_meta(offices[leistung.pk], zugaenge[leistung.pk], ort)),
                auch_bekannt_als=_matched_begriff(leistung, plan),
                score=round(score, 4),
            )
            for leistung, score in leistungen
        ),
        behoerde=_behoerde(
            _plan(text, umfeld, heute, auswahl, genau=True) if im_text else plan, heute, frist
        )
        if seite == 1
        else None,
        seite=seite,
        seiten=max(1, -(-min(total, MAX_TREFFER) // limit)),
        ort=ort,
        ort_im_text=im_text,
        korrektur=korrigiert(text, plan.korrekturen) if total else "",
        meinten=meinten(text, plan),
        auch=plan.auch,
    )


def _plan(text: str, umfeld: Umfeld, heute: date, auswahl: Filter, *, genau: bool) -> Plan:
    kette: tuple[int, ...] = ()
    kommunal: tuple[int, ...] = ()
    if len(umfeld.kandidaten) == 1:
        glieder = umfeld.kandidaten[0].kette
        kette = tuple(glied.gebiet_id for glied in glieder)
        kommunal = tuple(g.gebiet_id for g in glieder if g.rang in KOMMUNALE_RAENGE)
    return build_plan(
        text,
        kette=kette,
        kommunal=kommunal,
        heute=heute,
        filter=auswahl,
        wortschatz=load_wortschatz(),
        regeln=load_regeln(heute),
        genau=genau,
    )


def _find_twice(plan: Plan, frist: Frist) -> tuple[Plan, list[Rohtreffer], int, str]:
    """Ask for the plan, and again with fewer words when that finds next to nothing."""
    rohe, total, engine = _find(plan, frist)
    if total < NACHFASSEN_UNTER and (wider := nachfassen(plan, load_wortschatz())) is not None:
        plan = wider
        rohe, total, engine = _find(plan, frist)
    return plan, rohe, total, engine


def _find(
    plan: Plan, frist: Frist, kind: str = "leistung", size: int = MAX_TREFFER
) -> tuple[list[Rohtreffer], int, str]:
    """Ask the index; while it is away or too slow, the same plan goes to PostgreSQL."""
    if not plan.readings and not plan.kennungen:
        return [], 0, "elasticsearch"
    raw = _ask_elasticsearch(plan, frist, kind, size)
    if raw is None:
        query = compile_pg.compile_search(plan, limit=size, kind=kind)
        rohe = [Rohtreffer(int(pk), float(score)) for pk, score in notsuche.find(query)]
        return rohe, len(rohe), "postgresql"
    hits = raw["hits"]
    rohe = [Rohtreffer(int(hit["fields"]["nr"][0]), float(hit["_score"])) for hit in hits["hits"]]
    return rohe, int(hits["total"]["value"]), "elasticsearch"


def _ask_elasticsearch(plan: Plan, frist: Frist, kind: str, size: int) -> dict[str, Any] | None:
    if frist.is_over():
        return None
    try:
        return client.run(
            compile_es.compile_search(plan, size=size, kind=kind), kind=kind, timeout=frist.rest()
        )
    except client.ElasticsearchAway:
        frist.give_up()
        return None


def _live(
    rohe: Sequence[Rohtreffer], heute: date, *, start: int, limit: int
) -> list[tuple[Leistung, float]]:
    """The services of this page that may be shown today: a lagging index never shows a draft."""
    wanted = rohe[start : start + limit + RESERVE]
    found = {
        leistung.pk: leistung
        for leistung in Leistung.objects.sichtbar_am(heute)
        .filter(pk__in=[hit.object_id for hit in wanted])
        .prefetch_related("begriffe")
    }
    live = [(found[hit.object_id], hit.score) for hit in wanted if hit.object_id in found]
    return live[:limit]


def _stelle(auskunft: Auskunft) -> str:
    stellen = auskunft.fuehrende_stellen
    return stellen[0].name if stellen else ""


def _meta(auskunft: Auskunft, zugang: Onlinezugang, ort: Ortsangabe) -> list[str]:
    lines = []
    if zugang.dienste:
        lines.append(f"Online möglich in {ort.name}" if ort.name else "Online möglich")
    elif zugang.je_nach_ort:
        lines.append("Online je nach Gemeinde")
    else:
        lines.append("Vor Ort oder per Post")
    stellen = auskunft.fuehrende_stellen
    if len(stellen) == 1:
        lines.append(f"Zuständig: {stellen[0].name}")
    elif stellen:
        lines.append("Zuständig: mehrere Behörden")
    return lines


def _matched_begriff(leistung: Leistung, plan: Plan) -> str:
    """The search word that explains the hit, if the title does not."""
    stems = {term.stamm for reading in plan.readings for term in reading.terme}
    if stems & {token.stamm for token in analyse(leistung.titel)}:
        return ""
    for begriff in leistung.begriffe.all():
        if stems & {token.stamm for token in analyse(begriff.begriff_de)}:
            return str(begriff.begriff_de)
    return ""


def _behoerde(plan: Plan, heute: date, frist: Frist) -> Behoerdentreffer | None:
    """The authority whose name holds every word of the query."""
    words = {term.genau for term in plan.hauptlesart.terme} if plan.hauptlesart else set()
    if not words:
        return None
    rohe, _, _ = _find(plan, frist, kind="behoerde", size=1)
    behoerde = Behoerde.objects.filter(pk__in=[hit.object_id for hit in rohe], live=True).first()
    if behoerde is None or not behoerde.is_sichtbar(heute):
        return None
    named = {token.genau for token in analyse(f"{behoerde.name_de} {behoerde.kurzname_de or ''}")}
    if not words <= named:
        return None
    return Behoerdentreffer(str(behoerde), reverse("behoerden:detail", args=[behoerde.slug]))
