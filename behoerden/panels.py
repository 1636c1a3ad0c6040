"""The form of an authority: German first, contact data next, other languages in a tab."""

from __future__ import annotations

from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)

from zufi.common.sprachfest import LANGUAGE_LABELS

MAX_ROWS = 50  # more inline rows make the form slow
SLUG_PLACEHOLDER = "Name der Behörde"


def _language(lang: str) -> MultiFieldPanel:
    return MultiFieldPanel(
        [
            FieldPanel(f"kurzname_{lang}", heading="Kurzname"),
            FieldPanel(f"synonyme_{lang}", heading="Weitere Namen"),
            FieldPanel(f"kurzbeschreibung_{lang}", heading="Kurzbeschreibung"),
            FieldPanel(f"beschreibung_{lang}", heading="Beschreibung"),
            FieldPanel(f"hinweis_{lang}", heading="Aktueller Hinweis"),
        ],
        heading=LANGUAGE_LABELS[lang],
    )


ALLGEMEIN = ObjectList(
    [
        FieldRowPanel(
            [
                TitleFieldPanel(
                    "name_de",
                    targets=["slug"],
                    heading="Name",
                    help_text="So heißt die Behörde nach außen.",
                    placeholder=SLUG_PLACEHOLDER,
                ),
                FieldPanel("name_en", heading="Name (Englisch)"),
                FieldPanel("name_de_simple", heading="Name (Leichte Sprache)"),
            ]
        ),
        FieldPanel("kurzname_de", heading="Kurzname", help_text="Zum Beispiel „Bürgeramt“."),
        FieldPanel("art", help_text="Was für eine Behörde ist das?"),
        FieldPanel(
            "hauptgebiet",
            help_text=(
                "In diesem Gebiet ist sie die erste Anlaufstelle, wenn für eine Leistung "
                "niemand eingetragen ist."
            ),
        ),
        FieldPanel("uebergeordnet", help_text="Leer, wenn es keine gibt."),
        FieldPanel(
            "kurzbeschreibung_de",
            heading="Kurzbeschreibung",
            help_text="Ein oder zwei Sätze: Wofür ist die Behörde da?",
        ),
        FieldPanel("beschreibung_de", heading="Beschreibung"),
        MultiFieldPanel(
            [
                FieldPanel(
                    "hinweis_de",
                    heading="Text",
                    help_text="Zum Beispiel: „Am 2. Oktober geschlossen.“",
                ),
                FieldRowPanel([FieldPanel("hinweis_von"), FieldPanel("hinweis_bis")]),
            ],
            heading="Aktueller Hinweis",
            help_text="Steht überall, wo diese Behörde genannt wird. Leere Tage: unbegrenzt.",
        ),
    ],
    heading="Allgemein",
)
KONTAKT = ObjectList(
    [
        InlinePanel(
            "anschriften",
            heading="Anschriften",
            label="Anschrift",
            max_num=MAX_ROWS,
            help_text="Die erste Hausanschrift steht auf der Karte der Behörde.",
            panels=[
                FieldPanel("typ"),
                FieldRowPanel([FieldPanel("strasse"), FieldPanel("hausnummer")]),
                FieldRowPanel([FieldPanel("plz"), FieldPanel("ort")]),
                FieldRowPanel([FieldPanel("postfach"), FieldPanel("zusatz_de", heading="Zusatz")]),
            ],
        ),
        InlinePanel(
            "erreichbarkeiten",
            heading="Telefon und E-Mail",
            label="Kontaktweg",
            max_num=MAX_ROWS,
            help_text="Der erste öffentliche Eintrag jeder Art steht auf der Karte.",
            panels=[
                FieldRowPanel([FieldPanel("kanal"), FieldPanel("kennung")]),
                FieldRowPanel(
                    [FieldPanel("zusatz_de", heading="Zusatz"), FieldPanel("oeffentlich")]
                ),
            ],
        ),
        FieldPanel("internet", help_text="Die Adresse beginnt mit https://."),
        FieldPanel("termin_url", help_text="Die Adresse beginnt mit https://."),
    ],
    heading="Kontakt",
)
SPRACHEN = ObjectList([_language("en"), _language("de_simple")], heading="Sprachen")
VERWALTUNG = ObjectList(
    [
        FieldPanel(
            "slug",
            help_text="Kleinbuchstaben, Ziffern und Bindestriche. Links von außen führen hierher.",
        ),
        FieldPanel(
            "synonyme_de",
            heading="Weitere Namen",
            help_text="Wie man sie auch nennt, mit Komma getrennt: „Rathaus, Stadtverwaltung“.",
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("gueltig_ab"), FieldPanel("gueltig_bis")])],
            heading="Die Behörde besteht",
            help_text="Leer heißt: ohne Anfang oder ohne Ende.",
        ),
        FieldPanel("naechste_pruefung", help_text="Bis dahin prüft die Redaktion die Angaben."),
        PublishingPanel(),
    ],
    heading="Verwaltung",
)
BEHOERDE = TabbedInterface([ALLGEMEIN, KONTAKT, SPRACHEN, VERWALTUNG])
BEHOERDENART = [
    FieldRowPanel(
        [
            TitleFieldPanel("name_de", targets=["slug"], heading="Name", placeholder="Standesamt"),
            FieldPanel("name_en", heading="Name (Englisch)"),
            FieldPanel("name_de_simple", heading="Name (Leichte Sprache)"),
        ]
    ),
    FieldPanel("slug", help_text="Kleinbuchstaben, Ziffern und Bindestriche."),
    FieldPanel(
        "ist_allgemeine_verwaltung",
        help_text=(
            "Ja, wenn Behörden dieser Art erste Anlaufstelle eines Gebiets sind: Gemeinde, "
            "Verwaltungsgemeinschaft, Landratsamt."
        ),
    ),
]
