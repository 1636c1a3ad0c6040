"""Laws of the resolver, for any set of rules (domain design 3.7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from leistungen.domain.fakten import Regel, Slot, Zustand
from tests.leistungen.domain.regelwelt import (
    BEZIRK,
    BUND,
    GEMEINDE,
    HEUTE,
    KETTEN,
    KREIS,
    LAND,
    NACHBAR,
    STADT,
    VERBAND,
    ZIELE,
    kandidat,
    resolve,
)

TAGE = st.none() | st.integers(-40, 40).map(lambda days: HEUTE + timedelta(days=days))


@st.composite
def regeln(draw: st.DrawFn) -> list[Regel]:
    rows = draw(
        st.lists(
            st.builds(
                Regel,
                id=st.just(0),
                gebiet_id=st.sampled_from(
                    [BUND, LAND, KREIS, VERBAND, BEZIRK, GEMEINDE, NACHBAR, STADT]
                ),
                rolle=st.sampled_from(["01", "02", "03"]),
                ziel_id=st.sampled_from(sorted(ZIELE)),
                ersetzt=st.booleans(),
                ab=TAGE,
                bis=TAGE,
            ),
            max_size=8,
        )
    )
    return [replace(row, id=number) for number, row in enumerate(rows, start=1)]


BUCHSTABEN = frozenset("ABC")
BEREICH = {7: BUCHSTABEN}


@st.composite
def regeln_mit_kriterium(draw: st.DrawFn) -> list[Regel]:
    """Rules, some of them under a criterion with some of its letters."""
    rows = draw(regeln())
    letters = st.frozensets(st.sampled_from(sorted(BUCHSTABEN)), min_size=1)
    return [
        replace(row, kriterium=7, werte=draw(letters)) if draw(st.booleans()) else row
        for row in rows
    ]


@given(regeln_mit_kriterium(), st.sampled_from(sorted(BUCHSTABEN)))
def test_answering_a_criterion_never_adds_an_authority(rows: list[Regel], letter: str) -> None:
    offen = resolve(*rows, ort=GEMEINDE, wertebereiche=BEREICH)
    beantwortet = resolve(*rows, ort=GEMEINDE, wertebereiche=BEREICH, antworten={7: letter})

    assert {(h.slot, h.ziel_id) for h in beantwortet.treffer} <= {
        (h.slot, h.ziel_id) for h in offen.treffer
    }


@given(regeln_mit_kriterium())
def test_every_answer_is_among_those_shown_before_asking(rows: list[Regel]) -> None:
    offen = resolve(*rows, ort=GEMEINDE, wertebereiche=BEREICH)
    union = {
        (hit.slot, hit.ziel_id)
        for letter in BUCHSTABEN
        for hit in resolve(
            *rows, ort=GEMEINDE, wertebereiche=BEREICH, antworten={7: letter}
        ).treffer
    }

    assert union <= {(hit.slot, hit.ziel_id) for hit in offen.treffer}


@given(regeln_mit_kriterium(), st.randoms())
def test_order_does_not_matter_with_criteria_either(rows: list[Regel], random: object) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert resolve(*rows, ort=GEMEINDE, wertebereiche=BEREICH) == resolve(
        *shuffled, ort=GEMEINDE, wertebereiche=BEREICH
    )


@given(regeln())
def test_kreis_and_gemeinde_are_one_question_for_a_kreisfreie_stadt(rows: list[Regel]) -> None:
    own = [replace(row, gebiet_id=STADT) for row in rows if row.gebiet_id in (STADT, GEMEINDE)]

    assert {hit.rang for hit in resolve(*own, ort=STADT).treffer} <= {60}


@given(regeln())
def test_successor_answers_like_itself_apart_from_the_reservation(rows: list[Regel]) -> None:
    direct = resolve(*rows, ort=GEMEINDE)
    former = resolve(
        *rows, ort=GEMEINDE, ketten={GEMEINDE: kandidat(GEMEINDE, nachfolge_von="Altdorf")}
    )

    assert former.treffer == direct.treffer
    assert former.zustand is direct.zustand


@given(regeln())
def test_state_fits_what_is_shown(rows: list[Regel]) -> None:
    ergebnis = resolve(*rows, ort=GEMEINDE)

    assert (ergebnis.zustand is Zustand.KEINE_REGEL) == (not ergebnis.fuehrend)
    if ergebnis.zustand is Zustand.EINDEUTIG:
        assert len({hit.ziel_id for hit in ergebnis.fuehrend}) == 1


@given(regeln(), st.randoms())
def test_order_of_rules_does_not_matter(rows: list[Regel], random: object) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert resolve(*rows, ort=GEMEINDE) == resolve(*shuffled, ort=GEMEINDE)


@given(regeln())
def test_most_specific_replacing_rule_wins(rows: list[Regel]) -> None:
    ergebnis = resolve(*rows, ort=GEMEINDE)
    rang = {glied.gebiet_id: glied.rang for glied in KETTEN[GEMEINDE]}
    stopping = [
        rang[row.gebiet_id]
        for row in rows
        if row.gebiet_id in rang and row.ersetzt and row.rolle in ("01", "02") and gilt(row)
    ]

    for treffer in ergebnis.treffer:
        if treffer.slot is Slot.ZUSTAENDIG and stopping:
            assert treffer.rang >= max(stopping)


@given(regeln(), regeln())
def test_rules_outside_the_chain_change_no_authority(
    rows: list[Regel], others: list[Regel]
) -> None:
    foreign = [replace(row, id=100 + row.id, gebiet_id=STADT) for row in others]

    assert resolve(*rows, ort=GEMEINDE).treffer == resolve(*rows, *foreign, ort=GEMEINDE).treffer


@given(regeln(), regeln())
def test_additional_rule_removes_nobody(rows: list[Regel], others: list[Regel]) -> None:
    more = [replace(row, id=100 + row.id, ersetzt=False) for row in others]
    before = {(hit.slot, hit.ziel_id) for hit in resolve(*rows, ort=GEMEINDE).treffer}
    after = {(hit.slot, hit.ziel_id) for hit in resolve(*rows, *more, ort=GEMEINDE).treffer}

    assert before <= after


@given(regeln())
def test_every_hit_names_a_valid_rule_and_a_live_target(rows: list[Regel]) -> None:
    by_id = {row.id: row for row in rows}

    for treffer in resolve(*rows, ort=GEMEINDE).treffer:
        assert gilt(by_id[treffer.regel_id])
        assert ZIELE[treffer.ziel_id].live


@given(regeln(), st.integers(0, 60))
def test_answer_is_constant_until_gilt_bis(rows: list[Regel], days: int) -> None:
    heute = resolve(*rows, ort=GEMEINDE)
    later = HEUTE + timedelta(days=days)

    if heute.gilt_bis is None or later <= heute.gilt_bis:
        assert resolve(*rows, ort=GEMEINDE, stichtag=later).treffer == heute.treffer


@given(regeln())
def test_one_answer_for_all_candidates_is_the_answer_of_each(rows: list[Regel]) -> None:
    orte = (GEMEINDE, NACHBAR, STADT)
    together = resolve(*rows, ort=orte)

    if together.zustand is not Zustand.ORT_MEHRDEUTIG:
        for ort in orte:
            alone = {hit.ziel_id for hit in resolve(*rows, ort=ort).treffer}
            assert alone == {hit.ziel_id for hit in together.treffer}


@given(regeln())
def test_replaying_the_trace_gives_the_same_hits(rows: list[Regel]) -> None:
    ergebnis = resolve(*rows, ort=GEMEINDE)
    named = {
        (schritt.slot, befund.regel_id)
        for schritt in ergebnis.spur
        for befund in schritt.befunde
        if befund.urteil == "JA"
    }

    assert {(hit.slot, hit.regel_id) for hit in ergebnis.treffer} <= named
    replayed = resolve(*(row for row in rows if row.id in {pk for _, pk in named}), ort=GEMEINDE)
    hits = {(hit.slot, hit.ziel_id) for hit in ergebnis.treffer}
    assert hits == {(hit.slot, hit.ziel_id) for hit in replayed.treffer} or any(
        befund.urteil == "ZIEL_OFFLINE" for schritt in ergebnis.spur for befund in schritt.befunde
    )


def gilt(row: Regel, stichtag: date = HEUTE) -> bool:
    return (row.ab is None or row.ab <= stichtag) and (row.bis is None or stichtag <= row.bis)
