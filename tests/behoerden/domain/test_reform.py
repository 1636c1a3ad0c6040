"""Rows of a reform: what is refused, with which row and reason; what only is a remark."""

from __future__ import annotations

import pytest

from behoerden.domain.reform import ReformUngueltig, parse_zeilen
from behoerden.domain.reform_plan import Reformplan, plan_reform
from tests.behoerden.domain.reformwelt import ARS, GRUPPE, KREIS_2, TAG, VG_1, VG_2, welt

A, B, C = ARS[101], ARS[102], ARS[103]
Zeile = dict[str, str]


def zeile(art: str, **werte: str) -> Zeile:
    return {"art": art, **werte}


def plan(*zeilen: Zeile) -> Reformplan:
    return plan_reform(parse_zeilen(zeilen), welt(), TAG)


NEU = zeile("neubildung", neuer_name="Neu", ars="160615001999")


@pytest.mark.parametrize(
    ("zeilen", "nummer", "meldung"),
    [
        ([], 0, "noch keine Änderung"),
        ([zeile("fusion")], 1, "„art“ ist „fusion“"),
        ([{}, zeile("umbenennung", gebiet=A)], 2, "„neuer_name“ ist leer"),
        ([zeile("umbenennung", gebiet=A, neuer_name="X", ars=B)], 1, "„ars“ gehört nicht zu"),
        ([zeile("schluesselwechsel", gebiet=A, ars="16")], 1, "braucht 12 Ziffern"),
        ([NEU | {"gebiet": A}, NEU | {"gebiet": B, "neuer_name": "Y"}], 2, "etwas anderes"),
        (
            [zeile("gruendung_verband", neuer_name="X", ars=A, verbandsart="vg", erfuellt_durch=A)],
            1,
            "Genau die Gruppe",
        ),
        ([zeile("umbenennung", gebiet="16069999", neuer_name="X")], 1, "gibt es am 31.12.2026"),
        ([zeile("eingliederung", gebiet=A, ziel=ARS[VG_2])], 1, "keine Gemeinde"),
        ([zeile("aufloesung_verband", gebiet=A)], 1, "kein Verband"),
        ([zeile("umgliederung", gebiet=A, ziel=B)], 1, "weder Verband noch Landkreis"),
        ([zeile("umgliederung", gebiet=ARS[VG_1], ziel=ARS[VG_2])], 1, "gehört zu einem Landkreis"),
        ([zeile("aufloesung_verband", gebiet=ARS[VG_1])], 1, "gehört noch zu VG Ort 10"),
        ([zeile("eingliederung", gebiet=ARS[106], ziel=A)], 1, "gehört danach nicht mehr dazu"),
        ([zeile("umgliederung", gebiet=ARS[106], ziel=ARS[KREIS_2])], 1, "verwaltet Ort 12"),
        (
            [zeile("eingliederung", gebiet=ARS[p], ziel=A) for p in (104, 105)],
            0,
            "gehört danach keine Gemeinde",
        ),
        ([zeile("schluesselwechsel", gebiet=A, ars=B)], 1, "gehört dann schon einem anderen"),
        (
            [
                zeile("schluesselwechsel", gebiet=A, ars="160615001777"),
                zeile("schluesselwechsel", gebiet=B, ars="160615001777"),
            ],
            2,
            "bekämen zwei Gebiete",
        ),
        (
            [
                zeile("umbenennung", gebiet=A, neuer_name="X"),
                zeile("umbenennung", gebiet=A, neuer_name="Y"),
            ],
            2,
            "zwei Angaben",
        ),
        (
            [
                zeile("eingliederung", gebiet=A, ziel=B),
                zeile("eingliederung", gebiet=A, ziel=C),
            ],
            2,
            "zweimal aufgelöst",
        ),
        (
            [
                zeile("eingliederung", gebiet=A, ziel=B),
                zeile("eingliederung", gebiet=B, ziel=C),
            ],
            1,
            "endet selbst",
        ),
    ],
)
def test_impossible_reform_is_refused_with_row(
    zeilen: list[Zeile], nummer: int, meldung: str
) -> None:
    with pytest.raises(ReformUngueltig) as fehler:
        plan(*zeilen)

    gefunden = [f for f in fehler.value.fehler if meldung in f.text]
    assert [f.zeile for f in gefunden][:1] == [nummer], [str(f) for f in fehler.value.fehler]


def test_every_reason_is_named_at_once() -> None:
    with pytest.raises(ReformUngueltig) as fehler:
        plan(
            zeile("umbenennung", gebiet="16069999", neuer_name="X"),
            zeile("eingliederung", gebiet=A, ziel=ARS[VG_2]),
        )

    assert [f.zeile for f in fehler.value.fehler] == [1, 2]


def test_two_areas_may_swap_their_keys() -> None:
    aenderung = plan(
        zeile("schluesselwechsel", gebiet=A, ars=B), zeile("schluesselwechsel", gebiet=B, ars=A)
    ).aenderung

    assert {(s.gebiet, s.wert) for s in aenderung.neu.schluessel if s.ab == TAG} == {
        (101, B),
        (102, A),
        (101, "16061102"),
        (102, "16061101"),
    }


def test_unknown_successor_stays_open_and_is_told() -> None:
    ergebnis = plan(zeile("eingliederung", gebiet=A, sicherheit="mittel", tag_belegt="nein"))

    (nachfolge,) = ergebnis.aenderung.neu.nachfolgen
    assert (nachfolge.nachfolger, nachfolge.sicherheit, nachfolge.datum_belegt) == (
        None,
        "offen",
        False,
    )
    assert "bleibt offen" in ergebnis.hinweise[0]


def test_move_without_a_new_key_is_a_remark() -> None:
    (hinweis,) = plan(zeile("umgliederung", gebiet=ARS[108], ziel=ARS[VG_2])).hinweise

    assert "passt nicht zu VG Ort 11" in hinweis


def test_new_group_with_a_new_town_in_one_reform() -> None:
    gruppe = "160615077000"
    aenderung = plan(
        NEU | {"gebiet": A, "ars": "160615077900"},
        zeile(
            "gruendung_verband",
            neuer_name="Neu",
            ars=gruppe,
            verbandsart="erfuellende_gemeinde",
            erfuellt_durch="160615077900",
        ),
        zeile("umgliederung", gebiet=B, ziel=gruppe, ars="160615077102"),
    ).aenderung

    fassungen = {f.gebiet: f for f in aenderung.neu.fassungen if f.ab == TAG}
    assert fassungen[102].parent == -int(gruppe)
    assert fassungen[-int(gruppe)].erfuellt_durch == -160615077900
    assert fassungen[-160615077900].parent == -int(gruppe)


def test_population_of_a_new_gemeinde_is_the_sum() -> None:
    aenderung = plan(NEU | {"gebiet": A}, NEU | {"gebiet": B}).aenderung

    (neu,) = [f for f in aenderung.neu.fassungen if f.gebiet < 0]
    assert (neu.einwohner, neu.textkennzeichen, neu.parent) == (200, "64", VG_1)


def test_town_of_a_group_may_go_if_the_group_goes() -> None:
    aenderung = plan(
        zeile("eingliederung", gebiet=ARS[107], ziel=ARS[106]),
        zeile("umgliederung", gebiet=ARS[106], ziel="16061", ars="160610106106"),
        zeile("aufloesung_verband", gebiet=ARS[GRUPPE], ziel=ARS[106]),
    ).aenderung

    assert {leben.gebiet for leben in aenderung.weg.leben} == {107, GRUPPE}
