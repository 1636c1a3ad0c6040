"""Histograms of "published until searchable": bounds, quantiles, hours of a day (pure)."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

# Upper bounds in seconds, inclusive. Fine around the promise of 3 s, open at the end.
GRENZEN = (
    1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0, 5.0, 10.0, 30.0, 60.0, 300.0, 1800.0, math.inf,
)  # fmt: skip
# Elasticsearch shows what it was sent after the next refresh: one second later at most.
REFRESH_SECONDS = 1.0

Histogramm = Mapping[float, int]


def grenze(sekunden: float) -> float:
    """Return the bound of the bucket that these seconds fall into."""
    return GRENZEN[bisect_left(GRENZEN, sekunden)]


def histogramm(werte: Iterable[float]) -> Counter[float]:
    """Return bound → how many values fall into its bucket."""
    return Counter(grenze(wert) for wert in werte)


def anteil_bis(haeufigkeit: Histogramm, sekunden: float) -> float:
    """Return the share of values up to these seconds, a bound; 1.0 where there are none."""
    gesamt = sum(haeufigkeit.values())
    bis = sum(anzahl for le, anzahl in haeufigkeit.items() if le <= sekunden)
    return bis / gesamt if gesamt else 1.0


def quantil(haeufigkeit: Histogramm, q: float) -> float | None:
    """Return the value below which the share `q` lies, linear within a bucket; None without any.

    Of the open bucket only its lower bound is known.
    """
    rang = q * sum(haeufigkeit.values())
    if not rang:
        return None
    unten, bisher = 0.0, 0
    for le in GRENZEN:
        anzahl = haeufigkeit.get(le, 0)
        if anzahl and bisher + anzahl >= rang:
            if math.isinf(le):
                return unten
            return unten + (le - unten) * (rang - bisher) / anzahl
        bisher += anzahl
        unten = le
    return unten


@dataclass(frozen=True, slots=True)
class Stunde:
    """One hour of the chart; times in seconds, None where nothing was published."""

    beginn: datetime
    anzahl: int
    median: float | None
    p95: float | None


def stunden(
    je_stunde: Mapping[datetime, Histogramm], jetzt: datetime, anzahl: int = 24
) -> list[Stunde]:
    """Return the last hours up to this one, oldest first, empty ones included."""
    diese = jetzt.replace(minute=0, second=0, microsecond=0)
    result = []
    for zurueck in reversed(range(anzahl)):
        beginn = diese - timedelta(hours=zurueck)
        werte = je_stunde.get(beginn, {})
        result.append(
            Stunde(beginn, sum(werte.values()), quantil(werte, 0.5), quantil(werte, 0.95))
        )
    return result


@dataclass(frozen=True, slots=True)
class Balken:
    """A bar of the chart in the units of its SVG; `text` is what it shows."""

    x: int
    y: int
    hoehe: int
    mitte: int
    text: str
    stunde: str
    beschriften: bool


@dataclass(frozen=True, slots=True)
class Diagramm:
    """The chart of p95 per hour: bars, the line of the promise, and the highest value."""

    balken: tuple[Balken, ...]
    ziel_y: int
    hoechstwert: float


BREITE, HOEHE, UNTEN, OBEN = 720, 200, 170, 20
ZIEL_SECONDS = 3.0
_JEDE_BESCHRIFTUNG = 3


def diagramm(reihe: list[Stunde], ortszeit: Mapping[datetime, str]) -> Diagramm:
    """Return where everything is drawn; the promise of 3 s is always in sight.

    Args:
        reihe: hours, oldest first.
        ortszeit: begin of an hour → how readers write it, such as "14 Uhr".
    """
    werte = [stunde.p95 for stunde in reihe if stunde.p95 is not None]
    hoechst = max([*werte, ZIEL_SECONDS * 1.2])
    schritt = BREITE // len(reihe)

    def y(wert: float) -> int:
        return round(UNTEN - (UNTEN - OBEN) * wert / hoechst)

    balken = tuple(
        Balken(
            x=nummer * schritt + 3,
            y=y(stunde.p95 or 0.0),
            hoehe=UNTEN - y(stunde.p95 or 0.0),
            mitte=nummer * schritt + schritt // 2,
            text=sekunden_text(stunde.p95) if stunde.p95 is not None else "",
            stunde=ortszeit[stunde.beginn],
            beschriften=(len(reihe) - 1 - nummer) % _JEDE_BESCHRIFTUNG == 0,
        )
        for nummer, stunde in enumerate(reihe)
    )
    return Diagramm(balken, y(ZIEL_SECONDS), hoechst)


_MINUTE = 60
_STUNDE = 3600
_TAG = 86400


def sekunden_text(sekunden: float | None) -> str:
    """Return a time as people write it: "1,4 s", "12 s", "3 min", "2 Std."; "–" for none."""
    if sekunden is None:
        return "–"
    if sekunden < 10:  # noqa: PLR2004 - below, a tenth matters
        return f"{sekunden:.1f} s".replace(".", ",")
    if sekunden < 2 * _MINUTE:
        return f"{sekunden:.0f} s"
    if sekunden < 2 * _STUNDE:
        return f"{sekunden / _MINUTE:.0f} min"
    if sekunden < 2 * _TAG:
        return f"{sekunden / _STUNDE:.0f} Std."
    return f"{sekunden / _TAG:.0f} Tage"
