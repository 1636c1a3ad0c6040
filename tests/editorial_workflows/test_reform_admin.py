"""Reforms in the admin: rights, form row by row, CSV, rehearsal, apply, take back."""

from __future__ import annotations

import html
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from behoerden.models import Gebietsreform
from leistungen.models import Zustaendigkeit
from tests.editorial_workflows.test_reform_folgen import NEU, TAG, VERSCHMELZUNG
from tests.welt import Welt, build

pytestmark = pytest.mark.django_db
SEITEN = ("detail", "bearbeiten", "datei")
TATEN = ("anwenden", "zuruecknehmen", "verwerfen")


@pytest.fixture
def land(db: None) -> Welt:
    return build()


@pytest.fixture
def chefin(client: Client, land: Welt) -> Client:
    client.force_login(User.objects.create_superuser("chefin", "c@redaktion.example", "x"))
    return client


@pytest.fixture
def entwurf(land: Welt) -> Gebietsreform:
    return Gebietsreform.objects.create(
        titel="Gramme-Aue", wirksam_am=TAG, operationen=VERSCHMELZUNG
    )


def url(name: str, reform: Gebietsreform | None = None) -> str:
    return reverse(f"gebietsreformen:{name}", args=[reform.pk] if reform else [])


def text(antwort: Any, status: int = 200) -> str:
    assert antwort.status_code == status, antwort
    return html.unescape(str(antwort.content.decode()))


def formular(*zeilen: dict[str, str], **kopf: str) -> dict[str, str]:
    daten = {"titel": "Gramme-Aue", "wirksam_am": str(TAG), "beschreibung": "", **kopf}
    daten |= {"zeilen-TOTAL_FORMS": str(len(zeilen) + 1), "zeilen-INITIAL_FORMS": "0"}
    for nummer, zeile in enumerate(zeilen):
        daten |= {f"zeilen-{nummer}-{spalte}": wert for spalte, wert in zeile.items()}
    return daten


def test_list_names_reforms_with_day_and_state(chefin: Client, entwurf: Gebietsreform) -> None:
    seite = text(chefin.get(url("liste")))

    assert "Gramme-Aue" in seite
    assert "01.01.2027" in seite
    assert "Entwurf" in seite
    assert '"Gebietsreformen"' in text(chefin.get(reverse("wagtailadmin_home")))


def test_reform_is_created_row_by_row_with_names_and_keys(chefin: Client) -> None:
    zeilen = [{**VERSCHMELZUNG[0], "gebiet": "Udestedt"}, {**VERSCHMELZUNG[1]}, VERSCHMELZUNG[2]]

    antwort = chefin.post(url("neu"), formular(*zeilen))

    reform = Gebietsreform.objects.get()
    assert antwort["Location"] == url("detail", reform)
    assert reform.operationen == VERSCHMELZUNG
    assert reform.erstellt_von is not None
    assert 'value="160685012055"' in text(chefin.get(url("bearbeiten", reform)))


def test_mistakes_are_shown_and_nothing_is_saved(chefin: Client) -> None:
    zeilen = [{"art": "umbenennung", "gebiet": "Nirgendwo"}, {"art": "umbenennung"}]
    seite = text(chefin.post(url("neu"), formular(*zeilen)), 422)
    assert "„Nirgendwo“ gibt es nicht. Schreiben Sie den Schlüssel." in seite

    seite = text(chefin.post(url("neu"), formular({"art": "umbenennung"}, wirksam_am="")), 422)
    assert "Bitte prüfen Sie die markierten Felder." in seite
    seite = text(chefin.post(url("neu"), formular({"art": "umbenennung"})), 422)
    assert "Zeile 1: „neuer Name“ ist leer." in seite
    assert not Gebietsreform.objects.exists()


def test_more_rows_keep_what_was_typed(chefin: Client) -> None:
    daten = formular({"art": "umbenennung", "gebiet": "Nirgendwo"}, mehr="1")

    seite = text(chefin.post(url("neu"), daten))

    assert 'value="Nirgendwo"' in seite
    assert "Zeile 5" in seite


def test_reform_from_a_file(chefin: Client) -> None:
    inhalt = "art;gebiet;neuer_name\numbenennung;160685012055;Neustedt\n"
    kopf = {"titel": "Aus Datei", "wirksam_am": str(TAG), "beschreibung": ""}

    def post(daten: str) -> Any:
        datei = SimpleUploadedFile("reform.csv", daten.encode())
        return chefin.post(url("csv"), {**kopf, "datei": datei})

    assert "„art“ ist „umtaufe“" in text(post(inhalt.replace("umbenennung", "umtaufe")), 422)
    assert post(inhalt).status_code == 302
    reform = Gebietsreform.objects.get()
    assert "heißt dann Neustedt." in text(chefin.get(url("detail", reform)))
    assert "umbenennung;160685012055;;Neustedt" in text(chefin.get(url("datei", reform)))


def test_rehearsal_shows_what_breaks_with_the_decisions_made(
    chefin: Client, land: Welt, entwurf: Gebietsreform
) -> None:
    regel = Zustaendigkeit.objects.get(gebiet=land.verband)

    seite = text(chefin.get(url("detail", entwurf)))
    assert "Was bricht am Stichtag?" in seite
    assert "bilden die neue Gemeinde Gramme-Aue" in seite
    assert "Keine: Überall bleibt eine Behörde eingetragen." in seite
    seite = text(chefin.post(url("detail", entwurf), {f"regel-z{regel.pk}": "beenden"}))
    assert "Keine: Überall bleibt" not in seite
    assert '<option value="beenden" selected' in seite


def test_impossible_reform_says_why(chefin: Client, land: Welt) -> None:
    zeilen = [{"art": "aufloesung_verband", "gebiet": "160685012000"}]
    reform = Gebietsreform.objects.create(titel="X", wirksam_am=TAG, operationen=zeilen)

    seite = text(chefin.get(url("detail", reform)))
    assert "gehört noch zu VG Gramme-Vippach, das aufgelöst wird" in seite
    antwort = chefin.post(url("anwenden", reform), follow=True)
    assert "gehört noch zu VG Gramme-Vippach" in text(antwort)
    reform.refresh_from_db()
    assert reform.status == "entwurf"


def test_apply_and_take_back(chefin: Client, land: Welt, entwurf: Gebietsreform) -> None:
    vorher = list(Zustaendigkeit.objects.order_by("pk").values_list())

    seite = text(chefin.post(url("anwenden", entwurf), follow=True))
    assert "Die Änderungen gelten ab 01.01.2027." in seite
    assert "Zurücknehmen" in seite
    assert Zustaendigkeit.objects.filter(gueltig_ab=TAG).count() == 1
    assert chefin.post(url("verwerfen", entwurf)).status_code == 302  # refused
    assert Gebietsreform.objects.exists()

    seite = text(chefin.post(url("zuruecknehmen", entwurf), follow=True))
    assert "wieder wie vorher" in seite
    assert list(Zustaendigkeit.objects.order_by("pk").values_list()) == vorher


def test_reform_in_force_cannot_be_taken_back(chefin: Client, entwurf: Gebietsreform) -> None:
    entwurf.wirksam_am = date(2026, 1, 1)
    entwurf.save()
    chefin.post(url("anwenden", entwurf))

    seite = text(chefin.post(url("zuruecknehmen", entwurf), follow=True))

    assert "Sie lässt sich nur bis zum Tag davor zurücknehmen." in seite
    assert "lässt sich nicht mehr zurücknehmen" in seite


def test_draft_is_discarded(chefin: Client, entwurf: Gebietsreform) -> None:
    assert "ist verworfen" in text(chefin.post(url("verwerfen", entwurf), follow=True))
    assert not Gebietsreform.objects.exists()


@pytest.mark.parametrize("mit_recht", [False, True])
def test_only_the_permission_opens_the_pages(
    client: Client, entwurf: Gebietsreform, mit_recht: bool
) -> None:
    gruppe = Group.objects.create(name="Gebiete")
    gruppe.permissions.add(Permission.objects.get(codename="access_admin"))
    if mit_recht:
        gruppe.permissions.add(Permission.objects.get(codename="change_gebietsreform"))
    person = User.objects.create_user("person", "p@redaktion.example", "x")
    person.groups.add(gruppe)
    client.force_login(person)

    for name in ("liste", "neu", "csv"):
        assert (client.get(url(name)).status_code == 200) is mit_recht
    for name in SEITEN:
        assert (client.get(url(name, entwurf)).status_code == 200) is mit_recht
    if not mit_recht:
        for name in TATEN:
            client.post(url(name, entwurf))
        client.post(url("neu"), formular(*VERSCHMELZUNG))
        entwurf.refresh_from_db()
        assert (entwurf.status, Gebietsreform.objects.count()) == ("entwurf", 1)


def test_nobody_gets_in_without_a_login(client: Client, entwurf: Gebietsreform) -> None:
    for name in SEITEN:
        assert "login" in client.get(url(name, entwurf))["Location"]
    for name in TATEN:
        assert "login" in client.post(url(name, entwurf))["Location"]


def test_list_takes_the_same_queries_for_many_reforms(
    chefin: Client, entwurf: Gebietsreform
) -> None:
    chefin.get(url("liste"))
    with CaptureQueriesContext(connection) as wenige:
        chefin.get(url("liste"))
    person = User.objects.get()
    for nummer in range(20):
        Gebietsreform.objects.create(
            titel=f"R {nummer}", wirksam_am=TAG, operationen=VERSCHMELZUNG, erstellt_von=person
        )
    with CaptureQueriesContext(connection) as viele:
        assert NEU not in text(chefin.get(url("liste")))

    assert len(viele) == len(wenige)
