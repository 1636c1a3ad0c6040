"""The plan of the demo on a Land of five Gemeinden: names, offices, rules, contact data."""

from __future__ import annotations

import re
from datetime import date

import pytest

from behoerden.domain.zeitregel import parse_regel, spannen_am
from editorial_workflows.demo.aemter import ARTEN, Amt, plan_aemter
from editorial_workflows.demo.html import absaetze, liste, schritte
from editorial_workflows.demo.katalog import (
    Eintrag,
    KatalogFehler,
    check_vollstaendig,
    read_katalog,
)
from editorial_workflows.demo.kontakt import FIKTIVE_RUFNUMMERN, email, telefon
from editorial_workflows.demo.land import Bezirk, Flaeche, Land, build_land
from editorial_workflows.demo.regeln import TYPISIERUNG, UnbekannteEbene, plan_regeln, vorschriften
from editorial_workflows.demo.texte import read_texte
from editorial_workflows.demo.vorort import (
    MUSTER_DER_ART,
    ausnahmen,
    barrierefreiheit,
    oeffnungszeiten,
)
from editorial_workflows.demo.zugangsgebiete import plan_zugangsgebiete

BUND, LAND, STADT, KREIS, VG, GRUPPE = 1, 2, 3, 4, 5, 6
MITGLIED, ERFUELLEND, GAST, FREI, BEZIRK = 11, 12, 13, 14, 21


def kleines_land() -> Land:
    return build_land(
        [
            Flaeche(BUND, "bund", "", "Deutschland"),
            Flaeche(LAND, "land", "16", "Thüringen", parent_id=BUND),
            Flaeche(STADT, "kreisfreie_stadt", "160510000000", "Jena", "Jena, Stadt", LAND),
            Flaeche(KREIS, "landkreis", "160680000000", "Sömmerda", parent_id=LAND),
            Flaeche(VG, "vg", "160685012000", "Gramme-Vippach", parent_id=KREIS, sitz="Udestedt"),
            Flaeche(
                GRUPPE, "erfuellende_gemeinde", "160685050000", "Gruppe", "", KREIS, ERFUELLEND
            ),
            Flaeche(MITGLIED, "gemeinde", "160685012055", "Udestedt", "Udestedt", VG),
            Flaeche(ERFUELLEND, "gemeinde", "160685050009", "Elxleben", "Elxleben", GRUPPE),
            Flaeche(GAST, "gemeinde", "160685050061", "Witterda", "Witterda", GRUPPE),
            Flaeche(FREI, "gemeinde", "160680051051", "Sömmerda", "Sömmerda, Stadt", KREIS),
        ],
        [Bezirk(BEZIRK, "amtsgericht", "Jena")],
    )


def eintrag(slug: str, *ebenen: str) -> Eintrag:
    return Eintrag(slug, "Titel", "Umzug", ("B",), ebenen, "")


def aemter() -> dict[str, Amt]:
    return {amt.slug: amt for amt in plan_aemter(kleines_land())}


def regeln(slug: str, *ebenen: str) -> set[tuple[int, str, str]]:
    geplant = plan_regeln(eintrag(slug, *ebenen), plan_aemter(kleines_land()))
    return {(regel.gebiet_id, regel.amt, regel.rolle) for regel in geplant}


def test_group_of_an_erfuellende_gemeinde_is_served_by_that_gemeinde() -> None:
    amt = aemter()["gemeindeverwaltung-elxleben"]

    assert amt.aufgaben == {"verwaltung": GRUPPE}
    assert amt.hauptgebiet_id == GRUPPE


def test_kreisfreie_stadt_is_kreis_and_gemeinde_at_once() -> None:
    amt = aemter()["stadtverwaltung-jena"]

    assert amt.aufgaben == {"verwaltung": STADT, "kreisverwaltung": STADT}
    assert "landratsamt-jena" not in aemter()


def test_every_administration_has_its_standesamt() -> None:
    standesaemter = {amt.uebergeordnet for amt in aemter().values() if amt.art == "standesamt"}

    assert standesaemter == {
        "verwaltungsgemeinschaft-gramme-vippach",
        "gemeindeverwaltung-elxleben",
        "stadtverwaltung-jena",
        "stadtverwaltung-soemmerda",
    }


def test_same_names_get_their_kreis() -> None:
    doppelt = [
        Flaeche(31, "landkreis", "160700000000", "Ilm-Kreis", parent_id=LAND),
        Flaeche(32, "gemeinde", "160700001001", "Sömmerda", "Sömmerda, Stadt", 31),
    ]
    namen = {
        amt.name
        for amt in plan_aemter(build_land([*kleines_land().flaechen.values(), *doppelt]))
        if amt.art == "stadtverwaltung"
    }

    assert {"Stadtverwaltung Sömmerda (Sömmerda)", "Stadtverwaltung Sömmerda (Ilm-Kreis)"} <= namen


def test_rules_of_a_gemeinde_task_hang_at_verband_and_independent_gemeinden() -> None:
    assert regeln("hundesteuer-anmelden", "gemeinde_satzung") == {
        (VG, "verwaltungsgemeinschaft-gramme-vippach", "01"),
        (GRUPPE, "gemeindeverwaltung-elxleben", "01"),
        (STADT, "stadtverwaltung-jena", "01"),
        (FREI, "stadtverwaltung-soemmerda", "01"),
    }


def test_kreis_task_belongs_to_landratsamt_and_kreisfreie_stadt() -> None:
    assert regeln("kfz-zulassen", "kreis") == {
        (KREIS, "landratsamt-soemmerda", "01"),
        (STADT, "stadtverwaltung-jena", "01"),
    }


def test_second_level_is_a_contact_point() -> None:
    geplant = regeln("fuehrungszeugnis", "gemeinde", "bund")

    assert (BUND, "bundesamt-fuer-justiz", "03") in geplant
    assert {rolle for gebiet, _, rolle in geplant if gebiet != BUND} == {"01"}


def test_paternity_may_be_declared_at_two_offices() -> None:
    geplant = plan_regeln(
        eintrag("vaterschaft-anerkennen", "standesamt", "kreis"), plan_aemter(kleines_land())
    )

    assert all(regel.wahl_erlaubt for regel in geplant)
    standesamt = {regel.wirkung for regel in geplant if regel.amt.startswith("standesamt")}
    assert standesamt == {"ergaenzt"}


def test_district_court_and_register_court_have_different_areas() -> None:
    assert regeln("grundbuchauszug", "amtsgericht") == {(BEZIRK, "amtsgericht-jena", "01")}
    assert regeln("handelsregister-auszug", "amtsgericht") == {(LAND, "amtsgericht-jena", "01")}


def test_unknown_level_is_refused() -> None:
    with pytest.raises(UnbekannteEbene, match="mond"):
        vorschriften(eintrag("mondkalb-anmelden", "mond"))


def test_every_service_of_the_catalogue_has_rules_and_a_typing() -> None:
    geplant = plan_aemter(kleines_land())
    aufgaben = {aufgabe for amt in geplant for aufgabe in amt.aufgaben} | {"finanzamt"}

    for service in read_katalog():
        assert {vorschrift.aufgabe for vorschrift in vorschriften(service)} <= aufgaben
        assert service.ebenen[0] in TYPISIERUNG


def test_kinds_of_all_authorities_are_known() -> None:
    assert {amt.art for amt in aemter().values()} <= set(ARTEN)


def test_telephone_numbers_come_from_the_reserved_ranges_and_spread() -> None:
    nummern = {telefon(f"amt-{zahl}") for zahl in range(500)}
    muster = "|".join(rf"\+49 {vorwahl} {anfang}\d{{3}}" for vorwahl, anfang in FIKTIVE_RUFNUMMERN)

    assert all(re.fullmatch(muster, nummer) for nummer in nummern)
    assert len(nummern) > 450
    assert {nummer.split()[1] for nummer in nummern} == {
        vorwahl for vorwahl, _ in FIKTIVE_RUFNUMMERN
    }


def test_contact_is_the_same_in_every_run() -> None:
    assert telefon("stadtverwaltung-jena") == telefon("stadtverwaltung-jena")
    assert email("stadtverwaltung-jena") == "poststelle@stadtverwaltung-jena.example"


def test_online_areas_are_deterministic_and_always_hold_the_kreisfreie_stadt() -> None:
    land = kleines_land()
    for slug in ("kfz-zulassen", "wohnsitz-anmelden", "kindergeld"):
        ebene = {"kfz-zulassen": "kreis", "kindergeld": "bund"}.get(slug, "gemeinde")
        gebiete = plan_zugangsgebiete(eintrag(slug, ebene), land)
        assert gebiete == plan_zugangsgebiete(eintrag(slug, ebene), land)
        assert gebiete == (LAND,) or STADT in gebiete


def test_texts_become_clean_html() -> None:
    assert liste(["a & b", "c"]) == "<ul><li>a &amp; b</li><li>c</li></ul>"
    assert schritte(["<x>"]) == "<ol><li>&lt;x&gt;</li></ol>"
    assert absaetze(["eins", ""]) == "<p>eins</p>"
    assert liste([]) == schritte([]) == absaetze("") == ""


def test_catalogue_and_texts_fit_together() -> None:
    katalog, texte = read_katalog(), read_texte()

    check_vollstaendig(katalog, texte)
    assert len(katalog) == 147
    begriffe = [angaben["begriff"] for angaben in texte["hundesteuer-anmelden"].begriffe]
    assert "Hund anmelden" in begriffe
    assert all(len(text.begriffe) >= 3 for text in texte.values())


def test_missing_text_is_named() -> None:
    texte = dict(read_texte())
    del texte["kindergeld"]

    with pytest.raises(KatalogFehler, match="kindergeld"):
        check_vollstaendig(read_katalog(), texte)


def test_authorities_of_a_kreis_are_supervised_by_the_land() -> None:
    nach_slug = aemter()

    for slug in ("landratsamt-soemmerda", "stadtverwaltung-jena"):
        assert nach_slug[slug].beziehungen == (("fachaufsicht", "thueringer-landesverwaltungsamt"),)
    assert nach_slug["jobcenter-jena"].genannte == {"stadtverwaltung-jena"}
    assert nach_slug["standesamt-jena"].genannte == {"stadtverwaltung-jena"}
    assert not {name for amt in nach_slug.values() for name in amt.genannte} - nach_slug.keys()


@pytest.mark.parametrize("art", MUSTER_DER_ART)
def test_example_hours_are_readable_and_the_same_every_time(art: str) -> None:
    for muster in MUSTER_DER_ART[art]:
        for regel in filter(None, (muster.oeffnung, muster.telefon)):
            assert spannen_am(parse_regel(regel), date(2026, 11, 24))
    erste, zweite = (oeffnungszeiten("amt-a", art) for _ in range(2))
    assert [z.regel for z in erste] == [z.regel for z in zweite] != []


def test_other_offices_say_nothing_about_hours_or_access() -> None:
    assert oeffnungszeiten("finanzamt-gera", "finanzamt") == []
    assert ausnahmen("finanzamt", 2026) == []
    assert barrierefreiheit("finanzamt-gera", "finanzamt") == {}
