"""Tab "Inhalt": German texts and rows, in the order of the public page."""

from __future__ import annotations

from django import forms
from wagtail.admin.panels import FieldPanel, ObjectList, Panel

from leistungen.codes import CODELISTEN
from leistungen.formular.codefelder import CodeAuswahl
from leistungen.models.leistung import TEXTMODULE
from leistungen.panels.felder import Klappe, Reihe, Titelpanel, andere_sprachen, feld
from leistungen.panels.texte import FELDTEXTE
from leistungen.panels.zeilen import ZEITRAUM, Zeilenpanel

_DAUER = Reihe(
    [
        FieldPanel("dauer", heading="Zahl"),
        FieldPanel("einheit", heading="Einheit"),
        FieldPanel("dauer_bis", heading="bis Zahl"),
        FieldPanel("einheit_bis", heading="bis Einheit"),
    ]
)


def _erlaeuterung(hilfe: str) -> FieldPanel:
    return FieldPanel("beschreibung_de", heading="Erläuterung", help_text=hilfe)


def _weitere(*panels: Panel, titel: str = "Weitere Angaben") -> Klappe:
    return Klappe([*panels, *ZEITRAUM], titel=titel)


GEBUEHREN = Zeilenpanel(
    "gebuehren",
    heading="Kosten",
    label="Kosten",
    help_text="Eine Zeile je Betrag; kostet es nichts, sagen Sie auch das.",
    panels=[
        Reihe(
            [
                FieldPanel("art", heading="Art des Betrags"),
                FieldPanel("betrag", heading="Betrag in Euro", help_text="Nur bei festem Betrag."),
                FieldPanel("von", heading="von", help_text="Nur bei „von–bis“."),
                FieldPanel("bis", heading="bis", help_text="Nur bei „von–bis“."),
            ]
        ),
        Reihe(
            [
                _erlaeuterung("Steht in Klammern: „37 € (ab 24 Jahren)“."),
                FieldPanel("vorkasse", heading="im Voraus zu bezahlen"),
            ]
        ),
        _weitere(
            FieldPanel(
                "regel_de",
                heading="Regel",
                help_text="Wenn es keinen Betrag gibt: „je nach Aufwand“.",
            ),
            FieldPanel(
                "grund_de",
                heading="Warum kostenfrei",
                help_text="Nur wenn es nichts kostet.",
            ),
            FieldPanel("typ_code", heading="Art der Kosten"),
            FieldPanel("waehrung", heading="Währung"),
            FieldPanel(
                "link_kostenbildung",
                heading="Satzung oder Tabelle",
                help_text="Adresse, unter der die Beträge stehen.",
            ),
        ),
        andere_sprachen(
            "beschreibung",
            "regel",
            "grund",
            beschreibung="Erläuterung",
            regel="Regel",
            grund="Warum kostenfrei",
        ),
    ],
)
FRISTEN = Zeilenpanel(
    "fristen",
    heading="Fristen",
    label="Frist",
    help_text="Eine Zeile je Frist: eine Dauer oder ein Tag, nicht beides.",
    panels=[
        Reihe(
            [
                FieldPanel(
                    "typ_text_de",
                    heading="Name der Frist",
                    help_text="„Antragsfrist“; darf fehlen.",
                ),
                _erlaeuterung("Steht in Klammern: „2 Wochen (nach dem Einzug)“."),
            ]
        ),
        _DAUER,
        Reihe(
            [
                FieldPanel(
                    "stichtag_von",
                    heading="vom",
                    help_text="Ein Tag: 2027-01-31, jedes Jahr: --07-31, oder in Worten.",
                ),
                FieldPanel("stichtag_bis", heading="bis zum", help_text="Ebenso."),
            ]
        ),
        _weitere(FieldPanel("typ_code", heading="Art der Frist")),
        andere_sprachen(
            "typ_text", "beschreibung", typ_text="Name der Frist", beschreibung="Erläuterung"
        ),
    ],
)
BEARBEITUNGSDAUERN = Zeilenpanel(
    "bearbeitungsdauern",
    heading="Bearbeitungsdauer",
    label="Bearbeitungsdauer",
    help_text="Wie lange braucht die Behörde in der Regel?",
    panels=[
        _DAUER,
        Reihe([_erlaeuterung("Steht in Klammern: „2 bis 4 Wochen (im Sommer länger)“.")]),
        _weitere(titel="Gültigkeit"),
        andere_sprachen("beschreibung", beschreibung="Erläuterung"),
    ],
)
UNTERLAGEN = Zeilenpanel(
    "unterlagen",
    heading="Unterlagen",
    label="Unterlage",
    help_text="Eine Unterlage je Zeile, die immer nötigen zuerst.",
    panels=[
        Reihe(
            [
                FieldPanel(
                    "bezeichnung_de",
                    heading="Unterlage",
                    help_text="Eine Ausnahme beginnt mit dem Fall: „Bei Vertretung: Vollmacht“.",
                ),
                _erlaeuterung("Zum Beispiel: „darf nicht abgelaufen sein“."),
            ]
        ),
        Reihe(
            [
                FieldPanel("pflicht", heading="Wann nötig"),
                FieldPanel("richtung", heading="Wer gibt sie ab"),
            ]
        ),
        _weitere(
            FieldPanel("typ_code", heading="Art der Unterlage"),
            FieldPanel("signatur_code", heading="Unterschrift"),
            FieldPanel("grund_codes", heading="Gründe"),
            FieldPanel("ist_ausloeser", heading="löst das Verfahren aus"),
            FieldPanel(
                "formular_uuid",
                heading="Formular (Kennung)",
                help_text="Wenn die Unterlage ein Formular ist.",
            ),
        ),
        andere_sprachen(
            "bezeichnung", "beschreibung", bezeichnung="Unterlage", beschreibung="Erläuterung"
        ),
    ],
)
RECHTSGRUNDLAGEN = Zeilenpanel(
    "rechtsgrundlagen",
    heading="Rechtsgrundlagen",
    label="Rechtsgrundlage",
    help_text="Ein Gesetz je Zeile, mit Paragraf und Adresse.",
    panels=[
        Reihe(
            [
                FieldPanel(
                    "norm",
                    heading="Gesetz und Paragraf",
                    help_text="„§ 9 Personalausweisgesetz (PAuswG)“.",
                ),
                FieldPanel("url", heading="Adresse", help_text="Beginnt mit https://."),
            ]
        ),
        Klappe(
            [
                FieldPanel("text_de", heading="Erläuterung", help_text="Was steht dort?"),
                FieldPanel("ebene", heading="Wer hat es erlassen"),
                FieldPanel("beobachten", heading="auf Änderungen beobachten"),
            ],
            titel="Weitere Angaben",
        ),
        andere_sprachen("text", text="Erläuterung"),
    ],
)
MODULLINKS = Zeilenpanel(
    "modullinks",
    heading="Links",
    label="Link",
    help_text="Ein Link je Zeile; der Linktext sagt, wohin er führt.",
    panels=[
        Reihe(
            [
                FieldPanel(
                    "titel_de",
                    heading="Linktext",
                    help_text="„Hundesteuer in Erfurt“, nicht „hier“.",
                ),
                FieldPanel("url", heading="Adresse", help_text="Beginnt mit https://."),
            ]
        ),
        Klappe(
            [
                FieldPanel(
                    "beschreibung_de", heading="Erläuterung", help_text="Was findet man dort?"
                ),
                FieldPanel(
                    "modul_code",
                    heading="Abschnitt",
                    widget=CodeAuswahl(
                        CODELISTEN["modullink.modul_code"],
                        {code: FELDTEXTE[name].label for code, name in TEXTMODULE.items()},
                    ),
                ),
                FieldPanel(
                    "sprache",
                    heading="Sprache des Ziels",
                    help_text="Kürzel: de, en, uk.",
                ),
            ],
            titel="Weitere Angaben",
        ),
        andere_sprachen("titel", "beschreibung", titel="Linktext", beschreibung="Erläuterung"),
    ],
)
VERWANDTE = Zeilenpanel(
    "verwandte",
    heading="Verwandte Leistungen",
    label="Verwandte Leistung",
    help_text="Was suchen dieselben Menschen oft auch? Die Seite zeigt die ersten fünf.",
    panels=[FieldPanel("andere", heading="Leistung")],
)
INHALT = ObjectList(
    [
        Titelpanel("bezeichnung_de", targets=["slug_de"], text=FELDTEXTE["bezeichnung"]),
        feld("bezeichnung_2"),
        feld("teaser", widget=forms.TextInput),
        feld("kurztext"),
        GEBUEHREN,
        feld("kosten_text"),
        FRISTEN,
        feld("frist_text"),
        BEARBEITUNGSDAUERN,
        feld("dauer_text"),
        UNTERLAGEN,
        feld("unterlagen_text"),
        feld("volltext"),
        feld("verfahrensablauf"),
        feld("voraussetzungen"),
        feld("hinweise"),
        RECHTSGRUNDLAGEN,
        feld("handlungsgrundlagen"),
        feld("rechtsbehelf"),
        MODULLINKS,
        feld("weiterfuehrende_informationen"),
        VERWANDTE,
    ],
    heading="Inhalt",
)
