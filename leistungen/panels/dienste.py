"""Forms of online services and of forms to fill in."""

from __future__ import annotations

from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)

from leistungen.formular.leistungsform import Dienstform
from leistungen.panels.felder import Klappe, Reihe, Textpanel
from leistungen.panels.zeilen import Zeilenpanel

_SPRACHEN = (("en", "Englisch"), ("de_simple", "Leichte Sprache"))
LINKS = Zeilenpanel(
    "links",
    heading="Adressen in anderen Sprachen",
    label="Adresse",
    help_text="Nur wenn der Dienst dort wirklich diese Sprache spricht.",
    panels=[
        Reihe(
            [
                FieldPanel("sprache", help_text="Kürzel: en, uk, de-simple."),
                FieldPanel("url", help_text="Die Adresse beginnt mit https://."),
            ]
        ),
        Reihe([FieldPanel("titel_des_links"), FieldPanel("typ_code", heading="Art")]),
    ],
)


def _zeitraum() -> MultiFieldPanel:
    return MultiFieldPanel(
        [FieldRowPanel([FieldPanel("gueltig_ab"), FieldPanel("gueltig_bis")])],
        heading="Gültigkeit",
        help_text="Leer heißt: ohne Anfang oder ohne Ende.",
    )


_DIENST = ObjectList(
    [
        FieldPanel(
            "bezeichnung_de",
            heading="Bezeichnung",
            help_text="Beschriftung des Knopfes: „Hund online anmelden“.",
        ),
        FieldPanel("kurzname_de", heading="Kurzer Name", help_text="Für enge Listen."),
        FieldPanel("teaser_de", heading="Satz dazu", help_text="Was kann man dort erledigen?"),
        FieldPanel("beschreibung_de", heading="Beschreibung", help_text="Was sollte man wissen?"),
        FieldPanel("url", help_text="Die Adresse beginnt mit https://."),
        LINKS,
    ],
    heading="Onlinedienst",
)
_ANMELDUNG = ObjectList(
    [
        FieldPanel("anmeldung", help_text="So steht es auf der Seite, zum Beispiel: BundID."),
        Textpanel(
            "identifizierungsmittel_codes",
            heading="Anmeldung (Codes)",
            help_text="Womit weist man sich aus?",
        ),
        Textpanel(
            "vertrauensniveau",
            heading="Vertrauensniveau",
            help_text="Wie sicher muss feststehen, wer den Antrag stellt?",
        ),
        Textpanel(
            "zahlungsweise_codes", heading="Zahlungsweisen", help_text="Wie kann man bezahlen?"
        ),
        Textpanel(
            "sprache_codes", heading="Sprachen", help_text="Welche Sprachen spricht der Dienst?"
        ),
    ],
    heading="Anmeldung und Bezahlung",
)
_BETRIEB = ObjectList(
    [
        FieldPanel("status", help_text="Ist er gestört, bietet die Seite ihn nicht an."),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("wartung_von"), FieldPanel("wartung_bis")])],
            heading="Wartung",
            help_text="In dieser Zeit bietet die Seite den Dienst nicht an und sagt, bis wann.",
        ),
        _zeitraum(),
        PublishingPanel(),
    ],
    heading="Betrieb",
)
_DIENST_SPRACHEN = ObjectList(
    [
        MultiFieldPanel(
            [
                FieldPanel(f"bezeichnung_{lang}", heading="Bezeichnung"),
                FieldPanel(f"kurzname_{lang}", heading="Kurzer Name"),
                FieldPanel(f"teaser_{lang}", heading="Satz dazu"),
                FieldPanel(f"beschreibung_{lang}", heading="Beschreibung"),
            ],
            heading=label,
        )
        for lang, label in _SPRACHEN
    ],
    heading="Sprachen",
)
ONLINEDIENST = TabbedInterface(
    [_DIENST, _ANMELDUNG, _BETRIEB, _DIENST_SPRACHEN], base_form_class=Dienstform
)
FORMULAR = TabbedInterface(
    [
        ObjectList(
            [
                FieldPanel(
                    "bezeichnung_de",
                    heading="Bezeichnung",
                    help_text="So steht es auf der Seite: „Antrag auf Wohngeld“.",
                ),
                Klappe(
                    [
                        FieldPanel(f"bezeichnung_{lang}", heading=f"Bezeichnung ({label})")
                        for lang, label in _SPRACHEN
                    ],
                    titel="Englisch und Leichte Sprache",
                    heading="Andere Sprachen",
                ),
                FieldRowPanel(
                    [
                        Textpanel("typ_code", heading="Art"),
                        FieldPanel(
                            "version", help_text="Wie sie auf dem Formular steht: „Stand 03/2026“."
                        ),
                    ],
                    heading="Art und Version",
                ),
                FieldPanel("datei", help_text="Eine Datei oder eine Adresse ist nötig."),
                FieldPanel("url", help_text="Die Adresse beginnt mit https://."),
                FieldPanel("sprache", help_text="Kürzel der Sprache des Formulars: de, en."),
                FieldPanel("barrierefrei", help_text="„Keine Angabe“ heißt nicht „nein“."),
                _zeitraum(),
                PublishingPanel(),
            ],
            heading="Formular",
        )
    ],
    base_form_class=Dienstform,
)
