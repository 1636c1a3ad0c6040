"""The proof of an answer in German sentences."""

from __future__ import annotations

from datetime import date

import pytest

from leistungen.domain.fakten import Ergebnis
from leistungen.domain.spur import Gebietsname, erklaere, vorbehalt_saetze
from tests.leistungen.domain.regelwelt import (
    BEZIRK,
    BUND,
    GEMEINDE,
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
    ZIELE,
    regel,
    resolve,
)

NAMEN = {
    BUND: Gebietsname("Deutschland", "bund"),
    LAND: Gebietsname("Thüringen", "land"),
    KREIS: Gebietsname("Sömmerda", "landkreis"),
    VERBAND: Gebietsname("Gramme-Vippach", "vg"),
    BEZIRK: Gebietsname("Finanzamtsbezirk Erfurt", "eigenes_gebiet"),
    GEMEINDE: Gebietsname("Udestedt", "gemeinde"),
    NACHBAR: Gebietsname("Kleinmölsen", "gemeinde"),
    STADT: Gebietsname("Jena", "kreisfreie_stadt"),
}


def worte(ergebnis: Ergebnis, ort: str = "Udestedt", **values: object) -> tuple[str, ...]:
    return erklaere(
        ergebnis,
        leistung="Hund anmelden",
        ort=ort,
        gebiete=NAMEN,
        ziele={pk: ziel.name for pk, ziel in ZIELE.items()},
        **values,  # type: ignore[arg-type]
    )


def test_verband_answers_for_its_member() -> None:
    assert worte(resolve(regel(VERBAND, VERWALTUNG), ort=GEMEINDE)) == (
        "„Hund anmelden“ ist Aufgabe der Gemeinde.",
        "Für Udestedt erledigt das die Verwaltungsgemeinschaft Gramme-Vippach.",
        "Zuständig ist: Verwaltungsgemeinschaft.",
    )


@pytest.mark.parametrize(
    ("gebiet", "ort", "satz"),
    [
        (KREIS, GEMEINDE, "„Hund anmelden“ ist Aufgabe des Landkreises. Hier ist das: "),
        (STADT, STADT, "Jena ist eine kreisfreie Stadt. "),
        (LAND, GEMEINDE, "„Hund anmelden“ erledigt eine Stelle für ganz Thüringen."),
        (BUND, GEMEINDE, "„Hund anmelden“ erledigt eine Stelle für ganz Deutschland."),
        (BEZIRK, GEMEINDE, "Für „Hund anmelden“ gilt ein eigener Bezirk. Hier ist das: "),
    ],
)
def test_each_level_has_its_sentence(gebiet: int, ort: int, satz: str) -> None:
    assert worte(resolve(regel(gebiet, LANDRATSAMT), ort=ort))[0].startswith(satz)


def test_criterion_is_named_beside_the_office() -> None:
    a = regel(VERBAND, VERWALTUNG, kriterium=7, werte=frozenset("AB"))
    b = regel(VERBAND, RATHAUS, kriterium=7, werte=frozenset("CD"))
    ergebnis = resolve(a, b, ort=GEMEINDE, wertebereiche={7: frozenset("ABCD")})
    saetze = worte(ergebnis, bedingungen={a.id: "A, B", b.id: "C, D"})

    assert "Zuständig ist bei „A, B“: Verwaltungsgemeinschaft." in saetze
    assert "Zuständig ist bei „C, D“: Rathaus." in saetze


def test_checked_rule_says_when() -> None:
    geprueft = regel(VERBAND, VERWALTUNG, verifiziert_am=date(2026, 10, 12))

    assert worte(resolve(geprueft, ort=GEMEINDE))[-1].endswith("zuletzt am 12.10.2026.")


def test_missing_rule_names_what_was_looked_at() -> None:
    saetze = worte(resolve(regel(STADT, RATHAUS), ort=GEMEINDE))

    assert saetze[0] == "Für Udestedt ist noch keine Stelle eingetragen."
    assert "Landkreis Sömmerda" in saetze[1]


def test_missing_place_is_asked_for() -> None:
    assert worte(resolve(regel(KREIS, LANDRATSAMT)))[-1] == "Geben Sie bitte Ihren Ort an."


def test_agreeing_candidates_are_said_to_agree() -> None:
    saetze = worte(resolve(regel(KREIS, LANDRATSAMT), ort=(GEMEINDE, NACHBAR)))

    assert saetze[0] == "Die Angabe passt auf 2 Orte. Für alle ist dieselbe Behörde zuständig."


def test_every_reservation_has_a_sentence() -> None:
    ergebnis = resolve(
        regel(VERBAND, OFFLINE), regel(KREIS, LANDESAMT, bis=date(2026, 12, 1)), ort=GEMEINDE
    )
    saetze = vorbehalt_saetze(ergebnis, ort="Udestedt")

    assert len(saetze) == len(ergebnis.vorbehalte) == 2
    assert "Sie gilt so bis 01.12.2026." in saetze[1]
