"""Laws of changing rules: what a package says holds, and nothing else moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

from hypothesis import assume, given
from hypothesis import strategies as st

from leistungen.domain.fakten import SLOTS_DER_ROLLE
from leistungen.regeleditor.plan import (
    Schrittart,
    Zeile,
    beende,
    ersetze_behoerde,
    kopiere,
    setze,
    vergleiche,
)
from zufi.common.zeitraum import enthaelt

TAG = date(2026, 6, 15)
AMT, RATHAUS, KREIS = 1, 2, 3
NAME = 7
BUCHSTABEN = frozenset("ABCD")
BEREICHE = {NAME: BUCHSTABEN}
ALLE_TAGE = [TAG + timedelta(days=n) for n in range(-12, 13)]

TAGE = st.none() | st.integers(-10, 10).map(lambda n: TAG + timedelta(days=n))


@st.composite
def zeilen(draw: st.DrawFn) -> Zeile:
    ab, bis = draw(TAGE), draw(TAGE)
    if ab and bis and ab > bis:
        ab, bis = bis, ab
    werte = tuple(sorted(draw(st.sets(st.sampled_from(sorted(BUCHSTABEN)), max_size=3))))
    return Zeile(
        leistung_id=1,
        gebiet_id=1,
        behoerde_id=draw(st.sampled_from([AMT, RATHAUS, KREIS])),
        rolle=draw(st.sampled_from(["01", "02", "03"])),
        wirkung=draw(st.sampled_from(["ersetzt", "ergaenzt"])),
        kriterium_id=NAME if werte else None,
        werte=werte,
        gueltig_ab=ab,
        gueltig_bis=bis,
    )


@st.composite
def zellen(draw: st.DrawFn) -> list[Zeile]:
    """Rows of one cell as the database allows them: one kern at a time."""
    rows: list[Zeile] = []
    for zeile in draw(st.lists(zeilen(), max_size=6)):
        if not any(alt.kern == zeile.kern and alt.trifft(zeile) for alt in rows):
            rows.append(replace(zeile, id=len(rows) + 1, regel_uuid=f"u{len(rows)}"))
    return rows


def am(rows: Sequence[Zeile], tag: date) -> set[tuple[object, ...]]:
    """What the cell answers on a day: slot, letter → authority and how."""
    antworten = set()
    for zeile in rows:
        if enthaelt(zeile.gueltig_ab, zeile.gueltig_bis, tag):
            for slot in SLOTS_DER_ROLLE[zeile.rolle]:
                for wert in zeile.werte or BUCHSTABEN:
                    antworten.add((slot, wert, zeile.behoerde_id, zeile.wirkung))
    return antworten


def beantwortet(neu: Zeile, antwort: tuple[object, ...]) -> bool:
    """Whether the new rule answers this slot and letter."""
    return antwort[0] in SLOTS_DER_ROLLE[neu.rolle] and antwort[1] in (neu.werte or BUCHSTABEN)


def gilt(neu: Zeile, tag: date) -> bool:
    return enthaelt(neu.gueltig_ab, neu.gueltig_bis, tag)


@given(zellen(), zeilen())
def test_new_rule_answers_alone_in_its_period_and_changes_nothing_else(
    ist: list[Zeile], neu: Zeile
) -> None:
    soll = setze(ist, neu, bereiche=BEREICHE)

    for tag in ALLE_TAGE:
        vorher, nachher = am(ist, tag), am(soll, tag)
        if not gilt(neu, tag):
            assert nachher == vorher
            continue
        assert {a for a in nachher if beantwortet(neu, a)} == am([neu], tag)
        assert {a for a in nachher if not beantwortet(neu, a)} == {
            a for a in vorher if not beantwortet(neu, a)
        }


@given(zellen(), zeilen())
def test_same_assignment_again_changes_nothing(ist: list[Zeile], neu: Zeile) -> None:
    einmal = [
        replace(zeile, id=number, regel_uuid=str(number))
        for number, zeile in enumerate(setze(ist, neu, bereiche=BEREICHE), start=1)
    ]
    schritte = vergleiche(einmal, setze(einmal, neu, bereiche=BEREICHE))

    assert {schritt.art for schritt in schritte} == {Schrittart.UNVERAENDERT}


@given(zellen(), zeilen())
def test_keeping_the_others_only_adds(ist: list[Zeile], neu: Zeile) -> None:
    soll = setze(ist, neu, bereiche=BEREICHE, ersetzen=False)

    for tag in ALLE_TAGE:
        dazu = am([neu], tag) if gilt(neu, tag) else set()
        fremd = {a for a in am(ist, tag) if a[2] != neu.behoerde_id}
        assert fremd <= am(soll, tag)
        assert dazu <= am(soll, tag)


@given(zellen(), TAGE)
def test_successor_takes_over_everything_from_the_day_on(ist: list[Zeile], ab: date | None) -> None:
    soll = ersetze_behoerde(ist, AMT, RATHAUS, ab, BEREICHE)

    for tag in ALLE_TAGE:
        if ab is not None and tag < ab:
            assert am(soll, tag) == am(ist, tag)
            continue
        nachher = am(soll, tag)
        assert not [antwort for antwort in nachher if antwort[2] == AMT]
        assert {a[:2] for a in nachher} == {a[:2] for a in am(ist, tag)}


@given(zellen(), zellen(), TAGE)
def test_copy_follows_the_model_from_the_day_on(
    vorbild: list[Zeile], ist: list[Zeile], ab: date | None
) -> None:
    ist = [replace(zeile, leistung_id=2) for zeile in ist]
    soll = kopiere(vorbild, ist, 2, ab)

    for tag in ALLE_TAGE:
        muster = ist if ab is not None and tag < ab else vorbild
        assert am(soll, tag) == am(muster, tag)
    assert {zeile.leistung_id for zeile in soll} <= {2}


@given(zellen(), zeilen())
def test_ids_survive_at_most_once(ist: list[Zeile], neu: Zeile) -> None:
    ids = [zeile.id for zeile in setze(ist, neu, bereiche=BEREICHE) if zeile.id]

    assert len(ids) == len(set(ids))
    assert set(ids) <= {zeile.id for zeile in ist}


def zeile(**mehr: object) -> Zeile:
    felder: dict[str, object] = {"leistung_id": 1, "gebiet_id": 1, "behoerde_id": AMT, "id": 5}
    return Zeile(**{**felder, **mehr})  # type: ignore[arg-type]


def test_old_rule_ends_the_day_before_and_keeps_its_id() -> None:
    neu = zeile(behoerde_id=RATHAUS, gueltig_ab=TAG, id=0)

    soll = setze([zeile()], neu, bereiche={})

    assert sorted(soll, key=lambda z: z.id) == [
        neu,
        zeile(gueltig_bis=TAG - timedelta(days=1)),
    ]


def test_contact_point_stays_when_only_the_decision_moves() -> None:
    neu = zeile(behoerde_id=RATHAUS, id=0)

    soll = setze([zeile(rolle="02")], neu, bereiche={})

    assert zeile(rolle="03") in soll


def test_other_letters_stay_with_the_old_authority() -> None:
    neu = zeile(behoerde_id=RATHAUS, kriterium_id=NAME, werte=("A", "B"), id=0)

    soll = setze([zeile()], neu, bereiche=BEREICHE)

    assert zeile(kriterium_id=NAME, werte=("C", "D")) in soll


def test_rule_that_says_so_for_a_part_is_extended_not_doubled() -> None:
    alt = zeile(gueltig_ab=TAG, verifiziert_am=TAG)

    soll = setze([alt], zeile(id=0), bereiche={})

    assert soll == [replace(alt, gueltig_ab=None)]


def test_rule_that_begins_after_the_last_day_goes() -> None:
    spaeter = zeile(gueltig_ab=TAG + timedelta(days=1))

    assert beende([spaeter, zeile(id=6)], frozenset({5}), TAG) == [zeile(id=6)]
    assert beende([zeile()], frozenset({5}), TAG) == [zeile(gueltig_bis=TAG)]


def widersprueche(rows: Sequence[Zeile]) -> list[tuple[Zeile, Zeile]]:
    """Pairs the exclusion constraint forbids."""
    return [
        (eine, andere)
        for eine, andere in combinations(rows, 2)
        if eine.kern == andere.kern and eine.trifft(andere)
    ]


def sagt_es_doppelt(rows: Sequence[Zeile]) -> bool:
    """Whether an authority is named twice for the same thing: a fault of its own."""
    return any(
        eine.behoerde_id == andere.behoerde_id
        and set(SLOTS_DER_ROLLE[eine.rolle]) & set(SLOTS_DER_ROLLE[andere.rolle])
        for eine, andere in combinations(rows, 2)
    )


@given(zellen(), zeilen())
def test_database_allows_what_comes_out(ist: list[Zeile], neu: Zeile) -> None:
    assume(not sagt_es_doppelt(ist))

    assert not widersprueche(setze(ist, neu, bereiche=BEREICHE))
    assert not widersprueche(setze(ist, neu, bereiche=BEREICHE, ersetzen=False))
    assert not widersprueche(ersetze_behoerde(ist, AMT, RATHAUS, TAG, BEREICHE))
