"""Where a higher app says which services an authority answers for; this app knows no Leistung."""

from __future__ import annotations

from collections.abc import Callable, Sequence

# id of the authority, how many at most (None: all) → (title, address)
LeistungenProvider = Callable[[int, int | None], Sequence[tuple[str, str]]]

_providers: list[LeistungenProvider] = []


def register_leistungen_provider(func: LeistungenProvider) -> None:
    """`func` is asked for the services of each authority; a later registration replaces it."""
    _providers[:] = [func]


def leistungen_of(behoerde_id: int, limit: int | None = None) -> tuple[tuple[str, str], ...]:
    """Return title and address of services, none as long as nobody signed up."""
    return tuple(_providers[0](behoerde_id, limit)) if _providers else ()
