"""Generated data: what the plan promises, and where it is never written."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from random import Random

import pytest
from django.core.management import CommandError
from django.db import connection
from wagtail.models import Revision

from behoerden.models import Gebiet
from leistungen.models import Leistung
from leistungen.skalierung.datenbank import DatenbankFehler, use_database
from leistungen.skalierung.plan import (
    Flaechen,
    PlanFehler,
    Regel,
    plan_muster,
    plan_regeln,
    plan_stellen,
)
from leistungen.skalierung.texte import leistungstexte, plan_titel
from tests.leistungen.test_seed_scale import BEHOERDEN, seed
from tests.welt import build

KREISE, VERWALTUNGEN = range(10, 14), range(20, 40)
FLAECHEN = Flaechen(
    bund=1,
    land=2,
    kreis=tuple(KREISE),
    verwaltung=tuple(VERWALTUNGEN),
    gemeinde=tuple(range(100, 160)),
    bezirk=(50, 51),
    namen={pk: f"Ort {pk}" for pk in range(200)},
    verwaltung_von={pk: 20 + pk % 20 for pk in range(100, 160)},
)


@pytest.mark.django_db
def test_refuses_a_database_with_other_data() -> None:
    build()
    with pytest.raises(CommandError, match=r"2 Behörden, die keine Testdaten sind.*--force"):
        seed()

    assert Leistung.objects.count() == 1


@pytest.mark.django_db
def test_force_writes_beside_other_data() -> None:
    build()
    seed("--force", leistungen=5, regeln=12)

    assert Leistung.objects.count() == 6
    assert Gebiet.objects.filter(quelle="testdaten").count() == 12


@pytest.mark.django_db
def test_revisions_hold_what_is_live() -> None:
    seed("--revisions", leistungen=5, regeln=50)

    leistung = Leistung.objects.order_by("pk")[0]
    assert Revision.objects.count() == BEHOERDEN + 5
    assert leistung.live_revision is not None
    assert leistung.live_revision.content["kurztext_de"] == leistung.kurztext_de


@pytest.mark.django_db
def test_name_of_a_database_is_checked() -> None:
    before = connection.settings_dict["NAME"]
    with pytest.raises(DatenbankFehler, match="kein Name einer Datenbank"):
        use_database('zufi"; DROP DATABASE zufi')

    assert connection.settings_dict["NAME"] == before


def planned(leistungen: int, regeln: int, saat: int = 1) -> list[Regel]:
    muster = plan_muster(FLAECHEN, leistungen, regeln, Random(saat))
    stellen = plan_stellen(FLAECHEN, 80)
    return list(plan_regeln(FLAECHEN, muster, stellen, regeln, Random(saat)))


@pytest.mark.parametrize(
    ("leistungen", "regeln"), [(1, 1), (10, 10), (50, 300), (50, 1_500), (20, 1_200), (3, 150)]
)
def test_plan_has_exactly_the_number_and_no_row_twice(leistungen: int, regeln: int) -> None:
    zeilen = planned(leistungen, regeln)

    assert len(zeilen) == regeln
    assert {zeile.leistung for zeile in zeilen} == set(range(leistungen))
    assert len(set(zeilen)) == regeln


def test_same_seed_gives_the_same_plan_another_seed_another() -> None:
    assert planned(50, 900) == planned(50, 900)
    assert planned(50, 900) != planned(50, 900, saat=2)


def test_replaced_rules_follow_each_other() -> None:
    alte = [zeile for zeile in planned(400, 5_000) if zeile.bis]
    neue = [zeile for zeile in planned(400, 5_000) if zeile.ab]

    assert alte
    paare = [(alt.leistung, alt.gebiet_id, alt.bis + timedelta(days=1)) for alt in alte if alt.bis]
    assert paare == [(neu.leistung, neu.gebiet_id, neu.ab) for neu in neue]


@pytest.mark.parametrize(("leistungen", "regeln"), [(10, 9), (2, 2 * 60 + 1)])
def test_impossible_numbers_are_refused(leistungen: int, regeln: int) -> None:
    with pytest.raises(PlanFehler, match="Zuständigkeiten"):
        plan_muster(FLAECHEN, leistungen, regeln, Random(1))


@pytest.mark.parametrize("count", [2, 10, 30, 80, 500, 1_000])
def test_authorities_are_as_many_as_asked_and_stand_below_a_head(count: int) -> None:
    stellen = plan_stellen(FLAECHEN, count)

    assert len(stellen) == count
    assert len({stelle.name for stelle in stellen}) == count
    assert all(stelle.oben is None or stellen[stelle.oben].oben is None for stelle in stellen)


def test_titles_differ_even_beyond_the_word_lists() -> None:
    titel = plan_titel(30_000, Random(1))

    assert len({einer.voll for einer in titel}) == 30_000


def test_texts_have_a_realistic_length() -> None:
    wuerfel = Random(1)
    laengen = [
        sum(map(len, leistungstexte(titel, wuerfel).values())) for titel in plan_titel(50, wuerfel)
    ]

    assert min(laengen) > 2_800
    assert max(laengen) < 7_000
    assert any(a != b for a, b in pairwise(laengen))
