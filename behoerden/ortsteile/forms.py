"""The forms of Ortsteile: add, rename, end."""

from __future__ import annotations

from typing import Any

from django import forms

from behoerden.choosers import GebietChooser
from behoerden.models import Gebiet
from behoerden.models.gebiet import GEMEINDEARTEN


def _tag(label: str, help_text: str, *, required: bool = False) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def _name(help_text: str) -> forms.CharField:
    return forms.CharField(label="Name", max_length=200, help_text=help_text)


class NeuForm(forms.Form):
    """A new Ortsteil."""

    name = _name("So, wie die Leute ihn nennen: „Ellersleben“.")
    gemeinde = forms.ModelChoiceField(
        queryset=Gebiet.objects.filter(art__in=GEMEINDEARTEN),
        label="Gemeinde",
        help_text="In dieser Gemeinde oder kreisfreien Stadt liegt er ganz.",
        widget=GebietChooser(),
    )
    ab = _tag("besteht ab", "Leer heißt: von Anfang an.")

    def values(self) -> dict[str, Any]:
        """Return the checked values as `create_ortsteil` takes them."""
        return dict(self.cleaned_data)


class UmbenennenForm(forms.Form):
    """Another name."""

    name = _name("Die Adresse des Ortsteils bleibt, und der alte Name führt weiter hierher.")
    ab = _tag("heißt so ab", "Leer heißt: Der bisherige Name war ein Schreibfehler.")

    def values(self) -> dict[str, Any]:
        """Return the checked values as `rename_ortsteil` takes them."""
        return dict(self.cleaned_data)


class BeendenForm(forms.Form):
    """The last day."""

    letzter_tag = _tag("letzter Tag", "Danach führt der Name zur Gemeinde.", required=True)

    def values(self) -> dict[str, Any]:
        """Return the checked values as `end_ortsteil` takes them."""
        return dict(self.cleaned_data)
