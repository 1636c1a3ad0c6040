"""What is wrong where several rules answer one cell: pure decisions on the reached rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations


@dataclass(frozen=True, slots=True)
class Feldregel:
    """A rule the walk reached in a cell; `ziel_id` is None if its target is not live.

    `ersetzt` is False where it only adds or holds in a part of the place; `bedingung` are its
    values, as one word where the criterion is free text.
    """

    id: int
    rang: int
    ziel_id: int | None
    ersetzt: bool
    wahl_erlaubt: bool
    kriterium: int | None = None
    bedingung: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Kriteriumluecke:
    """Answers no rule of this criterion covers; `aufgefangen` if another rule answers them."""

    kriterium: int
    regel_ids: tuple[int, ...]
    fehlend: tuple[str, ...]
    aufgefangen: bool


def vertraeglich(a: Feldregel, b: Feldregel) -> bool:
    """Whether one person can meet the conditions of both for certain.

    Different criteria are left alone: nobody can tell whether both apply to one person.
    """
    if a.kriterium is None or b.kriterium is None:
        return True
    return a.kriterium == b.kriterium and bool(a.bedingung & b.bedingung)


def konflikte(regeln: Sequence[Feldregel]) -> tuple[tuple[int, ...], ...]:
    """Return groups of rules that replace each other at one rank with different live targets.

    A free choice that all of them allow is none.
    """

    def streiten(a: Feldregel, b: Feldregel) -> bool:
        return (
            a.rang == b.rang
            and a.ersetzt
            and b.ersetzt
            and None not in (a.ziel_id, b.ziel_id)
            and a.ziel_id != b.ziel_id
            and not (a.wahl_erlaubt and b.wahl_erlaubt)
            and vertraeglich(a, b)
        )

    return _gruppen(regeln, streiten)


def ueberlappungen(regeln: Sequence[Feldregel]) -> tuple[tuple[int, ...], ...]:
    """Return groups of rules that name the same target for the same person."""

    def doppelt(a: Feldregel, b: Feldregel) -> bool:
        return a.ziel_id is not None and a.ziel_id == b.ziel_id and vertraeglich(a, b)

    return _gruppen(regeln, doppelt)


def kriteriumluecken(
    regeln: Sequence[Feldregel], bereiche: Mapping[int, frozenset[str]]
) -> tuple[Kriteriumluecke, ...]:
    """Return the criteria whose closed range is not covered by the reached rules together."""
    gedeckt: dict[int, set[str]] = {}
    for regel in regeln:
        if regel.kriterium is not None:
            gedeckt.setdefault(regel.kriterium, set()).update(regel.bedingung)
    offen = {
        kriterium: bereiche[kriterium] - werte
        for kriterium, werte in gedeckt.items()
        if bereiche.get(kriterium)
    }
    ganz = any(regel.kriterium is None for regel in regeln) or not all(offen.values())
    return tuple(
        Kriteriumluecke(
            kriterium,
            tuple(regel.id for regel in regeln if regel.kriterium == kriterium),
            tuple(sorted(fehlend)),
            aufgefangen=ganz,
        )
        for kriterium, fehlend in sorted(offen.items())
        if fehlend
    )


def _gruppen(
    regeln: Sequence[Feldregel], verbunden: Callable[[Feldregel, Feldregel], bool]
) -> tuple[tuple[int, ...], ...]:
    """Connected groups of two and more, each by id."""
    gruppen: list[set[int]] = []
    for a, b in combinations(regeln, 2):
        if verbunden(a, b):
            gruppen = _vereint(gruppen, {a.id, b.id})
    return tuple(sorted(tuple(sorted(gruppe)) for gruppe in gruppen))


def _vereint(gruppen: Iterable[set[int]], neu: set[int]) -> list[set[int]]:
    getrennt = []
    for gruppe in gruppen:
        if gruppe & neu:
            neu = neu | gruppe
        else:
            getrennt.append(gruppe)
    return [*getrennt, neu]
