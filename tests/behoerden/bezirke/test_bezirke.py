"""Districts that follow no key, and what they do to an answer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from behoerden.bezirke.lesen import Mitglied
from behoerden.bezirke.services import save_bezirk
from behoerden.models import Gebiet, GebietMitglied
from behoerden.selectors import load_ketten
from tests.welt import Welt, build

pytestmark = pytest.mark.django_db
TAG = date(2026, 7, 1)


@pytest.fixture
def welt(db: None) -> Welt:
    return build()


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("verwaltung"))
    return client


def bezirk(*gebiete: Gebiet, ab: date | None = None, gebiet: Gebiet | None = None) -> Gebiet:
    members = [Mitglied(area.pk) for area in gebiete]
    return save_bezirk(gebiet=gebiet, name="Schulbezirk Nord", mitglieder=members, ab=ab)


def in_kette(ort: Gebiet, bezirk: Gebiet, tag: date) -> bool:
    return bezirk.pk in {glied.gebiet_id for glied in load_ketten([ort.pk], tag)[ort.pk]}


def test_district_stands_in_the_chain_of_its_members(welt: Welt) -> None:
    nord = bezirk(welt.udestedt)

    assert in_kette(welt.udestedt, nord, TAG)
    assert not in_kette(welt.kleinmoelsen, nord, TAG)


def test_member_of_a_verband_reaches_all_its_municipalities(welt: Welt) -> None:
    assert in_kette(welt.kleinmoelsen, bezirk(welt.verband), TAG)


def test_change_on_a_day_leaves_the_time_before_as_it_was(welt: Welt) -> None:
    nord = bezirk(welt.udestedt)
    bezirk(welt.kleinmoelsen, ab=TAG, gebiet=nord)

    assert in_kette(welt.udestedt, nord, TAG - timedelta(days=1))
    assert not in_kette(welt.udestedt, nord, TAG)
    assert in_kette(welt.kleinmoelsen, nord, TAG)


def test_saving_the_same_again_changes_nothing(welt: Welt) -> None:
    nord = bezirk(welt.udestedt)
    before = list(GebietMitglied.objects.values())
    bezirk(welt.udestedt, ab=TAG, gebiet=nord)

    assert list(GebietMitglied.objects.values()) == before


def test_editor_creates_and_changes_a_district(welt: Welt, admin: Client) -> None:
    data = {"name": "Schulbezirk Nord", "ab": "", "mitglieder": "Udestedt\nVG Gramme-Vippach"}
    answer = admin.post("/admin/bezirke/neu/", data)
    nord = Gebiet.objects.get(art="eigenes_gebiet")

    assert answer["Location"] == f"/admin/bezirke/{nord.pk}/"
    html = admin.get(f"/admin/bezirke/{nord.pk}/").content.decode()
    assert "VG Gramme-Vippach\nUdestedt" in html.replace("\r", "")
    data |= {"mitglieder": "Erfurt", "ab": f"{timezone.localdate():%Y-%m-%d}"}
    admin.post(f"/admin/bezirke/{nord.pk}/", data)
    assert GebietMitglied.objects.filter(gueltig_bis__isnull=True).count() == 1


def test_unknown_area_is_refused_and_nothing_is_lost(welt: Welt, admin: Client) -> None:
    data = {"name": "Nord", "ab": "", "mitglieder": "Udestedt\nAtlantis"}
    html = admin.post("/admin/bezirke/neu/", data).content.decode()

    assert "Zeile 2: „Atlantis“ ist kein Gebiet in Thüringen." in html
    assert "Udestedt\nAtlantis" in html.replace("\r", "")
    assert not Gebiet.objects.filter(art="eigenes_gebiet").exists()


def test_list_asks_the_same_for_many_districts(
    welt: Welt, admin: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(10):
        bezirk(welt.udestedt)
    admin.get("/admin/bezirke/")
    with django_assert_max_num_queries(10):
        assert admin.get("/admin/bezirke/").status_code == 200


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("path", ["", "neu/", "{pk}/"])
def test_pages_need_the_right(welt: Welt, client: Client, method: str, path: str) -> None:
    nord = bezirk(welt.udestedt)
    address = f"/admin/bezirke/{path.format(pk=nord.pk)}"
    assert getattr(client, method)(address).status_code == 302  # to the login

    stranger = User.objects.create_user("fremd", is_staff=True)
    stranger.user_permissions.add(
        *stranger.user_permissions.model.objects.filter(codename="access_admin")
    )
    client.force_login(stranger)
    assert getattr(client, method)(address).status_code == 302  # to the start page
    assert GebietMitglied.objects.count() == 1
