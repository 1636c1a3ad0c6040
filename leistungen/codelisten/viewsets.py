"""Code lists in the admin: read in by command, looked up and labelled here."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

import django_filters
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.generic.models import IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from leistungen.models import Codeliste, Codewert

MENUE = "register_settings_menu_item"


def _werte(liste: Any) -> str:
    """Return the number of codes as a link to them."""
    adresse = f"{reverse('codewerte:index')}?codeliste={liste.pk}"
    return format_html('<a href="{}">{} Codes</a>', adresse, liste.anzahl)


def _ohne_bezeichnung(liste: Any) -> str:
    return str(liste.ohne) if liste.ohne else "–"


class CodelistenIndexView(IndexView):
    """Lists with the number of their codes, in one query."""

    @cached_property
    def columns(self) -> list[Any]:
        """Names are longer than anything else."""
        columns: list[Any] = super().columns
        columns[0].width = "35%"
        return columns

    def get_base_queryset(self) -> QuerySet[Codeliste]:
        """Every version of every list."""
        rows: QuerySet[Codeliste] = Codeliste.objects.annotate(
            anzahl=Count("werte"),
            ohne=Count(
                "werte",
                filter=Q(werte__bezeichnung_de="") | Q(werte__bezeichnung_de__isnull=True),
            ),
        ).order_by("name", "-version")
        return rows


class CodelisteViewSet(ModelViewSet):
    """The versions of the lists; which one is the active one."""

    model = Codeliste
    icon = "list-ol"
    menu_label = "Codelisten"
    menu_name = "codelisten"
    menu_order = 600
    menu_hook = MENUE
    index_view_class = CodelistenIndexView
    copy_view_enabled = False
    list_per_page = 50
    list_display: ClassVar = [
        "name",
        Column("version", label="Version"),
        BooleanColumn("ist_aktiv", label="gilt jetzt"),
        Column("werte", label="Codes", accessor=_werte),
        Column("ohne", label="ohne Bezeichnung", accessor=_ohne_bezeichnung),
        Column("list_uri", label="Kennung"),
    ]
    panels: ClassVar = [
        FieldPanel("name"),
        FieldPanel("list_uri", read_only=True),
        FieldPanel("version", read_only=True),
        FieldPanel("quelle"),
        FieldPanel("ist_aktiv", help_text="Je Liste gilt eine Version."),
    ]


class CodewertFilter(WagtailFilterSet):
    """One list, and codes without a label."""

    codeliste = django_filters.ModelChoiceFilter(
        queryset=Codeliste.objects.all(), label="Codeliste"
    )
    ohne = django_filters.BooleanFilter(label="Ohne Bezeichnung", method="filter_ohne")

    class Meta:
        model = Codewert
        fields: ClassVar[list[str]] = []

    def filter_ohne(
        self, queryset: QuerySet[Codewert], name: str, value: bool
    ) -> QuerySet[Codewert]:
        """Codes nobody has labelled, or the others."""
        leer = Q(bezeichnung_de="") | Q(bezeichnung_de__isnull=True)
        return queryset.filter(leer) if value else queryset.exclude(leer)


class CodewertIndexView(IndexView):
    """Codes of all lists, those of one after the other."""

    def get_base_queryset(self) -> QuerySet[Codewert]:
        """Rows with their list."""
        rows: QuerySet[Codewert] = Codewert.objects.select_related("codeliste").order_by(
            "codeliste__name", "codeliste_id", "position", "code"
        )
        return rows


class CodewertViewSet(ModelViewSet):
    """The codes; a label that no file knows is entered here."""

    model = Codewert
    icon = "list-ol"
    menu_label = "Codes"
    menu_name = "codewerte"
    menu_order = 601
    menu_hook = MENUE
    index_view_class = CodewertIndexView
    filterset_class = CodewertFilter
    copy_view_enabled = False
    list_per_page = 100
    search_fields: ClassVar = ["code", "bezeichnung_de"]
    search_backend_name = None
    list_display: ClassVar = [
        "code",
        Column("bezeichnung_de", label="Bezeichnung"),
        Column("codeliste", label="Codeliste"),
        BooleanColumn("ist_aktiv", label="verwendbar"),
        Column("ersetzt_durch", label="ersetzt durch"),
    ]
    panels: ClassVar = [
        FieldPanel("codeliste", read_only=True, heading="Codeliste"),
        FieldPanel("code", read_only=True, heading="Code"),
        FieldPanel("bezeichnung_de", heading="Bezeichnung"),
        FieldPanel("bezeichnung_en", heading="Bezeichnung (Englisch)"),
        FieldPanel("bezeichnung_de_simple", heading="Bezeichnung (Leichte Sprache)"),
        FieldPanel("ist_aktiv"),
        FieldPanel("ersetzt_durch"),
    ]


VIEWSETS = (CodelisteViewSet("codelisten"), CodewertViewSet("codewerte"))
