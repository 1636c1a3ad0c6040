"""The form of an authority: German first, contact data next, other languages in a tab."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
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

from behoerden.domain.zeitregel import regel_in_worten
from behoerden.models import MERKMALE
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
            FieldPanel(f"gebiet_text_{lang}", heading="Zuständig für"),
        ],
        heading=LANGUAGE_LABELS[lang],
    )


def _other_languages(**felder: str) -> MultiFieldPanel:
    """Fields of a row in the other languages, folded; keyword: field, value: heading."""
    return MultiFieldPanel(
        [
            FieldPanel(f"{name}_{lang}", heading=f"{titel} ({LANGUAGE_LABELS[lang]})")
            for name, titel in felder.items()
            for lang in ("en", "de_simple")
        ],
        heading="Andere Sprachen",
        classname="collapsed",
    )


def _in_pairs(namen: Iterable[str]) -> list[FieldRowPanel]:
    """Short fields, two in a row."""
    felder = [FieldPanel(name) for name in namen]
    return [FieldRowPanel(felder[n : n + 2]) for n in range(0, len(felder), 2)]


class RegelPanel(FieldPanel):
    """Hours in OSM syntax; the stored rule stands below in words, so that a slip is seen."""

    class BoundPanel(FieldPanel.BoundPanel):
        """The panel of one row."""

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            regel = getattr(self.instance, "regel", "") if self.instance.pk else ""
            if regel and self.form is not None and not self.form.is_bound:
                worte = regel_in_worten(regel, timezone.localdate())
                self.help_text = f"Gespeichert ist: {worte}."


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
        FieldPanel(
            "gebiet_text_de",
            heading="Zuständig für",
            help_text=(
                "Zum Beispiel „Für Udestedt und den Ortsteil Kleinmölsen“. Leer: Der Satz entsteht "
                "aus dem Hauptgebiet."
            ),
        ),
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
            help_text=(
                "Auf der Karte der Behörde steht die Besucheranschrift, sonst die Hausanschrift."
            ),
            panels=[
                FieldPanel("typ"),
                FieldRowPanel([FieldPanel("strasse"), FieldPanel("hausnummer")]),
                FieldRowPanel([FieldPanel("plz"), FieldPanel("ort"), FieldPanel("ortsteil")]),
                FieldRowPanel([FieldPanel("postfach"), FieldPanel("zusatz_de", heading="Zusatz")]),
                MultiFieldPanel(
                    [
                        *_in_pairs(MERKMALE),
                        FieldPanel("barriere_hinweis_de", heading="Hinweis"),
                        FieldPanel("geprueft_am"),
                    ],
                    heading="Barrierefreiheit",
                    help_text="Unbekannt heißt „keine Angabe“, nicht „nein“.",
                    classname="collapsed",
                ),
                MultiFieldPanel(
                    [
                        FieldPanel("anfahrt_de", heading="Anfahrt"),
                        FieldRowPanel([FieldPanel("haltestelle"), FieldPanel("linien")]),
                        FieldPanel("parken_de", heading="Parken"),
                        FieldRowPanel([FieldPanel("lat"), FieldPanel("lon")]),
                    ],
                    heading="Anfahrt",
                    help_text="Breiten- und Längengrad braucht nur, wer sie genau kennt.",
                    classname="collapsed",
                ),
                _other_languages(
                    zusatz="Zusatz",
                    anfahrt="Anfahrt",
                    parken="Parken",
                    barriere_hinweis="Hinweis zur Barrierefreiheit",
                ),
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
                _other_languages(zusatz="Zusatz"),
            ],
        ),
        FieldPanel("internet", help_text="Die Adresse beginnt mit https://."),
        FieldPanel("termin_url", help_text="Die Adresse beginnt mit https://."),
    ],
    heading="Kontakt",
)
ZEITEN = ObjectList(
    [
        InlinePanel(
            "oeffnungszeiten",
            heading="Öffnungszeiten",
            label="Zeiten",
            max_num=MAX_ROWS,
            help_text=(
                "Ohne Eintrag steht auf der Website „Öffnungszeiten bitte erfragen“. An "
                "gesetzlichen Feiertagen gilt die Behörde von selbst als geschlossen."
            ),
            panels=[
                FieldPanel("art"),
                RegelPanel(
                    "regel",
                    help_text="Zum Beispiel: „Mo-Mi 09:00-12:00; Do 09:00-12:00,14:00-18:00“.",
                ),
                FieldPanel("hinweis_de", heading="Hinweis", help_text="Steht unter den Zeiten."),
                MultiFieldPanel(
                    [FieldRowPanel([FieldPanel("gueltig_ab"), FieldPanel("gueltig_bis")])],
                    heading="Gilt nur in einem Zeitraum",
                    help_text="Leer heißt: immer.",
                    classname="collapsed",
                ),
                _other_languages(hinweis="Hinweis"),
            ],
        ),
        InlinePanel(
            "oeffnungsausnahmen",
            heading="Ausnahmen an einzelnen Tagen",
            label="Ausnahme",
            max_num=MAX_ROWS,
            help_text="Eine Ausnahme geht Feiertagen und den üblichen Zeiten vor.",
            panels=[
                FieldRowPanel([FieldPanel("von"), FieldPanel("bis")]),
                FieldPanel("geschlossen"),
                RegelPanel(
                    "regel",
                    help_text=(
                        "Nur wenn geöffnet ist, zum Beispiel „Mo-Fr 10:00-12:00“. Die Tage müssen "
                        "zu dem Zeitraum passen."
                    ),
                ),
                FieldPanel("grund_de", heading="Grund", help_text="Zum Beispiel „Heiligabend“."),
                _other_languages(grund="Grund"),
            ],
        ),
    ],
    heading="Öffnungszeiten",
)
PERSONEN = ObjectList(
    [
        InlinePanel(
            "kontaktpersonen",
            heading="Kontaktpersonen",
            label="Person",
            max_num=MAX_ROWS,
            help_text=(
                "Nur eintragen, wenn die Person einverstanden ist. Am Tag der Löschung "
                "verschwinden die Angaben auch aus allen alten Fassungen."
            ),
            panels=[
                FieldRowPanel([FieldPanel("anrede"), FieldPanel("titel"), FieldPanel("name")]),
                FieldPanel(
                    "funktion_de", heading="Aufgabe", help_text="Zum Beispiel „Gewerbeanmeldungen“."
                ),
                FieldRowPanel([FieldPanel("raum"), FieldPanel("telefon"), FieldPanel("email")]),
                FieldPanel(
                    "veroeffentlichen", help_text="Ohne Häkchen sieht nur die Redaktion die Person."
                ),
                FieldPanel("loeschen_am", help_text="Spätestens in 24 Monaten."),
                _other_languages(funktion="Aufgabe"),
            ],
        ),
    ],
    heading="Personen",
)
AUFBAU = ObjectList(
    [
        FieldPanel("uebergeordnet", help_text="Leer, wenn es keine gibt."),
        InlinePanel(
            "beziehungen",
            heading="Weitere Beziehungen",
            label="Beziehung",
            max_num=MAX_ROWS,
            help_text="Lesen Sie die Zeile als Satz: „Diese Behörde … die andere.“",
            panels=[
                FieldPanel("typ"),
                FieldPanel("andere"),
                FieldRowPanel([FieldPanel("gueltig_ab"), FieldPanel("gueltig_bis")]),
            ],
        ),
    ],
    heading="Aufbau",
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
BEHOERDE = TabbedInterface([ALLGEMEIN, KONTAKT, ZEITEN, PERSONEN, AUFBAU, SPRACHEN, VERWALTUNG])
BEHOERDENNACHFOLGE = [
    FieldPanel("vorgaenger", help_text="Die Behörde, die es nicht mehr gibt oder bald nicht mehr."),
    FieldPanel("nachfolger", help_text="Die Behörde, die ihre Aufgaben übernimmt."),
    FieldPanel("wirksam_am", help_text="Ab diesem Tag führt die alte Seite zur neuen Behörde."),
]
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
