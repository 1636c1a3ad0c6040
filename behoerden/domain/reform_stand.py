"""All areas as they would be on the day of a reform, while its operations are being read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from behoerden.domain.gebiet import bezeichnung
from behoerden.domain.gebietsdaten import (
    GEMEINDEN,
    KREISFREIE_STADT,
    LANDKREIS,
    VERBAENDE,
)
from behoerden.domain.reform_fakten import Fassung, Schluessel
from behoerden.domain.reform_lage import Lage
from behoerden.domain.schluessel import ags_from_ars, kreis_from_key


@dataclass(slots=True)
class Gebietsstand:
    """The state before, and what the operations set; numbers of new areas are negative."""

    lage: Lage
    neu: dict[int, str] = field(default_factory=dict)
    ende: set[int] = field(default_factory=set)
    name: dict[int, str] = field(default_factory=dict)
    amtlicher_name: dict[int, str] = field(default_factory=dict)
    parent: dict[int, int] = field(default_factory=dict)
    erfuellt_durch: dict[int, int] = field(default_factory=dict)
    ars: dict[int, str] = field(default_factory=dict)
    vorgaenger: dict[int, tuple[int, ...]] = field(default_factory=dict)
    bezirke: dict[int, tuple[int, ...]] = field(default_factory=dict)
    ziele: dict[int, int] = field(default_factory=dict)  # ended area → the one that takes over
    zeilen: dict[int, int] = field(default_factory=dict)  # the row that first spoke of an area

    def art(self, gebiet: int) -> str:
        """Kind of the area."""
        return self.neu[gebiet] if gebiet in self.neu else self.lage.art(gebiet)

    def titel(self, gebiet: int) -> str:
        """Name with kind: the old one, that of a new area for itself."""
        if gebiet in self.neu:
            return bezeichnung(self.neu[gebiet], self.name[gebiet])
        return self.lage.name(gebiet)

    def lebende(self) -> Iterator[int]:
        """Areas that exist on the day."""
        vortag = self.lage.vortag
        for gebiet, leben in self.lage.leben.items():
            endet = leben.bis is not None and leben.bis <= vortag
            if gebiet not in self.ende and not endet:
                yield gebiet
        yield from self.neu

    def geaenderte(self) -> set[int]:
        """Areas that go on, with another name, parent or key."""
        gesetzt = {*self.name, *self.amtlicher_name, *self.parent, *self.ars}
        return gesetzt - self.ende - set(self.neu)

    def parent_of(self, gebiet: int) -> int | None:
        """Area above, on the day."""
        if gebiet in self.parent:
            return self.parent[gebiet]
        fassung = self.lage.fassungen.get(gebiet)
        return fassung.parent if fassung else None

    def stadt_of(self, gebiet: int) -> int | None:
        """The town that administers this group, on the day."""
        if gebiet in self.erfuellt_durch:
            return self.erfuellt_durch[gebiet]
        fassung = self.lage.fassungen.get(gebiet)
        return fassung.erfuellt_durch if fassung else None

    def ars_of(self, gebiet: int) -> str:
        """Key on the day."""
        return self.ars.get(gebiet) or self.lage.wert(gebiet, "ars")

    def fassung(self, gebiet: int) -> Fassung:
        """The version that begins on the day."""
        alt = self.lage.fassungen.get(gebiet)
        if alt is None:
            alt = Fassung(gebiet, "", "", None, None, "", "", "", None, None, None, None)
        return alt._replace(
            name=self.name.get(gebiet, alt.name),
            amtlicher_name=self.amtlicher_name.get(gebiet, alt.amtlicher_name),
            parent=self.parent_of(gebiet),
            erfuellt_durch=self.stadt_of(gebiet),
            ab=self.lage.tag,
            bis=None,
        )

    def schluessel(self, gebiet: int) -> Iterator[Schluessel]:
        """The keys that a set ARS brings; none if it is not set."""
        if not (ars := self.ars.get(gebiet)):
            return
        tag, art = self.lage.tag, self.art(gebiet)
        yield Schluessel(gebiet, "ars", ars, tag, None)
        if art in GEMEINDEN:
            yield Schluessel(gebiet, "ags", ags_from_ars(ars), tag, None)
        if art in (LANDKREIS, KREISFREIE_STADT):
            yield Schluessel(gebiet, "kreis", kreis_from_key(ars), tag, None)

    def hinweise(self) -> Iterable[str]:
        """Keys that no longer say what the area above says."""
        for gebiet in sorted({*self.geaenderte(), *self.neu}):
            oben = self.parent_of(gebiet)
            if oben is None or self.art(gebiet) not in (GEMEINDEN | VERBAENDE):
                continue
            ars, oben_ars = self.ars_of(gebiet), self.ars_of(oben)
            if self.art(oben) in VERBAENDE:
                passt = ars[:9] == oben_ars[:9]
            else:
                passt = ars[:5] == oben_ars[:5] and (
                    self.art(gebiet) in VERBAENDE or ars[5:6] == "0"
                )
            if not passt:
                yield (
                    f"Der Schlüssel {ars} von {self.titel(gebiet)} passt nicht zu "
                    f"{self.titel(oben)} ({oben_ars})."
                )
