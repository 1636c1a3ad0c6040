"""A breaker: after several failures in a row of seconds nobody waits for a dead service (pure)."""

from __future__ import annotations

from collections import deque
from threading import Lock

from search.config import BREAKER_FAILURES, BREAKER_OPEN_SECONDS, BREAKER_WINDOW_SECONDS


class Breaker:
    """Opens after `BREAKER_FAILURES` failures within the window; then lets single probes through.

    Moments are seconds of a monotonic clock, passed in. Safe for several threads.
    """

    def __init__(self) -> None:
        self._failures: deque[float] = deque(maxlen=BREAKER_FAILURES)
        self._open_until: float | None = None
        self._lock = Lock()

    def allows(self, now: float) -> bool:
        """Return whether a call may go out; once the open time is over, one caller probes."""
        with self._lock:
            if self._open_until is None:
                return True
            if now < self._open_until:
                return False
            self._open_until = now + BREAKER_OPEN_SECONDS  # the others wait for this probe
            return True

    def is_open(self) -> bool:
        """Return whether the last word was a failure too many."""
        return self._open_until is not None

    def succeeded(self) -> None:
        """The service answered: everything is forgotten."""
        with self._lock:
            self._failures.clear()
            self._open_until = None

    def failed(self, now: float) -> None:
        """One more failure; the breaker may open."""
        with self._lock:
            self._failures.append(now)
            full = len(self._failures) == BREAKER_FAILURES
            if self._open_until is not None or (
                full and now - self._failures[0] <= BREAKER_WINDOW_SECONDS
            ):
                self._open_until = now + BREAKER_OPEN_SECONDS
