"""Edit forms: German first, the other languages in a tab of their own."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)

from leistungen.models.leistung import ZIELGRUPPEN
from zufi.common.sprachfest import LANGUAGE_LABELS

# Field → label and one help sentence, in the order of the public page.
TEXTE = (
    ("kurztext", "Kurztext", "Zwei bis drei Sätze: Wer braucht das, und was bekommt man?"),
    ("volltext", "Beschreibung", "Was sollte man wissen, bevor man beginnt?"),
    ("unterlagen_text", "Das brauchen Sie", "Eine Unterlage je Zeile, die allgemeine zuerst."),
    ("kosten_text", "Kosten", "Betrag und Zahlungsweise, oder: „Das kostet nichts.“"),
    ("frist_text", "Fristen", "Bis wann muss was geschehen?"),
    ("dauer_text", "Bearbeitungsdauer", "Wie lange dauert es in der Regel?"),
    ("verfahrensablauf", "So geht es", "Die Schritte in ihrer Reihenfolge, einer je Zeile."),
    ("voraussetzungen", "Voraussetzungen", "Was muss erfüllt sein?"),
    ("hinweise", "Besonderheiten", "Was gilt in besonderen Fällen?"),
    ("formulare_text", "Formulare", "Hinweise zu Formularen."),
    ("handlungsgrundlagen", "Rechtsgrundlagen", "Gesetz und Paragraf."),
    ("rechtsbehelf", "Rechtsbehelf", "Was kann man gegen die Entscheidung tun?"),
    ("weiterfuehrende_informationen", "Weiterführende Informationen", "Links mit klarem Ziel."),
)
INTERN = (
    ("zustaendige_stelle_text", "Zuständige Stelle (Text)", "Nur falls keine Regel passt."),
    ("ansprechpunkt_text", "Ansprechpunkt (Text)", "Nur falls keine Regel passt."),
)


def _texte(felder: Sequence[tuple[str, str, str]], lang: str) -> list[Panel]:
    return [
        FieldPanel(f"{name}_{lang}", heading=label, help_text=help_)
        for name, label, help_ in felder
    ]


def _sprache(lang: str) -> MultiFieldPanel:
    return MultiFieldPanel(
        [
            FieldPanel(f"bezeichnung_{lang}", heading="Bezeichnung"),
            FieldPanel(f"bezeichnung_2_{lang}", heading="Bezeichnung für die Seite"),
            FieldPanel(f"slug_{lang}", heading="Adresse der Seite"),
            FieldPanel(f"teaser_{lang}", heading="Teaser"),
            *_texte(TEXTE, lang),
        ],
        heading=LANGUAGE_LABELS[lang],
        classname="collapsed",
    )


INHALT = ObjectList(
    [
        TitleFieldPanel(
            "bezeichnung_de",
            targets=["slug_de"],
            heading="Bezeichnung",
            help_text="Der amtliche Name der Leistung.",
        ),
        FieldPanel(
            "bezeichnung_2_de",
            heading="Bezeichnung für die Seite",
            help_text="Die Aufgabe mit einem Verb: „Hund anmelden“. Leer: die Bezeichnung gilt.",
        ),
        FieldPanel(
            "teaser_de",
            heading="Teaser",
            help_text="Ein Satz für die Trefferliste, höchstens 350 Zeichen.",
        ),
        *_texte(TEXTE, "de"),
    ],
    heading="Inhalt",
)
SUCHE = ObjectList(
    [
        InlinePanel(
            "begriffe",
            heading="Begriffe",
            label="Begriff",
            help_text="Wörter, die Bürgerinnen und Bürger wirklich eingeben: „Perso“, „Lappen“.",
            panels=[
                FieldRowPanel(
                    [
                        FieldPanel("begriff_de", heading="Deutsch"),
                        FieldPanel("begriff_en", heading="Englisch"),
                        FieldPanel("typ"),
                    ]
                )
            ],
        ),
        FieldPanel("kategorien", widget=forms.CheckboxSelectMultiple),
        FieldPanel(
            "zielgruppe_codes",
            heading="Zielgruppen",
            help_text="Codes mit Komma: "
            + ", ".join(f"{code} {label}" for code, label in ZIELGRUPPEN.items()),
        ),
    ],
    heading="Begriffe und Suche",
)
SPRACHEN = ObjectList([_sprache("en"), _sprache("de_simple")], heading="Sprachen")
VERWALTUNG = ObjectList(
    [
        FieldPanel(
            "slug_de",
            heading="Adresse der Seite",
            help_text="Kleinbuchstaben, Ziffern und Bindestriche. Links von außen führen hierher.",
        ),
        InlinePanel(
            "leistungsschluessel",
            heading="Leistungsschlüssel",
            label="Leistungsschlüssel",
            help_text="14 Ziffern, beginnend mit 99.",
            panels=[FieldRowPanel([FieldPanel("schluessel"), FieldPanel("ist_primaer")])],
        ),
        FieldPanel("redaktion", help_text="Wer pflegt diesen Text?"),
        FieldPanel(
            "typisierung_codes", heading="Typisierung", help_text="Codes mit Komma, zum Beispiel 5."
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("gueltig_ab"), FieldPanel("gueltig_bis")])],
            heading="Rechtliche Gültigkeit",
            help_text="Leer heißt: ohne Anfang oder ohne Ende.",
        ),
        FieldPanel("naechste_pruefung", help_text="Bis dahin prüft die Redaktion den Text."),
        *_texte(INTERN, "de"),
        FieldPanel("urheber_de", heading="Urheber", help_text="Wer hat den Text geschrieben?"),
        PublishingPanel(),
    ],
    heading="Verwaltung",
)
LEISTUNG = TabbedInterface([INHALT, SUCHE, SPRACHEN, VERWALTUNG])

ONLINEDIENST = TabbedInterface(
    [
        ObjectList(
            [
                FieldPanel(
                    "bezeichnung_de",
                    heading="Bezeichnung",
                    help_text="Beschriftung des Knopfes: „Hund online anmelden“.",
                ),
                FieldPanel("bezeichnung_en", heading="Bezeichnung (Englisch)"),
                FieldPanel("beschreibung_de", heading="Beschreibung"),
                FieldPanel("url", help_text="Die Adresse beginnt mit https://."),
                FieldPanel("anmeldung"),
                FieldPanel("vertrauensniveau"),
                FieldRowPanel([FieldPanel("gueltig_ab"), FieldPanel("gueltig_bis")]),
                PublishingPanel(),
            ],
            heading="Onlinedienst",
        )
    ]
)
FORMULAR = TabbedInterface(
    [
        ObjectList(
            [
                FieldPanel("bezeichnung_de", heading="Bezeichnung"),
                FieldPanel("bezeichnung_en", heading="Bezeichnung (Englisch)"),
                FieldPanel("datei", help_text="Eine Datei oder eine Adresse ist nötig."),
                FieldPanel("url", help_text="Die Adresse beginnt mit https://."),
                FieldPanel("sprache"),
                FieldPanel("barrierefrei", help_text="Unbekannt heißt nicht „nein“."),
                FieldRowPanel([FieldPanel("gueltig_ab"), FieldPanel("gueltig_bis")]),
                PublishingPanel(),
            ],
            heading="Formular",
        )
    ]
)
