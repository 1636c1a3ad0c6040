"""Is an authority open? Dated exception before public holiday of Thüringen before weekly rule.

Nothing here asks a clock: `jetzt` is passed in. The library of rules knows nationwide holidays
only, so those of the Land come from `holidays`: 20 September (Weltkindertag) and 31 October
(Reformationstag) included. Source: Thüringer Feiertagsgesetz, § 2; ux.md 6.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

import holidays

from behoerden.domain.zeitregel import (
    EIN_TAG,
    GESCHLOSSEN,
    TAGE,
    WOCHE,
    Spanne,
    spannen_am,
    spannen_in_worten,
    tage_in_worten,
    uhr,
)
from zufi.common.zeitraum import BERLIN, MONATE, enthaelt

BITTE_ERFRAGEN = "Öffnungszeiten bitte erfragen"
VORSCHAU_TAGE = 60  # how far the next opening is looked for
FREITAG = 4  # days after it are shown only if something happens on them


@dataclass(frozen=True, slots=True)
class Zeitregel:
    """A weekly rule as stored (OSM syntax), valid from one day to another, both inclusive."""

    regel: str
    ab: date | None = None
    bis: date | None = None


@dataclass(frozen=True, slots=True)
class Ausnahme:
    """Other hours from one day to another, both inclusive; an empty rule is "closed"."""

    von: date
    bis: date
    regel: str = ""
    grund: str = ""


@dataclass(frozen=True, slots=True)
class Zeitplan:
    """Everything that decides when an authority is open."""

    regeln: tuple[Zeitregel, ...] = ()
    ausnahmen: tuple[Ausnahme, ...] = ()

    def is_bekannt(self, ab: date) -> bool:
        """Whether a weekly rule holds on this day or later; an exception alone says too little."""
        return any(regel.bis is None or regel.bis >= ab for regel in self.regeln)


@dataclass(frozen=True, slots=True)
class Tagesplan:
    """One day: when it is open; `besonders` if an exception or a holiday decides, and why."""

    tag: date
    spannen: tuple[Spanne, ...]
    besonders: bool = False
    grund: str = ""


@dataclass(frozen=True, slots=True)
class Zeitzeile:
    """A row of the table of hours."""

    tag: str
    zeit: str
    heute: bool = False


def feiertag(tag: date) -> str:
    """Return the German name of the public holiday in Thüringen, "" on other days."""
    return _feiertage(tag.year).get(tag, "")


def tagesplan(plan: Zeitplan, tag: date) -> Tagesplan:
    """Return the hours of one day; of several exceptions the shortest decides, then "closed"."""
    ausnahmen = [a for a in plan.ausnahmen if enthaelt(a.von, a.bis, tag)]
    if ausnahmen:
        ausnahme = min(ausnahmen, key=lambda a: (a.bis - a.von, bool(a.regel), a.von, a.grund))
        spannen = spannen_am(ausnahme.regel, tag) if ausnahme.regel else ()
        return Tagesplan(tag, spannen, besonders=True, grund=ausnahme.grund)
    if name := feiertag(tag):
        return Tagesplan(tag, (), besonders=True, grund=name)
    gueltig = [regel for regel in plan.regeln if enthaelt(regel.ab, regel.bis, tag)]
    return Tagesplan(tag, _merged(s for regel in gueltig for s in spannen_am(regel.regel, tag)))


def zustand(plan: Zeitplan, jetzt: datetime) -> str:
    """Return the state at this moment (aware) in words, such as "jetzt geöffnet bis 18 Uhr".

    Without hours it is "Öffnungszeiten bitte erfragen"; a day that an exception or a holiday closes
    is named with its reason.
    """
    wand = jetzt.astimezone(BERLIN).replace(tzinfo=None)
    heute = wand.date()
    if not plan.is_bekannt(heute):
        return BITTE_ERFRAGEN
    if offen := _span_at(plan, wand):
        return _open_until(plan, offen, heute)
    plan_heute = tagesplan(plan, heute)
    if plan_heute.besonders and not plan_heute.spannen:
        grund = f" ({plan_heute.grund})" if plan_heute.grund else ""
        return f"heute {GESCHLOSSEN}{grund}"
    naechste = _next_span(plan, wand)
    if naechste is None:
        return f"zurzeit {GESCHLOSSEN}"
    wann = f"{_day_in_words(naechste.von.date(), heute)} {uhr(naechste.von)}"
    return f"jetzt {GESCHLOSSEN}, öffnet {wann}"


def is_offen(plan: Zeitplan, jetzt: datetime) -> bool:
    """Return whether it is open at this moment (aware)."""
    return _span_at(plan, jetzt.astimezone(BERLIN).replace(tzinfo=None)) is not None


def woche(plan: Zeitplan, ab: date, heute: date | None = None) -> tuple[Zeitzeile, ...]:
    """Return the table of the seven days from `ab`, Monday first; () if no hours are known.

    A day that an exception or a holiday decides says so with its date. Weekends without hours are
    left out, unless it is today.
    """
    if not plan.is_bekannt(ab):
        return ()
    zeilen = []
    for tag in sorted((ab + n * EIN_TAG for n in range(WOCHE)), key=date.weekday):
        am_tag = tagesplan(plan, tag)
        if tag.weekday() > FREITAG and not am_tag.spannen and tag != heute:
            continue
        zeit = _special(am_tag, heute) if am_tag.besonders else spannen_in_worten(am_tag.spannen)
        zeilen.append(Zeitzeile(TAGE[tag.weekday()], zeit, heute=tag == heute))
    return tuple(zeilen)


def kommende_ausnahmen(plan: Zeitplan, ab: date) -> tuple[str, ...]:
    """Return one line for each exception that is not over yet: "24. Dezember 2026: geschlossen"."""
    offen = sorted((a for a in plan.ausnahmen if a.bis >= ab), key=lambda a: (a.von, a.bis))
    return tuple(f"{_period(a.von, a.bis)}: {_exception_in_words(a)}" for a in offen)


def _span_at(plan: Zeitplan, wand: datetime) -> Spanne | None:
    """The span that contains the moment; it may have begun on the evening before."""
    for tag in (wand.date(), wand.date() - EIN_TAG):
        for spanne in tagesplan(plan, tag).spannen:
            if spanne.von <= wand < spanne.bis:
                return spanne
    return None


def _open_until(plan: Zeitplan, offen: Spanne, heute: date) -> str:
    if offen.hinweis and offen.ist_ganztags:  # "nach Vereinbarung" is no time of its own
        return offen.hinweis
    text = f"jetzt geöffnet ({offen.hinweis})" if offen.hinweis else "jetzt geöffnet"
    ende = offen.bis
    grenze = ende + timedelta(days=WOCHE)
    while (weiter := _span_at(plan, ende)) is not None:  # goes on beyond midnight
        ende = weiter.bis
        if ende >= grenze:
            return text
    if ende == datetime.combine(heute + EIN_TAG, datetime.min.time()):
        return f"{text} bis 24 Uhr"
    tage = (ende.date() - heute).days
    nacht = ende.date() == heute or (tage == 1 and ende == offen.bis)
    return f"{text} bis {'' if nacht else TAGE[ende.weekday()] + ' '}{uhr(ende)}"


def _next_span(plan: Zeitplan, wand: datetime) -> Spanne | None:
    for tage in range(VORSCHAU_TAGE + 1):
        for spanne in tagesplan(plan, wand.date() + tage * EIN_TAG).spannen:
            if spanne.von > wand:
                return spanne
    return None


def _day_in_words(tag: date, heute: date) -> str:
    if tag == heute:
        return "heute"
    if (tag - heute).days < WOCHE:
        return TAGE[tag.weekday()]
    return f"am {_day(tag)} um"


def _special(am_tag: Tagesplan, heute: date | None) -> str:
    wann = "" if am_tag.tag == heute else f"am {_day(am_tag.tag)} "
    grund = f" ({am_tag.grund})" if am_tag.grund else ""
    return f"{wann}{spannen_in_worten(am_tag.spannen)}{grund}"


def _exception_in_words(ausnahme: Ausnahme) -> str:
    grund = f" ({ausnahme.grund})" if ausnahme.grund else ""
    if not ausnahme.regel:
        return f"{GESCHLOSSEN}{grund}"
    dauer = (ausnahme.bis - ausnahme.von).days
    if not dauer:
        return f"{spannen_in_worten(spannen_am(ausnahme.regel, ausnahme.von))}{grund}"
    tage = (ausnahme.von + n * EIN_TAG for n in range(min(dauer + 1, WOCHE)))
    offen = [tag for tag in tage if spannen_am(ausnahme.regel, tag)]
    return f"{tage_in_worten(ausnahme.regel, offen) or GESCHLOSSEN}{grund}"


def _period(von: date, bis: date) -> str:
    if von == bis:
        return f"{_day(von)} {von.year}"
    if von.year != bis.year:
        return f"{_day(von)} {von.year} bis {_day(bis)} {bis.year}"
    anfang = f"{von.day}." if von.month == bis.month else _day(von)
    return f"{anfang} bis {_day(bis)} {bis.year}"


def _day(tag: date) -> str:
    return f"{tag.day}. {MONATE[tag.month - 1]}"


def _merged(spannen: Iterable[Spanne]) -> tuple[Spanne, ...]:
    """Rules that overlap give one span; what they say about it is kept once."""
    ergebnis: list[Spanne] = []
    for spanne in sorted(spannen):
        if ergebnis and spanne.von < ergebnis[-1].bis and spanne.hinweis == ergebnis[-1].hinweis:
            letzte = ergebnis.pop()
            spanne = Spanne(letzte.von, max(letzte.bis, spanne.bis), spanne.hinweis)  # noqa: PLW2901
        ergebnis.append(spanne)
    return tuple(ergebnis)


@lru_cache(maxsize=32)
def _feiertage(jahr: int) -> dict[date, str]:
    return dict(holidays.country_holidays("DE", subdiv="TH", language="de", years=jahr))
