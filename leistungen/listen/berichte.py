"""Reports over all texts: which rules they break, and how their translations stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import django_filters
from django.db import connection
from django.db.models import Q, QuerySet
from django.urls import reverse
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.widgets import AdminSnippetChooser

from behoerden.models import Behoerde
from leistungen.domain.qualitaet import MODULNAMEN, REGELN
from leistungen.domain.uebersetzung import Stand
from leistungen.listen.balken import Bild, Wert, querbalken
from leistungen.models import Leistung, Leistungskennzahl
from zufi.common.sprachfest import LANGUAGE_LABELS

ANSEHEN = ("view", "add", "change", "delete")
# Names of the lists of rows in the report; modules have theirs in `MODULNAMEN`.
ZEILENNAMEN = {
    "gebuehren": "Kosten",
    "fristen": "Fristen",
    "bearbeitungsdauern": "Bearbeitungsdauer",
    "unterlagen": "Unterlagen",
    "rechtsgrundlagen": "Rechtsgrundlagen",
    "modullinks": "Links",
    "modulangaben": "Weitere Angaben",
    "freigaben": "Freigaben",
}
# Rule → its subject for the table; the sentences of the findings stand in `regeln.toml`.
REGELNAMEN = {
    "Q-STR-1": "Pflichtangaben",
    "Q-STR-2": "Aufbau und Auszeichnung",
    "Q-STR-3": "Zeichen und Platzhalter",
    "Q-STR-4": "Länge der Texte",
    "Q-STR-5": "Titel",
    "Q-MOD-1": "Doppeltes und Querverweise",
    "Q-MOD-2": "Angaben am falschen Ort",
    "Q-MOD-3": "Bedingte Unterlagen",
    "Q-TXT-1": "Lange Sätze und Wörter",
    "Q-TXT-2": "Amtsdeutsch",
    "Q-LNK-1": "Linktexte",
    "Q-IMG-1": "Alternativtexte",
    "Q-ONL-1": "Onlinedienste und Formulare",
    "Q-SDG-1": "EU-Portal: Deutsch",
    "Q-SDG-2": "EU-Portal: Englisch",
    "Q-LNG-1": "Übersetzungen",
    "Q-FRG-1": "Freigaben",
    "Q-CODE-1": "Unbekannte Codes",
    "Q-ZUS-2": "Suchwörter und Stellen",
}


class Rechte(PermissionCheckedMixin):
    """Who may see services may see reports about them."""

    permission_policy = ModelPermissionPolicy(Leistung)
    any_permission_required: ClassVar = list(ANSEHEN)


@dataclass(frozen=True, slots=True)
class Regelzeile:
    """One rule: how many services break it, how often."""

    regel: str
    text: str
    leistungen: int
    befunde: int
    adresse: str


# Rule → services and findings, over the rows of a query with the column `regeln`.
REGELN_ZAEHLEN = """
SELECT regel.key, count(*), sum(regel.value::int)
  FROM ({}) AS k, jsonb_each_text(k.regeln) AS regel
 GROUP BY 1
 ORDER BY 2 DESC, 1
"""


def zaehle_regeln(rows: QuerySet[Leistungskennzahl]) -> Sequence[Regelzeile]:
    """Return the rules these services break, most services first; one query."""
    sql, params = rows.order_by().values("regeln").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(REGELN_ZAEHLEN.format(sql), params)
        zahlen = cursor.fetchall()
    texte = regeltexte()
    adresse = reverse("berichte:textqualitaet")
    return [
        Regelzeile(regel, texte.get(regel, ""), leistungen, befunde, f"{adresse}?regel={regel}")
        for regel, leistungen, befunde in zahlen
    ]


def regeltexte() -> Mapping[str, str]:
    """Return rule → what it is about, in a few words; a new rule has none until it is named."""
    return {regel.id: REGELNAMEN.get(regel.id, "") for regel in REGELN}


class TextqualitaetFilter(WagtailFilterSet):
    """Rule, severity and editing authority."""

    regel = django_filters.ChoiceFilter(label="Regel", method="filter_regel")
    schwere = django_filters.ChoiceFilter(
        label="Schwere",
        choices=[("muss", "nur mit Fehlern"), ("soll", "nur mit Hinweisen")],
        method="filter_schwere",
    )
    redaktion = django_filters.ModelChoiceFilter(
        queryset=Behoerde.objects.all(),
        widget=AdminSnippetChooser(Behoerde),
        label="Redaktion",
    )

    class Meta:
        model = Leistungskennzahl
        fields: ClassVar[list[str]] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["regel"].extra["choices"] = [
            (regel, f"{regel} {text}".strip()) for regel, text in regeltexte().items()
        ]

    def filter_regel(
        self, queryset: QuerySet[Leistungskennzahl], name: str, value: str
    ) -> QuerySet[Leistungskennzahl]:
        """Services that break this rule."""
        return queryset.filter(regeln__has_key=value)

    def filter_schwere(
        self, queryset: QuerySet[Leistungskennzahl], name: str, value: str
    ) -> QuerySet[Leistungskennzahl]:
        """Services with errors, or with hints."""
        return queryset.filter(**{f"{value}_count__gt": 0})


class TextqualitaetView(Rechte, ReportView):
    """Rules with bars, then the services; the export holds one row per service."""

    model = Leistungskennzahl
    page_title = "Textqualität"
    header_icon = "glasses"
    index_url_name = "berichte:textqualitaet"
    index_results_url_name = "berichte:textqualitaet_ergebnis"
    template_name = "leistungen/listen/textqualitaet.html"
    results_template_name = "leistungen/listen/textqualitaet_ergebnis.html"
    filterset_class = TextqualitaetFilter
    paginate_by = 50
    export_filename = "textqualitaet"
    list_export: ClassVar = ["leistung.titel", "leistung.slug_de", "muss_count", "soll_count",
                             "lix", "amstad", "regeltext", "berechnet_am"]  # fmt: skip
    export_headings: ClassVar = {
        "leistung.titel": "Leistung",
        "leistung.slug_de": "Adresse der Seite",
        "muss_count": "Fehler",
        "soll_count": "Hinweise",
        "lix": "LIX",
        "amstad": "Amstad",
        "regeltext": "Regeln",
        "berechnet_am": "berechnet am",
    }

    def get_queryset(self) -> QuerySet[Leistungskennzahl]:
        """Services with a finding, most errors first."""
        return (
            Leistungskennzahl.objects.filter(Q(muss_count__gt=0) | Q(soll_count__gt=0))
            .select_related("leistung")
            .only(
                "leistung__bezeichnung_de",
                "leistung__bezeichnung_2_de",
                "leistung__slug_de",
                "lix",
                "amstad",
                "muss_count",
                "soll_count",
                "regeln",
                "berechnet_am",
            )
            .order_by("-muss_count", "-soll_count", "pk")
        )

    def decorate_paginated_queryset(self, object_list: Any) -> Sequence[Any]:
        """Rows that say their rules in one line."""
        rows = list(object_list)
        for row in rows:
            row.regeltext = regelliste(row.regeln)
        return rows

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Rules of everything the filters leave, with their bars."""
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        if not self.is_export:
            regeln = zaehle_regeln(self.object_list)
            context["regeln"] = regeln
            context["bild"] = regelbild(regeln)
        return context


def regelliste(regeln: Mapping[str, int]) -> str:
    """Return "Q-TXT-1 (3), Q-TXT-2", most findings first."""
    return ", ".join(
        f"{regel} ({anzahl})" if anzahl > 1 else regel
        for regel, anzahl in sorted(regeln.items(), key=lambda paar: (-paar[1], paar[0]))
    )


def regelbild(regeln: Sequence[Regelzeile]) -> Bild:
    """Return the ten rules most services break."""
    if not regeln:
        return querbalken([], "Kein Text verstößt gegen eine Regel.")
    oben = regeln[0]
    botschaft = f"Am häufigsten: {oben.text or oben.regel}, in {_leistungen(oben.leistungen)}."
    werte = [
        Wert(f"{zeile.regel} {zeile.text}".strip(), zeile.leistungen, zeile.adresse)
        for zeile in regeln
    ]
    return querbalken(werte, botschaft)


def _leistungen(anzahl: int) -> str:
    return "1 Leistung" if anzahl == 1 else f"{anzahl:,} Leistungen".replace(",", ".")


@dataclass(frozen=True, slots=True)
class Uebersetzungszeile:
    """One part of the texts in one language: how many services stand how."""

    teil: str
    sprache: str
    aktuell: int
    veraltet: int
    fehlt: int
    maschinell: int
    unbekannt: int


# Part × language × state over all services; rows count as their list ("unterlagen:uuid").
UEBERSETZUNGEN = """
SELECT split_part(teil.key, ':', 1) AS teil, sprache.key AS sprache, teil.value #>> '{}' AS stand,
       count(*)
  FROM leistungen_leistungskennzahl k,
       jsonb_each(k.uebersetzungen) AS sprache,
       jsonb_each(sprache.value) AS teil
 GROUP BY 1, 2, 3
"""


def lade_uebersetzungen() -> Sequence[Uebersetzungszeile]:
    """Return module and language in the order of the page, rows behind; one query."""
    with connection.cursor() as cursor:
        cursor.execute(UEBERSETZUNGEN)
        zahlen = {(teil, lang, stand): anzahl for teil, lang, stand, anzahl in cursor.fetchall()}
    teile = {teil for teil, _lang, _stand in zahlen}
    bekannt = [name for name in (*MODULNAMEN, *ZEILENNAMEN) if name in teile]
    geordnet = [*bekannt, *sorted(teile.difference(bekannt))]
    return [
        Uebersetzungszeile(
            teil=ZEILENNAMEN.get(teil) or MODULNAMEN.get(teil) or teil,
            sprache=LANGUAGE_LABELS[lang],
            aktuell=zahlen.get((teil, lang, Stand.AKTUELL), 0),
            veraltet=zahlen.get((teil, lang, Stand.GEAENDERT), 0),
            fehlt=zahlen.get((teil, lang, Stand.FEHLT), 0),
            maschinell=zahlen.get((teil, lang, Stand.MASCHINELL), 0),
            unbekannt=zahlen.get((teil, lang, Stand.UNBEKANNT), 0),
        )
        for teil in geordnet
        for lang in ("en", "de_simple")
    ]


class UebersetzungenView(Rechte, ReportView):
    """Modules × languages with the state of their translations."""

    model = Leistungskennzahl
    page_title = "Übersetzungen"
    header_icon = "globe"
    index_url_name = "berichte:uebersetzungen"
    index_results_url_name = "berichte:uebersetzungen_ergebnis"
    results_template_name = "leistungen/listen/uebersetzungen_ergebnis.html"
    paginate_by = None
    export_filename = "uebersetzungen"
    list_export: ClassVar = ["teil", "sprache", "aktuell", "veraltet", "fehlt", "maschinell",
                             "unbekannt"]  # fmt: skip
    export_headings: ClassVar = {
        "teil": "Abschnitt",
        "sprache": "Sprache",
        "aktuell": "aktuell",
        "veraltet": "veraltet",
        "fehlt": "fehlt",
        "maschinell": "maschinell",
        "unbekannt": "Stand unbekannt",
    }

    def get_filtered_queryset(self) -> Any:
        """The rows; they are no objects of a table."""
        return lade_uebersetzungen()

    def get_heading(self, queryset: Any, field: str) -> str:
        """Heading of an exported column."""
        return self.export_headings[field]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Bars of what is stale in English, with the way to the list."""
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        zeilen: Sequence[Uebersetzungszeile] = self.object_list
        context["bilder"] = [
            (kennung, uebersetzungsbild(zeilen, LANGUAGE_LABELS[kennung]))
            for kennung in ("en", "de_simple")
        ]
        return context


def uebersetzungsbild(zeilen: Sequence[Uebersetzungszeile], sprache: str) -> Bild:
    """Return the parts with the most stale translations in this language."""
    werte = [
        Wert(zeile.teil, zeile.veraltet)
        for zeile in zeilen
        if zeile.sprache == sprache and zeile.veraltet
    ]
    werte.sort(key=lambda wert: -wert.anzahl)
    if not werte:
        return querbalken([], f"{sprache}: Kein Text ist älter als der deutsche.")
    summe = f"{sum(wert.anzahl for wert in werte):,}".replace(",", ".")
    satz = f"{sprache}: {summe}-mal veraltet, am häufigsten „{werte[0].name}“."
    return querbalken(werte, satz)
