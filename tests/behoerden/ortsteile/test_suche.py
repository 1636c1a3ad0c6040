"""Ortsteile of the real register: found by name, old name, key and address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from behoerden.models import Gebiet, Gebietsversion, Ortsname
from behoerden.orte import find_orte
from behoerden.ortsangabe import lies_ortsangabe
from behoerden.ortsteile.services import create_ortsteil, end_ortsteil, rename_ortsteil
from behoerden.ortswahl import ortswahl
from behoerden.selectors import Ort, gebiet_infos, load_ketten, suggest_orte
from tests.behoerden.conftest import HEUTE, gebiet_id, gebiete, import_gebiete

__all__ = ["gebiet_id", "gebiete"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gebiete")]
BUTTSTAEDT = "160680063063"
ELLERSLEBEN = f"{BUTTSTAEDT}.ellersleben"
GLASEHAUSEN = "160610045045.glasehausen"
Ansage = list[tuple[str, frozenset[int]]]


def ein_ort(eingabe: str, tag: date = HEUTE) -> Ort:
    with CaptureQueriesContext(connection) as queries:
        (ort,) = find_orte(eingabe, tag).kandidaten
    assert len(queries) <= 9, eingabe
    return ort


def ortsteil(slug: str) -> Gebiet:
    return Gebiet.objects.get(art="ortsteil", slug=slug)


@pytest.mark.parametrize(
    "eingabe", ["Ellersleben", ELLERSLEBEN, "Ellersleben (Buttstädt)", "99628 Ellersleben"]
)
def test_ortsteil_is_a_place_with_its_gemeinde_and_kreis(eingabe: str) -> None:
    ort = ein_ort(eingabe)

    assert (ort.gebiet_id, ort.ortsteil, ort.art) == (
        ortsteil("ellersleben").pk,
        "Ellersleben",
        "ortsteil",
    )
    assert (ort.label, ort.adresse) == ("Ellersleben (Buttstädt)", ELLERSLEBEN)
    assert ort.zeile.startswith("Ortsteil · Landkreis Sömmerda")


def test_chain_of_an_ortsteil_begins_below_its_gemeinde(gebiet_id: Callable[[str], int]) -> None:
    teil = ortsteil("ellersleben").pk
    kette = load_ketten([teil], HEUTE)[teil]

    assert [glied.rang for glied in kette] == [70, 60, 40, 20, 10]
    assert kette[1].gebiet_id == gebiet_id(BUTTSTAEDT)
    info = gebiet_infos([teil], HEUTE)[teil]
    assert (info.label, info.adresse, info.ars) == (
        "Ortsteil Ellersleben (Buttstädt)",
        ELLERSLEBEN,
        "",
    )
    assert info.plz
    assert str(Gebiet.objects.get(pk=teil)) == info.label
    assert str(Gebiet.objects.mit_angaben().get(pk=teil)) == info.label


@pytest.mark.parametrize("eingabe", ["Glasehausen", "16061039", "160615009039"])
def test_dissolved_gemeinde_leads_to_the_ortsteil_it_lives_on_as(eingabe: str) -> None:
    ort = ein_ort(eingabe)

    assert (ort.name, ort.ortsteil, ort.adresse) == (
        "Heilbad Heiligenstadt",
        "Glasehausen",
        GLASEHAUSEN,
    )
    assert ort.nachfolge_von == "Glasehausen"
    assert ort.hinweis.startswith("Glasehausen gehört seit 1. Januar 2024 zu")
    assert ein_ort(eingabe, date(2023, 12, 31)).ortsteil == ""


def test_address_needs_no_note_and_an_unknown_one_is_the_gemeinde() -> None:
    teil = ein_ort(GLASEHAUSEN)

    assert (teil.ortsteil, teil.nachfolge_von, teil.hinweis) == ("Glasehausen", "", "")
    assert ein_ort("160685012055.gibt-es-nicht").ortsteil == ""


def test_page_keeps_the_canonical_address() -> None:
    getippt = lies_ortsangabe("Ellersleben", "", HEUTE)
    wieder = lies_ortsangabe(getippt.ars, "", HEUTE)
    gewaehlt = lies_ortsangabe("Ellersleben (Buttstädt)", ELLERSLEBEN, HEUTE)

    assert getippt.ars == wieder.ars == gewaehlt.ars == wieder.adressteil == ELLERSLEBEN
    assert (wieder.name, wieder.text, wieder.ortsteil) == (
        "Ellersleben (Buttstädt)",
        "Ellersleben (Buttstädt)",
        "Ellersleben",
    )
    assert wieder.gebiet_ids == (ortsteil("ellersleben").pk,)
    assert lies_ortsangabe(wieder.text, wieder.ars, HEUTE) == wieder


def test_suggestions_name_the_gemeinde_and_say_nothing_twice() -> None:
    orte = suggest_orte("Ellersl", HEUTE)

    assert [ort.label for ort in orte] == ["Ellersleben (Buttstädt)"]
    assert orte[0].adresse == ELLERSLEBEN
    assert suggest_orte("Glase", HEUTE)[0].adresse == GLASEHAUSEN
    assert [option.ars for option in ortswahl(orte)] == [ELLERSLEBEN]


def test_new_ortsteil_answers_instead_of_the_whole_postcode(angesagt: Ansage) -> None:
    name, orte = next(
        (row.name, orte)
        for row in Ortsname.objects.filter(gebiet__isnull=True).order_by("name")
        if len(orte := find_orte(row.name, HEUTE).kandidaten) > 1
        and len({ort.kreis for ort in orte}) == 1
        and not any(ort.ortsteil for ort in orte)
    )

    teil = create_ortsteil(gemeinde=Gebiet.objects.get(pk=orte[0].gebiet_id), name=f" {name} ")

    assert ein_ort(name).gebiet_id == teil.pk
    assert angesagt == [("gebiet", frozenset({teil.pk}))]


def test_ambiguous_name_offers_the_ortsteil_a_gemeinde_lives_on_as() -> None:
    orte = find_orte("Nohra", HEUTE).kandidaten

    assert [ort.adresse for ort in orte if ort.ortsteil] == ["160710103103.nohra"]
    assert {ort.kreis for ort in orte} == {"Landkreis Weimarer Land", "Landkreis Nordhausen"}


def test_ortsteil_called_like_its_gemeinde_is_asked_about(gebiet_id: Callable[[str], int]) -> None:
    create_ortsteil(gemeinde=Gebiet.objects.get(pk=gebiet_id(BUTTSTAEDT)), name="Buttstädt")

    labels = {ort.label for ort in find_orte("Buttstädt", HEUTE).kandidaten}
    assert labels == {"Buttstädt", "Buttstädt (Ortsteil von Buttstädt)"}
    assert ein_ort("Buttstädt (Ortsteil von Buttstädt)").adresse == f"{BUTTSTAEDT}.buttstaedt"


def test_renaming_keeps_the_address_and_every_name(angesagt: Ansage) -> None:
    teil = ortsteil("ellersleben")
    morgen = date(2026, 11, 25)

    rename_ortsteil(ortsteil=teil, name="Neu-Ellersleben", ab=morgen)

    assert ein_ort(ELLERSLEBEN).ortsteil == "Ellersleben"
    for eingabe in (ELLERSLEBEN, "Ellersleben", "Neu-Ellersleben"):
        ort = ein_ort(eingabe, morgen)
        assert (ort.ortsteil, ort.adresse) == ("Neu-Ellersleben", ELLERSLEBEN)
    assert angesagt == [("gebiet", frozenset({teil.pk}))]


def test_ended_ortsteil_leads_to_its_gemeinde() -> None:
    end_ortsteil(ortsteil=ortsteil("ellersleben"), letzter_tag=date(2026, 11, 23))

    for eingabe in ("Ellersleben", ELLERSLEBEN):
        ort = ein_ort(eingabe)
        assert (ort.name, ort.ortsteil, ort.adresse) == ("Buttstädt", "", BUTTSTAEDT)
    assert ein_ort("Ellersleben", date(2026, 11, 23)).ortsteil == "Ellersleben"


def test_import_brings_nothing_back_that_editors_changed() -> None:
    rename_ortsteil(ortsteil=ortsteil("ellersleben"), name="Neu-Ellersleben")
    end_ortsteil(ortsteil=ortsteil("glasehausen"), letzter_tag=HEUTE)
    vorher = list(Gebietsversion.objects.filter(gebiet__art="ortsteil").values_list())
    namen = Ortsname.objects.count()

    assert "Es gab nichts zu ändern." in import_gebiete()

    assert list(Gebietsversion.objects.filter(gebiet__art="ortsteil").values_list()) == vorher
    assert Ortsname.objects.count() == namen


def test_report_counts_ortsteile(gebiete: str) -> None:
    assert "Ortsteile: 165 neu, davon 91 frühere Gemeinden" in gebiete


def test_ortsteile_are_told_apart_in_every_gemeinde() -> None:
    rows = list(
        Gebietsversion.objects.gueltig_am(HEUTE)
        .filter(gebiet__art="ortsteil")
        .values_list("parent_id", "gebiet__slug")
    )
    assert len(rows) == len(set(rows)) == 165
    arten = Gebietsversion.objects.filter(gebiet__art="ortsteil").values_list("parent__art")
    assert {art for (art,) in arten} <= {"gemeinde", "kreisfreie_stadt"}
