"""Histograms and the chart drawn from them."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.latenz import (
    GRENZEN,
    OBEN,
    UNTEN,
    anteil_bis,
    diagramm,
    grenze,
    histogramm,
    quantil,
    sekunden_text,
    stunden,
)

JETZT = datetime(2026, 11, 24, 14, 2, 7, tzinfo=UTC)


def test_bounds_are_inclusive_and_the_last_one_takes_the_rest() -> None:
    assert grenze(3.0) == 3.0
    assert grenze(3.0001) == 4.0
    assert math.isinf(grenze(1e9))


def test_quantiles_lie_within_their_bucket() -> None:
    werte = histogramm([1.05] * 90 + [2.8] * 10)

    assert quantil(werte, 0.5) == pytest.approx(1.1 * 50 / 90)
    assert 2.5 < (quantil(werte, 0.95) or 0) < 3.0
    assert anteil_bis(werte, 3.0) == 1.0
    assert quantil({}, 0.95) is None


@given(st.lists(st.floats(0, 10_000), min_size=1), st.floats(0.01, 1))
def test_quantiles_grow_with_their_share(werte: list[float], q: float) -> None:
    haeufigkeit = histogramm(werte)
    value = quantil(haeufigkeit, q)

    assert value is not None
    assert 0 <= value <= max(GRENZEN[:-1])
    assert value <= (quantil(haeufigkeit, 1.0) or 0) + 1e-9


def test_chart_shows_every_hour_and_always_the_promise() -> None:
    voll = JETZT.replace(minute=0, second=0)
    reihe = stunden({voll - timedelta(hours=2): {1.1: 4}}, JETZT)
    bild = diagramm(reihe, {s.beginn: f"{s.beginn:%H} Uhr" for s in reihe})

    assert len(bild.balken) == 24
    assert [balken.text for balken in bild.balken if balken.text] == ["1,0 s"]
    assert OBEN < bild.ziel_y < UNTEN
    assert all(balken.y + balken.hoehe == UNTEN for balken in bild.balken)


@pytest.mark.parametrize(
    ("sekunden", "text"),
    [(None, "–"), (1.44, "1,4 s"), (45, "45 s"), (150, "2 min"), (7300, "2 Std."), (2e5, "2 Tage")],
)
def test_times_in_words(sekunden: float | None, text: str) -> None:
    assert sekunden_text(sekunden) == text
