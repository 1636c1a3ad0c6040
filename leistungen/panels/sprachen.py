"""Tab "Sprachen": German and its translations side by side, module by module."""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail.admin.panels import FieldPanel, ObjectList, Panel
from wagtail.admin.panels.group import PanelGroup
from wagtail.fields import RichTextField

from leistungen.formular.sprachstand import Sprachuebersicht
from leistungen.models import Leistung
from leistungen.panels.felder import SpaeterRichText
from leistungen.panels.texte import FELDTEXTE
from leistungen.uebersetzungen import SPRACHEN
from zufi.common.sprachfest import LANGUAGE_LABELS

# The order of the public page; the address of the page last.
MODULE = (
    "bezeichnung", "bezeichnung_2", "teaser", "kurztext", "kosten_text", "frist_text", "dauer_text",
    "unterlagen_text", "volltext", "verfahrensablauf", "voraussetzungen", "hinweise",
    "formulare_text", "handlungsgrundlagen", "rechtsbehelf", "weiterfuehrende_informationen",
    "bezugsort_text", "zustaendige_stelle_text", "ansprechpunkt_text", "auskunftshinweis",
    "verrichtungsdetail", "urheber", "slug",
)  # fmt: skip


class Sprachmodul(PanelGroup):
    """One text in all languages; its editors start when it is unfolded."""

    def __init__(self, children: Any = (), name: str = "", **kwargs: Any) -> None:
        self.name = name
        super().__init__(children, **kwargs)

    def clone_kwargs(self) -> dict[str, Any]:
        """What a clone of this panel needs."""
        kwargs: dict[str, Any] = super().clone_kwargs()
        return kwargs | {"name": self.name}

    class BoundPanel(PanelGroup.BoundPanel):
        """One text of one service."""

        template_name = "leistungen/admin/_sprachmodul.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """The German text, the fields, and how each translation stands."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            name = self.panel.name
            uebersicht = Sprachuebersicht.von(self.instance)
            felder = [child.field_name for child in self.children]
            context["label"] = FELDTEXTE[name].label
            context["name"] = name
            context["deutsch"] = uebersicht.deutsch(name)
            context["aenderungen"] = uebersicht.aenderungen(name)
            context["spalten"] = [
                (child, uebersicht.stand(name, sprache), html_lang)
                for child, sprache, html_lang in zip(
                    self.children, SPRACHEN, ("en", "de"), strict=True
                )
                if child.is_shown()
            ]
            context["offen"] = self.form.is_bound and any(f in self.form.errors for f in felder)
            return context


class Sprachkopf(Panel):
    """How many parts are up to date in each language."""

    class BoundPanel(Panel.BoundPanel):
        """The counts of one service."""

        template_name = "leistungen/admin/_sprachkopf.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Language → words."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["zaehlung"] = Sprachuebersicht.von(self.instance).zaehle()
            return context


class Zeilensprachen(Panel):
    """Texts of rows in all languages; they are edited in their rows."""

    class BoundPanel(Panel.BoundPanel):
        """The rows of one service."""

        template_name = "leistungen/admin/_zeilensprachen.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Rows with what is known of their translations."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["zeilen"] = Sprachuebersicht.von(self.instance).zeilen()
            return context


class Sprachliste(ObjectList):
    """The texts as a list of folds, without a frame around each."""

    class BoundPanel(ObjectList.BoundPanel):
        """The list of one service."""

        template_name = "leistungen/admin/_sprachliste.html"


def _widget(name: str) -> Any:
    feld = Leistung._meta.get_field(f"{name}_en")
    if isinstance(feld, RichTextField):
        return SpaeterRichText
    return forms.TextInput if feld.get_internal_type() != "TextField" else None


def _modul(name: str) -> Sprachmodul:
    widget = _widget(name)
    return Sprachmodul(
        [
            FieldPanel(f"{name}_{lang}", heading=LANGUAGE_LABELS[lang], widget=widget)
            for lang in SPRACHEN
        ],
        name=name,
    )


SPRACHEN_TAB = ObjectList(
    [
        Sprachkopf(heading="Übersicht"),
        Sprachliste([_modul(name) for name in MODULE], heading="Texte"),
        Zeilensprachen(heading="Zeilen"),
    ],
    heading="Sprachen",
)
