"""List and forms of supplements."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import CreateView, EditView, IndexView, SnippetViewSet
from wagtail.snippets.widgets import AdminSnippetChooser

from behoerden.choosers import GebietChooser
from behoerden.models import Gebiet
from behoerden.querysets import gebietsnamen
from leistungen.ergaenzungen import panels
from leistungen.ergaenzungen.pruefliste import veraltete_ergaenzungen
from leistungen.models import ERGAENZBARE_MODULE, Ergaenzung, Leistung
from zufi.common.admin import StandGeprueft

MODUS_KURZ = {"ergaenzen": "ergänzt", "ersetzen": "ersetzt", "ausblenden": "blendet aus"}


class ErgaenzungFilter(WagtailFilterSet):
    """Service, area, module, and whether the inherited text changed."""

    leistung = django_filters.ModelChoiceFilter(
        queryset=Leistung.objects.all(), widget=AdminSnippetChooser(Leistung), label="Leistung"
    )
    gebiet = django_filters.ModelChoiceFilter(
        queryset=Gebiet.objects.all(), widget=GebietChooser(), label="Gebiet"
    )
    modul_code = django_filters.ChoiceFilter(
        choices=list(ERGAENZBARE_MODULE.items()), label="Abschnitt"
    )
    veraltet = django_filters.BooleanFilter(
        label="Stammtext geändert",
        method="filter_veraltet",
        widget=forms.RadioSelect(choices=[("", "alle"), ("true", "ja"), ("false", "nein")]),
    )

    class Meta:
        model = Ergaenzung
        fields: ClassVar = ["leistung", "gebiet", "modul_code"]

    def filter_veraltet(
        self, queryset: QuerySet[Ergaenzung], name: str, value: bool
    ) -> QuerySet[Ergaenzung]:
        """Only those to check, or only those that are up to date."""
        ids = [eintrag.ergaenzung.pk for eintrag in veraltete_ergaenzungen()]
        return queryset.filter(pk__in=ids) if value else queryset.exclude(pk__in=ids)


def stand(ergaenzung: Ergaenzung) -> str:
    """Return what the list says about the inherited text; the view found it out before."""
    return "Stammtext geändert" if getattr(ergaenzung, "ist_veraltet", False) else "aktuell"


class ErgaenzungIndexView(IndexView):
    """The list."""

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The rows of this page know whether they have to be checked."""
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        zeilen = list(context["object_list"])
        gezeigt = Q(pk__in=[ergaenzung.pk for ergaenzung in zeilen])
        veraltet = {eintrag.ergaenzung.pk for eintrag in veraltete_ergaenzungen(nur=gezeigt)}
        for ergaenzung in zeilen:
            ergaenzung.ist_veraltet = ergaenzung.pk in veraltet
        return context

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """Wagtail's buttons, and the task list."""
        return [
            Button(
                "Ergänzungen prüfen",
                url=reverse("ergaenzungen:pruefliste"),
                icon_name="check",
                priority=5,
            ),
            *super().header_more_buttons,
        ]


class ErgaenzungCreateView(CreateView):
    """What the supplement is about; its text follows in the second step."""

    def get_panel(self) -> Any:
        """The short form."""
        return panels.neue_ergaenzung()

    def get_form_class(self) -> Any:
        """The form of these fields; the viewset's has every one."""
        return self.panel.get_form_class()


class ErgaenzungEditView(StandGeprueft, EditView):
    """The inherited text and ours."""

    vorlage = "leistungen/ergaenzungen/bearbeiten.html"

    def get_panel(self) -> Any:
        """The form for the module of this supplement."""
        return panels.ergaenzung(self.object.modul_code)

    def get_form_class(self) -> Any:
        """The form of these fields; the viewset's has every one."""
        return self.panel.get_form_class()


class ErgaenzungViewSet(SnippetViewSet):
    """Supplements of Kommunen."""

    model = Ergaenzung
    icon = "doc-full-inverse"
    menu_label = "Ergänzungen"
    menu_name = "ergaenzungen"
    menu_order = 105
    add_to_admin_menu = True
    copy_view_enabled = False
    list_per_page = 50
    index_view_class = ErgaenzungIndexView
    add_view_class = ErgaenzungCreateView
    edit_view_class = ErgaenzungEditView
    filterset_class = ErgaenzungFilter
    list_display: ClassVar = [
        "leistung",
        Column("gebiet", label="Gebiet"),
        Column("modul_code", label="Abschnitt", accessor="get_modul_code_display"),
        Column("modus", label="Art", accessor=lambda e: MODUS_KURZ.get(e.modus, e.modus)),
        Column("stand", label="Stand", accessor=stand),
        Column("live", label="Öffentlich", accessor=lambda e: "ja" if e.live else "nein"),
    ]
    edit_handler = panels.vollstaendig()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Ergaenzung]:
        """What the list shows, in a fixed number of queries."""
        return (
            Ergaenzung.objects.select_related("leistung", "latest_revision")
            .prefetch_related(gebietsnamen("gebiet"))
            .order_by("leistung__bezeichnung_de", "leistung_id", "gebiet_id", "pk")
        )
