"""The places an asker may mean, with the areas above them; loaded once, used for every service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from behoerden.domain.gebiet import RANG_LAND, Glied
from behoerden.models import Gebiet, Gebietsart
from behoerden.selectors import GebietInfo, gebiet_infos, load_ketten
from leistungen.domain.fakten import Kandidat
from leistungen.domain.spur import Gebietsname

__all__ = ["Platz", "Umfeld", "load_umfeld"]

# Stands for a place whose area is not known; no area has this id.
UNBEKANNT = 0


@dataclass(frozen=True, slots=True)
class Platz:
    """The places an asker may mean; `nachfolge_von` names the dissolved area they succeed."""

    gebiet_ids: tuple[int, ...] = ()
    nachfolge_von: str = ""
    nachfolge_unbekannt: bool = False


@dataclass(frozen=True, slots=True)
class Umfeld:
    """Chains and names of the places asked for."""

    kandidaten: tuple[Kandidat, ...]
    landeskette: tuple[Glied, ...]
    infos: Mapping[int, GebietInfo]
    stichtag: date

    @property
    def gebiet_ids(self) -> frozenset[int]:
        """All areas whose rules may answer."""
        glieder = [glied for ort in self.kandidaten for glied in ort.kette]
        return frozenset(glied.gebiet_id for glied in (*glieder, *self.landeskette))

    @property
    def landesweite_ids(self) -> frozenset[int]:
        """Areas whose rules need no place."""
        return frozenset(glied.gebiet_id for glied in self.landeskette)

    @property
    def orte(self) -> tuple[GebietInfo, ...]:
        """The places asked for, by name."""
        orte = (self.infos[o.gebiet_id] for o in self.kandidaten if o.gebiet_id in self.infos)
        return tuple(sorted(orte, key=lambda info: (info.name, info.kreis, info.ars)))

    @property
    def ortsname(self) -> str:
        """Name of the only place, else ""."""
        return self.orte[0].name if len(self.kandidaten) == len(self.orte) == 1 else ""

    def gebietsname(self, gebiet_id: int) -> Gebietsname:
        """Name and kind of an area above the places, for sentences."""
        info = self.infos[gebiet_id]
        return Gebietsname(name=info.name, art=info.art, erfuellt_durch=info.erfuellt_durch)


def load_umfeld(platz: Platz, stichtag: date) -> Umfeld:
    """Return chains and names of these places; two queries, three without a place."""
    start = platz.gebiet_ids or tuple(
        Gebiet.objects.filter(art=Gebietsart.LAND).values_list("pk", flat=True)
    )
    ketten = load_ketten(start, stichtag)
    ids = {glied.gebiet_id for kette in ketten.values() for glied in kette}
    orte = set(platz.gebiet_ids)
    infos = gebiet_infos(ids | orte, stichtag, mit_aenderung=orte)
    landeskette = tuple(
        glied for glied in next(iter(ketten.values()), ()) if glied.rang <= RANG_LAND
    )
    kandidaten = tuple(
        Kandidat(
            gebiet_id=gebiet_id,
            kette=ketten.get(gebiet_id, ()),
            nachfolge_von=platz.nachfolge_von,
            gilt_bis=_gilt_bis(infos.get(gebiet_id), stichtag),
        )
        for gebiet_id in platz.gebiet_ids
    )
    if platz.nachfolge_unbekannt:  # only what holds everywhere is certain
        kandidaten = (Kandidat(UNBEKANNT, landeskette, nachfolge_unbekannt=True),)
    return Umfeld(kandidaten, landeskette, infos, stichtag)


def _gilt_bis(info: GebietInfo | None, stichtag: date) -> date | None:
    """The last day on which the place lies in the same areas; an ended place has none to come."""
    bis = info.gilt_bis if info else None
    return bis if bis is not None and bis >= stichtag else None
