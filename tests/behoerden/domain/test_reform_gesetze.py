"""Laws of reforms: one chain a day, exactly reversible, no order, nothing before the day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from behoerden.domain.reform import (
    AufloesungVerband,
    Eingliederung,
    GruendungVerband,
    Neubildung,
    Operation,
    Schluesselwechsel,
    Umbenennung,
    Umgliederung,
    as_zeilen,
    parse_zeilen,
)
from behoerden.domain.reform_fakten import Fakten
from behoerden.domain.reform_plan import plan_reform
from tests.behoerden.domain.reformwelt import (
    ARS,
    GEMEINDEN,
    KREIS_1,
    KREIS_2,
    TAG,
    VG_1,
    VG_2,
    kette,
    welt,
)

WELT = welt()
TAGE = [TAG + timedelta(days=n) for n in (-400, -1, 0, 1, 400)]


@st.composite
def reformen(draw: st.DrawFn) -> list[Operation]:
    """Valid operations on disjoint areas, so that they are independent of each other."""
    frei = draw(st.permutations([101, 102, 103, 104, 105, 108]))
    behalten = {draw(st.sampled_from([101, 102, 103])), draw(st.sampled_from([104, 105]))}
    operationen: list[Operation] = []
    neu = iter(range(900, 999))
    for gebiet in frei:
        ars = ARS[gebiet]
        was = draw(st.sampled_from(["-", "ein", "neu", "offen", "um", "name", "ars"]))
        if gebiet in behalten and was in {"ein", "neu", "offen", "um"}:
            was = "name"  # a Verband keeps one member
        ziel = 106  # the receiving Gemeinde is never touched itself
        match was:
            case "ein":
                operationen.append(Eingliederung(gebiet=ars, ziel=ARS[ziel]))
            case "offen":
                operationen.append(Eingliederung(gebiet=ars))
            case "neu":
                nummer = next(neu)
                operationen.append(
                    Neubildung(gebiete=(ars,), neuer_name="Neu", ars=f"160620{nummer}{nummer}")
                )
            case "um":
                kreis = draw(st.sampled_from([KREIS_1, KREIS_2, VG_2]))
                operationen.append(Umgliederung(gebiet=ars, ziel=ARS[kreis]))
            case "name":
                operationen.append(Umbenennung(gebiet=ars, neuer_name=f"Neu {gebiet}"))
            case "ars":
                nummer = next(neu)
                operationen.append(Schluesselwechsel(gebiet=ars, ars=f"{ars[:9]}{nummer}"))
    if draw(st.booleans()):
        operationen.append(Umgliederung(gebiet=ARS[VG_1], ziel=ARS[KREIS_2]))
    if draw(st.booleans()):
        operationen += [
            GruendungVerband(neuer_name="Neue VG", ars="160625999000", verbandsart="vg"),
            Neubildung(gebiete=(ARS[107],), neuer_name="Insel", ars="160625999998"),
        ]
    return operationen


@given(reformen())
def test_every_place_has_exactly_one_chain_on_every_day(operationen: list[Operation]) -> None:
    nachher = plan_reform(operationen, WELT, TAG).aenderung.apply(WELT)

    for leben in nachher.leben:
        for tag in TAGE:
            lebt = (leben.ab is None or leben.ab <= tag) and (leben.bis is None or tag <= leben.bis)
            if leben.art == "eigenes_gebiet":
                continue
            glieder = [g for g in kette(nachher, leben.gebiet, tag) if g.rang % 10 == 0]
            assert bool(glieder) == lebt
            assert len({g.rang for g in glieder}) == len(glieder)
            assert not lebt or glieder[-1].rang == 10
    assert_no_overlap(nachher)


def assert_no_overlap(fakten: Fakten) -> None:
    """One version per area, one area per key, one key per kind at a time."""
    zeitraeume: dict[tuple[object, ...], list[tuple[date, date]]] = {}
    for f in fakten.fassungen:
        zeitraeume.setdefault(("v", f.gebiet), []).append((f.ab or date.min, f.bis or date.max))
    for s in fakten.schluessel:
        dauer = (s.ab or date.min, s.bis or date.max)
        zeitraeume.setdefault(("k", s.gebiet, s.typ), []).append(dauer)
        zeitraeume.setdefault(("w", s.typ, s.wert), []).append(dauer)
    for liste in zeitraeume.values():
        for eins, zwei in pairwise(sorted(liste)):
            assert eins[1] < zwei[0]


@given(reformen())
def test_reverting_restores_equal_facts(operationen: list[Operation]) -> None:
    aenderung = plan_reform(operationen, WELT, TAG).aenderung

    zurueck = aenderung.revert(aenderung.apply(WELT))
    assert zurueck == WELT
    assert zurueck.as_json() == WELT.as_json()


@given(reformen(), st.randoms(use_true_random=False))
def test_order_of_operations_is_irrelevant(operationen: list[Operation], zufall: object) -> None:
    gemischt = list(operationen)
    zufall.shuffle(gemischt)  # type: ignore[attr-defined]

    assert plan_reform(gemischt, WELT, TAG) == plan_reform(operationen, WELT, TAG)


@given(reformen())
def test_before_the_day_nothing_changes(operationen: list[Operation]) -> None:
    nachher = plan_reform(operationen, WELT, TAG).aenderung.apply(WELT)

    for gebiet in (*GEMEINDEN, *ARS):
        for tag in TAGE[:2]:
            assert kette(nachher, gebiet, tag) == kette(WELT, gebiet, tag)


@given(reformen())
def test_facts_survive_json(operationen: list[Operation]) -> None:
    nachher = plan_reform(operationen, WELT, TAG).aenderung.apply(WELT)

    assert Fakten.from_json(nachher.as_json()) == nachher


@given(reformen())
def test_rows_of_operations_are_read_as_the_same_operations(operationen: list[Operation]) -> None:
    if operationen:
        assert list(parse_zeilen(as_zeilen(operationen))) == operationen


def test_dissolving_a_verband_with_all_its_members_moved() -> None:
    operationen: list[Operation] = [
        AufloesungVerband(gebiet=ARS[VG_1], ziel=ARS[VG_2]),
        *(Umgliederung(gebiet=ARS[pk], ziel=ARS[VG_2]) for pk in (101, 102, 103)),
    ]
    nachher = plan_reform(operationen, WELT, TAG).aenderung.apply(WELT)

    assert [g.gebiet_id for g in kette(nachher, 102, TAG)][1:4] == [13, VG_2, KREIS_2]
    assert kette(nachher, VG_1, TAG) == ()
