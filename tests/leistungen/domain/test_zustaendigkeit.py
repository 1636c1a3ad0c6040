"""Who is responsible: the rules of the resolver, one by one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from behoerden.domain.gebiet import Glied
from leistungen.domain.fakten import Kandidat, Slot, Vorbehalt, Zustand
from tests.leistungen.domain.regelwelt import (
    BEZIRK,
    GEMEINDE,
    HEUTE,
    KETTEN,
    KREIS,
    LAND,
    LANDESAMT,
    LANDRATSAMT,
    NACHBAR,
    OFFLINE,
    RATHAUS,
    STADT,
    VERBAND,
    VERWALTUNG,
    kandidat,
    regel,
    resolve,
    ziele,
)


def test_own_rule_of_the_gemeinde_ends_the_walk() -> None:
    ergebnis = resolve(regel(VERBAND, VERWALTUNG), regel(GEMEINDE, RATHAUS), ort=GEMEINDE)

    assert ziele(ergebnis) == [RATHAUS]
    assert ergebnis.zustand is Zustand.EINDEUTIG


def test_rule_of_the_verband_answers_for_its_member() -> None:
    ergebnis = resolve(regel(VERBAND, VERWALTUNG), ort=GEMEINDE)

    assert ziele(ergebnis) == [VERWALTUNG]
    assert ergebnis.treffer[0].geerbt


def test_kreis_answers_when_gemeinde_has_no_rule() -> None:
    ergebnis = resolve(regel(KREIS, LANDRATSAMT), regel(NACHBAR, RATHAUS), ort=GEMEINDE)

    assert ziele(ergebnis) == [LANDRATSAMT]


def test_additional_rule_keeps_the_inherited_authority() -> None:
    ergebnis = resolve(
        regel(VERBAND, VERWALTUNG), regel(GEMEINDE, RATHAUS, ersetzt=False), ort=GEMEINDE
    )

    assert ziele(ergebnis) == [RATHAUS, VERWALTUNG]
    assert ergebnis.zustand is Zustand.WAHL
    assert Vorbehalt.MEHRERE_EINTRAEGE in ergebnis.vorbehalte


def test_allowed_choice_has_no_reservation() -> None:
    ergebnis = resolve(
        regel(KREIS, LANDRATSAMT, wahl_erlaubt=True),
        regel(KREIS, RATHAUS, wahl_erlaubt=True),
        ort=GEMEINDE,
    )

    assert ergebnis.zustand is Zustand.WAHL
    assert ergebnis.vorbehalte == ()


def test_one_rule_of_a_kreisfreie_stadt_answers_every_task() -> None:
    ergebnis = resolve(regel(STADT, RATHAUS), regel(KREIS, LANDRATSAMT), ort=STADT)

    assert ziele(ergebnis) == [RATHAUS]


def test_own_area_stands_above_the_kreis() -> None:
    ergebnis = resolve(regel(KREIS, LANDRATSAMT), regel(BEZIRK, LANDESAMT), ort=GEMEINDE)

    assert ziele(ergebnis) == [LANDESAMT]


@pytest.mark.parametrize(
    ("ab", "bis", "gilt"),
    [
        (HEUTE, HEUTE, True),
        (HEUTE + timedelta(days=1), None, False),
        (None, HEUTE - timedelta(days=1), False),
        (None, HEUTE, True),
    ],
)
def test_rule_counts_on_both_days_of_its_ends(
    ab: date | None, bis: date | None, gilt: bool
) -> None:
    ergebnis = resolve(regel(KREIS, LANDRATSAMT, ab=ab, bis=bis), ort=GEMEINDE)

    assert bool(ergebnis.treffer) is gilt


def test_place_is_asked_for_when_rules_depend_on_it() -> None:
    ergebnis = resolve(regel(KREIS, LANDRATSAMT), regel(LAND, LANDESAMT))

    assert ergebnis.zustand is Zustand.ORT_FEHLT


def test_rule_of_the_land_needs_no_place() -> None:
    for ort in (None, GEMEINDE, (GEMEINDE, STADT)):
        ergebnis = resolve(regel(LAND, LANDESAMT), ort=ort)
        assert ergebnis.zustand is Zustand.ORTSUNABHAENGIG
        assert ziele(ergebnis) == [LANDESAMT]


def test_candidates_with_the_same_answer_are_not_asked() -> None:
    ergebnis = resolve(regel(KREIS, LANDRATSAMT), ort=(GEMEINDE, NACHBAR))

    assert ergebnis.zustand is Zustand.EINDEUTIG
    assert ziele(ergebnis) == [LANDRATSAMT]


def test_candidates_with_different_answers_are_asked() -> None:
    ergebnis = resolve(regel(VERBAND, VERWALTUNG), regel(NACHBAR, RATHAUS), ort=(GEMEINDE, NACHBAR))

    assert ergebnis.zustand is Zustand.ORT_MEHRDEUTIG
    assert ergebnis.treffer == ()


def test_candidate_without_an_answer_is_different_too() -> None:
    ergebnis = resolve(regel(NACHBAR, RATHAUS), ort=(GEMEINDE, NACHBAR))

    assert ergebnis.zustand is Zustand.ORT_MEHRDEUTIG


def test_no_rule_names_nobody() -> None:
    ergebnis = resolve(regel(STADT, RATHAUS), ort=GEMEINDE)

    assert ergebnis.zustand is Zustand.KEINE_REGEL
    assert ergebnis.treffer == ()


def test_offline_target_stops_the_walk_all_the_same() -> None:
    ergebnis = resolve(regel(VERBAND, OFFLINE), regel(KREIS, LANDRATSAMT), ort=GEMEINDE)

    assert ergebnis.zustand is Zustand.KEINE_REGEL
    assert Vorbehalt.ZIEL_OFFLINE in ergebnis.vorbehalte


def test_contact_point_leads_when_nobody_is_responsible() -> None:
    ergebnis = resolve(regel(GEMEINDE, RATHAUS, rolle="03"), ort=GEMEINDE)

    assert [treffer.slot for treffer in ergebnis.fuehrend] == [Slot.ANSPRECHPUNKT]
    assert ergebnis.zustand is Zustand.EINDEUTIG


def test_each_role_walks_on_its_own() -> None:
    ergebnis = resolve(
        regel(KREIS, LANDRATSAMT), regel(GEMEINDE, RATHAUS, rolle="03"), ort=GEMEINDE
    )

    assert ziele(ergebnis) == [LANDRATSAMT, RATHAUS]
    assert [treffer.ziel_id for treffer in ergebnis.fuehrend] == [LANDRATSAMT]


def test_partly_covered_area_does_not_end_the_walk() -> None:
    kette = (Glied(GEMEINDE, 60, False), Glied(BEZIRK, 55, True), *KETTEN[GEMEINDE][3:])
    ergebnis = resolve(
        regel(BEZIRK, LANDESAMT),
        regel(KREIS, LANDRATSAMT),
        ort=GEMEINDE,
        ketten={GEMEINDE: Kandidat(GEMEINDE, kette)},
    )

    assert ziele(ergebnis) == [LANDESAMT, LANDRATSAMT]
    assert ergebnis.zustand is Zustand.VORBEHALT


def test_open_letters_that_cover_everything_end_the_walk() -> None:
    halbe = {"a": frozenset("ABC"), "d": frozenset("DEF")}
    regeln = [
        regel(VERBAND, VERWALTUNG, kriterium=7, werte=halbe["a"]),
        regel(VERBAND, RATHAUS, kriterium=7, werte=halbe["d"]),
        regel(KREIS, LANDRATSAMT),
    ]
    offen = resolve(*regeln, ort=GEMEINDE, wertebereiche={7: frozenset("ABCDEF")})
    beantwortet = resolve(*regeln, ort=GEMEINDE, antworten={7: "E"})

    assert offen.zustand is Zustand.KRITERIUM
    assert set(ziele(offen)) == {VERWALTUNG, RATHAUS}
    assert ziele(beantwortet) == [RATHAUS]
    assert beantwortet.zustand is Zustand.EINDEUTIG


def test_gap_in_the_letters_lets_the_kreis_answer_for_the_rest() -> None:
    ergebnis = resolve(
        regel(VERBAND, VERWALTUNG, kriterium=7, werte=frozenset("AB")),
        regel(KREIS, LANDRATSAMT),
        ort=GEMEINDE,
        wertebereiche={7: frozenset("ABCDEF")},
    )

    assert ergebnis.zustand is Zustand.KRITERIUM
    assert [treffer.gilt_sonst for treffer in ergebnis.treffer if treffer.rang == 40] == [True]


def test_dissolved_area_answers_like_its_successor_and_says_so() -> None:
    ergebnis = resolve(
        regel(VERBAND, VERWALTUNG),
        ort=GEMEINDE,
        ketten={GEMEINDE: kandidat(GEMEINDE, nachfolge_von="Altdorf")},
    )

    assert ziele(ergebnis) == [VERWALTUNG]
    assert ergebnis.vorbehalte == (Vorbehalt.NACHFOLGE,)


def test_known_change_is_announced() -> None:
    ende = HEUTE + timedelta(days=30)
    ergebnis = resolve(regel(KREIS, LANDRATSAMT, bis=ende), ort=GEMEINDE)

    assert ergebnis.gilt_bis == ende
    assert ergebnis.vorbehalte == (Vorbehalt.AENDERUNG_AB,)


def test_every_step_is_recorded_with_its_verdict() -> None:
    alt = regel(GEMEINDE, RATHAUS, bis=HEUTE - timedelta(days=1))
    neu = regel(VERBAND, VERWALTUNG)
    ergebnis = resolve(alt, neu, ort=GEMEINDE)
    schritte = [schritt for schritt in ergebnis.spur if schritt.slot is Slot.ZUSTAENDIG]

    assert [schritt.rang for schritt in schritte] == [60, 50]
    assert schritte[0].befunde[0].urteil == "ABGELAUFEN"
    assert schritte[1].endet
