"""What a reform does to rules, bindings and answers, and that it can be taken back exactly."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry

from behoerden.models import Gebiet, Gebietsreform, Gebietsversion
from behoerden.reform import ReformGesperrt
from editorial_workflows.reform import dienste
from editorial_workflows.reform.vorschlaege import BEENDEN, BELASSEN, UEBERNEHMEN
from leistungen.auskunft import Platz, auskuenfte, load_umfeld
from leistungen.models import Formular, Formularbindung, Onlinedienstbindung, Zustaendigkeit
from tests.welt import Welt, behoerde, build, leistung, publish

TAG, VORTAG, HEUTE = date(2027, 1, 1), date(2026, 12, 31), date(2026, 11, 24)
NEU = "160680099099"
VERSCHMELZUNG = [
    {"art": "neubildung", "gebiet": "160685012055", "neuer_name": "Gramme-Aue", "ars": NEU},
    {"art": "neubildung", "gebiet": "160685012030", "neuer_name": "Gramme-Aue", "ars": NEU},
    {"art": "aufloesung_verband", "gebiet": "160685012000", "ziel": NEU},
]
TABELLEN: tuple[Any, ...] = (Zustaendigkeit, Onlinedienstbindung, Formularbindung, Gebiet)

pytestmark = pytest.mark.django_db


@pytest.fixture
def land(db: None) -> Iterator[Welt]:
    return build()


def reform(zeilen: list[dict[str, str]] | None = None) -> Gebietsreform:
    return Gebietsreform.objects.create(
        titel="Gramme-Aue", wirksam_am=TAG, operationen=zeilen or VERSCHMELZUNG
    )


def dump() -> list[list[Any]]:
    return [list(model.objects.order_by("pk").values_list()) for model in TABELLEN]


def stellen(welt: Welt, gebiet_id: int, tag: date) -> list[str]:
    umfeld = load_umfeld(Platz((gebiet_id,)), tag)
    auskunft = auskuenfte({welt.hund.pk: "Hund"}, umfeld)[welt.hund.pk]
    return [stelle.name for stelle in auskunft.fuehrende_stellen]


def neue_gemeinde() -> int:
    return Gebietsversion.objects.get(name="Gramme-Aue").gebiet_id


def test_rule_is_proposed_for_the_successor(land: Welt) -> None:
    folgen = dienste.rehearse(reform())

    ((vorschlag, wahl),) = folgen.entschieden
    assert (vorschlag.gebiet, vorschlag.nachfolger, wahl) == (
        "VG Gramme-Vippach",
        "Gramme-Aue (Landkreis Sömmerda)",
        UEBERNEHMEN,
    )
    assert (folgen.verwaist, folgen.doppelt, folgen.wechselt) == ((), (), ())
    assert [zeile.name for zeile in folgen.gebiete.behoerden] == [
        "Verwaltungsgemeinschaft Gramme-Vippach"
    ]


def test_applied_reform_answers_before_and_after_its_day(land: Welt) -> None:
    dienste.apply(reform(), user=None)

    vg = ["Verwaltungsgemeinschaft Gramme-Vippach"]
    assert stellen(land, land.udestedt.pk, VORTAG) == vg
    assert stellen(land, neue_gemeinde(), TAG) == vg
    alt, neu = Zustaendigkeit.objects.exclude(gebiet=land.erfurt).order_by("pk")
    assert (alt.gueltig_bis, neu.gueltig_ab) == (VORTAG, TAG)
    assert (alt.regel_uuid == neu.regel_uuid, neu.verifiziert_am) == (False, None)


def test_ended_rule_orphans_its_places(land: Welt) -> None:
    regel = Zustaendigkeit.objects.get(gebiet=land.verband)
    for wahl in (BEENDEN, BELASSEN):
        folgen = dienste.rehearse(reform(), {f"z{regel.pk}": wahl})

        assert [(z.ort, z.vorher, z.nachher) for z in folgen.verwaist] == [
            (f"{name} (Landkreis Sömmerda)", ("Verwaltungsgemeinschaft Gramme-Vippach",), ())
            for name in ("Kleinmölsen", "Udestedt")
        ]


def test_rules_of_two_predecessors_are_doubled_and_not_chosen(land: Welt) -> None:
    for gebiet, name in ((land.udestedt, "Amt Udestedt"), (land.kleinmoelsen, "Amt Kleinmölsen")):
        stelle = behoerde(name, name.lower().replace(" ", "-").replace("ö", "oe"), land_art(land))
        Zustaendigkeit.objects.create(leistung=land.hund, gebiet=gebiet, behoerde=stelle)

    folgen = dienste.rehearse(reform())

    assert {zelle.ort for zelle in folgen.doppelt} == {
        "Kleinmölsen (Landkreis Sömmerda)",
        "Udestedt (Landkreis Sömmerda)",
    }
    assert set(folgen.doppelt[0].nachher) >= {"Amt Udestedt", "Amt Kleinmölsen"}


def land_art(welt: Welt) -> Any:
    return welt.stadtverwaltung.art


def test_successor_with_a_rule_keeps_it(land: Welt) -> None:
    Zustaendigkeit.objects.create(
        leistung=land.hund, gebiet=land.udestedt, behoerde=land.verwaltungsgemeinschaft
    )
    zeilen = [{"art": "eingliederung", "gebiet": "160685012055", "ziel": "160510000000"}]

    folgen = dienste.rehearse(reform(zeilen))

    ((vorschlag, wahl),) = folgen.entschieden
    assert (wahl, vorschlag.grund) == (BEENDEN, "der Nachfolger hat schon eine Regel")
    (zelle,) = folgen.wechselt
    assert zelle.nachher == ("Stadtverwaltung Erfurt",)


def test_bindings_follow_and_texts_that_name_the_place_are_listed(land: Welt) -> None:
    formular = Formular(bezeichnung_de="Antrag", url="https://formular.example/")
    formular.save()
    Formularbindung.objects.create(
        leistung=land.hund, gebiet=land.verband, formular=publish(formular)
    )
    Onlinedienstbindung.objects.update(gebiet=land.verband)
    leistung("Markt in Udestedt anmelden", "markt")

    folgen = dienste.rehearse(reform())

    assert {vorschlag.art for vorschlag, _ in folgen.entschieden} == {
        "Zuständigkeit",
        "Onlinedienst",
        "Formular",
    }
    assert [stelle.titel for stelle in folgen.texte] == ["Markt in Udestedt anmelden"]


def test_taking_back_restores_every_row(land: Welt, angesagt: list[Any]) -> None:
    Onlinedienstbindung.objects.update(gebiet=land.verband)
    Zustaendigkeit.objects.create(
        leistung=land.hund,
        gebiet=land.udestedt,
        behoerde=land.stadtverwaltung,
        gueltig_ab=date(2028, 1, 1),
    )
    vorher = dump()
    plan = reform()

    dienste.apply(plan, user=None)
    assert dump() != vorher
    assert ("leistung", frozenset({land.hund.pk})) in angesagt
    dienste.revert(plan, user=None, heute=HEUTE)

    assert dump() == vorher
    assert list(ModelLogEntry.objects.order_by("pk").values_list("action", flat=True))[-2:] == [
        "behoerden.gebietsreform.apply",
        "behoerden.gebietsreform.revert",
    ]


def test_changed_rule_stands_in_the_way(land: Welt) -> None:
    plan = reform()
    dienste.apply(plan, user=None)
    Zustaendigkeit.objects.filter(gueltig_ab=TAG).update(hinweis="seither geprüft")
    vorher = dump()

    with pytest.raises(ReformGesperrt, match="seither geändert"):
        dienste.revert(plan, user=None, heute=HEUTE)
    assert dump() == vorher


def test_new_rule_on_a_new_area_stands_in_the_way(land: Welt) -> None:
    plan = reform()
    dienste.apply(plan, user=None)
    Zustaendigkeit.objects.create(
        leistung=land.hund,
        gebiet_id=neue_gemeinde(),
        behoerde=land.stadtverwaltung,
        gueltig_ab=TAG,
    )
    vorher = dump()

    with pytest.raises(ReformGesperrt, match=r"hängt schon etwas \(Zuständigkeit\)"):
        dienste.revert(plan, user=None, heute=HEUTE)
    assert dump() == vorher


def test_rehearsal_writes_nothing(land: Welt) -> None:
    plan = reform()
    vorher = dump()

    dienste.rehearse(plan)

    plan.refresh_from_db()
    assert (dump(), plan.status, plan.protokoll) == (vorher, "entwurf", [])


def test_number_of_queries_does_not_depend_on_the_number_of_rules(land: Welt) -> None:
    plan = reform()
    dienste.rehearse(plan)  # warms the content types
    with CaptureQueriesContext(connection) as wenige:
        dienste.rehearse(plan)
    for nummer in range(12):
        Zustaendigkeit.objects.create(
            leistung=leistung(f"Leistung {nummer}", f"leistung-{nummer}"),
            gebiet=land.verband,
            behoerde=land.verwaltungsgemeinschaft,
        )
    with CaptureQueriesContext(connection) as viele:
        folgen = dienste.rehearse(plan)

    assert len(folgen.entschieden) == 13
    assert len(viele) <= len(wenige) + 2  # announcing in batches


def rehearse(datei: Path, *weitere: str) -> str:
    ausgabe = StringIO()
    call_command("rehearse_reform", str(datei), "--stichtag", str(TAG), *weitere, stdout=ausgabe)
    return ausgabe.getvalue()


@pytest.fixture
def datei(tmp_path: Path) -> Path:
    pfad = tmp_path / "gramme-aue.csv"
    zeilen = [f"{z['art']};{z['gebiet']};;{z['neuer_name']};{NEU}" for z in VERSCHMELZUNG[:2]]
    zeilen.append(f"aufloesung_verband;160685012000;{NEU};;")
    pfad.write_text("\n".join(["art;gebiet;ziel;neuer_name;ars", *zeilen]), encoding="utf-8")
    return pfad


def test_command_rehearses_and_applies(land: Welt, datei: Path) -> None:
    text = rehearse(datei)
    daten = json.loads(rehearse(datei, "--json"))

    assert "Es wurde nichts geschrieben." in text
    assert not Gebietsreform.objects.exists()
    assert daten["zahlen"]["Gebiete enden"] == 3
    assert daten["regeln"][0]["entscheidung"] == UEBERNEHMEN
    assert "Eingetragen für den 01.01.2027." in rehearse(datei, "--apply")
    assert stellen(land, neue_gemeinde(), TAG) == ["Verwaltungsgemeinschaft Gramme-Vippach"]


def test_command_names_what_is_wrong(land: Welt, datei: Path) -> None:
    datei.write_text("art;gebiet;ziel\neingliederung;1;2\n", encoding="utf-8")

    with pytest.raises(CommandError, match=r"Zeile 1: Ein Gebiet mit dem Schlüssel 1 gibt es"):
        rehearse(datei)
    with pytest.raises(CommandError, match="nicht lesbar"):
        rehearse(datei.with_name("fehlt.csv"))
