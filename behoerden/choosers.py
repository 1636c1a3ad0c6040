"""Choosing an area in the admin: a dialogue with a search, never a list of 700 options."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets.chooser import BaseChooser

from behoerden.ketten import gebiet_infos
from behoerden.models import Gebiet

MAX_SEARCH = 80


class GebietFilterForm(BaseFilterForm):
    """One field: name, key or postcode; a second word may name the Gemeinde of an Ortsteil."""

    q = forms.CharField(
        label="Name, Schlüssel oder Postleitzahl",
        max_length=MAX_SEARCH,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "Zum Beispiel: Elxleben, 99189 oder 16068"}),
    )

    def filter(self, objects: Any) -> Any:
        """Return the areas that fit."""
        objects = super().filter(objects)
        if text := self.cleaned_data["q"].strip():
            self.is_searching = True
            self.search_query = text
            objects = objects.suche(text)
        return objects


class _GebietListe:
    filter_form_class = GebietFilterForm
    ordering = ("aktueller_name", "pk")

    def get_object_list(self) -> QuerySet[Gebiet]:
        """Areas that have not ended: a new rule never hangs at a dissolved one."""
        return Gebiet.objects.filter(gueltig_bis__isnull=True).mit_angaben()

    @property
    def columns(self) -> list[Column]:
        """Kind, Kreis and key tell areas of one name apart."""
        title: Column = self.title_column  # type: ignore[attr-defined]  # of Wagtail's view
        title.label = "Gebiet"
        return [
            title,
            Column("art", label="Art", accessor="get_art_display"),
            Column("gemeinde", label="Gemeinde", accessor="info.gemeinde"),
            Column("kreis", label="Kreis", accessor="info.kreis"),
            Column("ars", label="Regionalschlüssel"),
        ]

    def get_results_page(self, request: HttpRequest) -> Any:
        """The rows of one page get what is known of them, all at once."""
        page = super().get_results_page(request)  # type: ignore[misc]  # of Wagtail's view
        page.object_list = list(page.object_list)
        infos = gebiet_infos([gebiet.pk for gebiet in page.object_list], timezone.localdate())
        for gebiet in page.object_list:
            gebiet.info = infos.get(gebiet.pk)
        return page


class GebietChooseView(_GebietListe, ChooseView):
    """The dialogue."""


class GebietChooseResultsView(_GebietListe, ChooseResultsView):
    """Its refreshed list."""


class GebietWidget(BaseChooser):
    """Shows the key beside the name."""

    def get_instance(self, value: Any) -> Any:
        """Return the area, with its key, an Ortsteil with its Gemeinde."""
        if value is None:
            return None
        pk = value.pk if isinstance(value, Gebiet) else value
        return Gebiet.objects.mit_angaben().filter(pk=pk).first()

    def get_display_title(self, instance: Gebiet) -> str:
        """Return name and key."""
        ars = getattr(instance, "ars", "")
        return f"{instance} · {ars}" if ars else str(instance)


class GebietChooserViewSet(ChooserViewSet):
    """The chooser of areas; every foreign key to Gebiet gets it."""

    model = Gebiet
    icon = "globe"
    choose_one_text = "Gebiet wählen"
    choose_another_text = "Anderes Gebiet wählen"
    edit_item_text = "Gebiet ansehen"
    per_page = 20
    choose_view_class = GebietChooseView
    choose_results_view_class = GebietChooseResultsView
    base_widget_class = GebietWidget


gebiet_chooser_viewset = GebietChooserViewSet("gebiet_chooser")
GebietChooser = gebiet_chooser_viewset.widget_class
