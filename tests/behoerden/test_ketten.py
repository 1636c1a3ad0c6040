"""Names, keys and postcodes of many areas: one query, the facts of the day."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from behoerden.models import Gebiet, Gebietsart, Gebietsschluessel, PlzGemeinde, Postleitzahl
from behoerden.selectors import gebiet_infos, load_ketten
from tests.behoerden.conftest import HEUTE
from tests.behoerden.factories import GebietFactory

pytestmark = pytest.mark.django_db


def schluessel(gebiet: Gebiet, wert: str, ab: date | None, bis: date | None) -> None:
    Gebietsschluessel.objects.create(
        gebiet=gebiet, typ="ars", wert=wert, gueltig_ab=ab, gueltig_bis=bis
    )


@pytest.fixture
def umgezogen() -> Gebiet:
    """A Gemeinde whose key changed in 2024, and which keeps a gap in 2025."""
    gebiet: Gebiet = GebietFactory(name="Musterdorf")
    schluessel(gebiet, "169990000001", None, date(2023, 12, 31))
    schluessel(gebiet, "169990000002", date(2024, 1, 1), date(2024, 12, 31))
    schluessel(gebiet, "169990000003", date(2026, 1, 1), None)
    return gebiet


@pytest.mark.usefixtures("gebiete")
def test_all_areas_take_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    ids = list(Gebiet.objects.values_list("pk", flat=True))
    with django_assert_num_queries(1):
        infos = gebiet_infos(ids, HEUTE)
    with django_assert_num_queries(1):
        ketten = load_ketten(ids, HEUTE)

    assert set(infos) == set(ketten) == set(ids)


def test_nothing_asked_costs_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert gebiet_infos([], HEUTE) == {}
        assert load_ketten([], HEUTE) == {}


def test_unknown_id_is_left_out() -> None:
    assert gebiet_infos([999_999], HEUTE) == {}


@pytest.mark.parametrize(
    ("stichtag", "ars"),
    [
        (date(1990, 1, 1), "169990000001"),  # without a beginning
        (date(2024, 6, 1), "169990000002"),
        (date(2025, 6, 1), "169990000002"),  # none of the day: the last one that has begun
        (date(2026, 1, 1), "169990000003"),
    ],
)
def test_key_is_that_of_the_day(umgezogen: Gebiet, stichtag: date, ars: str) -> None:
    assert gebiet_infos([umgezogen.pk], stichtag)[umgezogen.pk].ars == ars


def test_area_before_its_life_has_its_first_key() -> None:
    gebiet: Gebiet = GebietFactory(name="Neudorf", gueltig_ab=date(2030, 1, 1))
    schluessel(gebiet, "169990000009", date(2031, 1, 1), None)
    schluessel(gebiet, "169990000008", date(2030, 1, 1), date(2030, 12, 31))

    assert gebiet_infos([gebiet.pk], HEUTE)[gebiet.pk].ars == "169990000008"


def test_postcodes_are_in_order_and_belong_to_the_area_itself() -> None:
    kreis = GebietFactory(art=Gebietsart.LANDKREIS, name="Sömmerda")
    gemeinde = GebietFactory(name="Udestedt", parent=kreis, ars="169980000055")
    for plz, gebiet in (("00002", gemeinde), ("00001", gemeinde), ("00003", kreis)):
        Postleitzahl.objects.create(plz=plz)
        PlzGemeinde.objects.create(plz_id=plz, gemeinde=gebiet, quelle="test")

    infos = gebiet_infos([gemeinde.pk, kreis.pk], HEUTE)

    assert infos[gemeinde.pk].plz == ("00001", "00002")
    assert infos[kreis.pk].plz == ("00003",)
    assert infos[gemeinde.pk].ags == "16998055"
    assert infos[gemeinde.pk].label == "Udestedt (Landkreis Sömmerda)"
    assert infos[kreis.pk].ars == ""
