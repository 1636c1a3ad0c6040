"""The registry of indices that receive changes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Now

from search.analysis import analyser_hash
from search.config import STANDBY_HOURS
from search.mapping import mapping_hash
from search.models import SearchIndex

State = SearchIndex.State
RECEIVING = frozenset({State.BUILDING, State.LIVE, State.STANDBY})
# A row is done when these have it; a predecessor on standby is a convenience.
REQUIRED = frozenset({State.BUILDING, State.LIVE})


@dataclass(frozen=True, slots=True)
class Ziel:
    """An index that receives changes."""

    name: str
    kind: str
    state: str
    same_analysis: bool

    @property
    def required(self) -> bool:
        """Whether a row stays pending until this index has it."""
        return self.state in REQUIRED


def load_targets(kinds: Collection[str]) -> list[Ziel]:
    """Return the indices of these kinds that receive changes now; never cached (search.md 4.3).

    A predecessor older than `STANDBY_HOURS` receives nothing any more.
    """
    current = analyser_hash()
    rows = (
        SearchIndex.objects.filter(kind__in=kinds, state__in=RECEIVING)
        .exclude(state=State.STANDBY, state_at__lt=Now() - timedelta(hours=STANDBY_HOURS))
        .order_by("kind", "name")
    )
    return [Ziel(row.name, row.kind, row.state, row.analyser_hash == current) for row in rows]


def sendable_kinds(kinds: Collection[str]) -> set[str]:
    """Return the kinds with an index made by the same analysis as ours."""
    return {ziel.kind for ziel in load_targets(kinds) if ziel.required and ziel.same_analysis}


def get_live(kind: str) -> SearchIndex | None:
    """Return the index the alias of this kind should point to."""
    return SearchIndex.objects.filter(kind=kind, state=State.LIVE).first()


def get_standby(kind: str) -> SearchIndex | None:
    """Return the youngest predecessor that still receives changes."""
    return (
        SearchIndex.objects.filter(
            kind=kind,
            state=State.STANDBY,
            state_at__gte=Now() - timedelta(hours=STANDBY_HOURS),
        )
        .order_by("-state_at")
        .first()
    )


def get_building(kind: str) -> SearchIndex | None:
    """Return the index that is being filled, if there is one."""
    return SearchIndex.objects.filter(kind=kind, state=State.BUILDING).first()


def register_building(kind: str, name: str) -> SearchIndex:
    """From the next batch on every worker also writes to this index; return its entry."""
    return SearchIndex.objects.create(
        name=name,
        kind=kind,
        state=State.BUILDING,
        analyser_hash=analyser_hash(),
        mapping_hash=mapping_hash(kind),
        marke=-1,
    )


def set_failed(name: str, reason: str) -> None:
    """The index receives nothing any more; the next rebuild deletes it."""
    SearchIndex.objects.filter(name=name).update(
        state=State.FAILED, state_at=Now(), last_error=reason[:2000]
    )


def promote(name: str) -> list[str]:
    """`name` is the live index of its kind and its predecessor on standby.

    Returns:
        Names of the former live indices (one or none).
    """
    with transaction.atomic():
        index = SearchIndex.objects.select_for_update().get(name=name)
        former = list(
            SearchIndex.objects.filter(kind=index.kind, state=State.LIVE)
            .exclude(name=name)
            .values_list("name", flat=True)
        )
        # One after the other: only one live index per kind may exist at any moment.
        SearchIndex.objects.filter(name__in=former).update(state=State.STANDBY, state_at=Now())
        SearchIndex.objects.filter(name=name).update(
            state=State.LIVE, state_at=Now(), last_error=""
        )
    return former
