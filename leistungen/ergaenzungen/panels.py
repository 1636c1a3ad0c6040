"""The form of a supplement: the inherited text beside ours, and only the fields that fit."""

from __future__ import annotations

from functools import cache
from typing import Any

from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    PublishingPanel,
)

from behoerden.choosers import GebietChooser
from leistungen.ergaenzungen.ansicht import spalten
from leistungen.formular.leistungsform import Dienstform
from leistungen.models import Ergaenzung
from leistungen.panels.inhalt import BEARBEITUNGSDAUERN, FRISTEN, GEBUEHREN, UNTERLAGEN

_ZEILEN = {
    "kosten": GEBUEHREN,
    "frist": FRISTEN,
    "dauer": BEARBEITUNGSDAUERN,
    "dokument": UNTERLAGEN,
}


class ErbePanel(Panel):
    """Read only: what the Land says; if it changed, basis, new and ours side by side."""

    class BoundPanel(Panel.BoundPanel):
        """The panel of one supplement."""

        template_name = "leistungen/ergaenzungen/_erbe.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """The inherited text of today; nothing for a supplement that is not stored."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["ergaenzung"] = self.instance
            if self.instance.pk:
                context["spalten"] = spalten(self.instance)
            return context


_ART = MultiFieldPanel(
    [
        FieldPanel("modus", heading="Wie steht Ihr Text zum allgemeinen Text?"),
        FieldPanel("stellung", heading="Wo steht Ihr Text?", help_text="Zählt nur bei „ergänzen“."),
        FieldPanel(
            "begruendung", heading="Begründung", help_text="Nötig, wenn Sie einen Text ausblenden."
        ),
    ],
    heading="Art der Ergänzung",
)
_TEXT = MultiFieldPanel(
    [
        FieldPanel("inhalt_de", heading="Unser Text"),
        FieldPanel("inhalt_en", heading="Unser Text (Englisch)"),
        FieldPanel("inhalt_de_simple", heading="Unser Text (Leichte Sprache)"),
    ],
    heading="Unser Text",
)
_VERWALTUNG = MultiFieldPanel(
    [
        FieldPanel("redaktion", help_text="Wer pflegt diese Ergänzung?"),
        FieldRowPanel([FieldPanel("gueltig_ab"), FieldPanel("gueltig_bis")]),
    ],
    heading="Verwaltung",
)


def _wovon(*, fest: bool) -> MultiFieldPanel:
    return MultiFieldPanel(
        [
            FieldPanel("leistung", read_only=fest),
            FieldPanel("gebiet", read_only=fest, **({} if fest else {"widget": GebietChooser()})),
            FieldPanel(
                "modul_code",
                read_only=fest,
                help_text=""
                if fest
                else "Nach dem ersten Speichern sehen Sie den allgemeinen Text und die passenden "
                "Felder.",
            ),
        ],
        heading="Wovon handelt die Ergänzung?",
    )


@cache
def neue_ergaenzung() -> ObjectList:
    """Return the short form that says what a supplement is about."""
    return _gebunden([_wovon(fest=False), _ART, PublishingPanel()])


@cache
def ergaenzung(modul_code: str) -> ObjectList:
    """Return the form for this module: a text, or the rows that fit; what it is about is fixed."""
    inhalt = _ZEILEN.get(modul_code, _TEXT)
    return _gebunden([_wovon(fest=True), ErbePanel(), inhalt, _ART, _VERWALTUNG, PublishingPanel()])


def vollstaendig() -> ObjectList:
    """Return every field, for comparing versions."""
    return ObjectList([_wovon(fest=False), _TEXT, *_ZEILEN.values(), _ART, _VERWALTUNG])


def _gebunden(panels: list[Panel]) -> ObjectList:
    handler: ObjectList = ObjectList(panels, base_form_class=Dienstform).bind_to_model(Ergaenzung)
    return handler
