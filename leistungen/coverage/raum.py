"""All Gemeinden of a day with the areas above them, loaded once for a whole proof."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from behoerden.domain.gebiet import Glied, bezeichnung
from behoerden.domain.gebietsdaten import GEMEINDE, KREISFREIE_STADT, LANDKREIS, VERBAENDE
from behoerden.models import Gebietsversion
from behoerden.selectors import load_ketten

LAND = "land"


@dataclass(frozen=True, slots=True)
class Flaeche:
    """An area that exists on the day."""

    id: int
    art: str
    name: str
    parent_id: int | None

    @property
    def titel(self) -> str:
        """Name with its kind, as lists show it."""
        return bezeichnung(self.art, self.name)


@dataclass(frozen=True)
class Raum:
    """Areas by id and the chain of every Gemeinde."""

    stichtag: date
    flaechen: Mapping[int, Flaeche]
    ketten: Mapping[int, tuple[Glied, ...]]

    @cached_property
    def gemeinden_von(self) -> Mapping[int, frozenset[int]]:
        """Area → Gemeinden in whose chain it is; an area no Gemeinde reaches is no key."""
        mengen: dict[int, set[int]] = defaultdict(set)
        for gemeinde, kette in self.ketten.items():
            for glied in kette:
                mengen[glied.gebiet_id].add(gemeinde)
        return {pk: frozenset(menge) for pk, menge in mengen.items()}

    @cached_property
    def kreis_von(self) -> Mapping[int, int]:
        """Gemeinde → its Landkreis; a kreisfreie Stadt is its own. 0 if the data name none."""
        return {pk: self._kreis(pk) for pk in self.ketten}

    @cached_property
    def kreise(self) -> tuple[Flaeche, ...]:
        """Landkreise and kreisfreie Städte by name."""
        ids = {pk for pk in self.kreis_von.values() if pk}
        return tuple(sorted((self.flaechen[pk] for pk in ids), key=lambda f: (f.name, f.id)))

    def _kreis(self, gemeinde: int) -> int:
        flaeche: Flaeche | None = self.flaechen[gemeinde]
        schritte = 0
        while flaeche is not None and schritte < len(self.flaechen):
            if flaeche.art in (LANDKREIS, KREISFREIE_STADT):
                return flaeche.id
            flaeche = self.flaechen.get(flaeche.parent_id or 0)
            schritte += 1
        return 0

    def namen(self, gemeinden: Iterable[int]) -> list[tuple[str, int]]:
        """Return the areas that make up these Gemeinden, widest first, with their numbers.

        A Land, Kreis or Verband is named if all its Gemeinden are among them.
        """
        rest = set(gemeinden)
        namen: list[tuple[str, int]] = []
        for arten in ({LAND}, {LANDKREIS}, VERBAENDE):
            for flaeche in self._of(arten):
                menge = self.gemeinden_von.get(flaeche.id, frozenset())
                if len(menge) > 1 and menge <= rest:
                    name = "ganz Thüringen" if flaeche.art == LAND else flaeche.titel
                    namen.append((name, len(menge)))
                    rest -= menge
        einzeln = sorted(self.flaechen[pk].name for pk in rest)
        return namen + [(name, 1) for name in einzeln]

    def _of(self, arten: Iterable[str]) -> list[Flaeche]:
        gesucht = set(arten)
        found = [flaeche for flaeche in self.flaechen.values() if flaeche.art in gesucht]
        return sorted(found, key=lambda flaeche: (flaeche.name, flaeche.id))


def load_raum(stichtag: date) -> Raum:
    """Return all areas and the chains of all Gemeinden of this day; two queries."""
    rows = (
        Gebietsversion.objects.gueltig_am(stichtag)
        .order_by("gebiet_id")
        .values_list(
            "gebiet_id",
            "gebiet__art",
            "name",
            "parent_id",
            "gebiet__gueltig_ab",
            "gebiet__gueltig_bis",
        )
    )
    flaechen = {
        pk: Flaeche(pk, art, name, parent_id)
        for pk, art, name, parent_id, ab, bis in rows
        if (ab is None or ab <= stichtag) and (bis is None or stichtag <= bis)
    }
    gemeinden = [f.id for f in flaechen.values() if f.art in (GEMEINDE, KREISFREIE_STADT)]
    return Raum(stichtag, flaechen, load_ketten(gemeinden, stichtag))
