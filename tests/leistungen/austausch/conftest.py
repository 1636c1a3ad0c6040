"""One full service, and files as editors hand them in."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from leistungen.austausch.anwenden import Einlesebericht, apply_saetze, probe
from leistungen.austausch.ausgabe import write_tabelle_xlsx
from leistungen.austausch.dateien import read_tabellen
from leistungen.austausch.plan import Plan
from leistungen.austausch.saetze import lies_saetze
from leistungen.models import Begriff, Gebuehr, Leistung, Leistungsschluessel, Unterlage

Aendern = Callable[[Any], None]


def neue_leistung(slug: str = "hund-anmelden", **felder: Any) -> Leistung:
    """A published service with rows of every kind."""
    angaben: dict[str, Any] = {
        "bezeichnung_de": "Hundesteuer Anmeldung",
        "bezeichnung_2_de": "Hund anmelden",
        "bezeichnung_en": "Register a dog",
        "slug_de": slug,
        "kurztext_de": "Wer einen Hund hält,\r\nmeldet ihn an.",
        "volltext_de": '<p data-block-key="a1">Melden Sie den Hund an.</p>',
        "zielgruppe_codes": ["001"],
        "typisierung_codes": ["5", "4711"],
        "vertrauensniveau_code": "00",
        "schriftform": False,
        "naechste_pruefung": date(2027, 3, 1),
    }
    obj = Leistung(**(angaben | felder))
    obj.leistungsschluessel = [Leistungsschluessel(schluessel="99102013000000", ist_primaer=True)]
    obj.begriffe = [Begriff(begriff_de="Hundemarke"), Begriff(begriff_de="=Hund", typ="002")]
    obj.gebuehren = [
        Gebuehr(
            art="fix", betrag=Decimal("37.50"), beschreibung_de="bar", gueltig_ab=date(2026, 1, 1)
        ),
        Gebuehr(art="variabel", von=Decimal(5), regel_de="je nach Satzung"),
    ]
    obj.unterlagen = [Unterlage(bezeichnung_de="Ausweis", grund_codes=["x1"])]
    obj.save()
    obj.save_revision().publish()
    obj.refresh_from_db()
    return obj


def ausgegeben() -> bytes:
    """The XLSX of all services."""
    puffer = io.BytesIO()
    write_tabelle_xlsx(puffer, Leistung.objects.order_by("pk"))
    return puffer.getvalue()


def bearbeitet(inhalt: bytes, aendern: Aendern) -> bytes:
    """The file after an editor worked on it in a spreadsheet."""
    mappe = load_workbook(io.BytesIO(inhalt))
    aendern(mappe)
    puffer = io.BytesIO()
    mappe.save(puffer)
    return puffer.getvalue()


def setze(blatt: str, zeile: int, **zellen: Any) -> Aendern:
    """Write cells of one row, named by their heading (`_` for a blank)."""

    def aendern(mappe: Any) -> None:
        kopf = [zelle.value for zelle in mappe[blatt][1]]
        for titel, wert in zellen.items():
            mappe[blatt].cell(zeile, kopf.index(titel) + 1).value = wert

    return aendern


def geprobt(inhalt: bytes, user: Any = None) -> Plan:
    """The dry run of a file."""
    return probe(lies_saetze(read_tabellen(inhalt)), user)


def eingelesen(inhalt: bytes, user: Any = None) -> Einlesebericht:
    """The file as drafts."""
    return apply_saetze(lies_saetze(read_tabellen(inhalt)), user=user, datei="test.xlsx")


def entwurf(leistung: Leistung) -> Leistung:
    """The latest draft."""
    leistung.refresh_from_db()
    neu: Leistung = leistung.get_latest_revision_as_object()
    return neu


@pytest.fixture
def hund(db: None) -> Leistung:
    return neue_leistung()
