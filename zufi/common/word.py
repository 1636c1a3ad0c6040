"""What Word and its relatives put on the clipboard becomes plain paragraphs, headings and lists.

Word writes a list as paragraphs with a dot, blanks and a style; it wraps words in spans and smart
tags and fills empty lines with hard blanks. The words stay, in their order; only their dress goes.
Works on untrusted text: the result still has to pass `clean_html`.
"""

from __future__ import annotations

import re

import nh3
from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

_MERKMALE = re.compile(
    r"""mso-|\bclass=["']?Mso|<(?:o|w|m|v|st1):|xmlns:[ow]=|<!(?:--)?\[if|docs-internal-guid""",
    re.I,
)
# "·   Ausweis": what marks a list in a paragraph; letters and dashes only before a run of blanks.
_BLANK = r"[ \t\r\n\u00a0]"
_PUNKT = re.compile(rf"^{_BLANK}*(?:[·•▪●◦‣\uf0b7\uf0a7]{_BLANK}+|(?:[o§–-]){_BLANK}{{2,}})")
_ZAHL = re.compile(rf"^{_BLANK}*(?:\d{{1,2}}|[a-z])[.)]{_BLANK}{{2,}}")
_PUNKT_ROH = re.compile(
    r"<p\b[^>]*>(?:\s|&nbsp;|\u00a0|<(?:span|b|strong|font)\b[^>]*>)*"
    r"(?:[·•▪●◦‣\uf0b7\uf0a7]|(?:[o§–-]|(?:\d{1,2}|[a-z])[.)])"
    r"(?:&nbsp;|\u00a0|\s|<[^>]*>)*(?:&nbsp;|\u00a0))"
)
_LAUF = re.compile(r"[ \t\r\n\u00a0]*(?:\u00a0[ \t\r\n\u00a0]+|[ \t\r\n]+\u00a0)[ \t\r\n\u00a0]*")
_UMBRUCH = re.compile(r"[ \t]*[\r\n]+[ \t]*")
_LISTENKLASSE = re.compile(r"MsoList(Bullet|Number)", re.I)
_TAGS = {
    "p", "br", "h1", "h2", "h3", "h4", "h5", "h6", "b", "strong", "i", "em", "sup", "sub", "ul",
    "ol", "li", "a", "span", "table", "tbody", "thead", "tr", "td", "th",
}  # fmt: skip
_FORMAT = ("b", "strong", "i", "em", "sup", "sub", "span")
_LEERBAR = (*_FORMAT, "p", "h1", "h2", "h3", "h4", "h5", "h6", "li")


def ist_aus_word(html: str) -> bool:
    """Whether the text bears the marks of a word processor, or a list that is none."""
    return bool(_MERKMALE.search(html) or _PUNKT_ROH.search(html) or "&nbsp;&nbsp;" in html)


def entferne_word(html: str) -> str:
    """Return the text with real lists, without empty paragraphs and runs of hard blanks.

    Headings stay headings; a bold paragraph stays a paragraph.
    """
    soup = BeautifulSoup(_wohlgeformt(html), "html.parser")
    for tag in soup.find_all("span"):
        if "mso-list:ignore" not in _stil(tag):
            tag.unwrap()
    for tag in soup.find_all(["b", "strong"]):
        if re.search(
            r"(?:^|;)font-weight:normal", _stil(tag)
        ):  # the wrapper of what Google Docs copies
            tag.unwrap()
    _zeilen_der_tabellen(soup)
    for absatz in soup.find_all("li"):
        for inneres in absatz.find_all("p", recursive=False):
            inneres.unwrap()
    _listen(soup)
    for tag in soup.find_all("span"):
        tag.unwrap()
    soup.smooth()
    _leerzeichen(soup)
    _leere_weg(soup)
    return str(soup)


def _wohlgeformt(html: str) -> str:
    """Return well-formed HTML with what the steps below look at; smart tags and comments go."""
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes={"*": {"class", "style", "data-block-key"}, "a": {"href", "linktype", "id"}},
        clean_content_tags={"script", "style", "xml", "title"},
        link_rel=None,
    )


def _stil(tag: Tag) -> str:
    return re.sub(r"\s", "", str(tag.get("style") or "")).lower()


def _zeilen_der_tabellen(soup: BeautifulSoup) -> None:
    """A row of a table becomes a paragraph, its cells apart: tables are not allowed."""
    for zeile in soup.find_all("tr"):
        if zeile.find(["ul", "ol", "table"]):
            continue
        absatz = soup.new_tag("p")
        for zelle in zeile.find_all(["td", "th"]):
            for inneres in zelle.find_all("p"):
                inneres.append(" ")
                inneres.unwrap()
            if not zelle.get_text(strip=True):
                continue
            if absatz.contents:
                absatz.append(" – ")
            for inhalt in list(zelle.contents):
                absatz.append(inhalt.extract())
        zeile.replace_with(absatz)


def _listen(soup: BeautifulSoup) -> None:
    """Neighbouring list paragraphs of one kind become one list."""
    for absatz in soup.find_all("p"):
        if absatz.decomposed or absatz.find_parent("li"):
            continue
        art = _listenart(absatz)
        if not art:
            continue
        vorher = _vorheriges(absatz)
        absatz.name = "li"
        absatz.attrs = {k: v for k, v in absatz.attrs.items() if k == "data-block-key"}
        if isinstance(vorher, Tag) and vorher.name == art and vorher.get("zf-word"):
            vorher.append(absatz.extract())
        else:
            liste = soup.new_tag(art)
            liste["zf-word"] = "1"
            absatz.wrap(liste)
    for liste in soup.find_all(["ul", "ol"]):
        del liste["zf-word"]


def _vorheriges(tag: Tag) -> object:
    vorher = tag.previous_sibling
    while isinstance(vorher, NavigableString) and not vorher.strip():
        vorher = vorher.previous_sibling
    return vorher


def _listenart(absatz: Tag) -> str:
    """Return "ul" or "ol" after taking the mark off; "" if the paragraph is no list item."""
    marke = absatz.find(lambda tag: tag.name == "span" and "mso-list:ignore" in _stil(tag))
    if isinstance(marke, Tag):
        zeichen = marke.get_text().strip(" \t\r\n\u00a0")
        marke.decompose()
        return "ol" if re.fullmatch(r"(?:\d{1,2}|[a-zA-Z]|[ivx]+)[.)]", zeichen) else "ul"
    text = absatz.get_text()
    klassen = str(absatz.get("class") or "")
    treffer = _PUNKT.match(text)
    art = "ul" if treffer else ""
    if not treffer and (treffer := _ZAHL.match(text)):
        art = "ol"
    if treffer:
        _schneide_ab(absatz, treffer.end())
    elif liste := _LISTENKLASSE.search(klassen):
        art = "ol" if liste[1].lower() == "number" else "ul"
    return art


def _schneide_ab(tag: Tag, anzahl: int) -> None:
    """Take the first characters off the text of a tag, wherever in it they stand."""
    for stueck in list(tag.find_all(string=True)):
        if anzahl <= 0:
            return
        text = str(stueck)
        stueck.replace_with(NavigableString(text[anzahl:]))
        anzahl -= len(text)


def _leerzeichen(soup: BeautifulSoup) -> None:
    """Runs of blanks become one; a single hard blank ("37 €") stays, line breaks are blanks."""
    for stueck in list(soup.find_all(string=True)):
        text = _UMBRUCH.sub(" ", str(stueck))
        text = re.sub(r"[ \t]{2,}", " ", _LAUF.sub(" ", text))
        if text != str(stueck):
            stueck.replace_with(NavigableString(text))


def _leere_weg(soup: BeautifulSoup) -> None:
    """Paragraphs and formats without a word go; blocks begin and end without blanks."""
    for tag in reversed(soup.find_all(list(_LEERBAR))):
        if tag.decomposed:
            continue
        if not tag.get_text(strip=True).strip("\u00a0") and not tag.find("br"):
            if tag.name in _FORMAT:
                tag.unwrap()
            else:
                tag.decompose()
    for block in soup.find_all(["p", "li", "h1", "h2", "h3", "h4", "h5", "h6"]):
        _kante(block, vorn=True)
        _kante(block, vorn=False)
    for stueck in list(soup.find_all(string=True, recursive=False)):
        if not stueck.strip(" \t\r\n\u00a0"):
            stueck.extract()


def _kante(block: Tag, *, vorn: bool) -> None:
    stuecke = [stueck for stueck in block.find_all(string=True) if str(stueck)]
    if not stuecke:
        return
    stueck = stuecke[0] if vorn else stuecke[-1]
    text = str(stueck).lstrip(" \u00a0") if vorn else str(stueck).rstrip(" \u00a0")
    if text != str(stueck) and text:
        stueck.replace_with(NavigableString(text))
