"""A table written out, changed and read in: drafts with exactly these changes, nothing else."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry, Revision

from leistungen.austausch.anwenden import AKTION, apply_saetze
from leistungen.austausch.ausgabe import write_tabelle_csv
from leistungen.austausch.blaetter import BLAETTER, KOSTEN, LEISTUNGEN
from leistungen.austausch.dateien import read_tabellen
from leistungen.austausch.saetze import Satz, lies_saetze
from leistungen.models import Leistung
from tests.leistungen.austausch.conftest import (
    ausgegeben,
    bearbeitet,
    eingelesen,
    entwurf,
    geprobt,
    neue_leistung,
    setze,
)

pytestmark = pytest.mark.django_db


def werte(inhalt: bytes) -> dict[str, list[tuple[Any, ...]]]:
    mappe = load_workbook(io.BytesIO(inhalt))
    return {blatt.title: list(blatt.iter_rows(values_only=True)) for blatt in mappe.worksheets}


def test_headings_are_unique_on_every_sheet() -> None:
    for blatt in BLAETTER:
        assert len(set(blatt.kopf)) == len(blatt.kopf)


def test_unchanged_file_changes_nothing(hund: Leistung) -> None:
    plan = geprobt(ausgegeben())

    assert (plan.leistungen, plan.fehler, plan.konflikte, plan.hinweise) == ([], [], [], [])
    assert plan.gelesen == 6


def test_file_after_reading_in_and_writing_out_again_is_the_same(hund: Leistung) -> None:
    def aendern(mappe: Any) -> None:
        setze("Leistungen", 2, **{"Kurztext (Deutsch)": "Neu", "Typisierung": "5, 9"})(mappe)
        setze("Kosten", 2, **{"Betrag": "40,00"})(mappe)

    datei = bearbeitet(ausgegeben(), aendern)
    eingelesen(datei)
    danach = ausgegeben()

    ohne_stand = {n: [z[:-1] for z in zeilen] for n, zeilen in werte(danach).items()}
    assert ohne_stand == {n: [z[:-1] for z in zeilen] for n, zeilen in werte(datei).items()}
    assert not geprobt(danach).aendert


def test_every_change_is_shown_and_nothing_is_written(hund: Leistung) -> None:
    vorher = Revision.objects.count()
    plan = geprobt(bearbeitet(ausgegeben(), setze("Kosten", 2, Betrag="45")))

    (zeile,) = plan.leistungen[0].zeilen
    assert [(f.titel, f.alt, f.neu) for f in zeile.felder] == [("Betrag", "37,50", "45,00")]
    assert zeile.was == "geändert"
    assert Revision.objects.count() == vorher


def test_applying_makes_a_draft_and_leaves_citizens_what_they_see(hund: Leistung) -> None:
    bericht = eingelesen(bearbeitet(ausgegeben(), setze("Kosten", 2, Betrag="45")))

    assert (bericht.leistungen, bericht.zeilen) == (1, 1)
    neu = entwurf(hund)
    assert [g.betrag for g in neu.gebuehren.all()] == [Decimal("45.00"), None]
    assert [g.uuid for g in neu.gebuehren.all()] == [g.uuid for g in hund.gebuehren.all()]
    assert [g.betrag for g in hund.gebuehren.all()] == [Decimal("37.50"), None]
    assert hund.live
    assert hund.has_unpublished_changes
    eintrag = ModelLogEntry.objects.get(action=AKTION)
    assert eintrag.data == {"datei": "test.xlsx", "felder": ["Betrag"], "zeilen": 1}


def test_rows_are_added_and_removed_and_the_others_stay(hund: Leistung) -> None:
    def aendern(mappe: Any) -> None:
        setze("Begriffe", 2, löschen="ja")(mappe)
        kennung = mappe["Begriffe"].cell(2, 1).value
        mappe["Begriffe"].append([kennung, None, None, "Steuermarke"])

    plan = geprobt(bearbeitet(ausgegeben(), aendern))
    assert plan.anzahl == {"neu": 1, "geändert": 0, "entfernt": 1}
    bleibt = hund.begriffe.all()[1].uuid

    eingelesen(bearbeitet(ausgegeben(), aendern))

    begriffe = list(entwurf(hund).begriffe.all())
    assert [b.begriff_de for b in begriffe] == ["=Hund", "Steuermarke"]
    assert begriffe[0].uuid == bleibt
    assert begriffe[1].typ == "001"


def test_rows_missing_in_the_file_stay(hund: Leistung) -> None:
    datei = bearbeitet(ausgegeben(), lambda mappe: mappe["Begriffe"].delete_rows(2, 2))

    assert not geprobt(datei).aendert


def test_draft_of_an_unpublished_service_reaches_its_row(db: None) -> None:
    obj = Leistung(bezeichnung_de="Entwurf", slug_de="entwurf")
    obj.save()
    obj.save_revision()

    eingelesen(bearbeitet(ausgegeben(), setze("Leistungen", 2, **{"Bezeichnung (Deutsch)": "Neu"})))

    obj.refresh_from_db()
    assert obj.bezeichnung_de == "Neu"
    assert not obj.live


def test_changes_build_on_the_latest_draft(hund: Leistung) -> None:
    hund.kurztext_de = "Nur im Entwurf"
    hund.save_revision()

    eingelesen(bearbeitet(ausgegeben(), setze("Kosten", 2, Betrag="45")))

    assert entwurf(hund).kurztext_de == "Nur im Entwurf"


@pytest.mark.parametrize("blatt", BLAETTER, ids=lambda blatt: blatt.name)
def test_csv_of_each_sheet_is_recognised_and_changes_nothing(hund: Leistung, blatt: Any) -> None:
    text = io.StringIO(newline="")
    write_tabelle_csv(text, Leistung.objects.all(), blatt)

    plan = geprobt(text.getvalue().encode())

    assert plan.gelesen > 0
    assert not plan.aendert


def test_types_excel_makes_of_cells_are_understood(hund: Leistung) -> None:
    def aendern(mappe: Any) -> None:
        setze("Kosten", 2, **{"Betrag": 28.8, "Gültig ab": date(2027, 1, 31)})(mappe)
        setze("Kosten", 2, **{"Im Voraus zu bezahlen": True})(mappe)

    eingelesen(bearbeitet(ausgegeben(), aendern))

    gebuehr = entwurf(hund).gebuehren.all()[0]
    assert (gebuehr.betrag, gebuehr.gueltig_ab) == (Decimal("28.80"), date(2027, 1, 31))
    assert gebuehr.vorkasse


def test_file_with_few_columns_changes_only_these(hund: Leistung) -> None:
    def aendern(mappe: Any) -> None:
        kopf = [zelle.value for zelle in mappe["Leistungen"][1]]
        for spalte in range(len(kopf), 0, -1):
            if kopf[spalte - 1] not in {"Kennung der Leistung", "Stand", "Kurztext (Deutsch)"}:
                mappe["Leistungen"].delete_cols(spalte)
        mappe["Leistungen"].cell(2, 2).value = "Kürzer"

    eingelesen(bearbeitet(ausgegeben(), aendern))

    neu = entwurf(hund)
    assert neu.kurztext_de == "Kürzer"
    assert neu.volltext_de == hund.volltext_de


def test_changes_survive_the_way_through_a_form(hund: Leistung) -> None:
    plan = geprobt(bearbeitet(ausgegeben(), setze("Kosten", 2, Betrag="45")))
    saetze = [Satz.aus_json(satz) for satz in plan.nutzlast()]

    apply_saetze(saetze, user=None, datei="x")

    assert entwurf(hund).gebuehren.all()[0].betrag == Decimal("45.00")


def test_unknown_codes_survive_with_a_note(hund: Leistung) -> None:
    from leistungen.codes import CODELISTEN
    from leistungen.models import Codeliste, Codewert

    liste = Codeliste.objects.create(
        list_uri=CODELISTEN["leistung.typisierung_codes"], version="1", name="T", ist_aktiv=True
    )
    Codewert.objects.create(codeliste=liste, code="5", bezeichnung_de="Kommune")
    datei = bearbeitet(ausgegeben(), setze("Leistungen", 2, Typisierung="5, 0815"))

    (hinweis,) = geprobt(datei).hinweise
    assert str(hinweis) == (
        "Blatt Leistungen, Zeile 2, Spalte „Typisierung“: „0815“ steht in keiner geltenden "
        "Liste. Er bleibt so."
    )
    eingelesen(datei)
    assert entwurf(hund).typisierung_codes == ["5", "0815"]


def test_text_too_long_for_excel_is_left_alone(hund: Leistung) -> None:
    lang = neue_leistung("lang", volltext_de=f"<p>{'Wort ' * 8000}</p>")
    datei = bearbeitet(ausgegeben(), setze("Leistungen", 3, **{"Teaser (Deutsch)": "Kurz"}))

    eingelesen(datei)

    assert entwurf(lang).volltext_de == lang.volltext_de
    assert entwurf(lang).teaser_de == "Kurz"


def test_comparing_costs_the_same_for_more_services(
    db: None, django_assert_num_queries: Any
) -> None:
    for nummer in range(3):
        neue_leistung(f"dienst-{nummer}")
    saetze = lies_saetze(read_tabellen(ausgegeben()))
    with django_assert_num_queries(2):  # code lists, services with their drafts
        from leistungen.austausch.plan import build_plan

        build_plan(saetze)


def test_sheets_hold_what_they_name() -> None:
    assert LEISTUNGEN.relation == ""
    assert KOSTEN.relation == "gebuehren"
