"""Choosing an authority or one of its contact persons: dialogues that ask the database directly."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import (
    ChooseResultsView,
    ChooseView,
    ChosenView,
)
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets.chooser import BaseChooser
from wagtail.snippets.views.chooser import ChooseResultsView as SnippetChooseResultsView
from wagtail.snippets.views.chooser import ChooseView as SnippetChooseView
from wagtail.snippets.views.chooser import SnippetChooserViewSet

from behoerden.models import Behoerde, Kontaktperson
from behoerden.querysets import gebietsnamen

MAX_SEARCH = 80


class _Suchform(BaseFilterForm):
    """One field; every word typed must be found in one of the columns."""

    spalten: tuple[str, ...] = ()

    q = forms.CharField(
        label="Name",
        max_length=MAX_SEARCH,
        required=False,
        widget=forms.TextInput(attrs={"data-chooser-modal-search-filter": True}),
    )

    def filter(self, objects: Any) -> Any:
        """Return the objects that fit."""
        objects = super().filter(objects)
        if text := self.cleaned_data["q"].strip():
            self.is_searching = True
            self.search_query = text
            for wort in text.split():
                passt = Q()
                for spalte in self.spalten:
                    passt |= Q(**{f"{spalte}__icontains": wort})
                objects = objects.filter(passt)
        return objects


class BehoerdeSuchform(_Suchform):
    """Finds an authority by any of its names."""

    spalten = ("name_de", "kurzname_de", "synonyme_de")


class _BehoerdenListe:
    """Name, kind, area and state; whatever a row shows is loaded with it."""

    filter_form_class = BehoerdeSuchform
    ordering = ("name_de", "pk")

    def get_object_list(self) -> QuerySet[Behoerde]:
        """Exactly the columns the dialogue shows, in two queries."""
        return (
            Behoerde.objects.select_related("art", "hauptgebiet")
            .prefetch_related(gebietsnamen("hauptgebiet"))
            .only(
                "name_de",
                "live",
                "expired",
                "has_unpublished_changes",
                "art__name_de",
                "hauptgebiet__art",
            )
        )

    @property
    def columns(self) -> list[Column]:
        """Wagtail's own column of states asks once per row; this one does not."""
        title: Column = self.title_column  # type: ignore[attr-defined]  # of Wagtail's view
        return [
            title,
            Column("art", label="Art"),
            Column("hauptgebiet", label="Gebiet"),
            Column("live", label="Zustand", accessor="zustand_text"),
        ]


class BehoerdeChooseView(_BehoerdenListe, SnippetChooseView):
    """The dialogue."""


class BehoerdeChooseResultsView(_BehoerdenListe, SnippetChooseResultsView):
    """Its refreshed list."""


class BehoerdeChooserViewSet(SnippetChooserViewSet):
    """The chooser of authorities; every foreign key to Behoerde gets it."""

    choose_view_class = BehoerdeChooseView
    choose_results_view_class = BehoerdeChooseResultsView


class KontaktpersonSuchform(_Suchform):
    """Finds a person by the own name, the task, or the name of the authority."""

    spalten = ("name", "funktion_de", "behoerde__name_de", "behoerde__kurzname_de")


class _Personenliste:
    """Persons of published authorities whose day of deletion has not come."""

    filter_form_class = KontaktpersonSuchform
    ordering = ("name", "behoerde__name_de", "pk")

    def get_object_list(self) -> QuerySet[Kontaktperson]:
        """Return them with their authority; one query."""
        rows: QuerySet[Kontaktperson] = Kontaktperson.objects.filter(
            loeschen_am__gt=timezone.localdate(), behoerde__live=True
        )
        return rows.select_related("behoerde").only(
            "anrede",
            "titel",
            "name",
            "uuid",
            "funktion_de",
            "veroeffentlichen",
            "behoerde__name_de",
        )

    @property
    def columns(self) -> list[Column]:
        """Who it is, and whether citizens will see the name."""
        title: Column = self.title_column  # type: ignore[attr-defined]  # of Wagtail's view
        title.label = "Kontaktperson"
        return [
            title,
            Column("funktion", label="Aufgabe", accessor="funktion_de"),
            Column("behoerde", label="Behörde"),
            Column(
                "veroeffentlichen",
                label="Öffentlich",
                accessor=lambda person: "ja" if person.veroeffentlichen else "nein",
            ),
        ]


class KontaktpersonChooseView(_Personenliste, ChooseView):
    """The dialogue."""


class KontaktpersonChooseResultsView(_Personenliste, ChooseResultsView):
    """Its refreshed list."""


class KontaktpersonChosenView(ChosenView):
    """Hands back the uuid: the primary key changes when the authority is published again."""

    def get_object_id(self, instance: Kontaktperson) -> UUID:
        """Return what is stored."""
        return instance.uuid

    def get_display_title(self, instance: Kontaktperson) -> str:
        """Return person and authority."""
        return person_mit_behoerde(instance)

    def get_edit_item_url(self, instance: Kontaktperson) -> str:
        """Return the form of the authority, where persons are edited."""
        return behoerde_url(instance)


class KontaktpersonWidget(BaseChooser):
    """Shows a person by name; the value is the uuid."""

    def get_instance(self, value: Any) -> Kontaktperson | None:
        """Return the person of this uuid, None if it is unknown or no uuid at all."""
        if isinstance(value, Kontaktperson):
            return value
        try:
            uuid = UUID(str(value))
        except ValueError:
            return None
        rows: QuerySet[Kontaktperson] = Kontaktperson.objects.select_related("behoerde")
        return rows.filter(uuid=uuid).first()

    def get_value_data_from_instance(self, instance: Kontaktperson) -> dict[str, Any]:
        """Return what the field shows."""
        return {
            "id": str(instance.uuid),
            "edit_url": behoerde_url(instance),
            self.display_title_key: person_mit_behoerde(instance),
        }


class KontaktpersonChooserViewSet(ChooserViewSet):
    """The chooser of contact persons; not offered for foreign keys, rows name persons by uuid."""

    model = Kontaktperson
    icon = "user"
    choose_one_text = "Kontaktperson wählen"
    choose_another_text = "Andere Kontaktperson wählen"
    edit_item_text = "Behörde öffnen"
    per_page = 20
    register_widget = False
    choose_view_class = KontaktpersonChooseView
    choose_results_view_class = KontaktpersonChooseResultsView
    chosen_view_class = KontaktpersonChosenView
    base_widget_class = KontaktpersonWidget


def person_mit_behoerde(person: Kontaktperson) -> str:
    """Return "Frau Dr. Beispiel, Stadtverwaltung Musterstadt"."""
    return f"{person.anzeigename}, {person.behoerde}"


def behoerde_url(person: Kontaktperson) -> str:
    """Return the admin's form of the person's authority."""
    viewset: Any = Behoerde.snippet_viewset
    return reverse(viewset.get_url_name("edit"), args=[person.behoerde_id])


kontaktperson_chooser_viewset = KontaktpersonChooserViewSet("kontaktperson_chooser")
KontaktpersonChooser = kontaktperson_chooser_viewset.widget_class

__all__ = [
    "BehoerdeChooserViewSet",
    "KontaktpersonChooser",
    "kontaktperson_chooser_viewset",
]
