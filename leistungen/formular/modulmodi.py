"""How our text stands to the one the Bund delivers, module by module."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from wagtail.admin.panels import FieldPanel

from leistungen.domain.komposition import Modus
from leistungen.models.leistung import TEXTMODULE

MODI = {
    Modus.UEBERNEHMEN: "vom Bund übernehmen",
    Modus.ERGAENZEN: "unser Text steht zusätzlich da",
    Modus.ERSETZEN: "unser Text steht statt dessen da",
    Modus.AUSBLENDEN: "nichts zeigen",
}
# The title and the address are always ours.
OHNE = frozenset({"02", "18"})


@dataclass(frozen=True, slots=True)
class Modulzeile:
    """One module to decide about."""

    code: str
    name: str
    wert: str


class ModulmodiWidget(forms.Widget):
    """One select per module."""

    template_name = "leistungen/admin/_modulmodi.html"

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Render with the project's own templates."""
        return render_to_string(self.template_name, self.get_context(name, value, attrs))

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Modules with what holds for them."""
        from leistungen.panels.texte import FELDTEXTE  # noqa: PLC0415 - panels need this module

        context = super().get_context(name, None, attrs)
        werte = value if isinstance(value, dict) else {}
        context["modi"] = [(modus.value, label) for modus, label in MODI.items()]
        context["zeilen"] = [
            Modulzeile(code, FELDTEXTE[feld].label, werte.get(code, Modus.UEBERNEHMEN.value))
            for code, feld in TEXTMODULE.items()
            if code not in OHNE
        ]
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        """Return module → mode, for the modules that were posted."""
        return {
            code: data[schluessel]
            for code in TEXTMODULE
            if (schluessel := f"{name}-{code}") in data and data[schluessel]
        }

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Without a Stammtext nothing is posted, and what is stored stays."""
        return not any(f"{name}-{code}" in data for code in TEXTMODULE)

    def id_for_label(self, id_: str, index: Any = None) -> str:
        """Each select has a label of its own."""
        return ""


class ModulmodiFeld(forms.Field):
    """Module → mode."""

    widget = ModulmodiWidget

    def clean(self, value: Any) -> dict[str, str]:
        """Return the modes; an unknown one is refused."""
        werte = dict(value or {})
        if fremd := [modus for modus in werte.values() if modus not in set(MODI)]:
            raise forms.ValidationError(f"„{fremd[0]}“ gibt es nicht.")
        return werte

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether a mode is another than before; the default need not be written down."""
        return _ohne_vorgabe(initial) != _ohne_vorgabe(data)


class ModulmodiPanel(FieldPanel):
    """Shown only where there is a text of the Bund."""

    class BoundPanel(FieldPanel.BoundPanel):
        """The selects of one service."""

        def is_shown(self) -> bool:
            """Whether the service took over a Stammtext."""
            return bool(self.instance and self.instance.stammtext_id) and bool(super().is_shown())


def _ohne_vorgabe(werte: Any) -> dict[str, str]:
    return {
        code: modus for code, modus in (werte or {}).items() if modus != Modus.UEBERNEHMEN.value
    }
