"""Applying, taking back and rehearsing a reform against the real register."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from behoerden.domain.reform import ReformUngueltig
from behoerden.models import (
    Gebiet,
    GebietMitglied,
    Gebietsnachfolge,
    Gebietsreform,
    Gebietsschluessel,
    Gebietsversion,
    Ortsname,
    PlzGemeinde,
)
from behoerden.nachfolge import living_or_successors
from behoerden.orte import find_orte, gebiet_by_ars
from behoerden.reform import ReformGesperrt, apply_reform, revert_reform
from behoerden.reform_dateien import read_reform_csv, write_reform_csv
from behoerden.reform_vorschau import rehearse_reform
from behoerden.selectors import gebiet_infos, load_ketten
from tests.behoerden.conftest import HEUTE, import_gebiete
from tests.behoerden.factories import GebietFactory

TAG, VORTAG = date(2027, 1, 1), date(2026, 12, 31)
UDESTEDT, KLEINMOELSEN, VG = "16068055", "16068032", "160685012000"
NEU = "160680099099"
TABELLEN = (
    Gebiet,
    Gebietsversion,
    Gebietsschluessel,
    Gebietsnachfolge,
    GebietMitglied,
    Ortsname,
    PlzGemeinde,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gebiete")]
Ansage = list[tuple[str, frozenset[int]]]


def reform(*zeilen: dict[str, str], tag: date = TAG) -> Gebietsreform:
    return Gebietsreform.objects.create(titel="Probe", wirksam_am=tag, operationen=list(zeilen))


def neubildung(*gebiete: str, **mehr: str) -> list[dict[str, str]]:
    return [
        {"art": "neubildung", "gebiet": gebiet, "neuer_name": "Gramme-Aue", "ars": NEU, **mehr}
        for gebiet in gebiete
    ]


def dump() -> list[list[Any]]:
    """Every row of every table, with its primary key."""
    return [list(model._default_manager.order_by("pk").values_list()) for model in TABELLEN]


def test_merger_answers_from_the_day_on(angesagt: Ansage, gebiet_id: Callable[[str], int]) -> None:
    udestedt, klein = gebiet_id(UDESTEDT), gebiet_id(KLEINMOELSEN)

    anwendung = apply_reform(reform(*neubildung(UDESTEDT, KLEINMOELSEN)), user=None)

    (neu,) = anwendung.beginnende
    assert gebiet_by_ars("160685012055", VORTAG) == (udestedt, "")
    assert gebiet_by_ars("160685012055", TAG)[0] == neu
    assert gebiet_infos([neu], TAG)[neu].kreis == "Landkreis Sömmerda"
    assert load_ketten([udestedt], TAG)[udestedt] == load_ketten([neu], VORTAG)[neu] == ()
    assert angesagt == [("gebiet", frozenset({udestedt, klein, neu}))]


def test_names_lead_to_the_successor_from_the_day_on(gebiet_id: Callable[[str], int]) -> None:
    apply_reform(reform(*neubildung(UDESTEDT, KLEINMOELSEN)), user=None)

    assert [ort.gebiet_id for ort in find_orte("Udestedt", VORTAG).kandidaten] == [
        gebiet_id(UDESTEDT)
    ]
    (ort,) = find_orte("Udestedt", TAG).kandidaten
    assert (ort.name, ort.nachfolge_von) == ("Gramme-Aue", "Udestedt")
    assert find_orte("Gramme-Aue", VORTAG).kandidaten == ()
    assert "99198" in ort.plz


def test_postcode_of_an_ended_gemeinde_leads_to_the_receiving_one(
    gebiet_id: Callable[[str], int],
) -> None:
    """A pair has no period, so it leads on only from the day on."""
    witterda, soemmerda = gebiet_id("16068061"), gebiet_id("16068051")
    zeile = {"art": "eingliederung", "gebiet": "16068061", "ziel": "16068051"}
    apply_reform(reform(zeile), user=None)
    gebiete = list(Gebiet.objects.filter(pk=witterda))

    assert living_or_successors(gebiete, VORTAG) == [witterda]
    assert living_or_successors(gebiete, TAG) == [soemmerda]
    assert soemmerda not in [ort.gebiet_id for ort in find_orte("99189", VORTAG).kandidaten]
    assert soemmerda in [ort.gebiet_id for ort in find_orte("99189", TAG).kandidaten]


def test_taking_back_restores_every_row(gebiet_id: Callable[[str], int]) -> None:
    bezirk = GebietFactory(art="eigenes_gebiet", name="Standesamtsbezirk")
    for ars in (UDESTEDT, KLEINMOELSEN):
        GebietMitglied.objects.create(eigenes_gebiet=bezirk, mitglied_id=gebiet_id(ars))
    vorher = dump()
    plan = reform(
        *neubildung(UDESTEDT, KLEINMOELSEN),
        {"art": "umbenennung", "gebiet": VG, "neuer_name": "Gramme"},
        {"art": "umgliederung", "gebiet": "16068001", "ziel": "16068", "ars": "160680001001"},
    )

    anwendung = apply_reform(plan, user=None)
    assert GebietMitglied.objects.filter(mitglied_id__in=anwendung.beginnende).count() == 1
    assert dump() != vorher
    revert_reform(plan, user=None, heute=HEUTE)

    assert dump() == vorher
    plan.refresh_from_db()
    assert (plan.status, plan.protokoll) == (Gebietsreform.Status.ZURUECKGENOMMEN, [])


def test_it_can_be_applied_again_after_it_was_taken_back() -> None:
    plan = reform(*neubildung(UDESTEDT))
    apply_reform(plan, user=None)
    revert_reform(plan, user=None, heute=HEUTE)

    assert len(apply_reform(plan, user=None).beginnende) == 1


def test_from_its_day_on_it_stays() -> None:
    plan = reform(*neubildung(UDESTEDT))
    apply_reform(plan, user=None)

    with pytest.raises(ReformGesperrt, match=r"gilt seit dem 01\.01\.2027"):
        revert_reform(plan, user=None, heute=TAG)
    with pytest.raises(ReformGesperrt, match="schon eingetragen"):
        apply_reform(plan, user=None)


def test_what_another_reform_builds_on_stays() -> None:
    erste = reform(*neubildung(UDESTEDT))
    apply_reform(erste, user=None)
    zeile = {"art": "umbenennung", "gebiet": NEU, "neuer_name": "Anders"}
    apply_reform(reform(zeile, tag=date(2028, 1, 1)), user=None)
    vorher = dump()

    with pytest.raises(ReformGesperrt, match="noch einmal geändert"):
        revert_reform(erste, user=None, heute=HEUTE)
    assert dump() == vorher


def test_area_with_a_later_change_is_refused() -> None:
    apply_reform(reform(*neubildung(UDESTEDT)), user=None)
    zeile = {"art": "umbenennung", "gebiet": UDESTEDT, "neuer_name": "Anders"}

    with pytest.raises(ReformUngueltig, match="schon eine Änderung eingetragen"):
        apply_reform(reform(zeile, tag=date(2026, 12, 1)), user=None)


def test_rehearsal_tells_and_writes_nothing() -> None:
    plan = reform(
        *neubildung(UDESTEDT, KLEINMOELSEN),
        {"art": "umbenennung", "gebiet": VG, "neuer_name": "Gramme"},
    )
    vorher = dump()

    vorschau = rehearse_reform(plan)

    assert [zeile.titel for zeile in vorschau.endet] == [
        "Kleinmölsen (Landkreis Sömmerda)",
        "Udestedt (Landkreis Sömmerda)",
    ]
    assert vorschau.beginnt[0].angaben[1] == "entsteht aus: Kleinmölsen, Udestedt"
    assert vorschau.aendert_sich[0].angaben[0] == "Name: Gramme-Vippach → Gramme"
    assert dump() == vorher
    plan.refresh_from_db()
    assert plan.status == Gebietsreform.Status.ENTWURF


def test_own_area_that_only_one_predecessor_had_is_asked_about(
    gebiet_id: Callable[[str], int],
) -> None:
    bezirk = GebietFactory(art="eigenes_gebiet", name="Schulbezirk Nord")
    GebietMitglied.objects.create(eigenes_gebiet=bezirk, mitglied_id=gebiet_id(UDESTEDT))

    vorschau = rehearse_reform(reform(*neubildung(UDESTEDT, KLEINMOELSEN)))

    assert "Schulbezirk Nord: Ein aufgelöstes Gebiet gehörte dazu" in vorschau.hinweise[0]
    assert vorschau.bezirke == ("Udestedt (Landkreis Sömmerda) scheidet aus: Schulbezirk Nord",)


def test_next_import_of_the_register_leaves_a_planned_reform_alone() -> None:
    apply_reform(reform(*neubildung(UDESTEDT, KLEINMOELSEN)), user=None)
    vorher = dump()

    bericht = import_gebiete()

    assert "Es gab nichts zu ändern." in bericht
    assert dump() == vorher


def test_file_is_read_back_as_it_was_written() -> None:
    zeilen = neubildung(UDESTEDT, KLEINMOELSEN, beleg="Thüringer Gesetz; § 1, „Neugliederung“")

    assert read_reform_csv(write_reform_csv(zeilen).encode()) == zeilen


@pytest.mark.parametrize(
    ("inhalt", "meldung"),
    [
        (b"art;gebiet\numbenennung;1;2\n", "Zeile 1: Die Zahl der Spalten stimmt nicht"),
        (b"gebiet;ziel\n1;2\n", "Die Spalte „art“ fehlt"),
        (b"art;ort\n1;2\n", "Die Spalte „ort“ gibt es nicht"),
        ("art;gebiet\numbenennung;Gößnitz\n".encode("latin-1"), "nicht in UTF-8"),
        (b'art;gebiet\n"umbenennung;1\n', "unlesbar"),
    ],
)
def test_broken_file_is_refused(inhalt: bytes, meldung: str) -> None:
    with pytest.raises(ReformUngueltig, match=meldung):
        read_reform_csv(inhalt)
