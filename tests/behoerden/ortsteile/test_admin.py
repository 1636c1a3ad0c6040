"""The admin's pages of Ortsteile, and finding them in the chooser of areas."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from behoerden.models import Gebiet, Gebietsversion
from behoerden.ortsteile.services import OrtsteilFehler, create_ortsteil, end_ortsteil
from leistungen.models import Zustaendigkeit
from tests.behoerden.factories import BehoerdeFactory
from tests.welt import Welt, build

pytestmark = pytest.mark.django_db
BASIS = "/admin/ortsteile/"


@pytest.fixture
def welt(db: None) -> Welt:
    return build()


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("verwaltung"))
    return client


def html(client: Client, url: str, **query: str) -> str:
    answer = client.get(url, query)
    assert answer.status_code == 200, answer
    return str(answer.content.decode())


def test_editor_adds_renames_and_ends_an_ortsteil(welt: Welt, admin: Client) -> None:
    heute = timezone.localdate()
    data = {"name": "Vieselbach", "gemeinde": str(welt.erfurt.pk), "ab": ""}
    answer = admin.post(f"{BASIS}neu/", data)
    teil = Gebiet.objects.get(art="ortsteil")

    assert answer["Location"] == f"{BASIS}{teil.pk}/"
    seite = html(admin, f"{BASIS}{teil.pk}/")
    assert "Ortsteil Vieselbach (Erfurt)" in seite
    assert "160510000000.vieselbach" in seite
    admin.post(f"{BASIS}{teil.pk}/", {"name": "Vieselbach-Nord", "ab": heute.isoformat()})
    namen = Gebietsversion.objects.filter(gebiet=teil).order_by("gueltig_ab")
    assert {v.name for v in namen} == {"Vieselbach", "Vieselbach-Nord"}
    admin.post(f"{BASIS}{teil.pk}/beenden/", {"letzter_tag": heute.isoformat()})
    teil.refresh_from_db()
    assert (teil.slug, teil.gueltig_bis) == ("vieselbach", heute)
    assert "Ortsteil beenden" not in html(admin, f"{BASIS}{teil.pk}/")


def test_what_is_impossible_is_said_in_the_form(welt: Welt, admin: Client) -> None:
    teil = create_ortsteil(gemeinde=welt.erfurt, name="Vieselbach", ab=date(2026, 1, 1))
    data = {"name": "vieselbach", "gemeinde": str(welt.erfurt.pk), "ab": ""}

    doppelt = admin.post(f"{BASIS}neu/", data).content.decode()
    frueher = admin.post(f"{BASIS}{teil.pk}/beenden/", {"letzter_tag": "2025-01-01"})

    assert "Die Gemeinde hat schon einen Ortsteil „vieselbach“." in doppelt
    assert "erst ab dem 01.01.2026" in frueher.content.decode()
    assert Gebiet.objects.filter(art="ortsteil").count() == 1
    falsch = {"name": "X", "gemeinde": str(welt.kreis.pk), "ab": ""}
    assert admin.post(f"{BASIS}neu/", falsch).status_code == 200
    assert Gebiet.objects.filter(art="ortsteil").count() == 1


def test_address_of_an_ended_ortsteil_is_never_given_again(welt: Welt) -> None:
    alt = create_ortsteil(gemeinde=welt.erfurt, name="Vieselbach")
    end_ortsteil(ortsteil=alt, letzter_tag=date(2026, 1, 1))

    assert create_ortsteil(gemeinde=welt.erfurt, name="Vieselbach").slug == "vieselbach-2"
    with pytest.raises(OrtsteilFehler, match="gibt es nicht mehr"):
        end_ortsteil(ortsteil=alt, letzter_tag=date(2026, 2, 1))


def test_list_is_searched_by_both_names_and_asks_the_same_for_many(
    welt: Welt, admin: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for name in ("Nord", "Ost", "Süd", "West"):
        create_ortsteil(gemeinde=welt.erfurt, name=name)
    create_ortsteil(gemeinde=welt.udestedt, name="Siedlung")
    admin.get(BASIS)

    with django_assert_max_num_queries(12):
        assert html(admin, BASIS).count("160510000000.") == 4
    assert html(admin, BASIS, q="Udest").count("160685012055.siedlung") == 1
    assert "160510000000.sued" in html(admin, BASIS, q="süd")
    assert "Kein Ortsteil gefunden" in html(admin, BASIS, q="Atlantis")


def test_chooser_finds_an_ortsteil_and_names_its_gemeinde(welt: Welt, admin: Client) -> None:
    create_ortsteil(gemeinde=welt.erfurt, name="Siedlung")
    create_ortsteil(gemeinde=welt.udestedt, name="Siedlung")
    url = reverse("gebiet_chooser:choose_results")

    beide = html(admin, url, q="Siedlung")
    eine = html(admin, url, q="Siedlung Erfurt")

    assert "Ortsteil Siedlung (Erfurt)" in beide
    assert "Ortsteil Siedlung (Udestedt)" in beide
    assert "Ortsteil Siedlung (Udestedt)" not in eine
    assert "Ortsteil Siedlung (Erfurt)" in eine
    assert "Ortsteil" not in html(admin, url, q="Erfurt").split("<tbody>")[1]


def test_names_of_many_ortsteile_take_one_query_each_page(welt: Welt, admin: Client) -> None:
    leer = queries(admin, reverse("gebiet_chooser:choose_results"))
    for number in range(10):
        teil = create_ortsteil(gemeinde=welt.erfurt, name=f"Teil {number}")
        Zustaendigkeit.objects.create(
            leistung=welt.hund, gebiet=teil, behoerde=welt.stadtverwaltung
        )

    assert queries(admin, reverse("gebiet_chooser:choose_results")) <= leer
    seite = reverse("regeleditor:leistung", args=[welt.hund.pk])
    Zustaendigkeit.objects.filter(gebiet__art="ortsteil").exclude(gebiet=teil).delete()
    wenige = queries(admin, seite)
    for gebiet in Gebiet.objects.filter(art="ortsteil").exclude(pk=teil.pk):
        Zustaendigkeit.objects.create(
            leistung=welt.hund, gebiet=gebiet, behoerde=welt.stadtverwaltung
        )
    assert queries(admin, seite) <= wenige
    assert "Ortsteil Teil 3 (Erfurt)" in html(admin, seite)


def test_chooser_of_authorities_asks_the_same_for_many(admin: Client, welt: Welt) -> None:
    url = reverse("wagtailsnippetchoosers_behoerden_behoerde:choose_results")
    wenige = queries(admin, url)
    for _ in range(9):
        BehoerdeFactory(veroeffentlicht=True, hauptgebiet=welt.udestedt)

    assert queries(admin, url) <= wenige
    assert "Stadtverwaltung Erfurt" in html(admin, url, q="erfurt stadt")
    assert "Stadtverwaltung Erfurt" not in html(admin, url, q="gramme")


def queries(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("path", ["", "neu/", "{pk}/", "{pk}/beenden/"])
def test_pages_need_the_right(welt: Welt, client: Client, method: str, path: str) -> None:
    teil = create_ortsteil(gemeinde=welt.erfurt, name="Vieselbach")
    address = f"{BASIS}{path.format(pk=teil.pk)}"
    assert getattr(client, method)(address).status_code == 302  # to the login

    stranger = User.objects.create_user("fremd", is_staff=True)
    stranger.user_permissions.add(
        *stranger.user_permissions.model.objects.filter(codename="access_admin")
    )
    client.force_login(stranger)
    bis = (timezone.localdate() - timedelta(days=1)).isoformat()
    assert getattr(client, method)(address, {"letzter_tag": bis}).status_code == 302
    teil.refresh_from_db()
    assert teil.gueltig_bis is None
