"""Forms of a reform: its head, its operations row by row, or a CSV file."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from behoerden.domain.ortsname import fold
from behoerden.domain.reform import FORMEN, VERBANDSARTEN, ReformUngueltig
from behoerden.ketten import gebiet_infos
from behoerden.models import Gebiet, Gebietsart, Gebietsreform, Ortsname
from behoerden.reform_dateien import read_reform_csv

MAX_ZEILEN = 400
LEERE_ZEILEN = 3
MAX_GENANNT = 6
_ZIFFERN = re.compile(r"[0-9 ]+")
# Names of the columns for people who read a message.
SPALTENNAMEN = {
    "art": "Was geschieht",
    "gebiet": "Gebiet",
    "ziel": "Ziel",
    "neuer_name": "neuer Name",
    "amtlicher_name": "amtlicher Name",
    "ars": "neuer Regionalschlüssel",
    "verbandsart": "Art des Verbands",
    "erfuellt_durch": "erfüllende Gemeinde",
    "sicherheit": "Sicherheit",
    "tag_belegt": "Tag belegt",
    "beleg": "Beleg",
}


class Gebietsfeld(forms.CharField):
    """A place by key or exact name; a name borne by several is asked about, never guessed."""

    def clean(self, value: Any) -> str:
        """Return the key, "" if empty."""
        text = str(super().clean(value)).strip()
        if not text or _ZIFFERN.fullmatch(text):
            return text.replace(" ", "")
        formen = fold(text)
        ids = Ortsname.objects.filter(
            form_ae=formen.ae,
            art="amtlich",
            gebiet__gueltig_bis__isnull=True,
        ).values_list("gebiet_id", flat=True)
        infos = gebiet_infos({pk for pk in ids if pk is not None}, timezone.localdate())
        treffer = sorted(infos.values(), key=lambda info: (info.label, info.ars))
        if not treffer:
            raise ValidationError(f"„{text}“ gibt es nicht. Schreiben Sie den Schlüssel.")
        if len(treffer) > 1:
            auswahl = "; ".join(f"{i.ars} ({i.label})" for i in treffer[:MAX_GENANNT])
            raise ValidationError(f"„{text}“ ist nicht eindeutig. Schreiben Sie: {auswahl}.")
        return treffer[0].ars


class ReformForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when run
    """Title, day and description."""

    class Meta:
        model = Gebietsreform
        fields: ClassVar = ["titel", "wirksam_am", "beschreibung"]
        widgets: ClassVar = {
            "wirksam_am": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "beschreibung": forms.Textarea(attrs={"rows": 3}),
        }


class CsvForm(ReformForm):
    """The same with the operations from a file."""

    datei = forms.FileField(
        label="CSV-Datei",
        help_text="UTF-8, Semikolon oder Komma; die Spalten stehen auf dieser Seite.",
    )
    zeilen: list[dict[str, str]]

    def clean_datei(self) -> Any:
        """Read the rows; what is wrong with the file is said at the field."""
        datei = self.cleaned_data["datei"]
        try:
            self.zeilen = read_reform_csv(datei.read())
        except ReformUngueltig as error:
            raise ValidationError([str(fehler) for fehler in error.fehler]) from error
        return datei


class ZeilenForm(forms.Form):
    """One operation."""

    use_required_attribute = False
    art = forms.ChoiceField(
        label=SPALTENNAMEN["art"],
        required=False,
        choices=[("", "–"), *((art, form.titel) for art, form in FORMEN.items())],
    )
    gebiet = Gebietsfeld(label=SPALTENNAMEN["gebiet"], required=False, max_length=200)
    ziel = Gebietsfeld(label=SPALTENNAMEN["ziel"], required=False, max_length=200)
    neuer_name = forms.CharField(label=SPALTENNAMEN["neuer_name"], required=False, max_length=200)
    amtlicher_name = forms.CharField(
        label=SPALTENNAMEN["amtlicher_name"], required=False, max_length=200
    )
    ars = forms.CharField(label=SPALTENNAMEN["ars"], required=False, max_length=20)
    verbandsart = forms.ChoiceField(
        label=SPALTENNAMEN["verbandsart"],
        required=False,
        choices=[("", "–"), *((art, Gebietsart(art).label) for art in VERBANDSARTEN)],
    )
    erfuellt_durch = Gebietsfeld(
        label=SPALTENNAMEN["erfuellt_durch"], required=False, max_length=200
    )
    beleg = forms.CharField(label=SPALTENNAMEN["beleg"], required=False, max_length=500)
    # Only files set these; a form keeps what a file said.
    sicherheit = forms.CharField(required=False, widget=forms.HiddenInput)
    tag_belegt = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_ars(self) -> str:
        """Blanks between the groups of a key are allowed."""
        return str(self.cleaned_data["ars"]).replace(" ", "")

    def eingabe(self) -> dict[str, str]:
        """Return what was typed, right or wrong."""
        return {name: str(self[name].value() or "") for name in self.fields}

    def zeile(self) -> dict[str, str]:
        """Return the filled columns."""
        return {spalte: str(wert) for spalte, wert in self.cleaned_data.items() if wert}


ZeilenFormSet = forms.formset_factory(ZeilenForm, extra=LEERE_ZEILEN, max_num=MAX_ZEILEN)


def namen_der_schluessel(schluessel: set[str]) -> dict[str, str]:
    """Return the name of the area of each key, now or last; two queries and those of the names."""
    rows = (
        Gebiet.objects.filter(schluessel__wert__in=schluessel)
        .order_by("gueltig_bis")
        .values_list("schluessel__wert", "pk")
    )
    je_schluessel = {wert: pk for wert, pk in rows if wert in schluessel}
    infos = gebiet_infos(je_schluessel.values(), timezone.localdate())
    return {wert: infos[pk].label for wert, pk in je_schluessel.items() if pk in infos}
