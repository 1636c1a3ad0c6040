"""The report "Abdeckung" and its page per service."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.widgets import AdminSnippetChooser

from behoerden.domain.gebietsdaten import KREISFREIE_STADT, LANDKREIS
from behoerden.models import Gebietsversion
from leistungen.abdeckung.bericht import Bericht
from leistungen.abdeckung.einzeln import gemeindezeilen
from leistungen.abdeckung.speicher import HOECHSTENS
from leistungen.coverage.fakten import ART_NAMEN, Art
from leistungen.coverage.saetze import RAT
from leistungen.models import Kategorie, Leistung, Zustaendigkeit

ANSEHEN = ("view", "add", "change", "delete")
ALLE = "alle"


class Rechte(PermissionCheckedMixin):
    """Who may see or change rules may see the report."""

    permission_policy = ModelPermissionPolicy(Zustaendigkeit)
    any_permission_required: ClassVar = list(ANSEHEN)


def kreise() -> list[tuple[int, str]]:
    """Return the Kreise of today for the filter; one query."""
    rows = (
        Gebietsversion.objects.gueltig_am(timezone.localdate())
        .filter(gebiet__art__in=(LANDKREIS, KREISFREIE_STADT))
        .order_by("name")
    )
    return list(rows.values_list("gebiet_id", "name"))


class AbdeckungFilter(WagtailFilterSet):
    """Lebenslage and Leistung narrow the query, finding and Kreis the proof."""

    kategorien = django_filters.ModelChoiceFilter(
        queryset=Kategorie.objects.all(), label="Lebenslage"
    )
    leistung = django_filters.ModelChoiceFilter(
        queryset=Leistung.objects.all(),
        field_name="pk",
        label="Leistung",
        method="filter_leistung",
        widget=AdminSnippetChooser(Leistung),
    )
    kreis = django_filters.TypedChoiceFilter(
        choices=[], coerce=int, label="Kreis", method="unveraendert"
    )
    art = django_filters.ChoiceFilter(
        choices=[(ALLE, "alle Befunde"), *((art.value, ART_NAMEN[art]) for art in Art)],
        label="Befund",
        method="unveraendert",
    )

    class Meta:
        model = Leistung
        fields: ClassVar[list[str]] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["kreis"].extra["choices"] = kreise()

    def filter_leistung(
        self, queryset: QuerySet[Leistung], name: str, value: Leistung
    ) -> QuerySet[Leistung]:
        """Only this service."""
        narrowed: QuerySet[Leistung] = queryset.filter(pk=value.pk)
        return narrowed

    def unveraendert(
        self, queryset: QuerySet[Leistung], name: str, value: Any
    ) -> QuerySet[Leistung]:
        """What the proof filters by, it filters itself."""
        return queryset


class AbdeckungView(Rechte, ReportView):
    """Matrix Leistungen × Kreise with sums and map."""

    model = Leistung
    page_title = "Abdeckung"
    header_icon = "success"
    index_url_name = "abdeckung:bericht"
    index_results_url_name = "abdeckung:bericht_ergebnis"
    template_name = "leistungen/abdeckung/bericht.html"
    results_template_name = "leistungen/abdeckung/bericht_ergebnis.html"
    filterset_class = AbdeckungFilter
    paginate_by = 50
    export_filename = "abdeckung"
    list_export: ClassVar = [
        "leistung",
        "slug",
        "kreis",
        "erwartet",
        "belegt",
        "luecken",
        "geprueft",
        "widersprueche",
        "befunde",
    ]
    export_headings: ClassVar = {
        "leistung": "Leistung",
        "slug": "Adresse der Seite",
        "kreis": "Kreis",
        "erwartet": "Gemeinden",
        "belegt": "mit Stelle",
        "luecken": "ohne Stelle",
        "geprueft": "fachlich geprüft",
        "widersprueche": "Widersprüche",
        "befunde": "Befunde der Leistung",
    }

    def get_queryset(self) -> QuerySet[Leistung]:
        """Services that citizens see today, by title; only what the rows need."""
        rows: QuerySet[Leistung] = (
            Leistung.objects.sichtbar_am(timezone.localdate())
            .only("bezeichnung_de", "bezeichnung_2_de", "slug_de")
            .order_by("bezeichnung_de", "pk")
        )
        return rows

    def get_filtered_queryset(self) -> QuerySet[Leistung]:
        """The services of the filters; the finding is looked up in their proofs."""
        queryset = self.filter_queryset(self.get_queryset())
        self.treffer = list(queryset.values_list("pk", flat=True))
        if self.filters is not None and (art := self._wahl("art")):
            gesucht = None if art == ALLE else Art(art)
            self.treffer = self.bericht.mit_befund(gesucht)
            queryset = queryset.filter(pk__in=self.treffer)
        return queryset  # type: ignore[no-any-return]  # of Wagtail's untyped filter

    def _wahl(self, name: str) -> Any:
        """A valid choice of the filter form, else None."""
        return self.filters.form.cleaned_data.get(name) if self.filters.form.is_valid() else None

    @cached_property
    def bericht(self) -> Bericht:
        """The proof of all services of the filters; a file is complete, a page may go on later."""
        return Bericht(
            timezone.localdate(),
            self.treffer,
            self._wahl("kreis") or None,
            hoechstens=len(self.treffer) if self.is_export else HOECHSTENS,
        )

    def decorate_paginated_queryset(self, object_list: Sequence[Leistung]) -> Sequence[Any]:
        """Rows of the matrix, or of the export."""
        if self.is_export:
            return self.bericht.exportzeilen(object_list)
        return [self.bericht.zeile(leistung) for leistung in object_list]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Sums and map of everything the filters leave."""
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        if self.is_export:
            return context
        bericht = self.bericht
        context["gesamt"], context["befunde"] = bericht.summe(self.treffer)
        context["karte"] = bericht.karte(self.treffer)
        context["kreise"] = bericht.kreise
        context["offen"] = bericht.offen
        context["anzahl"] = len(self.treffer)
        context["stichtag"] = bericht.grundlage.raum.stichtag
        return context


class LeistungAbdeckungView(
    Rechte, SpreadsheetExportMixin, WagtailAdminTemplateMixin, TemplateView
):
    """One service in all Gemeinden."""

    header_icon = "success"
    page_title = "Abdeckung"
    template_name = "leistungen/abdeckung/leistung.html"
    _show_breadcrumbs = True
    list_export: ClassVar = [
        "kreis",
        "gemeinde",
        "verband",
        "stellen",
        "ansprechpunkte",
        "befunde",
    ]
    export_headings: ClassVar = {
        "kreis": "Kreis",
        "gemeinde": "Gemeinde",
        "verband": "Verband",
        "stellen": "zuständige Stelle",
        "ansprechpunkte": "Ansprechpunkt",
        "befunde": "Befund",
    }

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page, or its table as a file."""
        self.leistung = get_object_or_404(Leistung, pk=kwargs["pk"])
        self.abdeckung, self.zeilen = gemeindezeilen(self.leistung.pk, timezone.localdate())
        if self.is_export:
            export: HttpResponse = self.as_spreadsheet(self.zeilen, request.GET["export"])
            return export
        return self.render_to_response(self.get_context_data(**kwargs))

    def get_filename(self) -> str:
        """Name of the file, with the service."""
        return f"abdeckung-{self.leistung.slug_de}"

    def get_page_subtitle(self) -> str:
        """The service."""
        return self.leistung.titel

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """The report, then the service."""
        return [
            {"url": reverse("wagtailadmin_home"), "label": "Start"},
            {"url": reverse("abdeckung:bericht"), "label": "Abdeckung"},
            {"url": "", "label": self.leistung.titel},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Findings with advice, then the table."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["leistung"] = self.leistung
        context["gesamt"] = self.abdeckung.gesamt
        context["befunde"] = [
            (ART_NAMEN[befund.art], befund.schwere.value, befund.text, RAT[befund.art])
            for befund in self.abdeckung.befunde
        ]
        context["zeilen"] = self.zeilen
        context["stichtag"] = self.abdeckung.stichtag
        return context
