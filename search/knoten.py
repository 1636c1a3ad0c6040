"""A node of Elasticsearch whose answers have a deadline as a whole, not only between two bytes.

The time-out of `urllib3` begins anew with every byte that arrives: a server that drips its answer
would hold a web process for ever (tests/flow/test_degradation.py).
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from elastic_transport import Urllib3HttpNode
from urllib3 import Timeout
from urllib3.exceptions import ReadTimeoutError

_CHUNK = 65536
_DEFAULT_SECONDS = 10.0  # where a caller names none
_SHORTEST = 0.001


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Any
    data: bytes


class _Pool:
    """A connection pool whose answers are read to their end, or given up at the deadline."""

    def __init__(self, pool: Any) -> None:
        self._pool = pool

    def urlopen(self, method: str, target: str, **options: Any) -> _Answer:
        """Return the whole answer.

        Raises:
            ReadTimeoutError: it was not complete in time.
        """
        seconds = float(options.pop("timeout", None) or _DEFAULT_SECONDS)
        end = time.monotonic() + seconds
        response = self._pool.urlopen(
            method, target, preload_content=False, timeout=Timeout(total=seconds), **options
        )
        chunks = []
        try:
            while True:
                rest = end - time.monotonic()
                if rest <= 0:
                    raise ReadTimeoutError(self._pool, target, f"not complete in {seconds} s")
                if response.connection is not None and response.connection.sock is not None:
                    response.connection.sock.settimeout(max(rest, _SHORTEST))
                chunk = response.read1(_CHUNK)
                if not chunk:
                    break
                chunks.append(chunk)
        except BaseException:
            response.close()  # the rest of this answer must not be taken for the next one
            raise
        finally:
            response.release_conn()
        return _Answer(response.status, response.headers, b"".join(chunks))

    def close(self) -> None:
        """Every connection is closed."""
        self._pool.close()


class FristKnoten(Urllib3HttpNode):
    """Like its base, with `request_timeout` as a limit of the whole request."""

    def __init__(self, config: Any) -> None:
        super().__init__(config)
        self.pool: Any = _Pool(self.pool)  # all that `perform_request` and `close` use of it
