"""The page of a service in the eight states of an answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from behoerden.models import Gebietsnachfolge
from leistungen.models import Kriterium, Leistung, Zustaendigkeit
from tests.welt import Welt, build, leistung

pytestmark = pytest.mark.django_db

UDESTEDT = "160685012055"
ERFURT = "160510000000"


@pytest.fixture
def welt(db: None) -> Welt:
    return build()


@pytest.fixture
def buchstabe(db: None) -> Kriterium:
    return Kriterium.objects.create(
        slug="familienname", frage_de="Womit beginnt Ihr Familienname?", art="buchstabe"
    )


def regel(service: Leistung, gebiet: Any, behoerde: Any, **fields: Any) -> Zustaendigkeit:
    row = Zustaendigkeit(leistung=service, gebiet=gebiet, behoerde=behoerde, **fields)
    row.full_clean()
    row.save()
    return row


def seite(client: Client, slug: str = "hundesteuer-anmelden", **query: str) -> str:
    answer = client.get(f"/leistung/{slug}/", query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def test_without_a_place_it_is_asked_for(welt: Welt, client: Client) -> None:
    html = seite(client)

    assert "Wer ist für mich zuständig?" in html
    assert "In manchen Gemeinden online möglich." in html
    assert "Stadtverwaltung Erfurt" not in html


def test_unambiguous_place_has_one_office_with_reasons(welt: Welt, client: Client) -> None:
    html = seite(client, ort=UDESTEDT)

    assert "Verwaltungsgemeinschaft Gramme-Vippach" in html
    assert "Warum diese Behörde?" in html
    assert "Für Udestedt erledigt das die Verwaltungsgemeinschaft Gramme-Vippach." in html


def test_name_of_a_place_leads_to_its_canonical_address(welt: Welt, client: Client) -> None:
    answer = client.get("/leistung/hundesteuer-anmelden/", {"ort": "erfurt"})

    assert answer.status_code == 302
    assert answer["Location"].endswith(f"?ort={ERFURT}")


def test_places_with_different_offices_are_asked(welt: Welt, client: Client) -> None:
    regel(welt.hund, welt.kleinmoelsen, welt.stadtverwaltung)
    html = seite(client, ort="99198")

    assert "Welcher Ort ist gemeint?" in html
    assert "Kleinmölsen" in html
    assert "Udestedt" in html


def test_places_with_the_same_office_are_not_asked(welt: Welt, client: Client) -> None:
    html = seite(client, ort="99198")

    assert "Welcher Ort ist gemeint?" not in html
    assert "Verwaltungsgemeinschaft Gramme-Vippach" in html


def test_service_for_the_whole_land_needs_no_place(welt: Welt, client: Client) -> None:
    service = leistung("Rente beantragen", "rente")
    regel(service, welt.land, welt.stadtverwaltung)
    html = seite(client, "rente")

    assert "Für ganz Thüringen zuständig" in html
    assert "Ort oder Postleitzahl" not in html


def test_missing_rule_offers_the_general_contact_without_calling_it_responsible(
    welt: Welt, client: Client
) -> None:
    service = leistung("Neues", "neues")
    regel(service, welt.erfurt, welt.stadtverwaltung)
    html = seite(client, "neues", ort=UDESTEDT)

    assert "Für Ihren Ort ist noch keine Stelle eingetragen." in html
    assert "Verwaltungsgemeinschaft Gramme-Vippach" in html
    assert "Zuständig für" not in html


def test_several_offices_may_be_chosen(welt: Welt, client: Client) -> None:
    service = leistung("Beurkunden lassen", "beurkunden")
    for office in (welt.stadtverwaltung, welt.verwaltungsgemeinschaft):
        regel(service, welt.erfurt, office, wahl_erlaubt=True)
    html = seite(client, "beurkunden", ort=ERFURT)

    assert "Sie können wählen" in html
    assert "Stadtverwaltung Erfurt" in html
    assert "Verwaltungsgemeinschaft Gramme-Vippach" in html


def test_criterion_heads_each_office(welt: Welt, client: Client, buchstabe: Kriterium) -> None:
    service = leistung("Ummelden", "ummelden")
    regel(service, welt.erfurt, welt.stadtverwaltung, kriterium=buchstabe, werte=[*"ABCDEFGHIJK"])
    regel(
        service,
        welt.erfurt,
        welt.verwaltungsgemeinschaft,
        kriterium=buchstabe,
        werte=[*"LMNOPQRSTUVWXYZ"],
    )
    html = seite(client, "ummelden", ort=ERFURT)

    assert "Womit beginnt Ihr Familienname?" in html
    assert "A–K" in html
    assert "L–Z" in html


def test_dissolved_municipality_leads_to_its_successor_with_a_note(
    welt: Welt, client: Client
) -> None:
    gestern = timezone.localdate() - timedelta(days=1)
    for row in (welt.kleinmoelsen, welt.kleinmoelsen.versionen.get()):
        row.gueltig_bis = gestern
        row.save()
    for key in welt.kleinmoelsen.schluessel.all():
        key.gueltig_bis = gestern
        key.save()
    Gebietsnachfolge.objects.create(
        vorgaenger=welt.kleinmoelsen, nachfolger=welt.erfurt, wirksam_am=timezone.localdate()
    )
    html = seite(client, ort="Kleinmölsen")

    assert "Stadtverwaltung Erfurt" in html
    assert "Kleinmölsen gehört seit" in html


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"werte": ["A"]}, "gehören zusammen"),
        ({"kriterium": True, "werte": ["Ä"]}, "Diese Antworten gibt es nicht: Ä"),
        ({"verifiziert_am": "2026-10-12"}, "wer die Zuständigkeit geprüft hat"),
    ],
)
def test_incomplete_rules_are_refused_in_german(
    welt: Welt, buchstabe: Kriterium, fields: dict[str, Any], message: str
) -> None:
    if fields.get("kriterium"):
        fields = fields | {"kriterium": buchstabe}
    with pytest.raises(ValidationError, match=message):
        regel(leistung("Neu", "neu"), welt.erfurt, welt.stadtverwaltung, **fields)


def test_same_office_under_two_conditions_is_two_rules(welt: Welt, buchstabe: Kriterium) -> None:
    service = leistung("Neu", "neu")
    regel(service, welt.erfurt, welt.stadtverwaltung, kriterium=buchstabe, werte=["A"])
    regel(service, welt.erfurt, welt.stadtverwaltung, kriterium=buchstabe, werte=["B"])

    assert service.zustaendigkeiten.count() == 2


def test_unknown_successor_is_said_and_nobody_is_guessed(welt: Welt, client: Client) -> None:
    gestern = timezone.localdate() - timedelta(days=1)
    for row in (welt.kleinmoelsen, welt.kleinmoelsen.versionen.get()):
        row.gueltig_bis = gestern
        row.save()
    Gebietsnachfolge.objects.create(
        vorgaenger=welt.kleinmoelsen, nachfolger=None, wirksam_am=timezone.localdate()
    )
    html = seite(client, ort="Kleinmölsen")

    assert "Kleinmölsen gibt es nicht mehr" in html
    assert "Für diesen Ort ist noch keine Stelle eingetragen." in html
    assert "Fragen Sie bei Ihrer Gemeinde nach" not in html
    assert "Verwaltungsgemeinschaft Gramme-Vippach" not in html
