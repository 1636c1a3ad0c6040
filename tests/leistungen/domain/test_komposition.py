"""Layers of a module become what people read; nothing is hidden unless a layer says so."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from leistungen.domain.komposition import Block, Herkunft, Modus, Schicht, compose_modul

LAND = Herkunft("Land")
ERFURT = Herkunft("Gemeinde", "Erfurt")


def texte(*schichten: Schicht[str]) -> list[str]:
    return [block.inhalt for block in compose_modul(schichten)]


def test_a_supplement_stands_before_or_after_what_it_inherits() -> None:
    assert texte(Schicht(LAND, "L"), Schicht(ERFURT, "E")) == ["L", "E"]
    assert texte(Schicht(LAND, "L"), Schicht(ERFURT, "E", davor=True)) == ["E", "L"]


def test_replacing_leaves_the_own_text_only() -> None:
    assert texte(Schicht(LAND, "L"), Schicht(ERFURT, "E", Modus.ERSETZEN)) == ["E"]


def test_hiding_ends_what_comes_from_above_but_not_what_follows() -> None:
    ortsteil = Schicht(Herkunft("Ortsteil", "Vieselbach"), "O")

    assert texte(Schicht(LAND, "L"), Schicht(ERFURT, "", Modus.AUSBLENDEN)) == []
    assert texte(Schicht(LAND, "L"), Schicht(ERFURT, "", Modus.AUSBLENDEN), ortsteil) == ["O"]


def test_an_empty_layer_is_as_if_it_were_not_there() -> None:
    assert texte(Schicht(LAND, "L"), Schicht(ERFURT, "", Modus.ERSETZEN)) == ["L"]


def test_a_layer_that_takes_over_adds_nothing_of_its_own() -> None:
    bund = Schicht(Herkunft("Bund"), "B")

    assert texte(bund, Schicht(LAND, "L", Modus.UEBERNEHMEN)) == ["B"]


def test_every_block_says_where_it_comes_from() -> None:
    bloecke = compose_modul([Schicht(LAND, "L"), Schicht(ERFURT, "E")])

    assert bloecke == (Block("L", LAND), Block("E", ERFURT))


schichten = st.lists(
    st.builds(
        Schicht,
        herkunft=st.builds(Herkunft, st.sampled_from(["Bund", "Land", "Gemeinde"])),
        inhalt=st.text(max_size=3),
        modus=st.sampled_from(list(Modus)),
        davor=st.booleans(),
    ),
    max_size=6,
)


@given(schichten)
def test_what_is_shown_was_written_by_a_layer(liste: list[Schicht[str]]) -> None:
    geschrieben = [(s.inhalt, s.herkunft) for s in liste if s.inhalt]

    for block in compose_modul(liste):
        assert (block.inhalt, block.herkunft) in geschrieben


@given(schichten, st.integers(0, 6))
def test_a_supplement_never_removes_a_block(liste: list[Schicht[str]], stelle: int) -> None:
    dazu = Schicht(Herkunft("Kreis"), "neu", Modus.ERGAENZEN)
    ohne = [block.inhalt for block in compose_modul(liste)]

    mit = [block.inhalt for block in compose_modul([*liste[:stelle], dazu, *liste[stelle:]])]

    assert all(mit.count(text) >= ohne.count(text) for text in ohne)
