"""Rich text is cleaned on every way in; what is stored is what the exchange format allows."""

from __future__ import annotations

import re
from html import unescape

import nh3

from zufi.common.word import entferne_word, ist_aus_word

# Tags of domain design Q-STR-2; `hr` and `embed` are refused on purpose.
_TAGS = {
    "p", "br", "h1", "h2", "h3", "h4", "h5", "h6", "b", "strong", "i", "em", "sup", "sub",
    "ul", "ol", "li", "a",
}  # fmt: skip
# Of these not even the words remain: they are no words for readers.
_OHNE_INHALT = {"script", "style", "xml", "title"}
# Wagtail stores links to its own objects as linktype and id; its editor needs the block key.
_ATTRIBUTES = {"*": {"data-block-key"}, "a": {"href", "linktype", "id"}}
_SCHEMES = {"http", "https", "mailto", "tel"}
_TAG = re.compile(r"<[^>]+>")
_BLOCK_END = re.compile(r"</(p|li|h\d|ul|ol)>|<br\s*/?>")
_LINK = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.S)
_TARGET = re.compile(r'(?:href|id)="([^"]*)"')
_BLANKS = re.compile(r"[ \t\r\f\v\u00a0]+")


def clean_html(html: str) -> str:
    """Return the text with allowed tags only; cleaning twice changes nothing.

    What word processors leave behind goes too: their marks, runs of hard blanks, and lists that
    are paragraphs with a dot in front; see `zufi.common.word`.
    """
    if "<" not in html:
        return html
    if ist_aus_word(html):
        html = entferne_word(html)
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel=None,
        clean_content_tags=_OHNE_INHALT,
    )


def plain_text(html: str) -> str:
    """Return the words of rich text, one line per block."""
    text = unescape(_TAG.sub("", _BLOCK_END.sub("\n", html)))
    lines = (_BLANKS.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def paragraphs(html: str) -> tuple[str, ...]:
    """Return the blocks of rich text as lines; the target of a link stands behind its text.

    Two texts with the same paragraphs tell a reader the same; marks of the editor and bold type do
    not count.
    """
    with_targets = _LINK.sub(lambda link: f"{link[2]} [{' '.join(_TARGET.findall(link[1]))}]", html)
    return tuple(plain_text(with_targets).splitlines())


def first_sentence(html: str) -> str:
    """Return the first sentence of rich text, for a place with room for one."""
    line = plain_text(html).split("\n", 1)[0]
    # A full stop after one or two digits is that of a date: "bis 31. Dezember".
    match = re.match(r".+?(?<!\b\d)(?<!\b\d\d)[.!?](?=\s+[A-ZÄÖÜ„]|$)", line)
    return match.group() if match else line
