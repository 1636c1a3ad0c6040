"""Editors pick a contact person by name; what is stored is the uuid."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from behoerden.models import Kontaktperson
from leistungen.models import Kontaktzuordnung
from tests.behoerden.factories import KontaktpersonFactory, VollstaendigeBehoerdeFactory
from tests.welt import Welt

pytestmark = pytest.mark.django_db


@pytest.fixture
def leitung(client: Client, db: None) -> Client:
    """A browser in which an administrator is logged in."""
    client.force_login(User.objects.create_superuser("leitung"))
    return client


def person(name: str, *, live: bool = True) -> Kontaktperson:
    behoerde = VollstaendigeBehoerdeFactory(
        name_de=f"Amt von {name}",
        person=KontaktpersonFactory.build(name=name),
        veroeffentlicht=live,
    )
    return Kontaktperson.objects.get(behoerde=behoerde)


def html(client: Client, url: str, **query: str) -> str:
    answer = client.get(url, query)
    assert answer.status_code == 200, answer
    return str(answer.content.decode())


def test_chooser_finds_persons_by_name_and_authority(welt: Welt, leitung: Client) -> None:
    person("Beispiel")
    person("Entwurf", live=False)
    abgelaufen = person("Abgelaufen")
    Kontaktperson.objects.filter(pk=abgelaufen.pk).update(loeschen_am=timezone.localdate())
    url = reverse("kontaktperson_chooser:choose_results")

    alle = html(leitung, url)

    assert "Frau Dr. Beispiel" in alle
    assert "Frau Dr. Entwurf" not in alle
    assert "Abgelaufen" not in alle
    assert "Beispiel" in html(leitung, url, q="amt beispiel")
    assert "Dr. Beispiel" not in html(leitung, url, q="Meier")


def test_chosen_person_is_handed_back_by_uuid(welt: Welt, leitung: Client) -> None:
    wer = person("Beispiel")
    antwort = leitung.get(reverse("kontaktperson_chooser:chosen", args=[wer.pk]))

    result = json.loads(antwort.content)["result"]
    assert result["id"] == str(wer.uuid)
    assert result["title"] == "Frau Dr. Beispiel, Amt von Beispiel"
    assert str(wer.behoerde_id) in result["edit_url"]


def test_form_shows_and_stores_the_person(welt: Welt, leitung: Client) -> None:
    wer = person("Beispiel")
    daten = {
        "leistung": welt.hund.pk,
        "gebiet": welt.erfurt.pk,
        "kontaktperson": str(wer.uuid),
        "von_buchstabe": "",
        "bis_buchstabe": "",
    }
    leitung.post(reverse("kontaktzuordnungen:add"), daten)

    row = Kontaktzuordnung.objects.get()
    assert row.kontaktperson == wer.uuid
    formular = html(leitung, reverse("kontaktzuordnungen:edit", args=[row.pk]))
    assert "Frau Dr. Beispiel, Amt von Beispiel" in formular
    assert f'value="{wer.uuid}"' in formular
    leer = leitung.post(reverse("kontaktzuordnungen:add"), {**daten, "kontaktperson": "nichts"})
    assert leer.status_code == 200
    assert Kontaktzuordnung.objects.count() == 1


def test_list_names_persons_without_a_query_each(welt: Welt, leitung: Client) -> None:
    def zuordnen(wer: Kontaktperson) -> None:
        Kontaktzuordnung.objects.create(
            kontaktperson=wer.uuid, leistung=welt.hund, gebiet=welt.erfurt
        )

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert "Beispiel" in html(leitung, url)
        return len(found)

    url = reverse("kontaktzuordnungen:index")
    zuordnen(person("Beispiel"))
    html(leitung, url)
    wenige = queries()
    for number in range(5):
        zuordnen(person(f"Weitere {number}"))
    assert queries() <= wenige
    gone = person("Weg")
    zuordnen(gone)
    gone.delete()
    assert "Weg" not in html(leitung, url)
