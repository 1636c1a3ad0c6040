"""The admin's lists and forms of services and responsibility."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic.models import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.snippets.views.snippets import SnippetViewSet
from wagtail.snippets.widgets import AdminSnippetChooser

from behoerden.choosers import GebietChooser
from behoerden.models import Behoerde, Gebiet
from leistungen import panels
from leistungen.models import (
    Formular,
    Formularbindung,
    Kategorie,
    Leistung,
    Onlinedienst,
    Onlinedienstbindung,
    Zustaendigkeit,
)


class LeistungFilter(WagtailFilterSet):
    """Filters of the list of services; choosers instead of selects with thousands of options."""

    kategorien = django_filters.ModelChoiceFilter(
        queryset=Kategorie.objects.all(), label="Lebenslage"
    )

    class Meta:
        model = Leistung
        fields: ClassVar = ["live"]


class LeistungViewSet(SnippetViewSet):
    """Services: the daily work of the central team."""

    model = Leistung
    icon = "doc-full"
    menu_label = "Leistungen"
    menu_name = "leistungen"
    menu_order = 100
    add_to_admin_menu = True
    list_per_page = 50
    filterset_class = LeistungFilter
    list_display: ClassVar = [
        "titel",
        Column("has_unpublished_changes", label="Entwurf", accessor="entwurf_text"),
        DateColumn("last_published_at", label="Veröffentlicht", sort_key="last_published_at"),
    ]
    edit_handler = panels.LEISTUNG

    def get_queryset(self, request: HttpRequest) -> QuerySet[Leistung]:
        """Exactly the columns the list shows."""
        return Leistung.objects.select_related("latest_revision").defer(
            *(
                f.attname
                for f in Leistung._meta.concrete_fields
                if f.get_internal_type() == "TextField"
            )
        )


class OnlinedienstViewSet(SnippetViewSet):
    """Digital services."""

    model = Onlinedienst
    icon = "globe"
    menu_label = "Onlinedienste"
    menu_name = "onlinedienste"
    menu_order = 130
    add_to_admin_menu = True
    list_per_page = 50
    list_display: ClassVar = ["bezeichnung_de", "anmeldung", "live"]
    edit_handler = panels.ONLINEDIENST


class FormularViewSet(SnippetViewSet):
    """Forms."""

    model = Formular
    icon = "doc-empty"
    menu_label = "Formulare"
    menu_name = "formulare"
    menu_order = 140
    add_to_admin_menu = True
    list_per_page = 50
    list_display: ClassVar = ["bezeichnung_de", "sprache", "barrierefrei", "live"]
    edit_handler = panels.FORMULAR


def chooser_filter(model: Any, label: str, widget: Any = None) -> django_filters.ModelChoiceFilter:
    """Return a filter that picks one object in a chooser dialogue."""
    return django_filters.ModelChoiceFilter(
        queryset=model.objects.all(), widget=widget or AdminSnippetChooser(model), label=label
    )


class ZustaendigkeitFilter(WagtailFilterSet):
    """Filters of the list of rules."""

    leistung = chooser_filter(Leistung, "Leistung")
    gebiet = chooser_filter(Gebiet, "Gebiet", GebietChooser())
    behoerde = chooser_filter(Behoerde, "Behörde")

    class Meta:
        model = Zustaendigkeit
        fields: ClassVar = ["leistung", "gebiet", "behoerde", "rolle"]


REGEL_PANELS = [
    FieldPanel("leistung", help_text="Für welche Leistung gilt die Regel?"),
    FieldPanel("gebiet", help_text="Die Regel gilt hier und in allem, was dazugehört."),
]
ZEITRAUM_PANEL = MultiFieldPanel(
    [FieldRowPanel([FieldPanel("gueltig_ab"), FieldPanel("gueltig_bis")])],
    heading="Gültigkeit",
    help_text="Leer heißt: ohne Anfang oder ohne Ende.",
)


class RegelIndexView(IndexView):
    """Rules by service; whatever the list shows is loaded with the rows."""

    def get_base_queryset(self) -> QuerySet[Any]:
        """Rows with service, target and area, in two queries."""
        gebunden = [f.name for f in self.model._meta.fields if f.name in SHOWN]
        rows: QuerySet[Any] = (
            self.model._default_manager.select_related(*gebunden)
            .prefetch_related("gebiet__versionen")
            .order_by("leistung__bezeichnung_de", "pk")
        )
        return rows


# Foreign keys of rules and bindings that a list names.
SHOWN = frozenset({"leistung", "gebiet", "behoerde", "onlinedienst", "formular"})


class RegelViewSet(ModelViewSet):
    """What the lists of rules and bindings share: no copy, no reference index."""

    index_view_class = RegelIndexView
    add_to_admin_menu = True
    list_per_page = 50
    copy_view_enabled = False
    add_to_reference_index = False


class ZustaendigkeitViewSet(RegelViewSet):
    """Who is responsible for what where."""

    model = Zustaendigkeit
    icon = "group"
    menu_label = "Zuständigkeiten"
    menu_name = "zustaendigkeiten"
    menu_order = 120
    filterset_class = ZustaendigkeitFilter
    list_display: ClassVar = [
        "leistung",  # a plain name: Wagtail makes the first one the link to the form
        Column("gebiet", label="Gebiet"),
        Column("behoerde", label="Behörde"),
        Column("rolle", label="Rolle", accessor="get_rolle_display"),
        DateColumn("gueltig_ab", label="gültig ab"),
        DateColumn("gueltig_bis", label="gültig bis"),
    ]
    panels: ClassVar = [
        *REGEL_PANELS,
        FieldPanel("behoerde", help_text="Diese Behörde ist dort zuständig."),
        FieldRowPanel([FieldPanel("rolle"), FieldPanel("wirkung")]),
        FieldPanel("wahl_erlaubt"),
        ZEITRAUM_PANEL,
        FieldPanel("hinweis"),
    ]


class OnlinedienstbindungViewSet(RegelViewSet):
    """Where an online service may be used."""

    model = Onlinedienstbindung
    icon = "link"
    menu_label = "Onlinedienste je Gebiet"
    menu_name = "onlinedienstbindungen"
    menu_order = 135
    list_display: ClassVar = [
        "leistung",
        Column("gebiet", label="Gebiet"),
        Column("onlinedienst", label="Onlinedienst"),
    ]
    panels: ClassVar = [*REGEL_PANELS, FieldPanel("onlinedienst"), ZEITRAUM_PANEL]


class FormularbindungViewSet(RegelViewSet):
    """Where a form may be used."""

    model = Formularbindung
    icon = "link"
    menu_label = "Formulare je Gebiet"
    menu_name = "formularbindungen"
    menu_order = 145
    list_display: ClassVar = [
        "leistung",
        Column("gebiet", label="Gebiet"),
        Column("formular", label="Formular"),
    ]
    panels: ClassVar = [*REGEL_PANELS, FieldPanel("formular"), ZEITRAUM_PANEL]


class KategorieViewSet(ModelViewSet):
    """Lebenslagen and topics."""

    model = Kategorie
    icon = "tag"
    menu_label = "Lebenslagen"
    menu_name = "kategorien"
    menu_order = 150
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display: ClassVar = [
        "name_de",
        Column("klasse", accessor="get_klasse_display", label="Art"),
    ]
    panels: ClassVar = [
        FieldPanel("name_de", heading="Name"),
        FieldPanel("name_en", heading="Name (Englisch)"),
        FieldPanel("name_de_simple", heading="Name (Leichte Sprache)"),
        FieldPanel("slug"),
        FieldPanel("klasse"),
        FieldPanel("beschreibung_de", heading="Beschreibung"),
        FieldPanel("position"),
    ]


SNIPPETS = (LeistungViewSet, OnlinedienstViewSet, FormularViewSet)
MODELLE = (
    ZustaendigkeitViewSet("zustaendigkeiten"),
    OnlinedienstbindungViewSet("onlinedienstbindungen"),
    FormularbindungViewSet("formularbindungen"),
    KategorieViewSet("kategorien"),
)
