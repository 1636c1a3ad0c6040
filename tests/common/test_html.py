"""What is stored as rich text, whatever came in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zufi.common.html import clean_html, first_sentence, plain_text


@pytest.mark.parametrize(
    ("hostile", "clean"),
    [
        ("<p>Guten Tag<script>alert(1)</script></p>", "<p>Guten Tag</p>"),
        ('<p onclick="x()">Text</p>', "<p>Text</p>"),
        ('<a href="javascript:x()">Link</a>', "<a>Link</a>"),
        ("<table><tr><td>Zelle</td></tr></table>", "Zelle"),
        ('<p style="color:red" class="MsoNormal">Aus Word</p>', "<p>Aus Word</p>"),
    ],
)
def test_hostile_markup_is_gone(hostile: str, clean: str) -> None:
    assert clean_html(hostile) == clean


@pytest.mark.parametrize(
    "text",
    [
        "Ohne Markup: 3 & 7",
        '<p data-block-key="abc12">Absatz</p>',
        '<a linktype="page" id="3">Seite</a>',
        '<a href="https://www.example.org/?a=1&amp;b=2">Link</a>',
        "<ul><li>Größe</li></ul>",
    ],
)
def test_allowed_markup_stays_as_it_is(text: str) -> None:
    assert clean_html(text) == text


@given(st.text(alphabet="<>/pabi=\"' &;x", max_size=60))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean_html("<p>" + text)

    assert clean_html(once) == once


def test_plain_text_has_a_line_per_block() -> None:
    assert plain_text("<ul><li>Ausweis</li><li>Foto &amp; Geld</li></ul>") == "Ausweis\nFoto & Geld"


@pytest.mark.parametrize(
    ("html", "sentence"),
    [
        ("<p>Das kostet 22,80 €. Bezahlen Sie bar.</p>", "Das kostet 22,80 €."),
        ("<p>Bis 31. Dezember 2026. Danach nicht.</p>", "Bis 31. Dezember 2026."),
        ("<p>kostenfrei</p>", "kostenfrei"),
    ],
)
def test_first_sentence_stops_at_its_end(html: str, sentence: str) -> None:
    assert first_sentence(html) == sentence
