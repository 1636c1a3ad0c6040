"""Expected cells, reasons for exceptions, sentences and the command, on the small Land."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from leistungen.coverage import Art, Schwere, kurzbericht, prove
from leistungen.coverage.ebenen import erwartet_stelle, unpassende_arten
from leistungen.coverage.kurz import MAX_SAETZE, saetze
from leistungen.coverage.raum import load_raum
from leistungen.coverage.urteil import Feldregel, konflikte, kriteriumluecken, ueberlappungen
from leistungen.models import Kriterium, Zustaendigkeit
from tests.welt import Welt, build, leistung

pytestmark = pytest.mark.django_db
HEUTE = timezone.localdate()


@pytest.fixture
def welt(db: None) -> Welt:
    return build()


def arten(leistung_id: int) -> list[Art]:
    return [befund.art for befund in prove(HEUTE, [leistung_id]).befunde]


def test_complete_service_has_no_finding(welt: Welt) -> None:
    abdeckung = prove(HEUTE)

    assert abdeckung.befunde == ()
    assert abdeckung.gesamt.erwartet == abdeckung.gesamt.belegt == 3
    assert kurzbericht(welt.hund.pk, HEUTE) == ()


def test_gap_is_one_finding_with_names(welt: Welt) -> None:
    Zustaendigkeit.objects.all().delete()

    assert kurzbericht(welt.hund.pk, HEUTE) == (
        "In 3 Gemeinden fehlt die Stelle: ganz Thüringen (3).",
    )


def test_information_without_office_is_no_gap(welt: Welt) -> None:
    info = leistung("Wissenswertes", "wissenswertes", typisierung_codes=["7"])

    assert arten(info.pk) == []
    assert prove(HEUTE, [info.pk]).gesamt.erwartet == 0


def test_service_is_expected_only_where_it_exists(welt: Welt) -> None:
    ort = leistung("Kurtaxe", "kurtaxe")
    ort.gueltigkeitsgebiete.set([welt.verband, welt.udestedt])
    ort.save()

    (befund,) = prove(HEUTE, [ort.pk]).befunde

    assert set(befund.gebiet_ids) == {welt.udestedt.pk, welt.kleinmoelsen.pk}
    assert prove(HEUTE, [ort.pk]).gesamt.erwartet == 2


def test_draft_is_left_out_except_for_its_editor(welt: Welt) -> None:
    entwurf = leistung("Entwurf", "entwurf")
    entwurf.unpublish()

    assert prove(HEUTE, [entwurf.pk]).befunde == ()
    assert len(kurzbericht(entwurf.pk, HEUTE)) == 1


def test_follow_up_on_a_wider_level_is_enough(welt: Welt) -> None:
    Zustaendigkeit.objects.filter(gebiet=welt.verband).update(
        gueltig_bis=HEUTE + timedelta(days=10)
    )
    assert arten(welt.hund.pk) == [Art.ABLAUF]

    Zustaendigkeit.objects.create(
        leistung=welt.hund,
        gebiet=welt.kreis,
        behoerde=welt.stadtverwaltung,
        gueltig_ab=HEUTE + timedelta(days=11),
    )

    assert arten(welt.hund.pk) == []


def test_confirmed_rule_with_a_source_may_contradict_the_typing(welt: Welt) -> None:
    welt.hund.typisierung_codes = ["5"]
    welt.hund.save()
    welt.hund.save_revision().publish()
    Zustaendigkeit.objects.all().delete()
    regel = Zustaendigkeit.objects.create(
        leistung=welt.hund, gebiet=welt.land, behoerde=welt.stadtverwaltung
    )
    assert arten(welt.hund.pk) == [Art.EBENE_PASST_NICHT]

    regel.verifiziert_am, regel.verifiziert_durch = HEUTE, "Stadtverwaltung Erfurt"
    regel.pruefquelle = "Zweckvereinbarung vom 1.3.2025"
    regel.save()

    assert arten(welt.hund.pk) == []
    assert prove(HEUTE, [welt.hund.pk]).gesamt.geprueft == 3


def test_criterion_that_a_wider_rule_completes_is_only_a_hint(welt: Welt) -> None:
    kriterium = Kriterium.objects.create(
        slug="art", frage_de="Wofür?", art="auswahl", optionen=["Firma", "privat"]
    )
    Zustaendigkeit.objects.create(
        leistung=welt.hund,
        gebiet=welt.udestedt,
        behoerde=welt.stadtverwaltung,
        kriterium=kriterium,
        werte=["Firma"],
    )

    (befund,) = prove(HEUTE, [welt.hund.pk]).befunde

    assert (befund.art, befund.schwere) == (Art.KRITERIUM_LUECKE, Schwere.HINWEIS)
    assert "fehlt eine Regel für privat. Dann gilt eine allgemeinere Regel." in befund.text


def test_codes_of_the_typing() -> None:
    assert erwartet_stelle([])
    assert erwartet_stelle(["2a", "7"])
    assert not erwartet_stelle(["6", "8"])
    assert unpassende_arten(["4", "5"]) == {"bund"}
    assert unpassende_arten(["9"]) == frozenset()


def test_areas_are_named_widest_first(welt: Welt) -> None:
    raum = load_raum(HEUTE)

    assert raum.namen([welt.udestedt.pk, welt.kleinmoelsen.pk]) == [("Landkreis Sömmerda", 2)]
    assert raum.namen([welt.udestedt.pk, welt.erfurt.pk]) == [("Erfurt", 1), ("Udestedt", 1)]
    assert raum.kreis_von[welt.erfurt.pk] == welt.erfurt.pk


def test_long_reports_end_with_a_number(welt: Welt) -> None:
    Zustaendigkeit.objects.all().delete()
    befunde = prove(HEUTE).befunde * (MAX_SAETZE + 1)

    assert len(saetze(befunde)) == MAX_SAETZE
    assert saetze(befunde)[-1] == "Dazu kommen 2 weitere Befunde."


def regel(pk: int, ziel: int | None, **felder: Any) -> Feldregel:
    werte: dict[str, Any] = {"rang": 60, "ersetzt": True, "wahl_erlaubt": False, **felder}
    return Feldregel(id=pk, ziel_id=ziel, **werte)


def test_conflicts_need_one_rank_one_person_and_no_choice() -> None:
    assert konflikte([regel(1, 1), regel(2, 2), regel(3, 3)]) == ((1, 2, 3),)
    assert konflikte([regel(1, 1), regel(2, 2, rang=50)]) == ()
    assert konflikte([regel(1, 1), regel(2, 2, ersetzt=False)]) == ()
    assert konflikte([regel(1, 1), regel(2, None)]) == ()
    wahl = [regel(1, 1, wahl_erlaubt=True), regel(2, 2, wahl_erlaubt=True)]
    assert konflikte(wahl) == ()
    a, b = frozenset("AB"), frozenset("C")
    getrennt = [regel(1, 1, kriterium=7, bedingung=a), regel(2, 2, kriterium=7, bedingung=b)]
    assert konflikte(getrennt) == ()
    assert konflikte([*getrennt, regel(3, 3)]) == ((1, 2, 3),)


def test_same_target_twice_for_one_person_overlaps() -> None:
    assert ueberlappungen([regel(1, 1), regel(2, 1, rang=40)]) == ((1, 2),)
    a, b = frozenset("A"), frozenset("B")
    assert (
        ueberlappungen(
            [regel(1, 1, kriterium=7, bedingung=a), regel(2, 1, kriterium=7, bedingung=b)]
        )
        == ()
    )


def test_open_range_has_no_gap() -> None:
    offen = [regel(1, 1, kriterium=7, bedingung=frozenset({"nach Absprache"}))]

    assert kriteriumluecken(offen, {}) == ()
    (luecke,) = kriteriumluecken(
        [regel(1, 1, kriterium=7, bedingung=frozenset("AB"))], {7: frozenset("ABC")}
    )
    assert (luecke.fehlend, luecke.aufgefangen) == (("C",), False)


def check(*arguments: str) -> tuple[int, str]:
    output = StringIO()
    try:
        call_command("check_zustaendigkeiten", *arguments, stdout=output)
    except SystemExit as end:
        return int(end.code or 0), output.getvalue()
    return 0, output.getvalue()


def test_command_exits_with_1_on_errors_and_names_them(welt: Welt) -> None:
    assert check() == (
        0,
        f"1 Leistungen × 3 Gemeinden am {HEUTE:%d.%m.%Y}: 3 Fälle, 3 mit Stelle, "
        "0 fachlich geprüft.\nKeine Befunde.\n",
    )
    Zustaendigkeit.objects.filter(gebiet=welt.erfurt).delete()

    code, text = check("--leistung", "hundesteuer-anmelden", "--json")
    answer = json.loads(text)

    assert code == 1
    assert (answer["zellen"], answer["belegt"]) == (3, 2)
    assert answer["summe"] == {"LUECKE": 1}
    assert answer["befunde"] == [
        {
            "art": "LUECKE",
            "schwere": "fehler",
            "leistung": "hundesteuer-anmelden",
            "slot": "zustaendig",
            "gemeinden": 1,
            "beispiele": ["Erfurt"],
            "regeln": [],
            "text": "In einer Gemeinde fehlt die Stelle: Erfurt.",
        }
    ]


def test_command_asks_for_the_day(welt: Welt) -> None:
    Zustaendigkeit.objects.update(gueltig_ab=HEUTE)

    code, text = check("--stichtag", (HEUTE - timedelta(days=1)).isoformat())

    assert code == 1
    assert "LUECKE 1" in text


def test_command_names_an_unknown_service(db: None) -> None:
    with pytest.raises(CommandError, match="Es gibt keine Leistung „nix“"):
        check("--leistung", "nix")
