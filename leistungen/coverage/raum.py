"""All Gemeinden of a day with the areas above them, loaded once for a whole proof."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import BooleanField, Case, Exists, OuterRef, Value, When

from behoerden.domain.gebiet import ORTSTEIL, Glied, bezeichnung, ortsteil_bezeichnung
from behoerden.domain.gebietsdaten import GEMEINDEN, KREISFREIE_STADT, LANDKREIS, VERBAENDE
from behoerden.models import GebietMitglied, Gebietsversion
from behoerden.selectors import load_ketten
from leistungen.models import Zustaendigkeit

LAND = "land"


@dataclass(frozen=True, slots=True)
class Flaeche:
    """An area that exists on the day."""

    id: int
    art: str
    name: str
    parent_id: int | None
    gemeinde: str = ""  # name of the Gemeinde an Ortsteil lies in

    @property
    def titel(self) -> str:
        """Name with its kind, as lists show it."""
        if self.art == ORTSTEIL:
            return ortsteil_bezeichnung(self.name, self.gemeinde)
        return bezeichnung(self.art, self.name)


@dataclass(frozen=True)
class Raum:
    """Areas by id, the chains of all Gemeinden, and of Ortsteile where something else may hold.

    A cell is a Gemeinde. An Ortsteil with a rule or an own area of its own is asked beside it, so
    that its rules are judged; it counts in no balance.
    """

    stichtag: date
    flaechen: Mapping[int, Flaeche]
    ketten: Mapping[int, tuple[Glied, ...]]
    teilketten: Mapping[int, tuple[Glied, ...]] = field(default_factory=dict)

    @cached_property
    def gemeinden_von(self) -> Mapping[int, frozenset[int]]:
        """Area → Gemeinden in whose chain it is; an area no Gemeinde reaches is no key."""
        mengen: dict[int, set[int]] = defaultdict(set)
        for gemeinde, kette in self.ketten.items():
            for glied in kette:
                mengen[glied.gebiet_id].add(gemeinde)
        return {pk: frozenset(menge) for pk, menge in mengen.items()}

    @cached_property
    def ortsteile_von(self) -> Mapping[int, frozenset[int]]:
        """Area → Ortsteile of `teilketten` in whose chain it is."""
        mengen: dict[int, set[int]] = defaultdict(set)
        for teil, kette in self.teilketten.items():
            for glied in kette:
                mengen[glied.gebiet_id].add(teil)
        return {pk: frozenset(menge) for pk, menge in mengen.items()}

    def gemeinden(self, orte: Iterable[int]) -> frozenset[int]:
        """Return those of these places that are Gemeinden."""
        return frozenset(pk for pk in orte if pk in self.ketten)

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
        einzeln = sorted(self._name(pk) for pk in rest)
        return namen + [(name, 1) for name in einzeln]

    def _name(self, pk: int) -> str:
        flaeche = self.flaechen[pk]
        return flaeche.titel if flaeche.art == ORTSTEIL else flaeche.name

    def _of(self, arten: Iterable[str]) -> list[Flaeche]:
        gesucht = set(arten)
        found = [flaeche for flaeche in self.flaechen.values() if flaeche.art in gesucht]
        return sorted(found, key=lambda flaeche: (flaeche.name, flaeche.id))


def load_raum(stichtag: date) -> Raum:
    """Return all areas and the chains of all Gemeinden of this day; two queries."""
    rows = (
        Gebietsversion.objects.gueltig_am(stichtag)
        .annotate(eigen=_has_own())
        .order_by("gebiet_id")
        .values_list(
            "gebiet_id",
            "gebiet__art",
            "name",
            "parent_id",
            "eigen",
            "gebiet__gueltig_ab",
            "gebiet__gueltig_bis",
        )
    )
    lebende = [
        (pk, art, name, parent_id, eigen)
        for pk, art, name, parent_id, eigen, ab, bis in rows
        if (ab is None or ab <= stichtag) and (bis is None or stichtag <= bis)
    ]
    namen = {pk: name for pk, art, name, *_ in lebende if art in GEMEINDEN}
    flaechen = {
        pk: Flaeche(pk, art, name, parent_id, namen.get(parent_id or 0, ""))
        for pk, art, name, parent_id, _ in lebende
    }
    teile = [pk for pk, *_, eigen in lebende if eigen]
    ketten = load_ketten([*namen, *teile], stichtag)
    return Raum(
        stichtag,
        flaechen,
        {pk: ketten[pk] for pk in namen},
        {pk: ketten[pk] for pk in teile},
    )


def _has_own() -> Case:
    """Whether an area is an Ortsteil with a rule, or in an own area."""
    regeln = Zustaendigkeit.objects.filter(gebiet=OuterRef("gebiet"))
    mitgliedschaften = GebietMitglied.objects.filter(mitglied=OuterRef("gebiet"))
    return Case(
        When(gebiet__art=ORTSTEIL, then=Exists(regeln) | Exists(mitgliedschaften)),
        default=Value(False),
        output_field=BooleanField(),
    )
