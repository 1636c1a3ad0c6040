"""What a name, postcode or key led to, and the places that come of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from behoerden.domain.gebiet import ORTSTEIL
from behoerden.domain.gebietsdaten import GEMEINDEN
from behoerden.domain.ortseingabe import nachfolge_satz
from behoerden.ketten import GebietInfo, gebiet_infos
from behoerden.models import Gebiet, Ortsname, Ortsnamenart
from zufi.common.text import slugify_de


@dataclass(frozen=True, slots=True)
class Ort:
    """A place somebody may mean: a Gemeinde, and how the input led to it.

    `name` and the keys are those of the Gemeinde. Where the place is an Ortsteil with an area of
    its own, `gebiet_id` and `art` are that area's and `ortsteil` its name. `slug` names any
    Ortsteil and `nachfolge_von` the dissolved municipality that was typed. `label` and `zeile` are
    the two lines of a suggestion.
    """

    gebiet_id: int
    ars: str
    ags: str
    name: str
    art: str
    kreis: str
    verband: str
    plz: tuple[str, ...]
    hinweis: str = ""
    slug: str = ""
    label: str = ""
    zeile: str = ""
    nachfolge_von: str = ""
    ortsteil: str = ""

    @property
    def adresse(self) -> str:
        """The canonical form in an address: the ARS, of an Ortsteil with its slug behind a dot."""
        return f"{self.ars}.{self.slug}" if self.ortsteil else self.ars


@dataclass(frozen=True, slots=True)
class Ortsergebnis:
    """All places an input may mean; one is certain, several need a question.

    `art`: leer, ars, ags, plz, name, ortsteil, frueher, verband, kreis, land, or without
    candidates nachfolge_unbekannt, ausserhalb, unbekannt. `vorschlaege` are never taken unasked.
    """

    kandidaten: tuple[Ort, ...] = ()
    art: str = "unbekannt"
    vorschlaege: tuple[Ort, ...] = ()
    hinweis: str = ""


@dataclass(frozen=True, slots=True)
class Fund:
    """A row that matched: a name or key and what it leads to."""

    name: str
    ortsteil: bool
    gebiet: Gebiet | None
    plz: str = ""
    kreis_id: int | None = None


@dataclass(frozen=True, slots=True)
class Weg:
    """How a Gemeinde was reached; `teil` is the area of the Ortsteil, 0 without one.

    `gemeint`: the Ortsteil itself was asked for, so nobody has to be told where it lies.
    """

    gebiet_id: int
    ortsteil: str = ""
    frueher: str = ""
    seit: date | None = None
    teil: int = 0
    slug: str = ""
    gemeint: bool = False


def name_rows(condition: Q) -> list[Ortsname]:
    """Return the names that fit, with their areas; one query."""
    return list(Ortsname.objects.filter(condition).select_related("gebiet"))


def fund_of(row: Ortsname) -> Fund:
    """Return what this name leads to."""
    return Fund(row.name, row.art == Ortsnamenart.ORTSTEIL, row.gebiet, row.plz, row.kreis_id)


def living(funde: Iterable[Fund], stichtag: date) -> list[Weg]:
    """Return the ways to Gemeinden that exist on the day."""
    return [
        Weg(fund.gebiet.pk, ortsteil=fund.name if fund.ortsteil else "")
        for fund in funde
        if fund.gebiet and fund.gebiet.art in GEMEINDEN and fund.gebiet.is_gueltig(stichtag)
    ]


def is_ended(fund: Fund, stichtag: date) -> bool:
    """Return whether it leads to an area that ended before the day."""
    bis = fund.gebiet.gueltig_bis if fund.gebiet else None
    return bis is not None and bis < stichtag


def orte_of_ways(wege: Sequence[Weg], stichtag: date) -> tuple[Ort, ...]:
    """Return the places at the end of these ways; three queries."""
    return places(wege, gebiet_infos({weg.gebiet_id for weg in wege}, stichtag))


def places(wege: Iterable[Weg], infos: Mapping[int, GebietInfo]) -> tuple[Ort, ...]:
    """Each Gemeinde and Ortsteil once, by name; reached by its own name it needs no explanation."""
    je_ort: dict[tuple[int, int], Weg] = {}
    for weg in wege:
        key = (weg.gebiet_id, weg.teil)
        bisher = je_ort.get(key)
        if bisher is None or (not weg.ortsteil and not weg.frueher):
            je_ort[key] = weg
    orte = [_ort(infos[pk], weg) for (pk, _), weg in je_ort.items()]
    return tuple(sorted(orte, key=lambda ort: (ort.name, ort.kreis, ort.ars, ort.slug)))


def _ort(info: GebietInfo, weg: Weg) -> Ort:
    via = weg.ortsteil or weg.frueher
    hinweis = ""
    if weg.frueher:
        hinweis = nachfolge_satz(weg.frueher, info.name, weg.seit)
    elif weg.ortsteil and weg.ortsteil != info.name and not weg.gemeint:
        hinweis = f"{weg.ortsteil} gehört zu {info.name}."
    return Ort(
        gebiet_id=weg.teil or info.id,
        ars=info.ars,
        ags=info.ags,
        name=info.name,
        art=ORTSTEIL if weg.teil else info.art,
        kreis=info.kreis,
        verband=info.verband,
        plz=info.plz,
        hinweis=hinweis,
        slug=weg.slug or slugify_de(weg.ortsteil),
        label=_label(info.name, via, weg),
        zeile=" · ".join(
            teil for teil in ("Ortsteil" if weg.teil else "", info.kreis, info.verband) if teil
        ),
        nachfolge_von=weg.frueher,
        ortsteil=weg.ortsteil if weg.teil else "",
    )


def _label(gemeinde: str, via: str, weg: Weg) -> str:
    if weg.teil and via == gemeinde:
        return f"{via} (Ortsteil von {gemeinde})"
    return f"{via} ({gemeinde})" if via and via != gemeinde else gemeinde
