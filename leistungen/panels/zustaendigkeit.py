"""Tab "Zuständigkeit": who is responsible, where the text holds, which place decides."""

from __future__ import annotations

from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList

from leistungen.panels.felder import Textpanel, feld
from leistungen.regeleditor.panels import ZustaendigkeitPanel
from leistungen.regeleditor.widgets import GebieteAuswahl

ZUSTAENDIGKEIT_DER_LEISTUNG = ObjectList(
    [
        ZustaendigkeitPanel(heading="Wer ist zuständig?"),
        FieldPanel("gueltigkeitsgebiete", widget=GebieteAuswahl()),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [
                        Textpanel(
                            "bezugsort_code",
                            heading="Welcher Ort entscheidet",
                            help_text="Meist der Wohnort; bei Bausachen der Ort des Gebäudes.",
                        ),
                        feld("bezugsort_text"),
                    ]
                )
            ],
            heading="Ort",
        ),
        feld("zustaendige_stelle_text"),
        feld("ansprechpunkt_text"),
    ],
    heading="Zuständigkeit",
)
