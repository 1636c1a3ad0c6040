"""Fills a service to the size issue 5 names: 36 rich texts, 40 structured rows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from wagtail.fields import RichTextField

from leistungen.models import (
    Bearbeitungsdauer,
    Begriff,
    Frist,
    Gebuehr,
    Leistung,
    Modullink,
    Rechtsgrundlage,
    Unterlage,
)

TEXT = (
    "<p>Sie melden Ihren Hund bei Ihrer Gemeinde an. Das geht auch mit der Post.</p>"
    '<ul><li>Füllen Sie das <a href="https://gemeinde.example/formular">Formular</a> aus.</li>'
    "<li>Schicken Sie es ab.</li></ul><p>Danach bekommen Sie einen <b>Bescheid</b>.</p>"
)
RICH_TEXTS, ZEILEN = 36, 40


def rich_text_namen() -> list[str]:
    """Suffixed names of the rich texts, German ones first."""
    felder = [
        feld.attname
        for feld in Leistung._meta.concrete_fields
        if isinstance(feld, RichTextField) and hasattr(feld, "translated_field")
    ]
    return sorted(felder, key=lambda name: not name.endswith("_de"))


def fuelle(leistung: Leistung) -> None:
    """The service, not saved, has 36 rich texts and 40 rows."""
    for nummer, name in enumerate(rich_text_namen()[:RICH_TEXTS]):
        setattr(leistung, name, f"<p>Absatz {nummer}.</p>{TEXT}")
    leistung.bezeichnung_2_de = "Hund zur Hundesteuer anmelden"
    leistung.teaser_de = "Wenn Sie einen Hund haben, melden Sie ihn an."
    leistung.kurztext_en = "Register your dog."
    leistung.naechste_pruefung = date(2028, 11, 24)
    leistung.gebuehren = [
        Gebuehr(art="fix", betrag=Decimal(30 + n), beschreibung_de=f"für den {n}. Hund")
        for n in range(5)
    ]
    leistung.fristen = [Frist(dauer=n + 1, einheit="WOCHE", typ_text_de="Frist") for n in range(5)]
    leistung.bearbeitungsdauern = [Bearbeitungsdauer(dauer=n + 1, einheit="TAG") for n in range(5)]
    leistung.unterlagen = [
        Unterlage(bezeichnung_de=f"Unterlage {n}", bezeichnung_en=f"Document {n}")
        for n in range(10)
    ]
    leistung.begriffe = [Begriff(begriff_de=f"Wort {n}") for n in range(5)]
    leistung.rechtsgrundlagen = [
        Rechtsgrundlage(norm=f"§ {n} Gesetz", url="https://gesetze.example/") for n in range(5)
    ]
    leistung.modullinks = [
        Modullink(titel_de=f"Hundesteuer, Teil {n}", url="https://gemeinde.example/")
        for n in range(5)
    ]
