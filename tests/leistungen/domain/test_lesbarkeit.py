"""Readability: the three reference texts of the ux design, and where a sentence ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leistungen.domain.lesbarkeit import (
    Stufe,
    analyse,
    count_syllables,
    split_sentences,
    split_words,
    stufe,
)

A = (
    "Die Anmeldung der Hundehaltung ist durch den Halter oder die Halterin innerhalb von zwei "
    "Wochen nach Beginn der Haltung unter Vorlage eines Nachweises über das Bestehen einer "
    "Haftpflichtversicherung sowie der Kennzeichnung des Tieres bei der zuständigen "
    "Gemeindeverwaltung schriftlich vorzunehmen."
)
B = (
    "Wenn Sie einen Hund halten, melden Sie ihn bei Ihrer Gemeinde an. Dafür haben Sie zwei "
    "Wochen Zeit. Sie brauchen einen Nachweis der Haftpflichtversicherung und die Chipnummer. "
    "Die Anmeldung kostet nichts. Danach bekommen Sie einen Steuerbescheid und die Hundemarke "
    "per Post."
)
C = (
    "Sie haben einen Hund? Dann müssen Sie ihn anmelden. Das machen Sie im Amt. Sie haben zwei "
    "Wochen Zeit. Bringen Sie diese Dinge mit. Die Nummer vom Chip. Den Brief von der "
    "Versicherung. Das Amt hilft Ihnen gern."
)


@pytest.mark.parametrize(
    ("text", "soll", "wie"),
    [
        (A, (39.0, 18.0, 14.8, 17.1, 74.9), Stufe.SEHR_SCHWER),
        (B, (8.2, 71.9, 4.7, 5.2, 30.2), Stufe.LEICHT),
        (C, (4.8, 93.7, -0.3, 1.0, 12.6), Stufe.LEICHT),
    ],
    ids=["amtlich", "buergersprache", "leichte-sprache"],
)
def test_reference_texts(text: str, soll: tuple[float, ...], wie: Stufe) -> None:
    masse = analyse(text)

    assert masse is not None
    gemessen = (masse.satzlaenge, masse.amstad, masse.wstf1, masse.wstf4, masse.lix)
    assert gemessen == pytest.approx(soll, abs=2)
    assert masse.stufe is wie


@pytest.mark.parametrize(
    ("lix", "wie"),
    [(45, Stufe.LEICHT), (45.1, Stufe.MITTEL), (55, Stufe.MITTEL), (65, Stufe.SCHWER),
     (65.1, Stufe.SEHR_SCHWER)],
)  # fmt: skip
def test_levels_include_their_limit(lix: float, wie: Stufe) -> None:
    assert stufe(lix) is wie


@pytest.mark.parametrize(
    ("text", "anzahl"),
    [
        ("Kommen Sie am 1. Mai. Bringen Sie z. B. den Pass mit.", 2),
        ("Das gilt ab 01.01.2027. Davor gilt das alte Recht.", 2),
        ("Das steht in § 5 Abs. 2 Nr. 3 des Gesetzes.", 1),
        ("Das ist eine andere Art. Dann gilt das nicht.", 2),
        ("Kinder der 1. und 2. Klasse dürfen mitkommen.", 1),
        ("Sie sagen: „Ich ziehe um.“ Dann geht es los.", 3),
        ("Pass\nGeburtsurkunde\n–", 2),
        ("Hunde, Katzen usw. Dann kommt der Rest.", 2),
        ("Hunde, Katzen usw. kosten nichts.", 1),
        ("", 0),
    ],
)
def test_sentences_end_where_people_would_end_them(text: str, anzahl: int) -> None:
    assert len(split_sentences(text)) == anzahl


def test_compounds_with_hyphens_are_one_word() -> None:
    assert split_words("Ihre Kfz-Haftpflicht kostet 5 Euro.") == [
        "Ihre", "Kfz-Haftpflicht", "kostet", "Euro",
    ]  # fmt: skip
    assert count_syllables("Hunde-Steuer") == 4


def test_few_words_have_no_measure() -> None:
    assert analyse("Nur vier Wörter hier.") is None


@given(st.text())
def test_sentences_stand_in_the_text_in_their_order(text: str) -> None:
    stelle = 0
    for satz in split_sentences(text):
        stelle = text.index(satz, stelle) + len(satz)


@given(st.text(alphabet="ab AB.!?:-\n1ä", max_size=300))
def test_words_of_the_sentences_are_the_words_of_the_text(text: str) -> None:
    assert [w for satz in split_sentences(text) for w in split_words(satz)] == split_words(text)
