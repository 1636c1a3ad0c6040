"""The list of services: one view, its filters and its export."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

import django_filters
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import IndexView
from wagtail.snippets.widgets import AdminSnippetChooser

from behoerden.models import Behoerde
from leistungen.listen import spalten
from leistungen.listen.kennzahlen import refresh_stellen, veraltete_stellen
from leistungen.listen.reiter import ALLE, REITER, Reiterstand, finde_reiter, zaehle
from leistungen.models import Begriff, Kategorie, Leistung, Leistungsschluessel

PARAMETER = "reiter"
# Rules changed since the last count are counted anew when the tab is opened, at most so many.
SOFORT_ZAEHLEN = 20
# Words of a search that are looked at.
MAX_WOERTER = 8


class LeistungFilter(WagtailFilterSet):
    """Filters of the list; choosers instead of selects with thousands of options."""

    kategorien = django_filters.ModelChoiceFilter(
        queryset=Kategorie.objects.all(), label="Lebenslage"
    )
    redaktion = django_filters.ModelChoiceFilter(
        queryset=Behoerde.objects.all(),
        widget=AdminSnippetChooser(Behoerde),
        label="Redaktion",
    )

    class Meta:
        model = Leistung
        fields: ClassVar = ["live"]


class LeistungIndexView(IndexView):
    """Tabs with counts; the tab is a part of the address and survives search and filter."""

    list_export: ClassVar = [
        "titel",
        "slug_de",
        "ebene",
        "status",
        "geprueft_am",
        "naechste_pruefung",
        "lix",
    ]
    export_headings: ClassVar = {
        "titel": "Titel",
        "slug_de": "Adresse der Seite",
        "ebene": "Ebene",
        "status": "Status",
        "geprueft_am": "geprüft am",
        "naechste_pruefung": "nächste Prüfung",
        "lix": "LIX",
    }

    @cached_property
    def stichtag(self) -> date:
        """Today, once per request."""
        return timezone.localdate()

    @cached_property
    def reiter(self) -> Any:
        """The open tab."""
        return finde_reiter(self.request.GET.get(PARAMETER, ALLE))

    @cached_property
    def columns(self) -> list[Any]:
        """The title can be sorted by, though it is computed."""
        columns: list[Any] = super().columns
        columns[1].sort_key = "bezeichnung_de"
        return columns

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """What the list shows goes out as a table that can be read in again."""
        buttons: list[Any] = super().header_more_buttons
        auswahl = self.request.GET.urlencode()
        url = reverse("tabellen:ausgeben") + (f"?{auswahl}" if auswahl else "")
        return [*buttons, Button("Als Tabelle zum Bearbeiten", url=url, icon_name="table")]

    def get_ordering(self) -> Any:
        """The column the editor chose, else what matters most in the tab."""
        return super().get_ordering() or self.reiter.ordnung

    def get_base_queryset(self) -> QuerySet[Leistung]:
        """The services of the open tab."""
        if self.reiter.slug == "ohne-stelle":
            refresh_stellen(veraltete_stellen(SOFORT_ZAEHLEN))
        rows: QuerySet[Leistung] = super().get_base_queryset()
        return rows.filter(self.reiter.bedingung(self.stichtag))

    def search_queryset(self, queryset: QuerySet[Leistung]) -> QuerySet[Leistung]:
        """Services in which every word of the search occurs; what a file shows, too.

        Wagtail's own index cannot be combined with tabs and filters.
        """
        for wort in self.search_query.split()[:MAX_WOERTER]:
            queryset = queryset.filter(enthaelt(wort))
        if self.is_export:
            queryset = spalten.mit_angaben(queryset, self.stichtag)
        return queryset

    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        """One page; what the columns show is computed for its rows only, not for those before."""
        paginator, page, rows, weitere = super().paginate_queryset(queryset, page_size)
        auswahl = Leistung.objects.filter(pk__in=rows.values("pk"))
        rows = self.order_queryset(spalten.mit_angaben(auswahl, self.stichtag))
        page.object_list = rows
        return paginator, page, rows, weitere

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        """Return one row of the exported table."""
        return {
            "titel": item.titel,
            "slug_de": item.slug_de,
            "ebene": spalten.ebene(item),
            "status": spalten.status_text(item),
            "geprueft_am": spalten.geprueft_am(item),
            "naechste_pruefung": spalten.naechste_pruefung(item),
            "lix": spalten.lix(item),
        }

    @cached_property
    def zahlen(self) -> dict[str, int]:
        """Number of services in every tab; one query."""
        return zaehle(super().get_base_queryset(), self.stichtag)

    def get_paginator(self, *args: Any, **kwargs: Any) -> Any:
        """Pages of the table; a tab without filter and search has been counted already."""
        paginator = super().get_paginator(*args, **kwargs)
        if not (self.results_only or self.is_filtering or self.is_searching):
            paginator.count = self.zahlen[self.reiter.slug]
        return paginator

    def reiterleiste(self) -> Sequence[Reiterstand]:
        """Return the tabs with their counts."""
        return [
            Reiterstand(
                reiter,
                self.zahlen[reiter.slug],
                reiter is self.reiter,
                self.index_url + ("" if reiter.slug == ALLE else f"?{PARAMETER}={reiter.slug}"),
            )
            for reiter in REITER
            if reiter.fest or reiter is self.reiter
        ]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The page knows its tabs; a refreshed table does not need them."""
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        context["reiter"] = self.reiter
        context["ist_erste_ansicht"] = self.reiter.slug == ALLE
        if not self.results_only and not self.is_export:
            context["reiterleiste"] = self.reiterleiste()
        return context


def enthaelt(wort: str) -> Q:
    """Return the condition that a word occurs in title, address, Kurztext, search word or key."""
    begriffe = Begriff.objects.filter(begriff_de__icontains=wort).order_by()
    schluessel = Leistungsschluessel.objects.filter(schluessel__startswith=wort).order_by()
    return (
        Q(bezeichnung_de__icontains=wort)
        | Q(bezeichnung_2_de__icontains=wort)
        | Q(slug_de__icontains=wort)
        | Q(kurztext_de__icontains=wort)
        | Q(pk__in=begriffe.values("leistung"))
        | Q(pk__in=schluessel.values("leistung"))
    )


def listenadresse(slug: str) -> str:
    """Return the address of a tab."""
    adresse = reverse("wagtailsnippets_leistungen_leistung:list")
    return adresse if slug == ALLE else f"{adresse}?{PARAMETER}={slug}"
