"""What the form says about each text: label, one sentence, a good and a bad example.

The order is that of the public page. A limit of characters is soft: it is counted, never enforced.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Feldtext:
    """Words around a field; `zeichen` is the length that reads well, 0 for any."""

    label: str
    hilfe: str
    gut: str = ""
    schlecht: str = ""
    zeichen: int = 0


FELDTEXTE: Mapping[str, Feldtext] = {
    "bezeichnung": Feldtext(
        "Bezeichnung",
        "Der amtliche Name der Leistung, wie er im Leistungskatalog steht.",
        gut="Hundesteuer Anmeldung",
        schlecht="Infos zum Hund",
        zeichen=250,
    ),
    "bezeichnung_2": Feldtext(
        "Bezeichnung für die Seite",
        "Die Aufgabe mit einem Tätigkeitswort; bleibt das Feld leer, gilt die Bezeichnung.",
        gut="Hund zur Hundesteuer anmelden",
        schlecht="Anmeldung der Hundehaltung gemäß Hundesteuersatzung",
        zeichen=80,
    ),
    "slug": Feldtext(
        "Adresse der Seite",
        "Kleinbuchstaben, Ziffern und Bindestriche; Links von außen führen hierher.",
        gut="hundesteuer-anmelden",
        schlecht="leistung-4711-neu-final",
        zeichen=60,
    ),
    "teaser": Feldtext(
        "Teaser",
        "Ein Satz für die Trefferliste: Für wen ist die Seite?",
        gut="Wenn Sie einen Hund haben, melden Sie ihn bei Ihrer Gemeinde an.",
        schlecht="Hier finden Sie alles Wissenswerte zum Thema Hundesteuer.",
        zeichen=160,
    ),
    "kurztext": Feldtext(
        "Kurztext",
        "Zwei bis vier kurze Sätze: Wer braucht das, und was bekommt man?",
        gut="Sie haben einen Hund? Dann melden Sie ihn an. Sie haben zwei Wochen Zeit.",
        schlecht="Die Anmeldung der Hundehaltung ist durch den Halter vorzunehmen.",
        zeichen=500,
    ),
    "kosten_text": Feldtext(
        "Mehr zu den Kosten",
        "Nur was in keine Zeile passt; Beträge gehören in die Zeilen darüber.",
        gut="Empfangen Sie Bürgergeld, fragen Sie nach einer Ermäßigung.",
        schlecht="Die Gebühr beträgt 37,00 EUR.",
    ),
    "frist_text": Feldtext(
        "Mehr zu den Fristen",
        "Nur was in keine Zeile passt; Zeiten und Tage gehören in die Zeilen darüber.",
        gut="Haben Sie die Frist versäumt, rufen Sie uns an.",
        schlecht="Die Frist beträgt 14 Tage.",
    ),
    "dauer_text": Feldtext(
        "Mehr zur Bearbeitungsdauer",
        "Nur was in keine Zeile passt; die Dauer gehört in die Zeilen darüber.",
        gut="Im Sommer dauert es oft länger.",
        schlecht="Die Bearbeitung erfolgt schnellstmöglich.",
    ),
    "unterlagen_text": Feldtext(
        "Mehr zu den Unterlagen",
        "Nur was in keine Zeile passt; jede Unterlage hat eine eigene Zeile.",
        gut="Haben Sie eine Unterlage nicht? Dann fragen Sie vorher nach.",
        schlecht="Personalausweis, Meldebescheinigung, ggf. weitere Nachweise",
    ),
    "volltext": Feldtext(
        "Beschreibung",
        "Was sollte man wissen, bevor man beginnt?",
        gut="Die Steuer gilt für jeden Hund, der älter als drei Monate ist.",
        schlecht="Gemäß der Satzung in der jeweils geltenden Fassung wird erhoben …",
    ),
    "verfahrensablauf": Feldtext(
        "So geht es",
        "Die Schritte in ihrer Reihenfolge, als nummerierte Liste, einer je Punkt.",
        gut="Füllen Sie das Formular aus.",
        schlecht="Das Formular ist auszufüllen und einzureichen.",
    ),
    "voraussetzungen": Feldtext(
        "Voraussetzungen",
        "Was muss erfüllt sein? Erst die Regel, dann die Ausnahme.",
        gut="Sie wohnen in Thüringen.",
        schlecht="Vorliegen eines Wohnsitzes im Freistaat",
    ),
    "hinweise": Feldtext(
        "Besonderheiten",
        "Was gilt in besonderen Fällen? Beginnen Sie mit dem Fall.",
        gut="Bei einem Blindenführhund: Sie zahlen keine Steuer.",
        schlecht="Es gibt verschiedene Ausnahmen.",
    ),
    "formulare_text": Feldtext(
        "Hinweise zu Formularen",
        "Was muss man beim Ausfüllen wissen? Die Formulare selbst stehen darüber.",
        gut="Unterschreiben Sie auf Seite 2.",
        schlecht="Formulare finden Sie hier.",
    ),
    "handlungsgrundlagen": Feldtext(
        "Mehr zu den Rechtsgrundlagen",
        "Nur was in keine Zeile passt; jedes Gesetz hat eine eigene Zeile.",
        gut="Die Höhe regelt die Satzung Ihrer Gemeinde.",
        schlecht="div. Vorschriften",
    ),
    "rechtsbehelf": Feldtext(
        "Rechtsbehelf",
        "Was kann man gegen die Entscheidung tun, und bis wann?",
        gut="Sie können innerhalb eines Monats Widerspruch einlegen.",
        schlecht="Rechtsbehelfsbelehrung siehe Bescheid",
    ),
    "weiterfuehrende_informationen": Feldtext(
        "Mehr zu den Links",
        "Nur was in keine Zeile passt; jeder Link hat eine eigene Zeile.",
        gut="Fragen beantwortet auch das Finanzamt.",
        schlecht="Weitere Infos finden Sie im Internet.",
    ),
    "zustaendige_stelle_text": Feldtext(
        "Zuständige Stelle (Text)",
        "Steht nur im Austausch mit dem Bund; die Seite nennt die Behörde aus den Regeln.",
    ),
    "ansprechpunkt_text": Feldtext(
        "Ansprechpunkt (Text)",
        "Steht nur im Austausch mit dem Bund; die Seite nennt die Behörde aus den Regeln.",
    ),
    "bezugsort_text": Feldtext(
        "Frage nach dem Ort",
        "So fragt die Seite, wenn nicht der Wohnort entscheidet.",
        gut="Wo steht das Gebäude?",
        schlecht="Bezugsort",
        zeichen=60,
    ),
    "verrichtungsdetail": Feldtext(
        "Verrichtungsdetail", "Nur wenn der Leistungskatalog eines nennt.", zeichen=250
    ),
    "auskunftshinweis": Feldtext(
        "Hinweis für das Bürgertelefon 115",
        "Lesen nur die Mitarbeitenden der 115, niemals die Bürgerinnen und Bürger.",
        gut="Bitte nach der Rasse des Hundes fragen.",
    ),
    "urheber": Feldtext("Urheber", "Wer hat den Text geschrieben?", zeichen=250),
}
