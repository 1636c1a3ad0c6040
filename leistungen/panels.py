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
from leistungen.regeleditor.panels import ZustaendigkeitPanel
from leistungen.regeleditor.regelform import ZustaendigkeitForm
from leistungen.regeleditor.widgets import GebieteAuswahl
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
ZUSTAENDIGKEIT_DER_LEISTUNG = ObjectList(
    [
        ZustaendigkeitPanel(heading="Wer ist zuständig?"),
        FieldPanel("gueltigkeitsgebiete", widget=GebieteAuswahl()),
    ],
    heading="Zuständigkeit",
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
LEISTUNG = TabbedInterface([INHALT, ZUSTAENDIGKEIT_DER_LEISTUNG, SUCHE, SPRACHEN, VERWALTUNG])

# What rules and bindings share.
REGEL = (
    FieldPanel("leistung", help_text="Für welche Leistung gilt die Regel?"),
    FieldPanel("gebiet", help_text="Die Regel gilt hier und in allem, was dazugehört."),
)
ZEITRAUM = MultiFieldPanel(
    [FieldRowPanel([FieldPanel("gueltig_ab"), FieldPanel("gueltig_bis")])],
    heading="Gültigkeit",
    help_text="Leer heißt: ohne Anfang oder ohne Ende.",
)
ZUSTAENDIGKEIT = ObjectList(
    [
        *REGEL,
        FieldPanel("behoerde", help_text="Diese Behörde ist dort zuständig."),
        FieldRowPanel(
            [
                FieldPanel(
                    "rolle", help_text="Entscheidet die Behörde, oder nimmt sie nur Anträge an?"
                ),
                FieldPanel(
                    "wirkung",
                    help_text="„ersetzt“: Was weiter oben gilt, zählt hier nicht. "
                    "„ergänzt“: Es zählt auch.",
                ),
            ]
        ),
        FieldPanel(
            "wahl_erlaubt",
            help_text="Nur falls man sich unter mehreren Behörden eine aussuchen darf.",
        ),
        MultiFieldPanel(
            [FieldPanel("kriterium"), FieldPanel("werte")],
            heading="Bedingung",
            help_text="Nur falls außer dem Ort noch etwas entscheidet; sonst bleibt beides leer.",
        ),
        ZEITRAUM,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("verifiziert_am"), FieldPanel("verifiziert_durch")]),
                FieldPanel("pruefquelle", help_text="Zum Beispiel: Schreiben vom 3.11.2026."),
            ],
            heading="Fachlich geprüft",
            help_text="Eingetragen ist eine Regel auch ungeprüft. Geprüft ist sie erst, wenn "
            "die Behörde sie bestätigt hat.",
        ),
        FieldPanel("hinweis", help_text="Für die Redaktion und das Bürgertelefon."),
    ],
    base_form_class=ZustaendigkeitForm,
)

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
