"""Tab "Verwaltung": what the exchange with the Bund needs and no citizen reads."""

from __future__ import annotations

from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
)

from leistungen.formular.modulmodi import ModulmodiPanel
from leistungen.panels.felder import Reihe, Textpanel, feld
from leistungen.panels.zeilen import Zeilenpanel

SCHLUESSEL = Zeilenpanel(
    "leistungsschluessel",
    heading="Leistungsschlüssel",
    label="Leistungsschlüssel",
    help_text="14 Ziffern, beginnend mit 99; genau einer ist der Hauptschlüssel.",
    panels=[Reihe([FieldPanel("schluessel"), FieldPanel("ist_primaer")])],
)
URSPRUNGSPORTALE = Zeilenpanel(
    "ursprungsportale",
    heading="Ursprungsportale",
    label="Ursprungsportal",
    help_text="Wo stand der Text zuerst?",
    panels=[
        Reihe(
            [FieldPanel("titel_im_portal"), FieldPanel("url"), FieldPanel("sprache")],
        )
    ],
)
VERWALTUNG = ObjectList(
    [
        SCHLUESSEL,
        FieldPanel("redaktion", help_text="Wer pflegt diesen Text?"),
        FieldPanel("oberleistung", help_text="Zu welchem Leistungsobjekt gehört die Leistung?"),
        Textpanel(
            "typisierung_codes",
            heading="Typisierung",
            help_text="Wer regelt und wer vollzieht die Leistung?",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [
                        Textpanel("struktur_art", heading="Tiefe"),
                        Textpanel("gruppierung_code", heading="Leistungsgruppierung"),
                        Textpanel("objekt_id", heading="Leistungsobjekt (Kennung)"),
                    ]
                ),
                FieldRowPanel(
                    [
                        Textpanel("verrichtung_code", heading="Verrichtung"),
                        feld("verrichtungsdetail"),
                        Textpanel("detailstufe_code", heading="Detaillierungsstufe"),
                    ]
                ),
                Textpanel("prozess_ids", heading="Prozesse (Kennungen, mit Komma)"),
            ],
            heading="Leistungsstruktur",
            help_text="Muss zum Hauptschlüssel passen.",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [
                        Textpanel("status_katalog_code", heading="Status im Katalog"),
                        Textpanel("status_bibliothek_code", heading="Status der Beschreibung"),
                    ]
                )
            ],
            heading="FIM-Status",
            help_text="Stand im Verfahren des Bundes; sagt nichts darüber, ob die Seite öffentlich "
            "ist.",
        ),
        MultiFieldPanel(
            [
                Textpanel("sdg1_codes", heading="Liste 1"),
                Textpanel("sdg2_codes", heading="Liste 2"),
            ],
            heading="Informationsbereiche des SDG",
            help_text="Verordnung (EU) 2018/1724; 0000000 heißt: keiner.",
        ),
        MultiFieldPanel(
            [
                Textpanel("wirtschaftszweig_codes", heading="Wirtschaftszweige"),
                Textpanel("rechtsform_codes", heading="Rechtsformen"),
                Textpanel("staat_codes", heading="Staaten"),
                Textpanel("staatengruppe_codes", heading="Staatengruppen"),
            ],
            heading="Nur für bestimmte Unternehmen oder Staatsangehörige",
        ),
        ModulmodiPanel("modulmodi", heading="Umgang mit dem Text des Bundes"),
        feld("auskunftshinweis"),
        feld("urheber"),
        URSPRUNGSPORTALE,
        PublishingPanel(),
    ],
    heading="Verwaltung",
)
