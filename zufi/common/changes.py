"""How a lower app says that its objects changed, without knowing who listens."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db import transaction

Receiver = Callable[[str, frozenset[int]], None]

_receivers: dict[str, Receiver] = {}


class OutsideTransaction(RuntimeError):
    """The change could be committed without its mark."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"announce({kind!r}) needs the transaction of the change itself")


def register(name: str, receiver: Receiver) -> None:
    """`receiver` hears every later announcement; registering a name again replaces it."""
    _receivers[name] = receiver


def registered() -> frozenset[str]:
    """Return the names of all receivers (a system check insists on the search)."""
    return frozenset(_receivers)


def announce(kind: str, ids: Iterable[int]) -> None:
    """Tell every receiver that these objects changed, in the transaction of the change itself.

    Receivers only write to the database; if one fails, the change fails with it.

    Args:
        kind: lower-case noun of the glossary, such as "leistung", "behoerde", "gebiet".
        ids: primary keys, any number; repeated ones count once, none at all means no call.

    Raises:
        OutsideTransaction: the change could be committed without its mark.
    """
    unique = frozenset(ids)
    if not unique:
        return
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransaction(kind)
    for receiver in _receivers.values():
        receiver(kind, unique)
