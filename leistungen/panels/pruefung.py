"""Tab "Prüfung": findings, when the text is due, who approved it."""

from __future__ import annotations

from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList

from leistungen.formular.pruefpanel import PruefPanel
from leistungen.panels.felder import Reihe, andere_sprachen
from leistungen.panels.zeilen import Zeilenpanel

FREIGABEN = Zeilenpanel(
    "freigaben",
    heading="Freigaben des Inhalts",
    label="Freigabe",
    help_text="Wer hat den Inhalt wann freigegeben?",
    panels=[
        Reihe([FieldPanel("am"), FieldPanel("durch_de", heading="durch"), FieldPanel("art")]),
        FieldPanel("status_code", heading="FIM-Status"),
        andere_sprachen("durch", durch="durch"),
    ],
)
PRUEFUNG = ObjectList(
    [
        PruefPanel(heading="Prüfen"),
        FieldPanel("naechste_pruefung", help_text="Bis dahin prüft die Redaktion den Text."),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("gueltig_ab"), FieldPanel("gueltig_bis")])],
            heading="Rechtliche Gültigkeit",
            help_text="Leer heißt: ohne Anfang oder ohne Ende.",
        ),
        FREIGABEN,
    ],
    heading="Prüfung",
)
