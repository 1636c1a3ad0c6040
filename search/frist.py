"""How long a request may still wait for Elasticsearch: one budget for all its questions (pure)."""

from __future__ import annotations

import time
from collections.abc import Callable

# Below this an answer cannot come in time, and asking would only count as a failure.
SHORTEST_SECONDS = 0.1


class Frist:
    """Seconds of one request that may be spent on Elasticsearch, over all its questions.

    Whoever did not answer once is not asked again by the same request.
    """

    def __init__(self, seconds: float, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._end = now() + seconds
        self._given_up = False

    def rest(self) -> float:
        """Return the seconds that are left, never less than `SHORTEST_SECONDS`."""
        return max(self._end - self._now(), SHORTEST_SECONDS)

    def is_over(self) -> bool:
        """Return whether Elasticsearch is not to be asked any more."""
        return self._given_up or self._end - self._now() < SHORTEST_SECONDS

    def give_up(self) -> None:
        """Elasticsearch did not answer: the rest of the request does without."""
        self._given_up = True
