"""How long after a fault every change that was waiting then has arrived; in threads of its own."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import Any

import psycopg

LIMIT_SECONDS = 420.0

_PENDING = """
SELECT kind, object_id, version FROM search_dokument
WHERE indexed_version < version AND kind IN ('leistung', 'behoerde')
  AND NOT (kind = 'leistung' AND object_id = %s)
"""
_LEFT = """
SELECT count(*) FROM search_dokument d
JOIN unnest(%s::text[], %s::bigint[], %s::bigint[]) AS n(kind, object_id, v)
  USING (kind, object_id)
WHERE d.indexed_version < n.v
"""


@dataclass
class Vorfall:
    """One fault; moments are seconds since the epoch."""

    name: str
    beginn: float
    ende: float = 0.0
    wartend: int = 0  # changes that waited when it was over
    erholt: float = 0.0  # 0: not within the limit


class Erholung:
    """Watches each fault from its end on; later ones may fall into its recovery."""

    def __init__(self, database_url: str, konflikt: int) -> None:
        self._url = database_url
        self._konflikt = konflikt
        self._threads: list[threading.Thread] = []
        self._stopped = threading.Event()

    def watch(self, vorfall: Vorfall) -> None:
        """`erholt` will be set when what waits now has arrived."""
        thread = threading.Thread(target=self._watch, args=(vorfall,), daemon=True)
        self._threads.append(thread)
        thread.start()

    def wait(self) -> None:
        """Nobody watches any more."""
        self._stopped.set()
        for thread in self._threads:
            thread.join(5)

    def _watch(self, vorfall: Vorfall) -> None:
        rows = self._ask(_PENDING, [self._konflikt]) or []
        vorfall.wartend = len(rows)
        columns = [list(column) for column in zip(*rows, strict=True)] if rows else [[], [], []]
        end = time.monotonic() + LIMIT_SECONDS
        while time.monotonic() < end:
            left = self._ask(_LEFT, columns)
            if left is None:
                return
            if not left[0][0]:
                vorfall.erholt = time.time()
                return
            if self._stopped.wait(0.25):
                return

    def _ask(self, sql: str, params: Any) -> list[Any] | None:
        """Return the rows as soon as the database answers; None when it is over."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                with psycopg.connect(self._url, autocommit=True) as connection:
                    return connection.execute(sql, params).fetchall()
            except psycopg.Error:
                time.sleep(0.25)
        return None
