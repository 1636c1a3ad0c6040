"""What the answer to one item of a bulk request means (pure; search.md 4.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any


class Outcome(Enum):
    """What to do with the row, as far as this index is concerned."""

    DONE = auto()
    LATER = auto()  # overloaded: not the row's fault
    OWN_FAULT = auto()  # this document is refused, however often it is sent
    INDEX_GONE = auto()
    AWAY = auto()  # nothing can be sent at all


@dataclass(frozen=True, slots=True)
class ItemResult:
    """Outcome of one action, with the engine's words where it was refused."""

    outcome: Outcome
    error: str = ""


_SUCCESS = range(200, 300)
_SERVER_ERRORS = range(500, 600)
_REFUSED = frozenset({401, 403})
_OVERLOADED = frozenset({429, 502, 503, 504})


def classify(operation: str, item: Mapping[str, Any]) -> ItemResult:
    """Return the outcome of one item as `streaming_bulk` yields it.

    409 is success: a newer version is there. A delete of what is not there is success too.
    """
    status = int(item.get("status", 500))
    error = item.get("error")
    kind = error.get("type", "") if isinstance(error, Mapping) else ""
    outcome = _outcome(operation, status, kind, item)
    if outcome is Outcome.DONE:
        return ItemResult(outcome)
    words = error.get("reason", kind) if isinstance(error, Mapping) else error
    return ItemResult(outcome, f"{status} {words}")


def _outcome(operation: str, status: int, kind: str, item: Mapping[str, Any]) -> Outcome:
    if status in _SUCCESS or kind == "version_conflict_engine_exception":
        return Outcome.DONE
    if operation == "delete" and item.get("result") == "not_found":
        return Outcome.DONE
    if kind == "index_not_found_exception":
        return Outcome.INDEX_GONE
    whole_request = "exception" in item  # `streaming_bulk` puts the answer to a request there
    if status in _REFUSED or (whole_request and status in _SERVER_ERRORS):
        return Outcome.AWAY
    return Outcome.LATER if status in _OVERLOADED else Outcome.OWN_FAULT
