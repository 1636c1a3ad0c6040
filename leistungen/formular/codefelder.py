"""Form fields for codes: chosen from the active list, kept whether the list knows them or not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from leistungen.codes import code_text, codewerte, liste_von

# Up to here all codes are shown as boxes; of longer lists only the chosen ones.
ALLE_BIS = 12
MAX_LAENGE = 40
_TRENNER = re.compile(r"[;,\s]+")


@dataclass(frozen=True, slots=True)
class Kaestchen:
    """One code to tick."""

    code: str
    label: str
    gewaehlt: bool


class CodesAuswahl(forms.Widget):
    """Codes of a list as boxes; of a long list the chosen ones, and a field for more."""

    template_name = "leistungen/admin/_codes.html"

    class Media:
        css = {"all": ("zufi/css/leistungsformular.css",)}  # noqa: RUF012 - Django reads it so

    def __init__(self, list_uri: str, attrs: Any = None) -> None:
        super().__init__(attrs)
        self.list_uri = list_uri

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Render with the project's own templates, as Wagtail's choosers do."""
        return render_to_string(self.template_name, self.get_context(name, value, attrs))

    def use_required_attribute(self, initial: Any) -> bool:
        """The browser cannot tell whether something is chosen."""
        return False

    def id_for_label(self, id_: str, index: Any = None) -> str:
        """The label belongs to the field for more codes, if there is one."""
        return f"{id_}-weitere" if id_ else ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """Return the ticked codes, then those written into the field, each once."""
        gewaehlt = data.getlist(name) if hasattr(data, "getlist") else list(data.get(name, []))
        weitere = _TRENNER.split(data.get(f"{name}-weitere", ""))
        return list(dict.fromkeys(code for code in (*gewaehlt, *weitere) if code))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """No box ticked means: no code."""
        return False

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Boxes, and what the field for more codes suggests."""
        context = super().get_context(name, None, attrs)
        werte = codewerte(self.list_uri)
        codes = [str(code) for code in (value or ())]
        kurz = 0 < len(werte) <= ALLE_BIS
        gezeigt = [*codes, *(code for code in werte if kurz and code not in codes)]
        if kurz:
            gezeigt.sort(key=[*werte, *codes].index)
        context["widget"] |= {
            "kaestchen": [Kaestchen(c, code_text(c, werte), c in codes) for c in gezeigt],
            "vorschlaege": [] if kurz else [(c, t) for c, t in werte.items() if c not in codes],
            "mit_feld": not kurz,
            "beschrieben": context["widget"]["attrs"].get("aria-describedby", ""),
        }
        return context


class CodesFeld(forms.Field):
    """Several codes; whatever is posted is kept, only too long a code is refused."""

    def __init__(self, *, list_uri: str, **kwargs: Any) -> None:
        super().__init__(widget=CodesAuswahl(list_uri), **kwargs)

    def clean(self, value: Any) -> list[str]:
        """Return the codes as posted."""
        codes = [str(code) for code in (value or [])]
        _pruefe_laenge(codes)
        super().clean(codes)
        return codes

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether other codes, or another order of them, were posted."""
        return list(initial or []) != list(data or [])


class CodeAuswahl(forms.Select):
    """A select of the codes of a list; the chosen one is there even if the list lacks it."""

    def __init__(self, list_uri: str, werte: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self.list_uri = list_uri
        self.werte = werte

    def optgroups(self, name: str, value: Sequence[str], attrs: Any = None) -> Any:
        """Options for this rendering; nothing is kept between renderings."""
        werte = codewerte(self.list_uri) or self.werte or {}
        fremd = [code for code in value if code and code not in werte]
        codes = [*werte, *fremd]
        self.choices = [("", "–"), *((code, code_text(code, werte)) for code in codes)]
        return super().optgroups(name, list(value), attrs)


class CodeFeld(forms.CharField):
    """One code; unknown ones are kept."""

    def __init__(self, *, list_uri: str, widget: Any = None, **kwargs: Any) -> None:
        super().__init__(widget=widget or CodeAuswahl(list_uri), **kwargs)


def codefeld(feld: models.Field[Any, Any], widget: Any = None) -> forms.Field | None:
    """Return the form field of a model field that holds codes, None if it holds none."""
    uri = liste_von(feld.model, feld.name)
    if not uri:
        return None
    gemeinsam: dict[str, Any] = {
        "label": feld.verbose_name,
        "required": not feld.blank,
        "help_text": feld.help_text,
        "list_uri": uri,
    }
    if isinstance(feld, ArrayField):
        return CodesFeld(**gemeinsam)
    return CodeFeld(max_length=feld.max_length, widget=widget, **gemeinsam)


def _pruefe_laenge(codes: Sequence[str]) -> None:
    lang = [code for code in codes if len(code) > MAX_LAENGE]
    if lang:
        raise forms.ValidationError(f"„{lang[0][:MAX_LAENGE]}…“ ist zu lang für einen Code.")
