"""Rules as sentences, by level and page by page; queries do not grow with the rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, IntegerField, OuterRef, Q, Subquery, Value, When

from behoerden.models import Gebiet, Gebietsart, Gebietsversion
from behoerden.querysets import gebietsnamen
from leistungen.domain.bedingung import in_worten
from leistungen.models import Zustaendigkeit
from leistungen.querysets import RegelQuerySet
from leistungen.regeleditor.sprache import (
    EBENE_DER_ART,
    EBENEN,
    WAS,
    geltung,
    wo,
    zeitraum,
)

PRO_SEITE = 50
MIN_SUCHE = 2


@dataclass(frozen=True, slots=True)
class Satz:
    """One rule: "Für … ist in … zuständig: … (seit …, geprüft am …)"."""

    id: int
    leistung_id: int
    leistung: str
    praeposition: str
    gebiet: str
    was: str
    behoerde_id: int
    behoerde: str
    bedingung: str
    zusaetze: tuple[str, ...]
    geltung: str
    geprueft: bool
    behoerde_sichtbar: bool
    hinweis: str


@dataclass(frozen=True, slots=True)
class Ebene:
    """The rules of one level on this page."""

    schluessel: str
    titel: str
    saetze: tuple[Satz, ...]


@dataclass(frozen=True, slots=True)
class Zaehlung:
    """How many rules of each level there are, whatever page is shown."""

    schluessel: str
    titel: str
    anzahl: int


def suche(rows: RegelQuerySet, text: str) -> RegelQuerySet:
    """Return the rules whose area or authority is called so; a key or postcode finds areas."""
    text = text.strip()
    if len(text) < MIN_SUCHE:
        return rows
    gebiete = Gebiet.objects.suche(text).values("pk")
    return rows.filter(Q(gebiet__in=gebiete) | Q(behoerde__name_de__icontains=text))


def der_ebene(rows: RegelQuerySet, ebene: str) -> RegelQuerySet:
    """Return the rules of one level; an unknown level is none at all."""
    arten = [art for art, stufe in EBENE_DER_ART.items() if stufe == ebene]
    return rows.filter(gebiet__art__in=arten) if arten else rows


def zaehle(rows: RegelQuerySet) -> tuple[Zaehlung, ...]:
    """Return the number of rules per level; one query."""
    je_art = dict(rows.order_by().values_list("gebiet__art").annotate(anzahl=Count("pk")))
    return tuple(
        Zaehlung(
            ebene,
            titel,
            sum(n for art, n in je_art.items() if EBENE_DER_ART[art] == ebene),
        )
        for ebene, titel in EBENEN.items()
    )


def seite(rows: RegelQuerySet, nummer: str | int) -> Page[Zustaendigkeit]:
    """Return a page of rules, from the Land downwards, then by area; three queries."""
    stufen = list(EBENEN)
    rang = Case(
        *(
            When(gebiet__art=art, then=Value(stufen.index(ebene)))
            for art, ebene in EBENE_DER_ART.items()
        ),
        output_field=IntegerField(),
    )
    name = Gebietsversion.objects.filter(gebiet=OuterRef("gebiet_id")).order_by("-gueltig_ab")
    geordnet = rows.annotate(rang=rang, gebietsname=Subquery(name.values("name")[:1])).order_by(
        "rang", "gebietsname", "gebiet_id", "leistung_id", "rolle", "pk"
    )
    return Paginator(mit_namen(geordnet), PRO_SEITE).get_page(nummer)


def mit_namen(rows: RegelQuerySet) -> RegelQuerySet:
    """Return the rules with exactly what a sentence names; one query more, for the areas."""
    return (
        rows.select_related("leistung", "behoerde", "kriterium", "gebiet")
        .prefetch_related(gebietsnamen("gebiet"))
        .only(
            "rolle",
            "wirkung",
            "wahl_erlaubt",
            "werte",
            "hinweis",
            "gueltig_ab",
            "gueltig_bis",
            "verifiziert_am",
            "verifiziert_durch",
            "leistung__bezeichnung_de",
            "leistung__bezeichnung_2_de",
            "behoerde__name_de",
            "behoerde__live",
            "behoerde__gueltig_ab",
            "behoerde__gueltig_bis",
            "kriterium__art",
            "kriterium__frage_de",
            "gebiet__art",
        )
    )


def satz(row: Zustaendigkeit, heute: date) -> Satz:
    """Return the sentence of a rule that was loaded by `mit_namen`; no query."""
    praeposition, gebiet = wo(row.gebiet.art, *_namen(row.gebiet))
    was = WAS[row.rolle]
    spanne = zeitraum(row.gueltig_ab, row.gueltig_bis)
    geprueft = (
        f"fachlich geprüft am {row.verifiziert_am:%d.%m.%Y} durch {row.verifiziert_durch}"
        if row.verifiziert_am
        else ""
    )
    wahl = "eine von mehreren zur Wahl" if row.wahl_erlaubt else ""
    return Satz(
        id=row.pk,
        leistung_id=row.leistung_id,
        leistung=row.leistung.titel,
        praeposition=praeposition,
        gebiet=gebiet,
        was=f"zusätzlich {was}" if row.wirkung == "ergaenzt" else was,
        behoerde_id=row.behoerde_id,
        behoerde=str(row.behoerde),
        bedingung=bedingung(row),
        zusaetze=tuple(teil for teil in (spanne, wahl, geprueft) if teil),
        geltung=geltung(row.gueltig_ab, row.gueltig_bis, heute),
        geprueft=row.verifiziert_am is not None,
        behoerde_sichtbar=row.behoerde.is_sichtbar(heute),
        hinweis=row.hinweis,
    )


def bedingung(row: Zustaendigkeit) -> str:
    """Return question and answers of a rule: "Womit beginnt Ihr Familienname? A–K"."""
    if row.kriterium is None:
        return ""
    return f"{row.kriterium} {in_worten(row.kriterium.art, row.werte)}"


def nach_ebenen(rows: Iterable[Zustaendigkeit], heute: date) -> tuple[Ebene, ...]:
    """Return the sentences of a page under the headings of their levels, in their order."""
    gruppen = groupby(rows, key=lambda row: EBENE_DER_ART[row.gebiet.art])
    return tuple(
        Ebene(ebene, EBENEN[ebene], tuple(satz(row, heute) for row in gruppe))
        for ebene, gruppe in gruppen
    )


def _namen(gebiet: Gebiet) -> tuple[str, str]:
    """Name of the area, and of the Gemeinde that an Ortsteil lies in."""
    versionen = sorted(gebiet.versionen.all(), key=lambda v: v.gueltig_ab or date.min)
    if not versionen:
        return f"Gebiet {gebiet.pk}", ""
    is_teil = gebiet.art == Gebietsart.ORTSTEIL
    return versionen[-1].name, versionen[-1].name_der_gemeinde if is_teil else ""
