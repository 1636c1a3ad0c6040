"""The dry run as a page shows it: words that went and words that came, marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from leistungen.austausch.plan import Plan, Zeilenaenderung
from leistungen.formular.wortvergleich import GLEICH, NEU, WEG, Teil, vergleiche_worte
from zufi.common.html import plain_text

MAX_LEISTUNGEN = 200  # on one page; the rest is counted
MAX_WOERTER = 1200  # longer texts are shown side by side, without marks


@dataclass(frozen=True, slots=True)
class Feldansicht:
    """A field with the words of before and after."""

    titel: str
    html: SafeString


@dataclass(frozen=True, slots=True)
class Zeilenansicht:
    """A row of the file with its changes."""

    ort: str
    was: str
    felder: tuple[Feldansicht, ...]


@dataclass(frozen=True, slots=True)
class Leistungsansicht:
    """A service with its changed rows."""

    pk: int
    titel: str
    zeilen: tuple[Zeilenansicht, ...]


def ansicht(plan: Plan) -> tuple[Leistungsansicht, ...]:
    """Return the first services of the dry run for the page."""
    return tuple(
        Leistungsansicht(leistung.pk, leistung.titel, tuple(map(_zeile, leistung.zeilen)))
        for leistung in plan.leistungen[:MAX_LEISTUNGEN]
    )


def _zeile(zeile: Zeilenaenderung) -> Zeilenansicht:
    felder = tuple(
        Feldansicht(f.titel, diff_html(wortvergleich(f.alt, f.neu))) for f in zeile.felder
    )
    ort = f"{zeile.satz.blatt.name}, Zeile {zeile.satz.nummer}"
    if zeile.satz.blatt.relation:
        ort = f"{ort}: {zeile.bezeichnung}"
    return Zeilenansicht(ort, zeile.was.value, felder)


def wortvergleich(alt: str, neu: str) -> tuple[Teil, ...]:
    """Return both texts as one, word by word.

    Where only the format differs, not a word, the marks of the format are shown as well.
    """
    alt_text, neu_text = plain_text(alt), plain_text(neu)
    if alt_text.split() == neu_text.split():
        alt_text, neu_text = alt, neu
    if len(alt_text.split()) + len(neu_text.split()) > MAX_WOERTER:
        return tuple(Teil(art, text) for art, text in ((WEG, alt_text), (NEU, neu_text)) if text)
    return vergleiche_worte(alt_text, neu_text)


def diff_html(teile: Iterable[Teil]) -> SafeString:
    """Return the words with `del` and `ins`: a change is in the element, not in its colour."""
    arten = {WEG: "del", NEU: "ins", GLEICH: "span"}
    return format_html_join(" ", "<{0}>{1}</{0}>", ((arten[t.art], t.text) for t in teile))
