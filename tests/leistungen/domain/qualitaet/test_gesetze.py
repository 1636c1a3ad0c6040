"""Laws that hold for any text, however odd."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leistungen.domain.qualitaet import (
    MODULNAMEN,
    SPRACHNAMEN,
    Ausnahme,
    Befund,
    Schwere,
    Textstand,
    Zeile,
    inhalt_hash,
    klartext,
    ohne_ausnahmen,
    pruefe,
)
from tests.leistungen.domain.qualitaet.textdatei import lies

# Pieces that rules look for, glued together in any order.
STUECKE = st.sampled_from(
    [
        "<p>", "</p>", "<h2>", "</h2>", "<h4>", "</h4>", "<b>", "</b>", "<a href='x'>", "</a>",
        "<img>", "<!--", "<![CDATA[", "&amp;", "&#0;", "<", ">", "\u00ad", "\x00", "🐕", "XX",
        "[…]", " Die Erteilung der Erlaubnis erfolgt durch das Amt. ", " wird geprüft. ",
        " ist zu zahlen. ", "Ausnahmsweise gilt das. ",
        "z. B. ", "ggf.", "§ 5 ", "Bürger*innen ", "Halterinnen und Halter ", "www.amt.example ",
        "37 € kosten ", "bis 31. März ", "siehe oben ", "\n", "Haftpflichtversicherungsnachweis ",
    ]
)  # fmt: skip
TEXTE = st.one_of(st.text(max_size=200), st.lists(STUECKE, max_size=25).map("".join))
SPRACHEN = st.sampled_from([*SPRACHNAMEN, "fr"])
MODULE = st.sampled_from([*MODULNAMEN, "unbekannt"])
KINDS = st.sampled_from(
    ["kosten", "frist", "dauer", "unterlage", "begriff", "rechtsgrundlage", "link", "modulangabe"]
)
ZEILEN = st.builds(
    Zeile,
    kind=KINDS,
    uuid=st.uuids().map(str),
    texte=st.dictionaries(
        st.sampled_from(["bezeichnung", "beschreibung", "titel", "inhalt", "begriff"]),
        st.dictionaries(SPRACHEN, TEXTE, max_size=3),
        max_size=2,
    ),
    werte=st.fixed_dictionaries({"pflicht": st.sampled_from(["01", "02"])}),
)
STAENDE = st.builds(
    Textstand,
    texte=st.dictionaries(MODULE, st.dictionaries(SPRACHEN, TEXTE, max_size=3), max_size=5),
    zeilen=st.lists(ZEILEN, max_size=3, unique_by=lambda zeile: zeile.uuid).map(tuple),
    angaben=st.fixed_dictionaries(
        {"sdg1_codes": st.sampled_from([(), ("D1",)])},
        optional={"typisierung_codes": st.just(()), "hauptschluessel": st.just("")},
    ),
    uebersetzungsstand=st.dictionaries(
        st.tuples(MODULE, SPRACHEN),
        st.sampled_from(["aktuell", "geaendert", "fehlt", "maschinell", "unbekannt"]),
        max_size=4,
    ),
)


def _texte(stand: Textstand, befund: Befund) -> list[str]:
    if not befund.zeile:
        text = stand.texte.get(befund.modul, {}).get(befund.sprache, "")
        return [klartext(befund.modul, text)]
    return [
        klartext(zeile.kind, sprachen.get(befund.sprache, ""), feld)
        for zeile in stand.zeilen
        if zeile.uuid == befund.zeile
        for feld, sprachen in zeile.texte.items()
    ]


@settings(max_examples=150, deadline=None)
@given(STAENDE)
def test_any_text_is_judged_and_quotes_stand_in_it(stand: Textstand) -> None:
    for befund in pruefe(stand):
        assert befund.text
        if befund.zitat:
            assert any(befund.zitat in text for text in _texte(stand, befund)), befund


@settings(max_examples=60, deadline=None)
@given(STAENDE)
def test_the_same_text_gets_the_same_findings_each_once(stand: Textstand) -> None:
    befunde = pruefe(stand)

    assert befunde == pruefe(stand)
    kennungen = [(b.regel, b.modul, b.sprache, b.zeile, b.zitat, b.text) for b in befunde]
    assert len(set(kennungen)) == len(kennungen)


@settings(max_examples=60, deadline=None)
@given(STAENDE)
def test_the_order_of_modules_in_the_draft_does_not_matter(stand: Textstand) -> None:
    gedreht = replace(stand, texte=dict(reversed(stand.texte.items())))

    assert pruefe(gedreht) == pruefe(stand)


@settings(max_examples=60, deadline=None)
@given(STAENDE)
def test_every_soll_can_be_accepted_and_no_muss(stand: Textstand) -> None:
    befunde = pruefe(stand)

    uebrig = ohne_ausnahmen(stand, befunde, [Ausnahme.of(stand, befund) for befund in befunde])

    assert uebrig == tuple(befund for befund in befunde if befund.schwere is Schwere.MUSS)


def _mit_hinweis(html: str) -> Textstand:
    return replace(lies().stand, texte={"hinweise": {"de": html}}, zeilen=(), angaben={})


def _nur(stand: Textstand, regel: str) -> Befund:
    return next(befund for befund in pruefe(stand) if befund.regel == regel)


@pytest.mark.parametrize(
    ("danach", "gilt"),
    [
        ('<p data-block-key="neu">Gegebenenfalls <b>hilft</b> das Amt.</p>', True),
        ("<p>Gegebenenfalls hilft die Stadt.</p>", False),
    ],
    ids=["nur-auszeichnung", "anderer-text"],
)
def test_an_exception_ends_when_the_words_change(danach: str, gilt: bool) -> None:
    vorher = _mit_hinweis("<p>Gegebenenfalls hilft das Amt.</p>")
    ausnahme = Ausnahme.of(vorher, _nur(vorher, "Q-TXT-2"))

    stand = _mit_hinweis(danach)
    uebrig = ohne_ausnahmen(stand, pruefe(stand), [ausnahme])

    assert any(befund.regel == "Q-TXT-2" for befund in uebrig) is not gilt


def test_an_exception_covers_one_passage_only() -> None:
    stand = _mit_hinweis("<p>Gegebenenfalls ist das Amt unverzüglich da.</p>")
    ausnahme = Ausnahme.of(stand, _nur(stand, "Q-TXT-2"))

    uebrig = ohne_ausnahmen(stand, pruefe(stand), [ausnahme])

    assert [befund.zitat for befund in uebrig if befund.regel == "Q-TXT-2"] == ["unverzüglich"]


def test_an_exception_for_a_row_ends_with_the_text_of_that_row() -> None:
    def mit(text: str) -> Textstand:
        zeile = Zeile("kosten", "u1", {"beschreibung": {"de": text}})
        return Textstand({}, (zeile,))

    alt, neu = mit("ggf. mehr"), mit("ggf. viel mehr")

    assert inhalt_hash(alt, _nur(alt, "Q-TXT-2")) != inhalt_hash(neu, _nur(neu, "Q-TXT-2"))
