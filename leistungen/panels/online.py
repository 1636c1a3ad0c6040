"""Tab "Online und Formulare": how an application is made."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, Panel

from behoerden.querysets import gebietsnamen
from leistungen.codes import CODELISTEN
from leistungen.formular.codefelder import CodeAuswahl
from leistungen.models import Formularbindung, Onlinedienstbindung
from leistungen.models.leistung import TEXTMODULE
from leistungen.panels.felder import (
    Klappe,
    Reihe,
    SpaeterRichText,
    Textpanel,
    andere_sprachen,
    feld,
)
from leistungen.panels.texte import FELDTEXTE
from leistungen.panels.zeilen import Zeilenpanel

# More lines than this are a list of their own.
GEZEIGT = 10


class Bindungspanel(Panel):
    """Which online services and forms are offered where; kept in lists of their own."""

    class BoundPanel(Panel.BoundPanel):
        """The lines of one service."""

        template_name = "leistungen/admin/_bindungen.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Two queries for the lines of a stored service, with areas a few more."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["leistung"] = self.instance
            if self.instance.pk is None:
                return context
            heute = timezone.localdate()
            for name, model in (("dienste", Onlinedienstbindung), ("formulare", Formularbindung)):
                ziel = "onlinedienst" if name == "dienste" else "formular"
                rows: Any = model._default_manager.filter(leistung_id=self.instance.pk)
                context[name] = [
                    (str(row.gebiet), getattr(row, ziel))
                    for row in rows.gueltig_am(heute)
                    .select_related(ziel, "gebiet")
                    .prefetch_related(gebietsnamen("gebiet"))[: GEZEIGT + 1]
                ]
            context["gezeigt"] = GEZEIGT
            return context


MODULANGABEN = Zeilenpanel(
    "modulangaben",
    heading="Texte für einen Zugangskanal",
    label="Text",
    help_text="Nur wenn es online anders geht als vor Ort.",
    panels=[
        Reihe(
            [
                FieldPanel(
                    "modul_code",
                    heading="Abschnitt",
                    widget=CodeAuswahl(
                        CODELISTEN["modulangabe.modul_code"],
                        {code: FELDTEXTE[name].label for code, name in TEXTMODULE.items()},
                    ),
                ),
                FieldPanel("zugangskanal_code", heading="Zugangskanal"),
                FieldPanel("abweichender_titel_de", heading="Überschrift"),
            ]
        ),
        FieldPanel("inhalt_de", heading="Text"),
        andere_sprachen("abweichender_titel", abweichender_titel="Überschrift"),
        Klappe(
            [
                FieldPanel("inhalt_en", heading="Text (Englisch)", widget=SpaeterRichText),
                FieldPanel(
                    "inhalt_de_simple", heading="Text (Leichte Sprache)", widget=SpaeterRichText
                ),
            ],
            titel="Text auf Englisch und in Leichter Sprache",
        ),
    ],
)
ONLINE = ObjectList(
    [
        Bindungspanel(heading="Was wird wo angeboten?"),
        feld("formulare_text"),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [
                        Textpanel("schriftform", heading="Unterschrift auf Papier nötig"),
                        Textpanel("persoenlich", heading="Man muss selbst hingehen"),
                        Textpanel("formlos", heading="Es geht ohne Formular"),
                    ]
                )
            ],
            heading="So stellt man den Antrag",
            help_text="„Unbekannt“ heißt: Das hat noch niemand gesagt.",
        ),
        Textpanel(
            "vertrauensniveau_code",
            heading="Vertrauensniveau",
            help_text="Wie sicher muss feststehen, wer den Antrag stellt?",
        ),
        Textpanel(
            "einheitliche_stelle_codes",
            heading="Einheitliche Stelle",
            help_text="Kann der Antrag auch dort gestellt werden?",
        ),
        MODULANGABEN,
    ],
    heading="Online und Formulare",
)
