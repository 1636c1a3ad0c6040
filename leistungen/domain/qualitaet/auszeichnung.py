"""Q-STR-2, Q-LNK-1, Q-IMG-1: tags, headings, links, images of rich text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

from leistungen.domain.qualitaet.kontext import Kontext
from leistungen.domain.qualitaet.regeln import Regel
from leistungen.domain.qualitaet.register import pruefung
from leistungen.domain.qualitaet.stellen import Stelle
from leistungen.domain.qualitaet.werte import Fund
from zufi.common.html import clean_html, plain_text

_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)((?:\"[^\"]*\"|'[^']*'|[^<>\"'])*)/?>")
_KOMMENTAR = re.compile(r"<!--|<!\[|<\?")
_ATTRIBUT = re.compile(r"([a-zA-Z][\w:-]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_UEBERSCHRIFT = re.compile(r"<h([1-6])\b[^>]*>(.*?)</h\1>", re.S | re.I)
_ABSATZ = re.compile(r"<p\b[^>]*>(.*?)</p>", re.S | re.I)
_GANZ_FETT = re.compile(r"\s*<(b|strong)\b[^>]*>(.*)</\1>\s*(?:<br\s*/?>\s*)*", re.S | re.I)
_LINK = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.S | re.I)
_ADRESSE = re.compile(r"(?:https?://|www\.)\S+")
_NUR_ZEICHEN = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Auszeichnung:
    """A start tag with its attributes."""

    tag: str
    attribute: Mapping[str, str]


def _tags(html: str) -> Iterator[Auszeichnung]:
    for fund in _TAG.finditer(html):
        attribute = {
            name.lower(): unescape(a or b or c) for name, a, b, c in _ATTRIBUT.findall(fund[2])
        }
        yield Auszeichnung(fund[1].lower(), attribute)


@pruefung("erlaubtes_html")
def erlaubtes_html(kontext: Kontext, regel: Regel) -> Iterator[Fund]:
    """What the cleaner would remove: tags, attributes, addresses of other kinds, comments."""
    for stelle in kontext.fuer(regel):
        if stelle.ist_html:
            for was in _entferntes(stelle.roh):
                yield stelle.fund(was=was)
        elif any(tag.tag in _HTML_WOERTER for tag in _tags(stelle.roh)):
            yield stelle.fund(was="HTML in einem Feld ohne Formatierung")


_HTML_WOERTER = frozenset({
    "p", "br", "b", "i", "a", "em", "strong", "ul", "ol", "li", "div", "span", "table", "td", "tr",
    "h1", "h2", "h3", "h4", "h5", "h6", "img", "script", "style",
})  # fmt: skip


@lru_cache(maxsize=2048)
def _entferntes(html: str) -> tuple[str, ...]:
    """Return what cleaning takes away, in words; empty for clean text."""
    if "<" not in html:
        return ()
    sauber = clean_html(html)
    if sauber == html:
        return ()
    vorher, nachher = Counter(_merkmale(html)), Counter(_merkmale(sauber))
    entfernt = sorted(vorher - nachher)
    if not entfernt and _KOMMENTAR.search(html):
        entfernt = ["Kommentare"]
    if not entfernt and _nur_text(html) != _nur_text(sauber):
        entfernt = ["unlesbares HTML"]
    return tuple(entfernt)


def _merkmale(html: str) -> Iterator[str]:
    for tag in _tags(html):
        if tag.tag == "img" and not tag.attribute.get("alt", "").strip():
            continue  # the rule on images says it
        yield f"<{tag.tag}>"
        if tag.tag in _ERLAUBT:
            for name, wert in tag.attribute.items():
                yield "Link auf " + wert.split(":")[0] + ":" if name == "href" else f"{name}=…"


# Of other tags the tag alone is named, not its attributes.
_ERLAUBT = frozenset({
    "p", "br", "h1", "h2", "h3", "h4", "h5", "h6", "b", "strong", "i", "em", "sup", "sub", "ul",
    "ol", "li", "a",
})  # fmt: skip


def _nur_text(html: str) -> str:
    return _NUR_ZEICHEN.sub("", plain_text(html))


@pruefung("ueberschriften")
def ueberschriften(kontext: Kontext, regel: Regel) -> Iterator[Fund]:
    """Headings without words, or with a level left out above them."""
    for stelle in kontext.fuer(regel):
        if not stelle.ist_html or "<h" not in stelle.roh.lower():
            continue
        davor = regel.grenzen["seite"]
        for fund in _UEBERSCHRIFT.finditer(stelle.roh):
            stufe, text = int(fund[1]), _zeile(fund[2])
            if not text:
                yield stelle.fund(was=f"Eine Überschrift (Stufe {stufe}) ist leer.")
            elif stufe > davor + 1:
                yield stelle.fund(
                    _zitat(stelle, text),
                    was=f"Nach Stufe {davor} kommt Stufe {stufe}: „{text}“.",
                )
            davor = max(stufe, regel.grenzen["seite"])


@pruefung("fette_ueberschrift")
def fette_ueberschrift(kontext: Kontext, regel: Regel) -> Iterator[Fund]:
    """Bold paragraphs that stand for a heading: short, no sentence, something follows."""
    for stelle in kontext.fuer(regel):
        if not stelle.ist_html or ("<b" not in stelle.roh and "<strong" not in stelle.roh):
            continue
        for absatz in _ABSATZ.finditer(stelle.roh):
            fett = _GANZ_FETT.fullmatch(absatz[1])
            text = _zeile(fett[2]) if fett else ""
            if (
                text
                and len(text) <= regel.grenzen["zeichen"]
                and not text.endswith((".", "!"))
                and plain_text(stelle.roh[absatz.end() :])
            ):
                yield stelle.fund(_zitat(stelle, text), ueberschrift=text)


@pruefung("linktext")
def linktext(kontext: Kontext, regel: Regel) -> Iterator[Fund]:
    """Links whose text does not say where they lead."""
    nichtssagend = frozenset(regel.grenzen["nichtssagend"])
    for stelle in kontext.fuer(regel):
        if stelle.ist_html:
            for _attribute, inhalt in _LINK.findall(stelle.roh):
                text = _zeile(inhalt)
                if _sagt_nichts(text, nichtssagend):
                    yield stelle.fund(_zitat(stelle, text), link=text or "(leer)")
        elif stelle.feld == "titel" and _sagt_nichts(stelle.klartext, nichtssagend):
            yield stelle.fund(stelle.klartext, link=stelle.klartext)


@pruefung("nackte_adresse")
def nackte_adresse(kontext: Kontext, regel: Regel) -> Iterator[Fund]:
    """Addresses of the web written as text, outside of links."""
    for stelle in kontext.fuer(regel):
        if "http" not in stelle.roh and "www." not in stelle.roh:
            continue
        ohne_links = _LINK.sub(" ", stelle.roh) if stelle.ist_html else stelle.roh
        text = plain_text(ohne_links) if stelle.ist_html else ohne_links
        for fund in _ADRESSE.findall(text):
            yield stelle.fund(_zitat(stelle, fund), link=fund)


def _sagt_nichts(text: str, nichtssagend: frozenset[str]) -> bool:
    kern = " ".join(_NUR_ZEICHEN.sub(" ", text.lower()).split())
    return not kern or kern in nichtssagend or bool(_ADRESSE.match(text))


@pruefung("alternativtext")
def alternativtext(kontext: Kontext, regel: Regel) -> Iterator[Fund]:
    """Images nobody described."""
    for stelle in kontext.fuer(regel):
        if not stelle.ist_html or "<" not in stelle.roh:
            continue
        for tag in _tags(stelle.roh):
            if tag.tag == "img" and not tag.attribute.get("alt", "").strip():
                datei = tag.attribute.get("src", "").rsplit("/", 1)[-1]
                yield stelle.fund(bild=datei or "ohne Namen")


def _zeile(html: str) -> str:
    return " ".join(plain_text(html).split())


def _zitat(stelle: Stelle, text: str) -> str:
    """Return the text if it stands in the words of the place as it is, else nothing."""
    return text if text in stelle.klartext else ""
