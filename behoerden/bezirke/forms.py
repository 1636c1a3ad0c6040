"""The form of a district."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from behoerden.bezirke.lesen import Mitglied, lies_mitglieder
from behoerden.bezirke.selectors import load_bezeichnete


class BezirkForm(forms.Form):
    """Name, first day and members of a district."""

    name = forms.CharField(
        label="Name",
        max_length=200,
        help_text="Zum Beispiel: Standesamtsbezirk Sömmerda.",
    )
    ab = forms.DateField(
        label="gilt ab",
        required=False,
        help_text="Ab diesem Tag gehören diese Gebiete dazu. Leer heißt: von Anfang an.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    mitglieder = forms.CharField(
        label="Gebiete",
        help_text=(
            "Ein Gebiet je Zeile, mit Namen oder Regionalschlüssel: „Udestedt“, "
            "„Landkreis Sömmerda“, „VG Gramme-Vippach“. Gehört nur ein Teil dazu, schreiben "
            "Sie: „Erfurt (teilweise: nördlich der Bahn)“."
        ),
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false"}),
    )

    def clean_mitglieder(self) -> tuple[Mitglied, ...]:
        """Return the members; every line that means nothing certain is a message of its own."""
        text: str = self.cleaned_data["mitglieder"]
        lesung = lies_mitglieder(text, load_bezeichnete(timezone.localdate()))
        if lesung.fehler:
            raise forms.ValidationError([forms.ValidationError(satz) for satz in lesung.fehler])
        if not lesung.mitglieder:
            raise forms.ValidationError("Nennen Sie mindestens ein Gebiet.")
        return lesung.mitglieder

    def values(self) -> dict[str, Any]:
        """Return the checked values as `save_bezirk` takes them."""
        data = self.cleaned_data
        return {"name": data["name"], "ab": data["ab"], "mitglieder": data["mitglieder"]}
