"""When a text has to be reviewed again, and how many reviews fall into which week."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

# Group of fields → months between two reviews (domain design 7.3, unconfirmed).
INTERVALL_MONATE: Mapping[str, int] = {"text": 24}
# Due days are spread by so many per cent, so that what was imported in one day is not due in one.
STREUUNG_PROZENT = 15
WOCHEN = 12
_STUFEN = 2**32


def naechste_pruefung(kennung: UUID, geprueft_am: date, gruppe: str = "text") -> date:
    """Return the day of the next review: the interval, spread by the identity of the object.

    The same object always gets the same share of the spread: nobody can shift its day by asking
    twice.
    """
    ziel = _plus_monate(geprueft_am, INTERVALL_MONATE[gruppe])
    spanne = (ziel - geprueft_am).days * STREUUNG_PROZENT / 100
    anteil = (kennung.int % _STUFEN) / (_STUFEN - 1) * 2 - 1
    return ziel + timedelta(days=round(spanne * anteil))


def _plus_monate(tag: date, monate: int) -> date:
    monat = tag.month - 1 + monate
    jahr, monat = tag.year + monat // 12, monat % 12 + 1
    return date(jahr, monat, min(tag.day, calendar.monthrange(jahr, monat)[1]))


@dataclass(frozen=True, slots=True)
class Woche:
    """One week from Monday on, with the number of reviews that fall due in it."""

    montag: date
    anzahl: int

    @property
    def nummer(self) -> int:
        """Number of the week in its year (ISO 8601)."""
        return self.montag.isocalendar().week


def je_woche(heute: date, faellig: Mapping[date, int], wochen: int = WOCHEN) -> Sequence[Woche]:
    """Return the weeks from this one on; what is overdue or later belongs to none of them.

    In the week of today only the days from tomorrow on count: today is due already.
    """
    anfang = heute - timedelta(days=heute.weekday())
    ergebnis = []
    for nummer in range(wochen):
        montag = anfang + timedelta(weeks=nummer)
        tage = (montag + timedelta(days=tag) for tag in range(7))
        ergebnis.append(Woche(montag, sum(faellig.get(tag, 0) for tag in tage if tag > heute)))
    return ergebnis


def botschaft(wochen: Sequence[Woche], ueberfaellig: int) -> str:
    """Return what the weeks say, in one or two sentences."""
    summe = sum(woche.anzahl for woche in wochen)
    teile = []
    if ueberfaellig:
        teile.append(f"{_pruefungen(ueberfaellig)} fällig.")
    if not summe:
        teile.append(f"In den nächsten {len(wochen)} Wochen wird keine Prüfung fällig.")
    else:
        spitze = max(wochen, key=lambda woche: woche.anzahl)
        kommt = f"In den nächsten {len(wochen)} Wochen {_werden(summe)} fällig"
        teile.append(f"{kommt}, die meisten in der Woche ab {spitze.montag:%d.%m.%Y}.")
    return " ".join(teile)


def _pruefungen(anzahl: int) -> str:
    return "1 Prüfung ist" if anzahl == 1 else f"{anzahl:,} Prüfungen sind".replace(",", ".")


def _werden(anzahl: int) -> str:
    return "wird 1 Prüfung" if anzahl == 1 else f"werden {anzahl:,} Prüfungen".replace(",", ".")
