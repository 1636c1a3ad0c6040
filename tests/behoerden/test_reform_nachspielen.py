"""The real changes of 2024 to 2026, applied to the register of 2023, end in that of 2026."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from pytest_django import DjangoDbBlocker

from behoerden.bestand import load_bestand
from behoerden.csv_dateien import Zeile, read_csv
from behoerden.domain.gebietsplan import build_plan
from behoerden.gebiete_dateien import read_gebiete
from behoerden.models import Gebiet, Gebietsnachfolge, Gebietsreform, Gebietsschluessel
from behoerden.nachfolge import load_nachfolger
from behoerden.orte import gebiet_by_ars
from behoerden.reform import apply_reform
from behoerden.reform_dateien import read_reform_csv
from behoerden.selectors import gebiet_infos, load_ketten

ORDNER = Path(settings.BASE_DIR) / "fixtures" / "gebiete"
REGISTER_2023 = Path(__file__).parent / "data" / "gv100ad_30112023_thueringen.txt"
DAMALS, HEUTE = date(2023, 12, 1), date(2026, 11, 24)
TAGE = ("2024-01-01", "2026-01-01", "2026-06-30")

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nachgespielt")]


@pytest.fixture(scope="module")
def nachgespielt(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[float]:
    """The register of 2023 and the three reforms; gives the seconds of the import."""
    with django_db_blocker.unblock(), transaction.atomic():
        beginn = time.perf_counter()
        call_command("import_gebiete", str(REGISTER_2023), stdout=StringIO())
        dauer = time.perf_counter() - beginn
        for tag in TAGE:
            datei = ORDNER / "reformen" / f"{tag}.csv"
            reform = Gebietsreform.objects.create(
                titel=tag,
                wirksam_am=date.fromisoformat(tag),
                operationen=read_reform_csv(datei.read_bytes()),
            )
            apply_reform(reform, user=None)
        yield dauer
        transaction.set_rollback(True)


@pytest.fixture
def finde() -> Callable[[str], int]:
    """The area that has this key or had it last."""

    def find(wert: str) -> int:
        rows = Gebietsschluessel.objects.filter(wert=wert)
        return max(rows, key=lambda row: row.gueltig_ab or date.min).gebiet_id

    return find


def test_register_of_2023_had_624_gemeinden() -> None:
    damals = Gebiet.objects.gueltig_am(date(2023, 11, 30))
    heute = Gebiet.objects.gueltig_am(HEUTE)
    arten = ("gemeinde", "kreisfreie_stadt")

    assert damals.filter(art__in=arten).count() == 624
    assert heute.filter(art__in=arten).count() == 601


def test_areas_are_exactly_those_of_the_register_of_2026() -> None:
    soll = read_gebiete(ORDNER)
    bestand = load_bestand(plz_quelle="openstreetmap").bestand
    lebend = {k: g for k, g in bestand.gebiete.items() if g.bis is None}
    erwartet = {k: g for k, g in soll.gebiete.items() if g.bis is None}

    assert lebend.keys() == erwartet.keys()
    for kennung, gebiet in erwartet.items():
        ist = lebend[kennung]
        a, b = ist.versionen[-1], gebiet.versionen[-1]
        assert (a.name, a.amtlicher_name, a.parent, a.erfuellt_durch, ist.art) == (
            b.name,
            b.amtlicher_name,
            b.parent,
            b.erfuellt_durch,
            gebiet.art,
        )
        for typ in ("ars", "ags", "kreis"):
            assert ist.wert(typ) == gebiet.wert(typ)


def test_importing_the_register_of_2026_then_moves_nothing() -> None:
    soll = read_gebiete(ORDNER)
    plan = build_plan(soll, load_bestand(plz_quelle="openstreetmap").bestand, soll.stand)

    assert (plan.fassungen, plan.schluessel, plan.beendet) == ((), (), ())
    assert {gebiet.bis is None for gebiet in plan.neu} == {False}  # only areas that ended earlier


def test_exactly_one_successor_is_open(finde: Callable[[str], int]) -> None:
    offen = Gebietsnachfolge.objects.filter(nachfolger__isnull=True)

    assert [row.vorgaenger_id for row in offen] == [finde("16071042")]
    assert (offen[0].sicherheit, offen[0].datum_belegt) == ("offen", False)


def test_every_row_of_the_change_file_is_replayed(finde: Callable[[str], int]) -> None:
    nachfolger = {
        row.vorgaenger_id: (row.nachfolger_id, row.wirksam_am)
        for row in Gebietsnachfolge.objects.all()
    }
    aufgeloest = gewechselt = 0
    for zeile in aenderungen():
        alt, tag = finde(zeile.text("alt_ars")), zeile.tag("wirksam_am")
        if zeile.text("art") == "schluesselwechsel":
            gewechselt += 1
            assert finde(zeile.text("neu_ars")) == alt
        else:
            aufgeloest += 1
            neu = finde(zeile.text("neu_ars")) if zeile.text("neu_ars") else None
            assert nachfolger[alt] == (neu, tag)
    assert (aufgeloest, gewechselt) == (25, 6)


def aenderungen() -> list[Zeile]:
    spalten = ("alt_ars", "neu_ars", "art", "wirksam_am")
    return list(read_csv(ORDNER, "gebietsaenderungen.csv", spalten))


def test_before_and_after_the_day_the_right_chain_answers(finde: Callable[[str], int]) -> None:
    hallungen, suedeichsfeld = finde("16063037"), finde("16064074")
    damals = load_ketten([hallungen], DAMALS)[hallungen]
    heute, _hinweis = gebiet_by_ars("160635006037", HEUTE)

    assert finde("160630000000") in {glied.gebiet_id for glied in damals}
    assert heute == suedeichsfeld
    kette = load_ketten([suedeichsfeld], HEUTE)[suedeichsfeld]
    assert finde("160640000000") in {glied.gebiet_id for glied in kette}
    assert gebiet_by_ars("160635006037", DAMALS) == (hallungen, "")


def test_old_key_finds_the_successor_with_a_note() -> None:
    gebiet, hinweis = gebiet_by_ars("160615012007", HEUTE)

    assert gebiet_infos([gebiet or 0], HEUTE)[gebiet or 0].ars == "160615051119"
    assert "Birkenfelde" in hinweis
    assert "Uder" in hinweis


def test_vg_uder_became_a_group_and_keeps_its_members(finde: Callable[[str], int]) -> None:
    vg, gruppe = finde("160615012000"), finde("160615051000")
    asbach = finde("16061002")

    assert [g.gebiet_id for g in load_ketten([asbach], DAMALS)[asbach]][1] == vg
    assert [g.gebiet_id for g in load_ketten([asbach], HEUTE)[asbach]][1] == gruppe
    assert load_nachfolger([vg], HEUTE)[vg].gebiet_ids == {gruppe}
    assert gebiet_infos([gruppe], HEUTE)[gruppe].erfuellt_durch == "Uder"
    assert load_ketten([vg], HEUTE)[vg] == ()


def test_every_gemeinde_has_one_chain_on_every_day() -> None:
    for tag in (DAMALS, date(2023, 12, 31), date(2024, 1, 1), date(2026, 6, 29), HEUTE):
        gemeinden = Gebiet.objects.gueltig_am(tag).filter(art="gemeinde")
        ketten = load_ketten(gemeinden.values_list("pk", flat=True), tag)
        for kette in ketten.values():
            raenge = [glied.rang for glied in kette]
            assert raenge in ([60, 50, 40, 20, 10], [60, 40, 20, 10])


def test_import_of_the_register_takes_less_than_ten_seconds(nachgespielt: float) -> None:
    assert nachgespielt < 10
