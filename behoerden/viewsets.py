"""The admin's lists and forms of authorities and areas."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.admin_url_finder import ModelAdminURLFinder
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic.models import IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from behoerden import panels
from behoerden.auswahl import BehoerdeChooserViewSet
from behoerden.ketten import gebiet_infos
from behoerden.models import Behoerde, Behoerdenart, Behoerdennachfolge, Gebiet
from behoerden.nachfolge import load_nachfolger
from behoerden.querysets import gebietsnamen
from zufi.common.admin import GeprueftEditView

PER_PAGE = 50


class BehoerdeFilter(WagtailFilterSet):
    """Filters of the list of authorities."""

    class Meta:
        model = Behoerde
        fields: ClassVar = ["art", "live"]


class BehoerdeViewSet(SnippetViewSet):
    """Authorities: drafts, revisions, preview, workflow."""

    model = Behoerde
    icon = "group"
    menu_label = "Behörden"
    menu_name = "behoerden"
    menu_order = 110
    add_to_admin_menu = True
    list_per_page = PER_PAGE
    filterset_class = BehoerdeFilter
    # Asked directly: the search index follows in the background, and an editor looks at once.
    search_backend_name = None
    search_fields: ClassVar = ["name_de", "kurzname_de", "synonyme_de"]
    list_display: ClassVar = [
        "__str__",
        Column("art", label="Art"),
        Column("hauptgebiet", label="Gebiet"),
        Column("live", label="Zustand", accessor="zustand_text"),
        DateColumn("last_published_at", label="Veröffentlicht", sort_key="last_published_at"),
    ]
    edit_handler = panels.BEHOERDE
    chooser_viewset_class = BehoerdeChooserViewSet
    edit_view_class = GeprueftEditView

    def get_queryset(self, request: HttpRequest) -> QuerySet[Behoerde]:
        """Exactly the columns the list shows."""
        return (
            Behoerde.objects.select_related("art", "hauptgebiet", "latest_revision")
            .prefetch_related(gebietsnamen("hauptgebiet"))
            .only(
                "name_de",
                "slug",
                "live",
                "expired",
                "has_unpublished_changes",
                "last_published_at",
                "gueltig_bis",
                "art__name_de",
                "hauptgebiet__art",
                "latest_revision__created_at",
            )
        )


class BehoerdenartViewSet(ModelViewSet):
    """Kinds of authorities; no drafts, so nothing is saved unasked."""

    model = Behoerdenart
    icon = "tag"
    menu_label = "Behördenarten"
    menu_name = "behoerdenarten"
    menu_order = 160
    add_to_admin_menu = True
    copy_view_enabled = False
    list_per_page = PER_PAGE
    list_display: ClassVar = [
        "__str__",
        Column(
            "ist_allgemeine_verwaltung",
            label="Allgemeine Verwaltung",
            accessor=lambda art: "ja" if art.ist_allgemeine_verwaltung else "nein",
        ),
    ]
    panels = panels.BEHOERDENART


class BehoerdennachfolgeIndexView(IndexView):
    """Who follows whom, with both names at once."""

    def get_base_queryset(self) -> QuerySet[Behoerdennachfolge]:
        """Exactly the columns the list shows."""
        return Behoerdennachfolge.objects.select_related("vorgaenger", "nachfolger").only(
            "wirksam_am", "vorgaenger__name_de", "nachfolger__name_de"
        )


class BehoerdennachfolgeViewSet(ModelViewSet):
    """Which authority took over from which one."""

    model = Behoerdennachfolge
    icon = "redirect"
    menu_label = "Nachfolger"
    menu_name = "behoerdennachfolgen"
    menu_order = 165
    add_to_admin_menu = True
    copy_view_enabled = False
    list_per_page = PER_PAGE
    index_view_class = BehoerdennachfolgeIndexView
    list_display: ClassVar = ["vorgaenger", "nachfolger", DateColumn("wirksam_am")]
    panels = panels.BEHOERDENNACHFOLGE


class GebietFilter(WagtailFilterSet):
    """Filters of the list of areas."""

    class Meta:
        model = Gebiet
        fields: ClassVar = ["art"]


class GebietIndexView(IndexView):
    """Areas by name; found by name, key or postcode."""

    is_searchable = True
    default_ordering = "aktueller_name"

    def get_base_queryset(self) -> QuerySet[Gebiet]:
        """Areas with name and key."""
        return Gebiet.objects.mit_angaben()

    def search_queryset(self, queryset: Any) -> Any:
        """Return the areas that fit what was typed."""
        return queryset.suche(self.search_query) if self.is_searching else queryset

    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        """The rows of one page get what is known of them, all at once."""
        paginator, page, rows, has_other = super().paginate_queryset(queryset, page_size)
        rows = list(rows)
        infos = gebiet_infos([row.pk for row in rows], timezone.localdate())
        for row in rows:
            row.info = infos.get(row.pk)
        page.object_list = rows
        return paginator, page, rows, has_other


class GebietInspectView(InspectView):
    """What is known of one area."""

    page_title = "Gebiet"
    FELDER: ClassVar = {
        "name": "Name",
        "amtlicher_name": "Amtlicher Name",
        "art": "Art",
        "ars": "Regionalschlüssel (ARS)",
        "ags": "Gemeindeschlüssel (AGS)",
        "kreis": "Kreis",
        "gemeinde": "Gemeinde",
        "verband": "Verband",
        "plz": "Postleitzahlen",
        "gueltig": "Besteht",
        "nachfolger": "Gehört heute zu",
    }

    def get_fields(self) -> list[str]:
        """Return the names of what is shown."""
        return list(self.FELDER)

    def get_context_for_field(self, field_name: str) -> dict[str, Any]:
        """Return label and value."""
        return {
            "label": self.FELDER[field_name],
            "value": self._werte[field_name],
            "component": None,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Collect the values first."""
        self._werte = _facts(self.object)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context


def _facts(gebiet: Gebiet) -> dict[str, str]:
    heute = timezone.localdate()
    folge = load_nachfolger([gebiet.pk], heute)[gebiet.pk]
    infos = gebiet_infos({gebiet.pk, *folge.gebiet_ids}, heute)
    info = infos[gebiet.pk]
    ab, bis = gebiet.gueltig_ab, gebiet.gueltig_bis
    seit = (f"seit {ab:%d.%m.%Y}",) if ab else ()
    ende = (f"bis {bis:%d.%m.%Y}",) if bis else ()
    return {
        "name": info.name,
        "amtlicher_name": info.amtlicher_name,
        "art": gebiet.get_art_display(),
        "ars": info.ars or "–",
        "ags": info.ags or "–",
        "kreis": info.kreis or "–",
        "gemeinde": info.gemeinde or "–",
        "verband": info.verband or "–",
        "plz": ", ".join(info.plz) or "–",
        "gueltig": " ".join((*seit, *ende)) or "ohne bekannten Anfang, ohne Ende",
        "nachfolger": ", ".join(infos[pk].label for pk in folge.gebiet_ids)
        or ("nicht bekannt" if bis else "–"),
    }


def _last_day(gebiet: Gebiet) -> str:
    return f"{gebiet.gueltig_bis:%d.%m.%Y}" if gebiet.gueltig_bis else ""


class GebietViewSet(ModelViewSet):
    """Areas: read only, they come from the official register (`manage.py import_gebiete`)."""

    model = Gebiet
    icon = "globe"
    menu_label = "Gebiete"
    menu_name = "gebiete"
    menu_order = 170
    add_to_admin_menu = True
    list_per_page = PER_PAGE
    copy_view_enabled = False
    inspect_view_enabled = True
    add_to_reference_index = False
    index_view_class = GebietIndexView
    inspect_view_class = GebietInspectView
    filterset_class = GebietFilter
    form_fields: ClassVar = ["art"]
    list_display: ClassVar = [
        "__str__",
        Column("art", label="Art", accessor="get_art_display"),
        Column("ars", label="Regionalschlüssel"),
        Column("kreis", label="Kreis", accessor="info.kreis"),
        Column("verband", label="Verband", accessor="info.verband"),
        Column("gueltig_bis", label="Besteht bis", accessor=_last_day),
    ]

    @property
    def url_finder_class(self) -> type[ModelAdminURLFinder]:
        """Where choosers and reports lead to: the view that shows an area, for there is no form."""
        return type(
            "GebietURLFinder",
            (ModelAdminURLFinder,),
            {"edit_url_name": self.get_url_name("inspect")},
        )

    def get_urlpatterns(self) -> list[Any]:
        """Only the views that read."""
        return [
            pattern
            for pattern in super().get_urlpatterns()
            if pattern.name in {"index", "index_results", "inspect"}
        ]


SNIPPETS = (BehoerdeViewSet,)
MODELLE = (
    BehoerdenartViewSet("behoerdenarten"),
    BehoerdennachfolgeViewSet("behoerdennachfolgen"),
    GebietViewSet("gebiete"),
)
