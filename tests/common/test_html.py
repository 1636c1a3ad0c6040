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


ZEICHEN = "<span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;&nbsp;&nbsp; </span></span>"
LISTE = "<p class=MsoListParagraphCxSp{} style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'>"
WORD = [
    pytest.param(
        LISTE.format("First")
        + f"<![if !supportLists]>{ZEICHEN}<![endif]><span lang=DE>Ausweis<o:p></o:p></span></p>\n"
        + LISTE.format("Last")
        + f"{ZEICHEN}aktuelles <b style='mso-bidi-font-weight:normal'>Foto</b><o:p></o:p></p>",
        "<ul><li>Ausweis</li><li>aktuelles <b>Foto</b></li></ul>",
        id="bullets-are-a-list",
    ),
    pytest.param(
        "<p class=MsoNormal>1.&nbsp;&nbsp;&nbsp; Antrag stellen</p>"
        "<p class=MsoNormal>2.&nbsp;&nbsp;&nbsp; Bezahlen</p>",
        "<ol><li>Antrag stellen</li><li>Bezahlen</li></ol>",
        id="numbers-are-a-list",
    ),
    pytest.param(
        '<p data-block-key="a1">·&nbsp;&nbsp; Ausweis</p><p data-block-key="a2">• Foto</p>'
        '<p data-block-key="a3">Danach</p>',
        '<ul><li data-block-key="a1">Ausweis</li><li data-block-key="a2">Foto</li></ul>'
        '<p data-block-key="a3">Danach</p>',
        id="what-the-editor-made-of-a-list",
    ),
    pytest.param(
        "<p class=MsoNormal><o:p>&nbsp;</o:p></p>"
        '<p class=MsoNormal>Kommen Sie\nnach <st1:place w:st="on">Erfurt</st1:place>.</p>',
        "<p>Kommen Sie nach Erfurt.</p>",
        id="smart-tags-empty-lines-and-line-breaks",
    ),
    pytest.param(
        "<html xmlns:o='urn:x'><head><title>Datei</title><style>p.MsoNormal{color:red}</style>"
        "<xml><o:Pages>3</o:Pages></xml></head><body>"
        "<h2 style='mso-style:x'><span>Kosten<o:p></o:p></span></h2>"
        "<p class=MsoNormal><b>Wichtig:<o:p></o:p></b></p></body></html>",
        "<h2>Kosten</h2><p><b>Wichtig:</b></p>",
        id="headings-stay-and-bold-lines-become-none",
    ),
    pytest.param(
        "<p class=MsoNormal><span><span style='mso-x:1'>Das</span> kostet</span>"
        "&nbsp;&nbsp; &nbsp;37&nbsp;€.</p>",
        "<p>Das kostet 37&nbsp;€.</p>",
        id="nested-spans-and-runs-of-hard-blanks",
    ),
    pytest.param(
        "<table class=MsoTableGrid><tr><td><p class=MsoNormal>Hund</p></td>"
        "<td><p>90&nbsp;€</p></td></tr></table>",
        "<p>Hund – 90&nbsp;€</p>",
        id="cells-of-a-table-stay-apart",
    ),
    pytest.param(
        "<p class=MsoListNumber>Antrag stellen</p><p class=MsoListBullet2>Ausweis</p>",
        "<ol><li>Antrag stellen</li></ol><ul><li>Ausweis</li></ul>",
        id="list-styles-without-a-mark",
    ),
    pytest.param(
        '<b style="font-weight:normal" id="docs-internal-guid-1"><ul><li><p>Eins</p></li></ul></b>',
        "<ul><li>Eins</li></ul>",
        id="google-docs",
    ),
]


@pytest.mark.parametrize(("pasted", "clean"), WORD)
def test_pasted_text_comes_out_clean(pasted: str, clean: str) -> None:
    assert clean_html(pasted) == clean
    assert clean_html(clean) == clean


@pytest.mark.parametrize(
    "text",
    [
        "<p>1. Januar 2027</p>",
        "<p>o. g. Frist</p>",
        "<p>§ 5 Absatz 2</p>",
        "<p>– 5 € bis 10 €</p>",
        "<p>Das kostet 37&nbsp;€.</p>",
    ],
)
def test_paragraph_that_only_looks_like_a_list_stays_one(text: str) -> None:
    assert clean_html(text) == text


WORD_STUECKE = st.sampled_from(
    ["<p class=MsoNormal>", "</p>", "<o:p>", "</o:p>", "·", "&nbsp;", "&nbsp;&nbsp; ", "1.", "<b>",
     "</b>", "<ul>", "<li>", "</li>", "</ul>", "<td>", "<tr>", "<table>", "Wort", " ", "\n",
     "<![if !supportLists]>", "<!--[if gte mso 9]>", "<![endif]-->", "<", "&lt;p&gt;", "<span>",
     "<span style='mso-list:Ignore'>", "</span>", "<h2>", "</h2>", "<br>", "<a href='https://a.b'>",
     "</a>", "<xml>", "<script>"]
)  # fmt: skip


@given(st.lists(WORD_STUECKE, max_size=14).map("".join))
def test_cleaning_word_twice_changes_nothing(text: str) -> None:
    once = clean_html("<p class=MsoNormal>" + text)

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
