"""The edit view of a Leistung: findings before submission, previews with a place, differences."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from wagtail.admin import messages
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import PreviewSidePanel
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import CreateView, EditView

from leistungen.formular.pruefbild import Pruefbild, als_saetze, pruefbild
from leistungen.vorschau import gemerkter_ort
from zufi.common.admin import StandGeprueft

# More findings than this are read in the form.
GENANNT = 10


class Vorschaupanel(PreviewSidePanel):
    """Wagtail's preview, with a field for the place of "Mit Ort …"."""

    template_name = "leistungen/admin/vorschaupanel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The place of this session; two queries."""
        context: dict[str, Any] = super().get_context_data(parent_context)
        context["vorschau_ort"] = gemerkter_ort(self.request, timezone.localdate()).name
        context["csrf_token"] = get_token(self.request)
        context["vorschau_ort_url"] = reverse("leistungsformular:vorschau_ort")
        return context


def _mit_ort(panels: MediaContainer, request: Any) -> MediaContainer:
    return MediaContainer(
        [
            Vorschaupanel(panel.object, request, preview_url=panel.preview_url)
            if isinstance(panel, PreviewSidePanel)
            else panel
            for panel in panels
        ]
    )


class LeistungCreateView(CreateView):
    """The form of a new service."""

    template_name = "leistungen/admin/anlegen.html"

    def get_side_panels(self) -> MediaContainer:
        """Previews with a place."""
        return _mit_ort(super().get_side_panels(), self.request)

    def submit_action(self) -> HttpResponse | None:
        """Submit, unless something must be mended first; what was typed is saved."""
        return _verweigere(self, pruefbild(self.object)) or super().submit_action()


class LeistungEditView(StandGeprueft, EditView):
    """The form of a service."""

    vorlage = "leistungen/admin/bearbeiten.html"
    _entwurf: Any = None

    def get_object(self, queryset: Any = None) -> Any:
        """The newest draft, loaded once; Wagtail asks twice, and each time costs a query a row."""
        if self._entwurf is None:
            self._entwurf = super().get_object(queryset)
        return self._entwurf

    def get_side_panels(self) -> MediaContainer:
        """Previews with a place."""
        return _mit_ort(super().get_side_panels(), self.request)

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """Wagtail's buttons and the way to the differences."""
        return [
            Button("Was ändert sich?", url=self.aenderungen_url, icon_name="view", priority=5),
            *super().header_more_buttons,
        ]

    @property
    def aenderungen_url(self) -> str:
        """Where the differences between the public page and the draft are shown."""
        return reverse("leistungsformular:aenderungen", args=[self.object.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The way to the differences."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"aenderungen_url": self.aenderungen_url}

    def submit_action(self) -> HttpResponse | None:
        """Submit, unless something must be mended first; what was typed is saved."""
        return _verweigere(self, pruefbild(self.object)) or super().submit_action()

    def restart_workflow_action(self) -> HttpResponse | None:
        """Submit again, under the same condition."""
        return _verweigere(self, pruefbild(self.object)) or super().restart_workflow_action()


def _verweigere(view: Any, bild: Pruefbild) -> HttpResponse | None:
    """Return the way back to the form with the list of what must be mended; None if nothing."""
    if not bild.muss:
        return None
    saetze = als_saetze(bild.muss)
    rest = len(saetze) - GENANNT
    messages.error(
        view.request,
        format_html(
            "<p>Gespeichert, aber noch nicht zur Freigabe eingereicht. Beheben Sie zuerst:</p>"
            "<ul>{}{}</ul>",
            format_html_join("", "<li>{}</li>", ((satz,) for satz in saetze[:GENANNT])),
            format_html("<li>und {} weitere</li>", rest) if rest > 0 else "",
        ),
    )
    return redirect(f"{view.get_edit_url()}#tab-prüfung")
