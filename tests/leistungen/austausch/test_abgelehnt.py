"""What is refused, with sheet, row and reason; what others changed is never overwritten."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from typing import Any

import pytest
from django.contrib.auth.models import User
from openpyxl import load_workbook

from leistungen.austausch.ausgabe import write_tabelle_csv
from leistungen.austausch.blaetter import KOSTEN
from leistungen.austausch.dateien import read_tabellen
from leistungen.austausch.grenzen import Tabellenfehler
from leistungen.models import Leistung
from tests.leistungen.austausch.conftest import (
    ausgegeben,
    bearbeitet,
    eingelesen,
    entwurf,
    geprobt,
    setze,
)

pytestmark = pytest.mark.django_db
BESCHREIBUNG = "Beschreibung (Deutsch)"


@pytest.mark.parametrize(
    ("html", "grund"),
    [
        ("<p>Text<script>alert(1)</script></p>", "<script> ist nicht erlaubt."),
        ('<p onclick="x()">Text</p>', "Das Attribut „onclick“ ist nicht erlaubt."),
        ('<a href="javascript:x()">Link</a>', "Ein Link muss mit https://"),
        ('<a href="java\tscript:x()">Link</a>', "Ein Link muss mit https://"),
        ("<img src=x onerror=alert(1)>", "<img> ist nicht erlaubt."),
        ("<svg/onload=alert(1)>", "<svg> ist nicht erlaubt."),
    ],
)
def test_hostile_html_is_refused_with_its_row(hund: Leistung, html: str, grund: str) -> None:
    datei = bearbeitet(ausgegeben(), setze("Leistungen", 2, **{BESCHREIBUNG: html}))

    (fehler,) = geprobt(datei).fehler
    assert (fehler.blatt, fehler.zeile, fehler.spalte) == ("Leistungen", 2, BESCHREIBUNG)
    assert fehler.text.startswith(grund)
    with pytest.raises(Tabellenfehler):
        eingelesen(datei)
    assert not Leistung.objects.get(pk=hund.pk).has_unpublished_changes


@pytest.mark.parametrize(
    ("blatt", "spalte", "wert", "grund"),
    [
        ("Kosten", "Betrag", "viel", "„viel“ ist kein Betrag."),
        ("Kosten", "Betrag", "-5", "„-5“ ist kein Betrag."),
        ("Kosten", "Gültig ab", "31.02.2027", "„31.02.2027“ ist kein Tag."),
        ("Kosten", "Gültig bis", "01.01.2025", "Das Ende der Gültigkeit liegt vor"),
        ("Kosten", "Art des Betrags", "geschenkt", "„geschenkt“ gibt es hier nicht."),
        ("Kosten", "Art des Betrags", "frei", "Was kostenfrei ist, hat keinen Betrag."),
        ("Kosten", "Satzung oder Tabelle", "kein Link", "Bitte eine gültige Adresse"),
        ("Begriffe", "Begriff (Deutsch)", "<b>fett</b>", "Hier ist nur einfacher Text erlaubt."),
        ("Begriffe", "Begriff (Deutsch)", "x" * 121, "Der Text hat 121 Zeichen."),
        ("Begriffe", "Stand", None, "Der Stand fehlt."),
        ("Begriffe", "Kennung der Zeile", "abc", "„abc“ ist keine Kennung."),
        ("Begriffe", "löschen", "vielleicht", "In der Spalte „löschen“ steht „vielleicht“"),
        ("Leistungen", "Schriftform nötig", "manchmal", "„manchmal“ ist weder „ja“ noch „nein“."),
        ("Leistungen", "Bezeichnung (Deutsch)", None, "Dieses Feld"),
        ("Leistungen", "Adresse der Seite (Deutsch)", "ä ö", "Bitte ein gültiges"),
        ("Leistungen", "Kennung der Leistung", None, "Die Kennung der Leistung fehlt."),
        ("Leistungen", "Kennung der Leistung", "0" * 32, "Diese Leistung gibt es nicht."),
    ],
)
def test_wrong_cell_is_refused_with_its_place(
    hund: Leistung, blatt: str, spalte: str, wert: Any, grund: str
) -> None:
    datei = bearbeitet(ausgegeben(), setze(blatt, 2, **{spalte: wert}))
    with pytest.raises(Tabellenfehler) as info:
        eingelesen(datei)

    orte = [(m.blatt, m.zeile) for m in info.value.meldungen]
    assert (blatt, 2) in orte
    assert any(m.text.startswith(grund) for m in info.value.meldungen), str(info.value)


def umbenannt(mappe: Any) -> None:
    mappe["Kosten"].title = "Tabelle1"


def doppelt(mappe: Any) -> None:
    blatt = mappe["Begriffe"]
    blatt.append([zelle.value for zelle in blatt[2]])


def fremde_spalte(mappe: Any) -> None:
    mappe["Kosten"].cell(1, 40).value = "Bemerkung"


def spalte_fehlt(mappe: Any) -> None:
    mappe["Kosten"].delete_cols(1)


@pytest.mark.parametrize(
    ("aendern", "meldung"),
    [
        (umbenannt, "Blatt Tabelle1, Zeile 1: Dieses Blatt kennen wir nicht."),
        (doppelt, "Blatt Begriffe, Zeile 4: Diese Kennung steht schon in Zeile 2."),
        (fremde_spalte, "Spalte „Bemerkung“: Diese Spalte kennen wir nicht."),
        (spalte_fehlt, "Spalte „Kennung der Leistung“: Diese Spalte fehlt."),
    ],
)
def test_wrong_structure_is_refused(hund: Leistung, aendern: Any, meldung: str) -> None:
    with pytest.raises(Tabellenfehler) as info:
        geprobt(bearbeitet(ausgegeben(), aendern))
    assert meldung in str(info.value)


def riesige_zelle(inhalt: bytes) -> bytes:
    """No spreadsheet writes 5 MB into a cell; somebody who means harm does."""
    quelle = zipfile.ZipFile(io.BytesIO(bearbeitet(inhalt, setze("Begriffe", 3, Woher="MARKE"))))
    puffer = io.BytesIO()
    with zipfile.ZipFile(puffer, "w", zipfile.ZIP_DEFLATED) as ziel:
        for name in quelle.namelist():
            ziel.writestr(name, quelle.read(name).replace(b"MARKE", b"x" * 5_000_000))
    return puffer.getvalue()


def test_cell_of_5_mb_is_refused_with_its_row(hund: Leistung) -> None:
    with pytest.raises(Tabellenfehler) as info:
        read_tabellen(riesige_zelle(ausgegeben()))
    assert str(info.value) == (
        "Blatt Begriffe, Zeile 3, Spalte „Woher“: Die Zelle hat 5000000 Zeichen, erlaubt sind "
        "100000."
    )


def test_cell_of_5_mb_in_a_csv_is_refused_with_its_row(hund: Leistung) -> None:
    text = io.StringIO(newline="")
    write_tabelle_csv(text, Leistung.objects.all(), KOSTEN)
    datei = text.getvalue().replace("je nach Satzung", "x" * 5_000_000)

    with pytest.raises(Tabellenfehler, match="Zeile 3: Eine Zelle hat mehr als 100000 Zeichen"):
        read_tabellen(datei.encode())


def mit_teil(inhalt: bytes, name: str, teil: bytes) -> bytes:
    puffer = io.BytesIO(inhalt)
    with zipfile.ZipFile(puffer, "a", zipfile.ZIP_DEFLATED) as ziel:
        ziel.writestr(name, teil)
    return puffer.getvalue()


@pytest.mark.parametrize(
    ("datei", "grund"),
    [
        (b"", "Die Datei ist leer."),
        (b"PK\x03\x04kaputt", "Die Datei ist besch"),
        (b"\xff\xfe\x00", "weder XLSX noch CSV"),
        (b"a;b\r\n1;2\r\n", "Aus den Überschriften"),
        (b"x" * (21 * 1024 * 1024), "größer als 20 MB"),
    ],
)
def test_file_that_is_no_table_is_refused(db: None, datei: bytes, grund: str) -> None:
    with pytest.raises(Tabellenfehler, match=grund):
        geprobt(datei)


def test_document_type_and_bombs_are_refused(hund: Leistung) -> None:
    lach = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">]><x>&a;</x>'
    with pytest.raises(Tabellenfehler, match="Dokumenttyp"):
        read_tabellen(mit_teil(ausgegeben(), "xl/worksheets/sheet9.xml", lach))
    with pytest.raises(Tabellenfehler, match="entpackt zu groß"):
        read_tabellen(mit_teil(ausgegeben(), "xl/media/null.bin", b"\0" * (201 * 1024 * 1024)))


def test_no_cell_is_a_formula(hund: Leistung) -> None:
    hund.kurztext_de = "=cmd|' /C calc'!A0"
    hund.teaser_de = "'=schon mit Strich"
    hund.save_revision().publish()
    mappe = load_workbook(io.BytesIO(ausgegeben()))
    text = io.StringIO(newline="")
    write_tabelle_csv(text, Leistung.objects.all(), KOSTEN)

    zellen = [zelle for blatt in mappe for zeile in blatt.iter_rows() for zelle in zeile]
    assert {zelle.data_type for zelle in zellen} <= {"s", "n", "inlineStr"}
    for wert in [zelle.value for zelle in zellen if zelle.value]:
        assert not str(wert).startswith(("=", "+", "-", "@"))
    for zeile in csv.reader(io.StringIO(text.getvalue()), delimiter=";"):
        assert not any(wert.startswith(("=", "+", "-", "@")) for wert in zeile)
    assert not geprobt(ausgegeben()).aendert


def test_formula_written_by_an_editor_is_no_text(hund: Leistung) -> None:
    datei = bearbeitet(ausgegeben(), setze("Begriffe", 2, Woher="=1+1"))

    assert not geprobt(datei).aendert  # its result was never computed: the cell is empty


def test_row_changed_meanwhile_is_a_conflict_and_stays(hund: Leistung) -> None:
    datei = bearbeitet(ausgegeben(), setze("Leistungen", 2, **{"Kurztext (Deutsch)": "Meins"}))
    hund.kurztext_de = "Von jemand anderem"
    hund.save_revision()

    (konflikt,) = geprobt(datei).konflikte
    assert "Seit der Ausgabe hat sich diese Zeile geändert." in konflikt.text
    assert "jetzt „Von jemand anderem“, in der Datei „Meins“" in konflikt.text
    with pytest.raises(Tabellenfehler):
        eingelesen(datei)
    assert entwurf(hund).kurztext_de == "Von jemand anderem"


def test_untouched_row_of_an_old_file_is_no_conflict(hund: Leistung) -> None:
    datei = bearbeitet(ausgegeben(), setze("Kosten", 2, Betrag="45"))
    hund.kurztext_de = "Von jemand anderem"
    hund.save_revision()

    assert not geprobt(datei).konflikte
    eingelesen(datei)
    assert entwurf(hund).kurztext_de == "Von jemand anderem"


def test_changed_row_that_somebody_removed_stays_removed(hund: Leistung) -> None:
    datei = bearbeitet(ausgegeben(), setze("Begriffe", 2, Woher="Bürgerbüro"))
    hund.begriffe = list(hund.begriffe.all())[1:]
    hund.save_revision()

    (konflikt,) = geprobt(datei).konflikte
    assert konflikt.text == "Diese Zeile hat inzwischen jemand gelöscht. Sie bleibt gelöscht."


def test_one_error_stops_the_whole_file(hund: Leistung) -> None:
    def aendern(mappe: Any) -> None:
        setze("Kosten", 2, Betrag="45")(mappe)
        setze("Begriffe", 2, Art="Unsinn")(mappe)

    with pytest.raises(Tabellenfehler):
        eingelesen(bearbeitet(ausgegeben(), aendern))
    assert not Leistung.objects.get(pk=hund.pk).has_unpublished_changes


def test_locked_service_is_refused(hund: Leistung) -> None:
    hund.locked = True
    hund.save()
    datei = bearbeitet(ausgegeben(), setze("Kosten", 2, Betrag="45"))

    (fehler,) = geprobt(datei).fehler
    assert fehler.text == "Die Leistung ist gesperrt oder gerade in Prüfung."


def test_person_without_the_right_is_refused(hund: Leistung) -> None:
    datei = bearbeitet(ausgegeben(), setze("Kosten", 2, Betrag="45"))

    (fehler,) = geprobt(datei, User.objects.create_user("leserin")).fehler
    assert fehler.text == "Sie dürfen diese Leistung nicht ändern."


def test_every_message_is_german_and_says_where(hund: Leistung) -> None:
    datei = bearbeitet(ausgegeben(), setze("Kosten", 2, Betrag="viel"))

    (fehler,) = geprobt(datei).fehler
    assert re.match(r"Blatt Kosten, Zeile 2, Spalte „Betrag“: ", str(fehler))
