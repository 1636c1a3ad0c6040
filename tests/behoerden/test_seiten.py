"""Public pages and cards of authorities."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from behoerden import registry
from behoerden.selectors import behoerde_karte, behoerden_karten
from tests.behoerden.conftest import HEUTE
from tests.behoerden.factories import BehoerdeFactory, BehoerdenartFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gebiete")]


def html(client: Client, path: str, **query: str) -> str:
    answer = client.get(path, query)
    assert answer.status_code == 200
    return str(answer.content.decode()).replace("\u00a0", " ")


@pytest.fixture
def leistungen() -> Iterator[list[tuple[str, str]]]:
    """Services that a higher app would name."""
    vorher = list(registry._providers)
    namen = [(f"Leistung {nummer:02}", f"/leistung/{nummer}/") for nummer in range(25)]
    registry.register_leistungen_provider(lambda _id, limit: namen[:limit])
    yield namen
    registry._providers[:] = vorher


def test_page_shows_contact_and_area(client: Client, gebiet_id: Callable[[str], int]) -> None:
    behoerde = BehoerdeFactory(
        name_de="VG Gramme-Vippach",
        hauptgebiet_id=gebiet_id("160685012000"),
        kurzbeschreibung_de="Wir sind für Sie da.",
        beschreibung_de="<p>Viel <b>mehr</b>.</p><script>x</script>",
        veroeffentlicht=True,
    )

    text = html(client, f"/behoerde/{behoerde.slug}/")

    assert "<h1>VG Gramme-Vippach</h1>" in text
    assert "Verwaltungsgemeinschaft Gramme-Vippach (Landkreis Sömmerda)" in text
    assert "Dazu gehören: Alperstedt, Eckstedt" in text
    assert "Musterstraße 1<br>99084 Erfurt" in text
    assert 'href="tel:+493023125002"' in text
    assert "030 23125 001" not in text  # not public
    assert "Postfach 12 34" in text
    assert "<b>mehr</b>" in text
    assert "<script>x" not in text


def test_draft_unpublished_and_coming_authorities_are_not_found(client: Client) -> None:
    entwurf = BehoerdeFactory()
    zurueckgezogen = BehoerdeFactory(veroeffentlicht=True)
    zurueckgezogen.unpublish()
    morgen = timezone.localdate() + timedelta(days=1)
    kuenftig = BehoerdeFactory(gueltig_ab=morgen, veroeffentlicht=True)

    for behoerde in (entwurf, zurueckgezogen, kuenftig):
        assert client.get(f"/behoerde/{behoerde.slug}/").status_code == 404
        assert str(behoerde) not in html(client, "/behoerden/")


def test_draft_text_is_not_shown(client: Client) -> None:
    behoerde = BehoerdeFactory(name_de="Alter Name", veroeffentlicht=True)
    behoerde.name_de = "Neuer Name"
    behoerde.save_revision()

    text = html(client, f"/behoerde/{behoerde.slug}/")

    assert "Alter Name" in text
    assert "Neuer Name" not in text


def test_services_are_the_first_twenty_and_then_all(
    client: Client, leistungen: list[tuple[str, str]]
) -> None:
    behoerde = BehoerdeFactory(veroeffentlicht=True)

    kurz = html(client, f"/behoerde/{behoerde.slug}/")
    lang = html(client, f"/behoerde/{behoerde.slug}/", alle="1")

    assert ("Leistung 19" in kurz, "Leistung 20" in kurz) == (True, False)
    assert "Alle Leistungen zeigen" in kurz
    assert "Leistung 24" in lang
    assert "Alle Leistungen zeigen" not in lang


def test_superior_and_subordinate_authorities_are_linked_when_public(client: Client) -> None:
    oben = BehoerdeFactory(name_de="Oberamt", veroeffentlicht=True)
    mitte = BehoerdeFactory(name_de="Mittelamt", uebergeordnet=oben, veroeffentlicht=True)
    BehoerdeFactory(name_de="Unteramt", uebergeordnet=mitte, veroeffentlicht=True)
    BehoerdeFactory(name_de="Geheimamt", uebergeordnet=mitte)

    text = html(client, f"/behoerde/{mitte.slug}/")

    assert ("Oberamt" in text, "Unteramt" in text, "Geheimamt" in text) == (True, True, False)


def test_list_is_ordered_by_kreis_and_searched_by_name_and_town(
    client: Client, gebiet_id: Callable[[str], int]
) -> None:
    art = BehoerdenartFactory(name_de="Gemeindeverwaltung")
    for name, ars in (("Rathaus Erfurt", "16051000"), ("Verwaltung Udestedt", "16068055")):
        BehoerdeFactory(name_de=name, art=art, hauptgebiet_id=gebiet_id(ars), veroeffentlicht=True)
    BehoerdeFactory(
        name_de="Landesamt", hauptgebiet_id=gebiet_id("160000000000"), veroeffentlicht=True
    )

    alle = html(client, "/behoerden/")
    gesucht = html(client, "/behoerden/", q="udest")

    ordnung = [
        alle.index(f'id="{anker}"')
        for anker in ("ganz-thueringen", "stadt-erfurt", "landkreis-soemmerda")
    ]
    assert ordnung == sorted(ordnung)
    assert "3 Behörden, geordnet nach Kreisen." in alle
    assert "1 Behörde für „udest“." in gesucht
    assert "Rathaus Erfurt" not in gesucht
    assert "Keine Behörde für „&lt;x“ gefunden" in html(client, "/behoerden/", q="<x\x00")


def test_pages_take_a_known_number_of_queries(
    client: Client, gebiet_id: Callable[[str], int]
) -> None:
    behoerden = [
        BehoerdeFactory(hauptgebiet_id=gebiet_id("160685012000"), veroeffentlicht=True)
        for _ in range(4)
    ]

    with CaptureQueriesContext(connection) as liste:
        client.get("/behoerden/")
    with CaptureQueriesContext(connection) as detail:
        client.get(f"/behoerde/{behoerden[0].slug}/")

    assert len(liste) <= 6  # two of them are the savepoint of the request
    assert len(detail) <= 16
    assert not client.cookies


def test_preview_shows_the_draft(redaktion: Client) -> None:
    behoerde = BehoerdeFactory(name_de="Alter Name", veroeffentlicht=True)
    behoerde.name_de = "Neuer Name"
    entwurf = behoerde.save_revision().as_object()

    antwort = entwurf.make_preview_request()

    assert antwort.status_code == 200
    assert "Neuer Name" in antwort.rendered_content


def test_cards_of_many_authorities_take_five_queries_and_leave_out_drafts() -> None:
    live = [BehoerdeFactory(veroeffentlicht=True) for _ in range(3)]
    entwurf = BehoerdeFactory()
    ids = [behoerde.pk for behoerde in (*live, entwurf)]

    with CaptureQueriesContext(connection) as queries:
        karten = behoerden_karten(ids, HEUTE, zustaendig_fuer="Erfurt", aendern_url="/x/")

    assert len(queries) == 5
    assert set(karten) == {behoerde.pk for behoerde in live}
    karte = karten[live[0].pk]
    assert karte.anschrift == ("Musterstraße 1", "99084 Erfurt")
    assert (karte.telefon, karte.email) == ("030 23125 002", "stadt@musterstadt.example")
    assert (karte.zustaendig_fuer, karte.aendern_url) == ("Erfurt", "/x/")
    assert behoerden_karten([], HEUTE) == {}


@pytest.mark.parametrize(
    ("von", "bis", "gilt"),
    [
        (None, None, True),
        (HEUTE, HEUTE, True),
        (HEUTE + timedelta(days=1), None, False),
        (None, HEUTE - timedelta(days=1), False),
    ],
)
def test_notice_is_shown_only_in_its_days(von: date | None, bis: date | None, gilt: bool) -> None:
    behoerde = BehoerdeFactory(hinweis_de="Geschlossen.", hinweis_von=von, hinweis_bis=bis)

    assert behoerde_karte(behoerde, HEUTE).hinweis == ("Geschlossen." if gilt else "")
