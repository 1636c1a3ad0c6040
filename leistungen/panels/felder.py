"""Panels for single fields: one sentence of help, an example to unfold, a counter."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from wagtail.admin.panels import FieldPanel, FieldRowPanel, TitleFieldPanel
from wagtail.admin.rich_text import DraftailRichTextArea

from leistungen.panels.texte import FELDTEXTE, Feldtext
from zufi.common.sprachfest import LANGUAGE_LABELS


class Textpanel(FieldPanel):
    """A field with its words around it; see `leistungen.panels.texte`."""

    def __init__(self, field_name: str, *, text: Feldtext | None = None, **kwargs: Any) -> None:
        self.text = text
        if text is not None:
            kwargs.setdefault("heading", text.label)
            kwargs.setdefault("help_text", _hilfe(text))
        super().__init__(field_name, **kwargs)

    def clone_kwargs(self) -> dict[str, Any]:
        """What a clone of this panel needs."""
        kwargs: dict[str, Any] = super().clone_kwargs()
        return kwargs | {"text": self.text}

    class BoundPanel(FieldPanel.BoundPanel):
        """The panel of one field of one form."""

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            if self.bound_field is not None:  # boxes and selects stand in a group of this name
                self.bound_field.field.widget.attrs.setdefault("data-lf-name", self.heading)


class Titelpanel(TitleFieldPanel):
    """The title, which proposes an address; with its words around it."""

    def __init__(self, field_name: str, *, text: Feldtext | None = None, **kwargs: Any) -> None:
        self.text = text
        if text is not None:
            kwargs.setdefault("heading", text.label)
            kwargs.setdefault("help_text", _hilfe(text))
        kwargs.setdefault("classname", "")  # Wagtail's own hides the label
        super().__init__(field_name, **kwargs)

    def clone_kwargs(self) -> dict[str, Any]:
        """What a clone of this panel needs."""
        kwargs: dict[str, Any] = super().clone_kwargs()
        return kwargs | {"text": self.text}


@dataclass(frozen=True, slots=True)
class Feldbild:
    """One field as a row shows it: all a template needs, without a template for each part."""

    id: str
    label: str
    hilfe: str
    html: SafeString
    fehler: tuple[str, ...]
    is_pflicht: bool
    praefix: str


def feldbild(child: Any) -> Feldbild:
    """Return a bound field panel as values; the widget has Wagtail's own attributes."""
    werte = child.get_editable_context_data()
    return Feldbild(
        id=child.id_for_label(),
        label=child.heading,
        hilfe=child.help_text,
        html=werte["rendered_field"],
        fehler=tuple(child.bound_field.errors),
        is_pflicht=child.is_required(),
        praefix=child.prefix,
    )


class Reihe(FieldRowPanel):
    """Fields side by side, drawn in one go.

    Wagtail takes five templates for a field, and a form with 40 rows has 600 fields.
    """

    class BoundPanel(FieldRowPanel.BoundPanel):
        """The fields of one row."""

        template_name = "leistungen/admin/_reihe.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """The fields as values."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["felder"] = [feldbild(child) for child in self.visible_children]
            return context


class Klappe(Reihe):
    """Fields that are seldom needed, behind a line to unfold; open where something is wrong."""

    def __init__(self, children: Any = (), titel: str = "", **kwargs: Any) -> None:
        self.titel = titel
        super().__init__(children, **kwargs)

    def clone_kwargs(self) -> dict[str, Any]:
        """What a clone of this panel needs."""
        kwargs: dict[str, Any] = super().clone_kwargs()
        return kwargs | {"titel": self.titel}

    class BoundPanel(Reihe.BoundPanel):
        """The fold of one form."""

        template_name = "leistungen/admin/_klappe.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Whether one of the fields has an error."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["offen"] = any(feld.fehler for feld in context["felder"])
            return context


class SpaeterRichText(DraftailRichTextArea):
    """A rich text editor that starts when its fold is opened; 30 at once would take seconds."""

    def __init__(self, **kwargs: Any) -> None:
        editor: Any = settings.WAGTAILADMIN_RICH_TEXT_EDITORS["default"]
        kwargs.setdefault("features", editor["OPTIONS"]["features"])
        super().__init__(**kwargs)

    def format_value(self, value: Any) -> str:
        """Return the content exactly as the editor will write it.

        Otherwise opening a fold would look like a change, and autosave would store a draft.
        """
        return wie_der_editor(super().format_value(value))

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Keep Wagtail's starter aside until the script puts it in its place."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        werte = context["widget"]["attrs"]
        werte["data-lf-spaeter"] = werte.pop("data-controller")
        return context


# The order in which Draft.js writes the parts of its raw content.
_BLOCK = ("key", "text", "type", "depth", "inlineStyleRanges", "entityRanges", "data")
_STIL, _VERWEIS = ("offset", "length", "style"), ("offset", "length", "key")


def wie_der_editor(contentstate: str) -> str:
    """Return raw content with the same parts, in the order and form in which Draft.js writes it."""
    inhalt = json.loads(contentstate)
    bloecke = [
        {
            **{name: block.get(name, {}) for name in _BLOCK},
            "inlineStyleRanges": [_nur(_STIL, r) for r in block["inlineStyleRanges"]],
            "entityRanges": [_nur(_VERWEIS, r) for r in block["entityRanges"]],
        }
        for block in inhalt["blocks"]
    ]
    if all(not block["text"] and block["type"] == "unstyled" for block in bloecke):
        return "null"
    verweise = {
        nummer: _nur(("type", "mutability", "data"), verweis)
        for nummer, verweis in inhalt["entityMap"].items()
    }
    return json.dumps(
        {"blocks": bloecke, "entityMap": verweise}, ensure_ascii=False, separators=(",", ":")
    )


def _nur(namen: tuple[str, ...], werte: dict[str, Any]) -> dict[str, Any]:
    return {name: werte[name] for name in namen if name in werte}


def feld(name: str, lang: str = "de", **kwargs: Any) -> Textpanel:
    """Return the panel of a translated text in one language."""
    text = FELDTEXTE[name]
    if lang != "de":
        kwargs.setdefault("heading", f"{text.label} ({LANGUAGE_LABELS[lang]})")
    return Textpanel(f"{name}_{lang}", text=text, **kwargs)


def andere_sprachen(*namen: str, **labels: str) -> Klappe:
    """Return the fold with the other languages of a row's texts; `labels` names the fields."""
    return Klappe(
        [
            FieldPanel(f"{name}_{lang}", heading=f"{labels[name]} ({LANGUAGE_LABELS[lang]})")
            for name in namen
            for lang in ("en", "de_simple")
        ],
        titel="Englisch und Leichte Sprache",
    )


def _hilfe(text: Feldtext) -> SafeString:
    return render_to_string("leistungen/admin/_hilfe.html", {"text": text})
