"""Weekly hours in the syntax of OpenStreetMap ("Mo-Fr 09:00-12:00"): read, check, put into words.

Times are wall clock in Thüringen, without zone: nine o'clock is nine o'clock on the days when the
clocks change, too. Source of the syntax: OpenStreetMap, key `opening_hours`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import groupby

from opening_hours import (  # type: ignore[attr-defined]  # its stub leaves the error out
    OpeningHours,
    ParserError,
    State,
)

TAGE = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
GESCHLOSSEN = "geschlossen"
BEISPIELE = (
    "„Tu 09:00-12:00“ oder „Di 09:00-12:00“, mehrere so: „Mo-Mi 09:00-12:00; Do 14:00-18:00“"
)
EIN_TAG = timedelta(days=1)
WOCHE = 7
VERGLEICHSWOCHEN = 6  # "first Monday of the month" shows within them
# A span that ends on the next day by noon is a late evening; it belongs to the day it begins.
SPAETESTES_ENDE_DER_NACHT = time(12)

_DEUTSCHE_TAGE = {
    "mo": "Mo", "di": "Tu", "mi": "We", "do": "Th", "fr": "Fr", "sa": "Sa", "so": "Su",
    "montag": "Mo", "dienstag": "Tu", "mittwoch": "We", "donnerstag": "Th", "freitag": "Fr",
    "samstag": "Sa", "sonnabend": "Sa", "sonntag": "Su",
    "geschlossen": "closed", "uhr": "",
}  # fmt: skip
_WORT = re.compile(r'"[^"]*"|[A-Za-zÄÖÜäöüß]+')
_STRICHE = str.maketrans({"–": "-", "—": "-", "−": "-", "„": '"', "“": '"', "”": '"'})
_FEIERTAG_ZU = re.compile(r"\s*[;,]\s*PH\s+(?:off|closed)\b|^\s*PH\s+(?:off|closed)\s*[;,]\s*")
_FEIERTAG = re.compile(r"\b[PS]H\b")
_SONNENSTAND = re.compile(r"\b(?:sunrise|sunset|dawn|dusk)\b")


class ZeitregelFehler(ValueError):
    """The text is no rule of hours; the message is German and meant for the editor."""


@dataclass(frozen=True, slots=True, order=True)
class Spanne:
    """Open from one moment to another, wall clock in Thüringen; `hinweis` such as "mit Termin"."""

    von: datetime
    bis: datetime
    hinweis: str = ""

    @property
    def ist_ganztags(self) -> bool:
        """Whether it covers its day from midnight to midnight."""
        return self.von.time() == time() and self.bis - self.von >= EIN_TAG


def parse_regel(text: str) -> str:
    """Return the rule in the form that is stored: OSM syntax, days in English abbreviations.

    German names of days, "Uhr" and long dashes are accepted. Public holidays are closed without a
    word, "PH off" is therefore dropped.

    Raises:
        ZeitregelFehler: no rule, a rule about holidays or school holidays, or one that depends on
            the sun.
    """
    roh = " ".join(text.split())
    regel = _FEIERTAG_ZU.sub("", _WORT.sub(_deutsch, roh.translate(_STRICHE)))
    ohne_texte = re.sub(r'"[^"]*"', "", regel)
    if _FEIERTAG.search(ohne_texte):
        raise ZeitregelFehler(
            "An gesetzlichen Feiertagen gilt die Behörde von selbst als geschlossen. Öffnet sie an "
            "einem Feiertag oder in den Ferien anders, legen Sie dafür eine Ausnahme an."
        )
    if _SONNENSTAND.search(ohne_texte):
        raise ZeitregelFehler("Nennen Sie Uhrzeiten, keine Zeiten nach dem Sonnenstand.")
    try:
        return str(OpeningHours(" ".join(regel.split())).normalize())
    except ParserError as error:
        raise ZeitregelFehler(
            f"„{roh}“ ist keine lesbare Angabe. Schreiben Sie Tage und Uhrzeiten so: {BEISPIELE}."
        ) from error


def spannen_am(regel: str, tag: date) -> tuple[Spanne, ...]:
    """Return when a stored rule is open on this day, by begin; empty if it is closed.

    A span belongs to the day it begins, as long as it ends by noon of the next one; longer ones
    are cut at midnight.
    """
    mitternacht = datetime.combine(tag, time())
    ergebnis = []
    for von, bis, zustand, hinweis in _regel(regel).intervals(
        mitternacht - EIN_TAG, mitternacht + 2 * EIN_TAG
    ):
        if zustand is not State.CLOSED:
            ergebnis += [s for s in _cut(von, bis, hinweis) if s.von.date() == tag]
    return tuple(sorted(ergebnis))


def spannen_in_worten(spannen: Iterable[Spanne]) -> str:
    """Return "9–12 Uhr und 13–18 Uhr", "geschlossen" for none, "durchgehend" for a whole day."""
    worte = [_spanne_in_worten(spanne) for spanne in spannen]
    if not worte:
        return GESCHLOSSEN
    if len(worte) == 1:
        return worte[0]
    return f"{', '.join(worte[:-1])} und {worte[-1]}"


def regel_in_worten(regel: str, woche_ab: date) -> str:
    """Return a stored rule as a sentence about the week that begins on this day.

    Days with the same hours are drawn together: "Montag bis Freitag 9–12 Uhr; Samstag und Sonntag
    geschlossen". A rule that differs in one of the next weeks says so.
    """
    wochen = [
        tage_in_worten(regel, [woche_ab + (n + WOCHE * w) * EIN_TAG for n in range(WOCHE)])
        for w in range(VERGLEICHSWOCHEN)
    ]
    gleich = len(set(wochen)) == 1
    return wochen[0] if gleich else f"{wochen[0]}. Das gilt nicht in jeder Woche"


def tage_in_worten(regel: str, tage: Iterable[date]) -> str:
    """Return what a stored rule says for these days of one week, neighbours drawn together."""
    zeiten = [
        (TAGE[tag.weekday()], spannen_in_worten(spannen_am(regel, tag)))
        for tag in sorted(tage, key=date.weekday)
    ]
    gruppen = [
        ([tag for tag, _ in gruppe], zeit) for zeit, gruppe in groupby(zeiten, key=lambda z: z[1])
    ]
    return "; ".join(f"{_days(tage)} {zeit}" for tage, zeit in gruppen)


def uhr(zeitpunkt: time | datetime) -> str:
    """Return "9 Uhr" or "9:30 Uhr"."""
    return f"{_stunde(zeitpunkt)} Uhr"


@lru_cache(maxsize=512)
def _regel(regel: str) -> OpeningHours:
    return OpeningHours(regel)


def _deutsch(treffer: re.Match[str]) -> str:
    return _DEUTSCHE_TAGE.get(treffer.group().lower(), treffer.group())


def _cut(von: datetime, bis: datetime, hinweis: str) -> list[Spanne]:
    teile = []
    while von < bis:
        naechster_tag = datetime.combine(von.date() + EIN_TAG, time())
        mittag = datetime.combine(naechster_tag.date(), SPAETESTES_ENDE_DER_NACHT)
        ganz = bis <= naechster_tag or (von.time() > time() and bis <= mittag)
        ende = bis if ganz else naechster_tag
        teile.append(Spanne(von, ende, hinweis))
        von = ende
    return teile


def _spanne_in_worten(spanne: Spanne) -> str:
    zusatz = f" ({spanne.hinweis})" if spanne.hinweis else ""
    if spanne.ist_ganztags:
        return spanne.hinweis or "durchgehend"
    return f"{_stunde(spanne.von)}–{_stunde(spanne.bis, ende=True)} Uhr{zusatz}"


def _stunde(zeitpunkt: time | datetime, *, ende: bool = False) -> str:
    if ende and zeitpunkt.hour == zeitpunkt.minute == 0:
        return "24"
    return f"{zeitpunkt.hour}:{zeitpunkt.minute:02}" if zeitpunkt.minute else str(zeitpunkt.hour)


def _days(tage: list[str]) -> str:
    if len(tage) == 1:
        return tage[0]
    bindewort = "und" if len(tage) == 2 else "bis"  # noqa: PLR2004 - two neighbours
    return f"{tage[0]} {bindewort} {tage[-1]}"
