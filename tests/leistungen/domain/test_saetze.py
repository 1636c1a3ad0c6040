"""The sentence a structured row becomes on the page."""

from __future__ import annotations

from decimal import Decimal

import pytest

from leistungen.domain.saetze import (
    Fristangabe,
    Kosten,
    Spanne,
    betrag_text,
    dauer_satz,
    frist_satz,
    kosten_satz,
    spanne_text,
    tag_text,
)


@pytest.mark.parametrize(
    ("kosten", "sprache", "satz"),
    [
        (Kosten("fix", Decimal("37.00"), beschreibung="bar oder Karte"), "de",
         "37 € (bar oder Karte)"),
        (Kosten("fix", Decimal("8.50")), "de", "8,50 €"),
        (Kosten("fix", Decimal("1250")), "de", "1.250 €"),
        (Kosten("fix", Decimal("1250.50")), "en", "€1,250.50"),
        (Kosten("fix", Decimal("37"), vorkasse=True), "de", "37 € (im Voraus zu bezahlen)"),
        (Kosten("fix", Decimal("37")), "de_simple", "37 Euro"),
        (Kosten("frei"), "de", "kostenfrei"),
        (Kosten("frei", grund="bei der ersten Anmeldung"), "de",
         "kostenfrei (bei der ersten Anmeldung)"),
        (Kosten("frei"), "en", "free of charge"),
        (Kosten("frei"), "de_simple", "Das kostet nichts."),
        (Kosten("variabel", von=Decimal("8"), bis=Decimal("40")), "de", "8 bis 40 €"),
        (Kosten("variabel", von=Decimal("8"), bis=Decimal("40")), "en", "€8 to €40"),
        (Kosten("variabel", von=Decimal("8"), regel="je nach Aufwand"), "de",
         "ab 8 € (je nach Aufwand)"),
        (Kosten("variabel", bis=Decimal("40")), "de", "bis 40 €"),
        (Kosten("variabel", regel="Die Höhe steht in der Satzung."), "de",
         "Die Höhe steht in der Satzung."),
        (Kosten("fix"), "de", ""),
    ],
)  # fmt: skip
def test_a_cost_reads_like_on_a_price_list(kosten: Kosten, sprache: str, satz: str) -> None:
    assert kosten_satz(kosten, sprache).replace("\u00a0", " ") == satz


@pytest.mark.parametrize(
    ("spanne", "sprache", "text"),
    [
        (Spanne(1, "WOCHE"), "de", "1 Woche"),
        (Spanne(2, "WOCHE"), "de", "2 Wochen"),
        (Spanne(2, "WOCHE", 4, "WOCHE"), "de", "2 bis 4 Wochen"),
        (Spanne(3, "WOCHE", 2, "MONAT"), "de", "3 Wochen bis 2 Monate"),
        (Spanne(1, "ARBEITSTAG"), "en", "1 business day"),
        (Spanne(), "de", ""),
        (Spanne(2, "UNBEKANNT"), "de", "2 UNBEKANNT"),
    ],
)
def test_a_length_of_time_has_its_plural(spanne: Spanne, sprache: str, text: str) -> None:
    assert spanne_text(spanne, sprache).replace("\u00a0", " ") == text


@pytest.mark.parametrize(
    ("frist", "sprache", "satz"),
    [
        (Fristangabe(Spanne(2, "WOCHE"), beschreibung="nach dem Einzug", bezeichnung="Meldefrist"),
         "de", "Meldefrist: 2 Wochen (nach dem Einzug)"),
        (Fristangabe(stichtag_bis="--12-31"), "de", "bis zum 31. Dezember"),
        (Fristangabe(stichtag_bis="2027-01-19"), "en", "by 19 January 2027"),
        (Fristangabe(stichtag_von="--01-01", stichtag_bis="--03-31"), "de",
         "vom 1. Januar bis zum 31. März"),
        (Fristangabe(stichtag_von="2027-01-01"), "de", "ab dem 1. Januar 2027"),
        (Fristangabe(stichtag_bis="spätestens am Wahltag"), "de", "spätestens am Wahltag"),
        (Fristangabe(beschreibung="Es gibt keine Frist."), "de", "Es gibt keine Frist."),
        (Fristangabe(bezeichnung="Meldefrist"), "de", ""),
    ],
)  # fmt: skip
def test_a_deadline_names_a_length_or_a_day(frist: Fristangabe, sprache: str, satz: str) -> None:
    assert frist_satz(frist, sprache).replace("\u00a0", " ") == satz


def test_duration_with_explanation() -> None:
    assert dauer_satz(Spanne(2, "WOCHE"), "meist").replace("\u00a0", " ") == "2 Wochen (meist)"


def test_words_that_are_no_day_stay() -> None:
    assert tag_text("2027-13-01") == "2027-13-01"
    assert tag_text("am Wahltag") == "am Wahltag"


def test_a_foreign_currency_keeps_its_code() -> None:
    assert betrag_text(Decimal("5"), "CHF") == "5\u00a0CHF"
