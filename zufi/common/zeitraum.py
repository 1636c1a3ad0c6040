"""Periods of inclusive days in Europe/Berlin; open ends are None."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")
MONATE = (
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
)


def heute(jetzt: datetime) -> date:
    """Return the day in Thüringen at this moment (an aware datetime)."""
    return jetzt.astimezone(BERLIN).date()


def enthaelt(ab: date | None, bis: date | None, stichtag: date) -> bool:
    """Return whether the day lies in the period; both ends are inclusive, None is open."""
    return (ab is None or ab <= stichtag) and (bis is None or stichtag <= bis)


def ueberlappen(ab: date | None, bis: date | None, ab_2: date | None, bis_2: date | None) -> bool:
    """Return whether two periods share at least one day."""
    return (bis_2 is None or ab is None or ab <= bis_2) and (
        bis is None or ab_2 is None or ab_2 <= bis
    )
