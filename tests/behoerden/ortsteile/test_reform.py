"""Reforms: a dissolved Gemeinde lives on as an Ortsteil, and its own Ortsteile go with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from behoerden.models import Gebiet, Gebietsreform, Gebietsversion, Ortsname
from behoerden.orte import find_orte
from behoerden.ortsteile.services import create_ortsteil
from behoerden.reform import ReformGesperrt, apply_reform, revert_reform
from behoerden.selectors import load_ketten
from leistungen.models import Leistung, Zustaendigkeit
from tests.behoerden.conftest import HEUTE, gebiet_id, gebiete, import_gebiete
from tests.behoerden.factories import BehoerdeFactory

__all__ = ["gebiet_id", "gebiete"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gebiete")]
TAG, VORTAG = date(2027, 1, 1), date(2026, 12, 31)
UDESTEDT, SOEMMERDA = "16068055", "16068051"
Finder = Callable[[str], int]
Ansage = list[tuple[str, frozenset[int]]]


def eingliederung(gebiet: str, ziel: str) -> Gebietsreform:
    zeile = {"art": "eingliederung", "gebiet": gebiet}
    operationen = [{**zeile, "ziel": ziel} if ziel else zeile]
    return Gebietsreform.objects.create(titel="Probe", wirksam_am=TAG, operationen=operationen)


def ortsteil(gemeinde: int, name: str) -> Gebiet:
    return create_ortsteil(gemeinde=Gebiet.objects.get(pk=gemeinde), name=name)


def dump() -> list[list[Any]]:
    modelle = (Gebiet, Gebietsversion, Ortsname)
    return [list(model._default_manager.order_by("pk").values_list()) for model in modelle]


def test_dissolved_gemeinde_lives_on_from_the_day(gebiet_id: Finder) -> None:
    apply_reform(eingliederung(UDESTEDT, SOEMMERDA), user=None)

    (vorher,) = find_orte("Udestedt", VORTAG).kandidaten
    (nachher,) = find_orte("Udestedt", TAG).kandidaten
    assert (vorher.gebiet_id, vorher.ortsteil) == (gebiet_id(UDESTEDT), "")
    assert (nachher.name, nachher.ortsteil, nachher.nachfolge_von) == (
        "Sömmerda",
        "Udestedt",
        "Udestedt",
    )
    assert nachher.adresse == "160680051051.udestedt"
    (wieder,) = find_orte(nachher.adresse, TAG).kandidaten
    assert wieder.gebiet_id == nachher.gebiet_id


def test_ortsteile_go_with_their_gemeinde(gebiet_id: Finder, angesagt: Ansage) -> None:
    teil = ortsteil(gebiet_id(UDESTEDT), "Siedlung")
    apply_reform(eingliederung(UDESTEDT, SOEMMERDA), user=None)

    kette = load_ketten([teil.pk], TAG)[teil.pk]
    assert [glied.gebiet_id for glied in load_ketten([teil.pk], VORTAG)[teil.pk]][1] == gebiet_id(
        UDESTEDT
    )
    assert kette[1].gebiet_id == gebiet_id(SOEMMERDA)
    assert teil.pk in angesagt[-1][1]
    # the old address still leads there
    (ort,) = find_orte("160685012055.siedlung", TAG).kandidaten
    assert (ort.gebiet_id, ort.adresse) == (teil.pk, "160680051051.siedlung")


def test_namesake_in_the_receiving_gemeinde_gets_another_address(gebiet_id: Finder) -> None:
    ortsteil(gebiet_id(SOEMMERDA), "Siedlung")
    teil = ortsteil(gebiet_id(UDESTEDT), "Siedlung")
    apply_reform(eingliederung(UDESTEDT, SOEMMERDA), user=None)

    teil.refresh_from_db()
    assert teil.slug == "siedlung-udestedt"
    assert len(find_orte("Siedlung", TAG).kandidaten) >= 2


def test_without_successor_they_end_the_day_before(gebiet_id: Finder) -> None:
    teil = ortsteil(gebiet_id(UDESTEDT), "Siedlung")
    apply_reform(eingliederung(UDESTEDT, ""), user=None)

    teil.refresh_from_db()
    assert teil.gueltig_bis == VORTAG


def test_taking_back_restores_every_row(gebiet_id: Finder) -> None:
    ortsteil(gebiet_id(SOEMMERDA), "Siedlung")
    ortsteil(gebiet_id(UDESTEDT), "Siedlung")
    vorher = dump()
    for ziel in (SOEMMERDA, ""):
        reform = eingliederung(UDESTEDT, ziel)
        apply_reform(reform, user=None)
        assert dump() != vorher
        revert_reform(reform, user=None, heute=HEUTE)
        assert dump() == vorher


def test_taking_back_refuses_if_a_rule_hangs_at_the_new_ortsteil() -> None:
    reform = eingliederung(UDESTEDT, SOEMMERDA)
    apply_reform(reform, user=None)
    (ort,) = find_orte("Udestedt", TAG).kandidaten
    leistung = Leistung.objects.create(bezeichnung_de="L", slug_de="l")
    Zustaendigkeit.objects.create(
        leistung=leistung, gebiet_id=ort.gebiet_id, behoerde=BehoerdeFactory()
    )

    with pytest.raises(ReformGesperrt, match="An einem neuen Gebiet hängt schon etwas"):
        revert_reform(reform, user=None, heute=HEUTE)
    assert find_orte("Udestedt", TAG).kandidaten[0].gebiet_id == ort.gebiet_id


def test_next_import_makes_no_second_one() -> None:
    apply_reform(eingliederung(UDESTEDT, SOEMMERDA), user=None)
    anzahl = Gebiet.objects.filter(art="ortsteil").count()

    import_gebiete()

    assert Gebiet.objects.filter(art="ortsteil").count() == anzahl
