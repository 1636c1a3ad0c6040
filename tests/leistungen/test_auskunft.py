"""From the database to the answer: queries, successors, contact persons."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from behoerden.models import Behoerdennachfolge, Kontaktperson
from leistungen.auskunft import Auskunft, Platz, auskuenfte, load_umfeld
from leistungen.models import Kontaktzuordnung, Leistung, Zustaendigkeit
from tests.welt import Welt, behoerde, build, leistung, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def welt(db: None) -> Welt:
    return build()


def ask(service: Leistung, *gebiete: Any) -> Auskunft:
    platz = Platz(gebiet_ids=tuple(area.pk for area in gebiete))
    umfeld = load_umfeld(platz, timezone.localdate())
    return auskuenfte({service.pk: service.titel}, umfeld)[service.pk]


def test_one_answer_takes_at_most_four_queries(welt: Welt) -> None:
    with CaptureQueriesContext(connection) as queries:
        answer = ask(welt.hund, welt.udestedt)

    assert [stelle.slug for stelle in answer.fuehrende_stellen] == ["vg-gramme"]
    assert len(queries) <= 4


def test_many_services_take_as_many_queries_as_one(welt: Welt) -> None:
    services = {welt.hund.pk: "Hund"}
    for number in range(10):
        other = leistung(f"Dienst {number}", f"dienst-{number}")
        Zustaendigkeit.objects.create(
            leistung=other, gebiet=welt.erfurt, behoerde=welt.stadtverwaltung
        )
        services[other.pk] = other.titel
    umfeld = load_umfeld(Platz((welt.erfurt.pk,)), timezone.localdate())
    with CaptureQueriesContext(connection) as queries:
        answers = auskuenfte(services, umfeld)

    assert {a.fuehrende_stellen[0].name for a in answers.values()} == {"Stadtverwaltung Erfurt"}
    assert len(queries) <= 2


def test_ended_authority_leads_to_its_only_successor(welt: Welt) -> None:
    neu = behoerde("Bürgeramt Erfurt", "buergeramt", welt.stadtverwaltung.art)
    Behoerdennachfolge.objects.create(
        vorgaenger=welt.stadtverwaltung, nachfolger=neu, wirksam_am=timezone.localdate()
    )
    welt.stadtverwaltung.unpublish()

    assert [stelle.slug for stelle in ask(welt.hund, welt.erfurt).fuehrende_stellen] == [
        "buergeramt"
    ]


def test_two_successors_are_not_chosen_from(welt: Welt) -> None:
    for slug in ("nord", "sued"):
        Behoerdennachfolge.objects.create(
            vorgaenger=welt.stadtverwaltung,
            nachfolger=behoerde(f"Amt {slug}", slug, welt.stadtverwaltung.art),
            wirksam_am=timezone.localdate(),
        )
    welt.stadtverwaltung.unpublish()
    answer = ask(welt.hund, welt.erfurt)

    assert answer.ergebnis.zustand == "KEINE_REGEL"
    assert "ZIEL_OFFLINE" in answer.ergebnis.vorbehalte


def person(welt: Welt, **fields: Any) -> Kontaktperson:
    values = {
        "name": "Beispiel",
        "veroeffentlichen": True,
        "loeschen_am": timezone.localdate() + timedelta(days=100),
    }
    welt.stadtverwaltung.kontaktpersonen = [Kontaktperson(**(values | fields))]
    publish(welt.stadtverwaltung)
    found = Kontaktperson.objects.get(behoerde=welt.stadtverwaltung)
    Kontaktzuordnung.objects.create(
        kontaktperson=found.uuid,
        leistung=welt.hund,
        gebiet=welt.erfurt,
        von_buchstabe="A",
        bis_buchstabe="K",
    )
    return found


def page(client: Client) -> str:
    answer = client.get("/leistung/hundesteuer-anmelden/", {"ort": "160510000000"})
    return " ".join(answer.content.decode().split())


def test_published_contact_person_stands_on_the_card(welt: Welt, client: Client) -> None:
    person(welt)

    assert "Familienname A–K: " in page(client)
    assert "Beispiel" in page(client)


def test_unpublished_contact_person_is_not_shown(welt: Welt, client: Client) -> None:
    person(welt, veroeffentlichen=False)

    assert "Familienname A–K" not in page(client)
