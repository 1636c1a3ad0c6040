"""The form of one rule: what the model checks, and letters as ranges."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms
from django.contrib.postgres.forms import SimpleArrayField
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminModelForm

from leistungen.models import Zustaendigkeit
from leistungen.regeleditor.befunde import neue_fehler
from leistungen.regeleditor.forms import lies_werte


class WerteField(SimpleArrayField):
    """Answers with commas; "A–K" stands for its letters."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(forms.CharField(max_length=80), **kwargs)

    def to_python(self, value: Any) -> Any:
        """Return the answers, each once."""
        return list(lies_werte(value)) if isinstance(value, str) else list(value or [])


class ZustaendigkeitForm(WagtailAdminModelForm):
    """The form of a rule; `gesehen` names the findings the editor has been shown."""

    gesehen = forms.CharField(required=False, widget=forms.HiddenInput)

    werte = WerteField(
        required=False,
        label="gilt für",
        help_text=(
            "Antworten mit Komma: A–K, M. Bei freiem Text: wann die Regel gilt, in Worten. "
            "Ohne Kriterium leer."
        ),
    )


def frage_nach_befunden(form: ZustaendigkeitForm) -> bool:
    """Return whether saving may go on: nothing new is wrong, or the editor has seen what is.

    Otherwise the form says what would be wrong, and saving it once more goes on.
    """
    regel: Zustaendigkeit = form.instance
    frueher = Zustaendigkeit.objects.filter(pk=regel.pk).values_list("leistung_id", flat=True)
    fehler = neue_fehler(regel, {regel.leistung_id, *frueher}, timezone.localdate())
    marke = hashlib.sha256("\n".join(fehler).encode()).hexdigest() if fehler else ""
    if marke == form.cleaned_data["gesehen"] or not fehler:
        return True
    form.data = form.data.copy()
    form.data[form.add_prefix("gesehen")] = marke
    form.add_error(
        None,
        [*fehler, "Soll es trotzdem so sein? Dann speichern Sie noch einmal."],
    )
    return False
