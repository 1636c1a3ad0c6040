"""Tab "Begriffe und Suche": how citizens find the service."""

from __future__ import annotations

from django import forms
from wagtail.admin.panels import FieldPanel, ObjectList

from leistungen.panels.felder import Klappe, Reihe, Textpanel, feld
from leistungen.panels.zeilen import Zeilenpanel

BEGRIFFE = Zeilenpanel(
    "begriffe",
    heading="Begriffe",
    label="Begriff",
    help_text="Wörter, die Bürgerinnen und Bürger wirklich eingeben: „Perso“, „Lappen“.",
    panels=[
        Reihe(
            [
                FieldPanel("begriff_de", heading="Deutsch"),
                FieldPanel("begriff_en", heading="Englisch"),
                FieldPanel("typ", heading="Art"),
            ]
        ),
        Klappe(
            [
                FieldPanel("begriff_de_simple", heading="Leichte Sprache"),
                FieldPanel("quelle", heading="Woher kennen wir das Wort?"),
            ],
            titel="Weitere Angaben",
        ),
    ],
)
SUCHE = ObjectList(
    [
        BEGRIFFE,
        FieldPanel(
            "kategorien",
            widget=forms.CheckboxSelectMultiple,
            help_text="In welcher Lebenslage braucht man das?",
        ),
        Textpanel("zielgruppe_codes", heading="Zielgruppen", help_text="Für wen ist die Leistung?"),
        feld("slug"),
    ],
    heading="Begriffe und Suche",
)
