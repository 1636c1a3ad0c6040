"""The areas of the Land as plain values, and the questions the demo plan asks about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

VERBAND = frozenset({"vg", "erfuellende_gemeinde"})


@dataclass(frozen=True, slots=True)
class Flaeche:
    """One area as it is today; `sitz` and `plz` say where its administration sits."""

    id: int
    art: str
    ars: str
    name: str
    amtlicher_name: str = ""
    parent_id: int | None = None
    erfuellt_durch_id: int | None = None
    sitz: str = ""
    plz: str = ""

    @property
    def ist_stadt(self) -> bool:
        """Whether the official name says so."""
        return self.amtlicher_name.endswith(", Stadt")


@dataclass(frozen=True, slots=True)
class Bezirk:
    """A district of its own: of which kind of office, and where that office sits."""

    id: int
    art: str
    sitz: str


@dataclass(frozen=True)
class Land:
    """All areas by id, and the districts of the special offices."""

    flaechen: Mapping[int, Flaeche]
    bezirke: tuple[Bezirk, ...] = field(default=())

    def of_art(self, *arten: str) -> list[Flaeche]:
        """Areas of these kinds by ARS."""
        gesucht = [flaeche for flaeche in self.flaechen.values() if flaeche.art in arten]
        return sorted(gesucht, key=lambda flaeche: (flaeche.ars, flaeche.id))

    @property
    def bund(self) -> Flaeche:
        """The Federation."""
        return self.of_art("bund")[0]

    @property
    def land(self) -> Flaeche:
        """The Land."""
        return self.of_art("land")[0]

    @property
    def kreise(self) -> list[Flaeche]:
        """Landkreise and kreisfreie Städte."""
        return self.of_art("landkreis", "kreisfreie_stadt")

    @property
    def gemeinden(self) -> list[Flaeche]:
        """All municipalities, kreisfreie Städte included."""
        return self.of_art("gemeinde", "kreisfreie_stadt")

    @property
    def verwaltungsgebiete(self) -> list[Flaeche]:
        """Areas with one general administration each: Verbände, verbandsfreie Gemeinden, Städte."""
        return sorted(
            {self.verwaltungsgebiet(gemeinde) for gemeinde in self.gemeinden},
            key=lambda flaeche: (flaeche.ars, flaeche.id),
        )

    def verwaltungsgebiet(self, gemeinde: Flaeche) -> Flaeche:
        """Return the Verband of a Gemeinde, else the Gemeinde itself."""
        eltern = self.flaechen.get(gemeinde.parent_id or 0)
        return eltern if eltern is not None and eltern.art in VERBAND else gemeinde

    def kreis(self, flaeche: Flaeche) -> Flaeche:
        """Return the Kreis an area lies in; a kreisfreie Stadt is its own."""
        while flaeche.art not in {"landkreis", "kreisfreie_stadt"}:
            flaeche = self.flaechen[flaeche.parent_id or 0]
        return flaeche

    def find_ort(self, name: str) -> Flaeche | None:
        """Return the largest place of this name by kind (Stadt first); None if there is none."""
        treffer = [
            gemeinde
            for gemeinde in self.gemeinden
            if name in {gemeinde.name, gemeinde.name.partition("/")[0]}
        ]
        return min(treffer, key=lambda ort: (not ort.ist_stadt, ort.ars), default=None)


def build_land(flaechen: Iterable[Flaeche], bezirke: Iterable[Bezirk] = ()) -> Land:
    """Return the Land of these areas."""
    return Land({flaeche.id: flaeche for flaeche in flaechen}, tuple(bezirke))
