"""A digital service in operation, under maintenance, out of order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from leistungen.domain.betrieb import Betrieb, stoerung_satz

JETZT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
STUNDE = timedelta(hours=1)


@pytest.mark.parametrize(
    ("von", "bis", "in_wartung"),
    [
        (JETZT, JETZT + STUNDE, True),
        (JETZT - STUNDE, JETZT, False),
        (JETZT + STUNDE, None, False),
        (JETZT - STUNDE, None, True),
        (None, JETZT + STUNDE, True),
        (None, None, False),
    ],
)
def test_window_begins_at_once_and_ends_before_its_end(
    von: datetime | None, bis: datetime | None, in_wartung: bool
) -> None:
    assert Betrieb("aktiv", von, bis).is_nutzbar(JETZT) is not in_wartung


def test_end_is_named_in_local_time() -> None:
    betrieb = Betrieb("aktiv", JETZT, datetime(2026, 11, 24, 5, 30, tzinfo=UTC))

    assert stoerung_satz(betrieb, JETZT) == (
        "Der Dienst wird gewartet, voraussichtlich bis 24. November 2026, 6.30 Uhr."
    )


def test_every_state_has_its_sentence() -> None:
    assert stoerung_satz(Betrieb("aktiv"), JETZT) == ""
    assert "außer Betrieb" in stoerung_satz(Betrieb("ausser_betrieb"), JETZT)
    assert "gestört" in stoerung_satz(Betrieb("gestoert"), JETZT)
    assert "später" in stoerung_satz(Betrieb("aktiv", JETZT), JETZT)
