"""The admin's lists and forms of services and responsibility."""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import urlencode

import django_filters
from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.models import CreateView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.snippets.views.snippets import SnippetViewSet
from wagtail.snippets.widgets import AdminSnippetChooser

from behoerden.auswahl import KontaktpersonChooser
from behoerden.choosers import GebietChooser
from behoerden.models import Behoerde, Gebiet, Kontaktperson
from behoerden.querysets import gebietsnamen
from leistungen import panels
from leistungen.formular.editview import LeistungCreateView, LeistungEditView
from leistungen.listen.spaltennamen import DeutscheListe, DeutscheSchnipselliste
from leistungen.listen.viewset import LeistungListe
from leistungen.models import (
    Formular,
    Formularbindung,
    Kategorie,
    Kontaktzuordnung,
    Kriterium,
    Leistung,
    Onlinedienst,
    Onlinedienstbindung,
    Zustaendigkeit,
)
from leistungen.regeleditor.regelform import frage_nach_befunden
from leistungen.regeleditor.saetze import bedingung
from zufi.common.admin import GeprueftEditView


class LeistungViewSet(LeistungListe, SnippetViewSet):
    """Services: the daily work of the central team."""

    model = Leistung
    icon = "doc-full"
    menu_label = "Leistungen"
    menu_name = "leistungen"
    menu_order = 100
    add_to_admin_menu = True
    edit_handler = panels.LEISTUNG
    add_view_class = LeistungCreateView
    edit_view_class = LeistungEditView
    create_template_name = LeistungCreateView.template_name


class OnlinedienstViewSet(SnippetViewSet):
    """Digital services."""

    model = Onlinedienst
    index_view_class = DeutscheSchnipselliste
    icon = "globe"
    menu_label = "Onlinedienste"
    menu_name = "onlinedienste"
    menu_order = 130
    add_to_admin_menu = True
    list_per_page = 50
    list_display: ClassVar = ["bezeichnung_de", "anmeldung", "live"]
    edit_handler = panels.ONLINEDIENST
    edit_view_class = GeprueftEditView


class FormularViewSet(SnippetViewSet):
    """Forms."""

    model = Formular
    index_view_class = DeutscheSchnipselliste
    icon = "doc-empty"
    menu_label = "Formulare"
    menu_name = "formulare"
    menu_order = 140
    add_to_admin_menu = True
    list_per_page = 50
    list_display: ClassVar = ["bezeichnung_de", "sprache", "barrierefrei", "live"]
    edit_handler = panels.FORMULAR
    edit_view_class = GeprueftEditView


def chooser_filter(model: Any, label: str, widget: Any = None) -> django_filters.ModelChoiceFilter:
    """Return a filter that picks one object in a chooser dialogue."""
    return django_filters.ModelChoiceFilter(
        queryset=model.objects.all(), widget=widget or AdminSnippetChooser(model), label=label
    )


class ZustaendigkeitFilter(WagtailFilterSet):
    """Filters of the list of rules."""

    geprueft = django_filters.BooleanFilter(
        "verifiziert_am", lookup_expr="isnull", exclude=True, label="Fachlich geprüft"
    )
    leistung = chooser_filter(Leistung, "Leistung")
    gebiet = chooser_filter(Gebiet, "Gebiet", GebietChooser())
    behoerde = chooser_filter(Behoerde, "Behörde")

    class Meta:
        model = Zustaendigkeit
        fields: ClassVar = ["leistung", "gebiet", "behoerde", "rolle"]


# Foreign keys of rules and bindings that a list names → the columns that name them.
SHOWN = {
    "leistung": ("bezeichnung_de", "bezeichnung_2_de"),
    "gebiet": ("art",),
    "behoerde": ("name_de",),
    "onlinedienst": ("bezeichnung_de",),
    "formular": ("bezeichnung_de",),
    "kriterium": ("art", "frage_de"),
}


class RegelIndexView(IndexView):
    """Rules by service; whatever the list shows is loaded with the rows."""

    def get_base_queryset(self) -> QuerySet[Any]:
        """Rows with what they refer to, and no column more, in two queries."""
        eigene = [field.name for field in self.model._meta.concrete_fields]
        gebunden = [name for name in eigene if name in SHOWN]
        rows: QuerySet[Any] = (
            self.model._default_manager.select_related(*gebunden)
            .only(*eigene, *(f"{name}__{spalte}" for name in gebunden for spalte in SHOWN[name]))
            .prefetch_related(gebietsnamen("gebiet"))
            .order_by("leistung__bezeichnung_de", "pk")
        )
        return rows


# The submenu that gathers what belongs to responsibility.
MENUE = "register_zustaendigkeiten_menu_item"


class RegelViewSet(ModelViewSet):
    """What the lists of rules and bindings share: no copy, no reference index."""

    index_view_class = RegelIndexView
    menu_hook = MENUE
    list_per_page = 50
    copy_view_enabled = False
    add_to_reference_index = False


class FragtVorher:
    """Asks once before a rule makes gaps or contradictions."""

    def is_valid(self, form: Any) -> bool:
        """Whether the rule may be saved."""
        gueltig: bool = super().is_valid(form)  # type: ignore[misc]  # of Wagtail's views
        if gueltig and not frage_nach_befunden(form):
            self.produced_error_code = "validation_error"
            self.produced_error_message = "Die Regel ist noch nicht gespeichert."
            return False
        return gueltig


class RegelCreateView(FragtVorher, CreateView):
    """The form of a new rule, filled with what the address proposes; leads back if asked to."""

    def get_initial_form_instance(self) -> Zustaendigkeit:
        """A rule of the service the editor comes from."""
        pk = self.request.GET.get("leistung", "")
        leistung = Leistung.objects.filter(pk=pk).first() if pk.isdecimal() else None
        return Zustaendigkeit(leistung=leistung) if leistung else Zustaendigkeit()

    def get_add_url(self) -> str:
        """Keep the way back."""
        return _mit_rueckweg(super().get_add_url(), self.request)

    def get_success_url(self) -> str:
        """Return to where the editor came from, else to the list."""
        return str(get_valid_next_url_from_request(self.request) or super().get_success_url())


class RegelEditView(FragtVorher, EditView):
    """The form of a rule; leads back if asked to."""

    def get_edit_url(self) -> str:
        """Keep the way back."""
        return _mit_rueckweg(super().get_edit_url(), self.request)

    def get_success_url(self) -> str:
        """Return to where the editor came from, else to the list."""
        return str(get_valid_next_url_from_request(self.request) or super().get_success_url())


def _mit_rueckweg(url: str, request: HttpRequest) -> str:
    rueckweg = get_valid_next_url_from_request(request)
    return f"{url}?{urlencode({'next': rueckweg})}" if rueckweg else url


def gueltigkeit(row: Zustaendigkeit) -> str:
    """Return the period of a rule in words, days as editors write them."""
    ab = f"ab {row.gueltig_ab:%d.%m.%Y}" if row.gueltig_ab else ""
    bis = f"bis {row.gueltig_bis:%d.%m.%Y}" if row.gueltig_bis else ""
    return " ".join(teil for teil in (ab, bis) if teil) or "immer"


def geprueft(row: Zustaendigkeit) -> str:
    """Return the day on which somebody confirmed the rule."""
    return f"{row.verifiziert_am:%d.%m.%Y}" if row.verifiziert_am else "–"


class ZustaendigkeitViewSet(RegelViewSet):
    """Who is responsible for what where."""

    model = Zustaendigkeit
    icon = "group"
    menu_label = "Alle Regeln"
    menu_name = "regeln"
    menu_order = 10
    add_view_class = RegelCreateView
    edit_view_class = RegelEditView
    filterset_class = ZustaendigkeitFilter
    list_display: ClassVar = [
        "leistung",  # a plain name: Wagtail makes the first one the link to the form
        Column("gebiet", label="Gebiet"),
        Column("behoerde", label="Behörde"),
        Column("rolle", label="Rolle", accessor="get_rolle_display"),
        Column("kriterium", label="Bedingung", accessor=bedingung),
        Column("gueltig_ab", label="gilt", accessor=gueltigkeit),
        Column("verifiziert_am", label="geprüft", accessor=geprueft),
    ]
    edit_handler = panels.ZUSTAENDIGKEIT


class OnlinedienstbindungViewSet(RegelViewSet):
    """Where an online service may be used."""

    model = Onlinedienstbindung
    icon = "link"
    menu_label = "Onlinedienste je Gebiet"
    menu_name = "onlinedienstbindungen"
    menu_order = 60
    list_display: ClassVar = [
        "leistung",
        Column("gebiet", label="Gebiet"),
        Column("onlinedienst", label="Onlinedienst"),
    ]
    panels: ClassVar = [*panels.REGEL, FieldPanel("onlinedienst"), panels.ZEITRAUM]


class FormularbindungViewSet(RegelViewSet):
    """Where a form may be used."""

    model = Formularbindung
    icon = "link"
    menu_label = "Formulare je Gebiet"
    menu_name = "formularbindungen"
    menu_order = 70
    list_display: ClassVar = [
        "leistung",
        Column("gebiet", label="Gebiet"),
        Column("formular", label="Formular"),
    ]
    panels: ClassVar = [*panels.REGEL, FieldPanel("formular"), panels.ZEITRAUM]


class KriteriumViewSet(ModelViewSet):
    """Questions that decide besides the place."""

    model = Kriterium
    index_view_class = DeutscheListe
    icon = "help"
    menu_label = "Kriterien"
    menu_name = "kriterien"
    menu_order = 40
    menu_hook = MENUE
    copy_view_enabled = False
    list_display: ClassVar = [
        "frage_de",
        Column("art", label="Art", accessor="get_art_display"),
        Column("optionen", label="Antworten", accessor=lambda k: ", ".join(k.optionen)),
    ]
    panels: ClassVar = [
        FieldPanel("frage_de", heading="Frage", help_text="Womit beginnt Ihr Familienname?"),
        FieldPanel("frage_en", heading="Frage (Englisch)"),
        FieldPanel("frage_de_simple", heading="Frage (Leichte Sprache)"),
        FieldPanel("slug", help_text="Kleinbuchstaben, Ziffern und Bindestriche."),
        FieldPanel("art", help_text="Bei „nur als Text“ zeigt die Seite alle Fälle."),
        FieldPanel("optionen"),
    ]


class KontaktzuordnungViewSet(RegelViewSet):
    """Which contact person is named for which service where."""

    model = Kontaktzuordnung
    icon = "user"
    menu_label = "Kontaktpersonen"
    menu_name = "kontaktzuordnungen"
    menu_order = 50

    class Liste(RegelIndexView):
        """The list names each person; "–" stands for one who is no longer there."""

        def get_base_queryset(self) -> QuerySet[Any]:
            """Rows with the name of the person; no query more."""
            personen = Kontaktperson.objects.filter(uuid=OuterRef("kontaktperson"))
            person = Coalesce(Subquery(personen.values("name")[:1]), Value("–"))
            rows: QuerySet[Any] = super().get_base_queryset().annotate(person=person)
            return rows

    index_view_class = Liste
    list_display: ClassVar = [
        "leistung",
        Column("gebiet", label="Gebiet"),
        Column("person", label="Kontaktperson"),
        Column(
            "von_buchstabe",
            label="Familienname",
            accessor=lambda z: f"{z.von_buchstabe}–{z.bis_buchstabe}" if z.von_buchstabe else "–",
        ),
    ]
    panels: ClassVar = [
        *panels.REGEL,
        FieldPanel(
            "kontaktperson",
            widget=KontaktpersonChooser,
            help_text="Wen die Seite nennt. Gezeigt werden Personen veröffentlichter Behörden.",
        ),
        FieldRowPanel([FieldPanel("von_buchstabe"), FieldPanel("bis_buchstabe")]),
    ]


class KategorieViewSet(ModelViewSet):
    """Lebenslagen and topics."""

    model = Kategorie
    index_view_class = DeutscheListe
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
    KriteriumViewSet("kriterien"),
    KontaktzuordnungViewSet("kontaktzuordnungen"),
    KategorieViewSet("kategorien"),
)
