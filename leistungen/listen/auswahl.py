"""The dialogue that chooses a service: a constant number of queries for any number of rows."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import BaseChooseView
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
)

from leistungen.models import Leistung


class _LeistungListe:
    """Wagtail's own status column asks the database for every row."""

    @property
    def columns(self) -> list[Any]:
        """Title, and whether there is a draft that citizens do not see."""
        title: Any = self.title_column  # type: ignore[attr-defined]  # of Wagtail's view
        return [
            title,
            Column("adresse", label="Adresse", accessor="slug_de"),
            Column("entwurf", label="Entwurf", accessor="entwurf_text"),
        ]

    def get_object_list(self) -> QuerySet[Leistung]:
        """Only the columns that are shown."""
        rows: QuerySet[Leistung] = Leistung.objects.only(
            "bezeichnung_de", "bezeichnung_2_de", "slug_de", "live", "has_unpublished_changes"
        )
        return rows


class LeistungChooseView(_LeistungListe, ChooseView):
    """The dialogue."""


class LeistungChooseResultsView(_LeistungListe, ChooseResultsView):
    """Its refreshed list."""


class LeistungChooserViewSet(SnippetChooserViewSet):
    """The chooser of services."""

    choose_view_class: type[BaseChooseView] = LeistungChooseView
    choose_results_view_class: type[BaseChooseView] = LeistungChooseResultsView
