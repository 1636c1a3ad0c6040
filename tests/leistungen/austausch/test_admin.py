"""The pages "Tabelle einlesen" and "Tabelle ausgeben", and the commands."""

from __future__ import annotations

import io
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from leistungen.austausch.dateien import read_tabellen
from leistungen.models import Leistung
from tests.leistungen.austausch.conftest import (
    ausgegeben,
    bearbeitet,
    entwurf,
    neue_leistung,
    setze,
)

pytestmark = pytest.mark.django_db
EINLESEN = "/admin/leistungen/tabelle/einlesen/"
AUSGEBEN = "/admin/leistungen/tabelle/ausgeben/"


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("verwaltung"))
    return client


def datei(inhalt: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("kosten.xlsx", inhalt)


def test_dry_run_then_drafts(admin: Client, hund: Leistung) -> None:
    inhalt = bearbeitet(ausgegeben(), setze("Kosten", 2, Betrag="45"))
    html = admin.post(EINLESEN, {"datei": datei(inhalt)}).content.decode()
    assert "<del>37,50</del> <ins>45,00</ins>" in html
    assert not Leistung.objects.get(pk=hund.pk).has_unpublished_changes
    nutzlast = re.search(r'name="nutzlast" value="([^"]+)"', html)
    assert nutzlast is not None

    answer = admin.post(EINLESEN, {"nutzlast": nutzlast[1]})

    assert answer.status_code == 302
    assert entwurf(hund).gebuehren.all()[0].betrag == Decimal("45.00")
    verlauf = admin.get(f"/admin/snippets/leistungen/leistung/history/{hund.pk}/").content.decode()
    assert "Aus „kosten.xlsx“ eingelesen: Betrag" in verlauf


def test_errors_are_shown_with_their_place_and_nothing_can_be_applied(
    admin: Client, hund: Leistung
) -> None:
    inhalt = bearbeitet(ausgegeben(), setze("Kosten", 2, Betrag="viel"))
    answer = admin.post(EINLESEN, {"datei": datei(inhalt)})

    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Es wurde nichts geschrieben" in html
    assert "„viel“ ist kein Betrag." in html
    assert 'name="nutzlast"' not in html


def test_row_changed_between_dry_run_and_drafts_is_refused(admin: Client, hund: Leistung) -> None:
    inhalt = bearbeitet(ausgegeben(), setze("Leistungen", 2, **{"Kurztext (Deutsch)": "Meins"}))
    html = admin.post(EINLESEN, {"datei": datei(inhalt)}).content.decode()
    nutzlast = re.search(r'name="nutzlast" value="([^"]+)"', html)
    assert nutzlast is not None
    hund.kurztext_de = "Schneller"
    hund.save_revision()

    answer = admin.post(EINLESEN, {"nutzlast": nutzlast[1]})

    assert answer.status_code == 422
    assert entwurf(hund).kurztext_de == "Schneller"


def test_dry_run_of_somebody_else_is_refused(admin: Client, hund: Leistung) -> None:
    inhalt = bearbeitet(ausgegeben(), setze("Kosten", 2, Betrag="45"))
    html = admin.post(EINLESEN, {"datei": datei(inhalt)}).content.decode()
    nutzlast = re.search(r'name="nutzlast" value="([^"]+)"', html)
    assert nutzlast is not None
    admin.force_login(User.objects.create_superuser("andere"))

    assert admin.post(EINLESEN, {"nutzlast": nutzlast[1]}).url == EINLESEN
    assert not Leistung.objects.get(pk=hund.pk).has_unpublished_changes


def test_export_follows_the_filters_of_the_list(admin: Client, hund: Leistung) -> None:
    neue_leistung("zweite", bezeichnung_2_de="Zweite").unpublish()
    alle = read_tabellen(admin.get(AUSGEBEN).content)
    nur_live = read_tabellen(admin.get(AUSGEBEN, {"live": "true"}).content)

    assert [len(tabelle.zeilen) for tabelle in alle] == [2, 4, 4, 2]
    assert [len(tabelle.zeilen) for tabelle in nur_live] == [1, 2, 2, 1]


def test_export_of_one_sheet_is_csv(admin: Client, hund: Leistung) -> None:
    answer = admin.get(AUSGEBEN, {"blatt": "Kosten"})

    assert answer["Content-Type"].startswith("text/csv")
    (tabelle,) = read_tabellen(answer.content)
    assert [zeile.zellen["Betrag"] for zeile in tabelle.zeilen] == ["37,50", ""]


@pytest.mark.parametrize("path", [EINLESEN, AUSGEBEN])
def test_person_without_the_right_is_sent_away(client: Client, path: str) -> None:
    user = User.objects.create_user("fremd")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)

    assert client.get(path).status_code == 302


def test_commands_write_and_read_the_same_file(hund: Leistung, tmp_path: Path) -> None:
    ziel = tmp_path / "alle.xlsx"
    call_command("export_leistungen", str(ziel), stdout=io.StringIO())
    ziel.write_bytes(bearbeitet(ziel.read_bytes(), setze("Kosten", 2, Betrag="45")))
    ausgabe = io.StringIO()

    call_command("import_leistungen", str(ziel), dry_run=True, stdout=ausgabe)
    assert "Betrag: 37,50 → 45,00" in ausgabe.getvalue()
    assert not Leistung.objects.get(pk=hund.pk).has_unpublished_changes

    call_command("import_leistungen", str(ziel), stdout=io.StringIO())
    assert entwurf(hund).gebuehren.all()[0].betrag == Decimal("45.00")


def test_command_says_why_it_writes_nothing(hund: Leistung, tmp_path: Path) -> None:
    ziel = tmp_path / "kaputt.csv"
    ziel.write_text("a;b\n1;2\n", encoding="utf-8")
    fehler = io.StringIO()

    with pytest.raises(CommandError, match="nichts geschrieben"):
        call_command("import_leistungen", str(ziel), stderr=fehler)
    assert "welches Blatt das ist" in fehler.getvalue()
