"""The panel "Prüfen": findings when the form is loaded; the script asks anew while typing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from wagtail.admin.panels import Panel

from leistungen.formular.pruefbild import pruefbild
from leistungen.models import Leistung


class PruefPanel(Panel):
    """Findings of the draft."""

    class BoundPanel(Panel.BoundPanel):
        """The findings of one service."""

        template_name = "leistungen/admin/_pruefen.html"

        @property
        def media(self) -> forms.Media:
            """The script and the style of the whole form."""
            media: forms.Media = super().media + forms.Media(
                js=["zufi/js/leistungsformular.js"],
                css={"all": ["zufi/css/leistungsformular.css"]},
            )
            return media

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """The findings of what the form holds now."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | pruef_context(self.instance)


def pruef_context(leistung: Leistung, *, is_vollstaendig: bool = True) -> dict[str, Any]:
    """Return what `leistungen/admin/_befunde.html` shows."""
    pk = leistung.pk
    return {
        "leistung": leistung,
        "bild": pruefbild(leistung, is_vollstaendig=is_vollstaendig),
        "pruef_url": pruef_url(pk),
        "satz_url": reverse("leistungsformular:satz"),
        "ausnahme_url": reverse("leistungsformular:ausnahme", args=[pk]) if pk else "",
    }


def pruef_url(pk: int | None) -> str:
    """Return where the live check of a service is asked."""
    return (
        reverse("leistungsformular:pruefen", args=[pk])
        if pk
        else reverse("leistungsformular:pruefen_neu")
    )
