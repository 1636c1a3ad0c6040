"""A translation is current as long as it was made from today's German paragraphs."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from leistungen.domain.uebersetzung import (
    Absatzaenderung,
    Stand,
    absatz_hash,
    beurteile,
    merke,
    vergleiche,
)

DEUTSCH = ("Melden Sie Ihren Hund an.", "Dafür haben Sie zwei Wochen Zeit.")


def uebersetzt(quelle: tuple[str, ...] = DEUTSCH, **angaben: Any) -> dict[str, Any]:
    return merke(
        None, quelle=quelle, alt={}, neu={"en": "Register your dog."}, heute="2026-01-01", **angaben
    )


def test_a_fresh_translation_is_current() -> None:
    assert beurteile(DEUTSCH, True, uebersetzt(), "en").stand is Stand.AKTUELL


def test_moving_a_paragraph_changes_nothing() -> None:
    assert beurteile(DEUTSCH[::-1], True, uebersetzt(), "en").stand is Stand.AKTUELL


def test_one_changed_paragraph_is_named_with_what_it_was() -> None:
    neu = (DEUTSCH[0], "Dafür haben Sie einen Monat Zeit.")
    merker = merke(uebersetzt(), quelle=neu, alt={"en": "x"}, neu={"en": "x"}, heute="2026-11-24")

    urteil = beurteile(neu, True, merker, "en")

    assert urteil.stand is Stand.GEAENDERT
    assert urteil.aenderungen == (Absatzaenderung(DEUTSCH[1], neu[1]),)
    assert urteil.seit == "2026-11-24"


def test_missing_machine_made_and_unrecorded_translations() -> None:
    assert beurteile(DEUTSCH, False, None, "en").stand is Stand.FEHLT
    assert beurteile((), True, None, "en").stand is Stand.ENTFAELLT
    assert beurteile(DEUTSCH, True, None, "en").stand is Stand.UNBEKANNT
    assert beurteile(DEUTSCH, True, uebersetzt(maschinell=True), "en").stand is Stand.MASCHINELL


def test_confirming_makes_an_untouched_translation_current() -> None:
    neu = ("Ganz anderer Text.",)
    merker = merke(
        uebersetzt(),
        quelle=neu,
        alt={"en": "x"},
        neu={"en": "x"},
        heute="2026-11-24",
        bestaetigt=frozenset({"en"}),
    )

    assert beurteile(neu, True, merker, "en").stand is Stand.AKTUELL


def test_a_removed_translation_leaves_no_record() -> None:
    merker = merke(
        uebersetzt(), quelle=DEUTSCH, alt={"en": "x"}, neu={"en": ""}, heute="2026-02-01"
    )

    assert "en" not in merker


texte = st.lists(st.text(min_size=1).filter(str.strip), unique_by=absatz_hash, max_size=6)


@given(texte, st.randoms(use_true_random=False))
def test_order_never_matters(absaetze: list[str], zufall: Any) -> None:
    gemischt = list(absaetze)
    zufall.shuffle(gemischt)

    assert vergleiche(absaetze, gemischt) == ()


@given(texte, texte)
def test_every_changed_paragraph_is_named_once(alt: list[str], neu: list[str]) -> None:
    aenderungen = vergleiche(alt, neu)

    neue = {absatz_hash(absatz) for absatz in neu} - {absatz_hash(absatz) for absatz in alt}
    alte = {absatz_hash(absatz) for absatz in alt} - {absatz_hash(absatz) for absatz in neu}
    assert {absatz_hash(a.neu) for a in aenderungen if a.neu} == neue
    assert {absatz_hash(a.alt) for a in aenderungen if a.alt} == alte
