"""Compare what the rows say with what an index holds (pure; search.md 5.2)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Zeile:
    """A row as far as comparing needs it."""

    version: int
    visible: bool
    inhalt_hash: str
    settled: bool  # nothing pending, nobody at work, not given up
    dead: bool = False


@dataclass(frozen=True, slots=True)
class Abgleich:
    """Ids per kind of difference, and the version the index holds of those it has."""

    missing: tuple[int, ...] = ()
    stale: tuple[int, ...] = ()
    surplus: tuple[int, ...] = ()
    ahead: tuple[int, ...] = ()
    versions: Mapping[int, int] = field(default_factory=dict)

    @property
    def ids(self) -> tuple[int, ...]:
        """Everything that differs."""
        return (*self.missing, *self.stale, *self.surplus, *self.ahead)

    def only(self, ids: Collection[int]) -> Abgleich:
        """Return the differences of these ids."""

        def kept(group: tuple[int, ...]) -> tuple[int, ...]:
            return tuple(object_id for object_id in group if object_id in ids)

        return Abgleich(
            kept(self.missing),
            kept(self.stale),
            kept(self.surplus),
            kept(self.ahead),
            self.versions,
        )


def compare(zeilen: Mapping[int, Zeile], documents: Iterable[tuple[int, int, str]]) -> Abgleich:
    """Return the differences between rows and documents `(id, version, hash)` of one index.

    Rows that are not settled are left out: they differ because somebody is at work.
    missing: visible row without document · stale: lower version, or equal version with another
    hash · surplus: document of a tombstone or of no row · ahead: of a visible row, with a version
    the row never had, as after restoring a backup of the database.
    """
    found: dict[str, list[int]] = {"missing": [], "stale": [], "surplus": [], "ahead": []}
    seen: dict[int, int] = {}
    for object_id, version, inhalt_hash in documents:
        seen[object_id] = version
        zeile = zeilen.get(object_id)
        if (zeile is None or zeile.settled) and (name := _difference(zeile, version, inhalt_hash)):
            found[name].append(object_id)
    found["missing"] = [
        object_id
        for object_id, zeile in zeilen.items()
        if zeile.visible and zeile.settled and object_id not in seen
    ]
    differing = found["stale"] + found["surplus"] + found["ahead"]
    return Abgleich(
        missing=tuple(sorted(found["missing"])),
        stale=tuple(sorted(found["stale"])),
        surplus=tuple(sorted(found["surplus"])),
        ahead=tuple(sorted(found["ahead"])),
        versions={object_id: seen[object_id] for object_id in differing},
    )


def _difference(zeile: Zeile | None, version: int, inhalt_hash: str) -> str:
    if zeile is None or not zeile.visible:
        return "surplus"
    if version > zeile.version:
        return "ahead"
    if version < zeile.version or inhalt_hash != zeile.inhalt_hash:
        return "stale"
    return ""


def still_same(
    ids: Iterable[int], before: Mapping[int, Zeile], after: Mapping[int, Zeile]
) -> set[int]:
    """Return the ids whose row did not move while the index was read."""
    return {object_id for object_id in ids if before.get(object_id) == after.get(object_id)}
