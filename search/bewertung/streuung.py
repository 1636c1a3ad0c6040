"""How sure a mean over some hundred queries is: the bootstrap, without numpy (pure)."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

ZIEHUNGEN = 10_000
SAAT = 20_261_124  # the same figures give the same interval on every machine
SICHERHEIT = 0.95


def intervall(werte: Sequence[float], ziehungen: int = ZIEHUNGEN) -> tuple[float, float]:
    """Return the interval that holds the mean with 95 % (percentile bootstrap).

    The queries are drawn again with replacement as often as there are, `ziehungen` times. It says
    how much the mean depends on which queries were written, not how well they were judged.

    Raises:
        ValueError: no values.
    """
    if not werte:
        raise ValueError("an interval needs values")
    zufall = random.Random(SAAT)  # noqa: S311 - sampling, no secret
    anzahl = len(werte)
    mittel = sorted(math.fsum(zufall.choices(werte, k=anzahl)) / anzahl for _ in range(ziehungen))
    rand = int((1 - SICHERHEIT) / 2 * ziehungen)
    return mittel[rand], mittel[-rand - 1]
