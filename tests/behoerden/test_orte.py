"""From what people type to places: every case of the design, on the real areas."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from behoerden.domain.gebiet import MitgliedFakt, VersionFakt, build_kette
from behoerden.models import Gebiet, GebietMitglied, Gebietsversion
from behoerden.selectors import (
    Ortsergebnis,
    find_orte,
    gebiet_by_ars,
    gebiet_infos,
    load_ketten,
    suggest_orte,
)
from tests.behoerden.conftest import HEUTE
from tests.behoerden.factories import GebietFactory, MitgliedFactory

VOR_DER_REFORM = date(2023, 12, 31)
MAX_QUERIES = 9

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gebiete")]


def finde(eingabe: str, tag: date = HEUTE) -> Ortsergebnis:
    with CaptureQueriesContext(connection) as queries:
        ergebnis = find_orte(eingabe, tag)
    assert len(queries) <= MAX_QUERIES, eingabe
    return ergebnis


def ars(eingabe: str, tag: date = HEUTE) -> list[str]:
    return [ort.ars for ort in finde(eingabe, tag).kandidaten]


@pytest.mark.parametrize(
    ("eingabe", "erwartet"),
    [
        ("Erfurt", "160510000000"),
        (" ERFURT ", "160510000000"),
        ("Stadt Erfurt", "160510000000"),
        ("99084", "160510000000"),
        ("16051000", "160510000000"),
        ("160685012055", "160685012055"),
        ("160685012055.dorf", "160685012055"),
        ("16 0 68 5012 055", "160685012055"),
        ("Mühlhausen", "160640046046"),
        ("Muehlhausen", "160640046046"),
        ("Muhlhausen", "160640046046"),
        ("mühlhausen/thür.", "160640046046"),
        ("Gößnitz", "160775050012"),
        ("goessnitz", "160775050012"),
        ("gossnitz", "160775050012"),
        ("St. Gangloff", "160745014093"),
        ("sankt gangloff", "160745014093"),
        ("99334 Elxleben", "160705009013"),
        ("Elxleben (Landkreis Sömmerda)", "160685050009"),
        ("Elxleben, Ilm-Kreis", "160705009013"),
        ("Vatterode", "160615051024"),
        ("160745007104", "160745011104"),
        ("Uder", "160615051119"),
    ],
)
def test_one_place_is_taken(eingabe: str, erwartet: str) -> None:
    assert ars(eingabe) == [erwartet]


@pytest.mark.parametrize(
    ("eingabe", "anzahl"),
    [("Elxleben", 2), ("Eichenberg", 2), ("Lehesten", 2), ("07646", 33)],
)
def test_several_places_stay_several(eingabe: str, anzahl: int) -> None:
    gefunden = finde(eingabe).kandidaten

    assert len(gefunden) == len({ort.ars for ort in gefunden})
    assert len(gefunden) == anzahl


def test_shared_postcode_names_kreis_and_verband() -> None:
    orte = finde("07646").kandidaten

    assert {ort.kreis for ort in orte} == {"Saale-Holzland-Kreis"}
    assert len({ort.verband for ort in orte}) == 5


def test_member_of_a_group_names_the_town_that_administers_it() -> None:
    (witterda,) = finde("Witterda").kandidaten

    assert witterda.verband == "Elxleben (erfüllende Gemeinde)"
    assert witterda.zeile == "Landkreis Sömmerda · Elxleben (erfüllende Gemeinde)"


def test_dissolved_municipality_leads_to_its_successor() -> None:
    for eingabe in ("Glasehausen", "16061039", "160615009039", "37308 Glasehausen"):
        ergebnis = finde(eingabe)
        (ort,) = ergebnis.kandidaten
        assert ort.name == "Heilbad Heiligenstadt"
        assert ort.nachfolge_von == "Glasehausen"
        satz = "Glasehausen gehört seit 1. Januar 2024 zu Heilbad Heiligenstadt."
        assert ort.hinweis == ergebnis.hinweis == satz
        assert ergebnis.art == "frueher"


def test_day_without_proof_is_not_named() -> None:
    assert finde("Dobitschen").hinweis == "Dobitschen gehört heute zu Schmölln."


def test_before_the_reform_later_changes_are_invisible() -> None:
    (hallungen,) = finde("Hallungen", VOR_DER_REFORM).kandidaten

    assert (hallungen.name, hallungen.kreis, hallungen.hinweis) == (
        "Hallungen",
        "Wartburgkreis",
        "",
    )
    assert ars("Hallungen") == ["160640074074"]
    assert ars("Uder", VOR_DER_REFORM) == ["160615012097"]


def test_unknown_successor_is_said_and_nobody_is_named() -> None:
    for eingabe in ("Kleinschwabhausen", "16071042", "160715008042"):
        ergebnis = finde(eingabe)
        assert (ergebnis.kandidaten, ergebnis.art) == ((), "nachfolge_unbekannt")
        assert ergebnis.hinweis.startswith("Die Gemeinde Kleinschwabhausen gibt es nicht mehr.")


def test_ortsteil_leads_to_its_gemeinde() -> None:
    (ort,) = finde("Ellersleben").kandidaten

    assert (ort.name, ort.slug) == ("Buttstädt", "ellersleben")
    assert ort.hinweis == "Ellersleben gehört zu Buttstädt."
    assert finde("Ellersleben").art == "ortsteil"


def test_place_of_unknown_gemeinde_gives_all_of_its_postcode_in_the_kreis() -> None:
    orte = finde("Nohra").kandidaten

    assert {ort.kreis for ort in orte} == {"Landkreis Weimarer Land", "Landkreis Nordhausen"}
    assert ars("Nohra (Grammetal)") == ["160710103103"]


@pytest.mark.parametrize(
    ("eingabe", "art", "anzahl"),
    [
        ("VG Gramme-Vippach", "verband", 12),
        ("Verwaltungsgemeinschaft Gramme-Vippach", "verband", 12),
        ("160685012000", "verband", 12),
        ("Landkreis Sömmerda", "kreis", 37),
        ("160680000000", "kreis", 37),
    ],
)
def test_larger_areas_stand_for_their_gemeinden(eingabe: str, art: str, anzahl: int) -> None:
    ergebnis = finde(eingabe)

    assert (ergebnis.art, len(ergebnis.kandidaten)) == (art, anzahl)


def test_town_comes_before_the_kreis_of_its_name() -> None:
    assert ars("Sömmerda") == ["160680051051"]
    assert [ort.art for ort in finde("Thüringen").kandidaten] == ["land"]


@pytest.mark.parametrize(
    ("eingabe", "vorschlag"),
    [("Erfrut", "Erfurt"), ("Weimr", "Weimar"), ("Udestett", "Udestedt"), ("Bad Ber", "Bad Berka")],
)
def test_typing_errors_are_offered_and_never_taken(eingabe: str, vorschlag: str) -> None:
    ergebnis = finde(eingabe)

    assert (ergebnis.kandidaten, ergebnis.art) == ((), "unbekannt")
    assert ergebnis.vorschlaege[0].name == vorschlag


@pytest.mark.parametrize(
    ("eingabe", "art"),
    [
        ("10115", "ausserhalb"),
        ("09162000", "ausserhalb"),
        ("00123", "unbekannt"),
        ("16999999", "unbekannt"),
        ("xyzzy", "unbekannt"),
        ("-", "unbekannt"),
        ("", "leer"),
        ("10115 Xyzzy", "ausserhalb"),
    ],
)
def test_nothing_found_says_why(eingabe: str, art: str) -> None:
    ergebnis = finde(eingabe)

    assert (ergebnis.kandidaten, ergebnis.art) == ((), art)


def test_contradiction_of_postcode_and_name_is_asked_about() -> None:
    ergebnis = finde("99084 Udestedt")

    assert {ort.name for ort in ergebnis.kandidaten} == {"Erfurt", "Udestedt"}
    assert ergebnis.hinweis == "Postleitzahl und Ort passen nicht zusammen."
    assert ars("99084 Xyzzy") == ["160510000000"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40).filter(lambda text: "\x00" not in text))
def test_any_text_gets_an_answer(eingabe: str) -> None:
    ergebnis = finde(eingabe)

    assert ergebnis.kandidaten or ergebnis.art not in {"name", "plz", "ortsteil"}


@pytest.mark.parametrize(
    ("q", "erstes"),
    [
        ("erf", "Erfurt"),
        ("Muh", "Mühlhausen/Thüringen"),
        ("Glase", "Glasehausen (Heilbad Heiligenstadt)"),
        ("9908", "Erfurt"),
    ],
)
def test_suggestions_begin_as_typed(q: str, erstes: str) -> None:
    with CaptureQueriesContext(connection) as queries:
        orte = suggest_orte(q, HEUTE)

    assert orte[0].label == erstes
    assert len(queries) <= 6
    assert len(suggest_orte("e", HEUTE)) == 0
    assert len(suggest_orte("be", HEUTE, limit=3)) == 3


def test_suggested_label_finds_the_place_again() -> None:
    for q in ("el", "ber", "gra", "noh"):
        for ort in suggest_orte(q, HEUTE):
            assert ort.ars in ars(ort.label), ort.label


def test_key_of_any_time_gives_the_area_of_the_day(gebiet_id: Callable[[str], int]) -> None:
    suedeichsfeld = gebiet_id("160640074074")

    assert gebiet_by_ars("160640074074", HEUTE) == (suedeichsfeld, "")
    assert gebiet_by_ars("160645052074", HEUTE) == (suedeichsfeld, "")
    nachfolger, hinweis = gebiet_by_ars("160635006037", HEUTE)
    assert (nachfolger, hinweis[:9]) == (suedeichsfeld, "Hallungen")
    assert gebiet_by_ars("160715008042", HEUTE)[0] is None
    assert gebiet_by_ars("999999999999", HEUTE) == (None, "")


@pytest.mark.parametrize("tag", [HEUTE, VOR_DER_REFORM])
def test_sql_and_pure_function_build_the_same_chains(
    gebiet_id: Callable[[str], int], tag: date
) -> None:
    bezirk = GebietFactory(art="eigenes_gebiet", name="Finanzamtsbezirk")
    for wert, teilweise in (("160680000000", False), ("16068055", True), ("16051000", False)):
        MitgliedFactory(
            eigenes_gebiet=bezirk, mitglied_id=gebiet_id(wert), teilweise=teilweise, mitglied=None
        )
    versionen = [
        VersionFakt(v.gebiet_id, v.gebiet.art, v.parent_id, v.gueltig_ab, v.gueltig_bis)
        for v in Gebietsversion.objects.select_related("gebiet")
    ]
    mitglieder = [
        MitgliedFakt(m.eigenes_gebiet_id, m.mitglied_id, m.teilweise, m.gueltig_ab, m.gueltig_bis)
        for m in GebietMitglied.objects.all()
    ]
    ids = list(Gebiet.objects.values_list("pk", flat=True))

    with CaptureQueriesContext(connection) as queries:
        ketten = load_ketten(ids, tag)

    assert len(queries) == 1
    assert set(ketten) == set(ids)
    probe = [*ids[::7], gebiet_id("16068055"), bezirk.pk]
    assert {pk: ketten[pk] for pk in probe} == {
        pk: build_kette(pk, tag, versionen, mitglieder) for pk in probe
    }


def test_facts_of_many_areas_take_one_query(gebiet_id: Callable[[str], int]) -> None:
    ids = list(Gebiet.objects.values_list("pk", flat=True))

    with CaptureQueriesContext(connection) as queries:
        infos = gebiet_infos(ids, HEUTE)

    assert len(queries) == 1
    assert set(infos) == set(ids)
    erfurt = infos[gebiet_id("16051000")]
    assert (erfurt.kreis, erfurt.verband, erfurt.label) == ("kreisfreie Stadt", "", "Erfurt")
    assert erfurt.plz[0] == "99084"
    gruppe = infos[gebiet_id("160685050000")]
    assert (gruppe.name, gruppe.erfuellt_durch) == ("Elxleben", "Elxleben")


def test_dissolved_area_is_described_as_on_its_last_day(gebiet_id: Callable[[str], int]) -> None:
    uder = gebiet_infos([gebiet_id("16061097")], HEUTE)[gebiet_id("16061097")]

    assert (uder.ars, uder.verband, uder.kreis) == (
        "160615012097",
        "VG Uder",
        "Landkreis Eichsfeld",
    )
