"""Ortsteile in a reform: a dissolved Gemeinde lives on as one, and its own go with it.

Source: domain design, section 5.6.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Self

from behoerden.domain.gebietsdaten import GEMEINDEN
from behoerden.domain.ortsteil import heisst_wie_gemeinde, ortsteil_slug
from behoerden.models import Gebiet, Gebietsversion, Ortsname
from behoerden.ortsteile.services import (
    NeuerOrtsteil,
    Umzug,
    belegte_slugs,
    create_ortsteile,
    move_ortsteile,
    unmove_ortsteile,
)

QUELLE = "reform"


@dataclass(frozen=True, slots=True)
class Teilprotokoll:
    """What a reform did to Ortsteile: those it created, and those it moved."""

    neue: tuple[int, ...]
    umzug: Umzug

    def as_json(self) -> dict[str, Any]:
        """Return plain values; `from_json` reads them."""
        return {"neue": list(self.neue), "umzug": asdict(self.umzug)}

    @classmethod
    def from_json(cls, daten: Mapping[str, Any]) -> Self:
        """Return what `as_json` wrote; a protocol older than Ortsteile has none."""
        umzug = daten.get("umzug", {})
        slugs = {int(pk): slug for pk, slug in umzug.get("slugs", {}).items()}
        listen = {f.name: tuple(umzug.get(f.name, ())) for f in fields(Umzug) if f.name != "slugs"}
        return cls(tuple(daten.get("neue", ())), Umzug(slugs=slugs, **listen))


def write_teile(nachfolger: Mapping[int, int | None], tag: date) -> Teilprotokoll:
    """Ortsteile of ended Gemeinden belong to the successor, and these Gemeinden live on in it.

    One that is called like its successor does not: nobody could tell the two apart. Needs a
    transaction; the caller announces.

    Args:
        nachfolger: ended area → the one that takes over, None if it is open.
        tag: first day of the new.

    Raises:
        OrtsteilFehler: an Ortsteil begins, or changes, on the day or later.
    """
    arten = dict(
        Gebiet.objects.filter(
            pk__in={pk for paar in nachfolger.items() for pk in paar if pk is not None}
        ).values_list("pk", "art")
    )
    gemeinden = {
        alt: neu if neu is not None and arten[neu] in GEMEINDEN else None
        for alt, neu in nachfolger.items()
        if arten[alt] in GEMEINDEN
    }
    umzug = move_ortsteile(gemeinden, tag)
    neue = create_ortsteile(list(_living_on(gemeinden, tag)))
    return Teilprotokoll(tuple(teil.pk for teil in neue), umzug)


def _living_on(gemeinden: Mapping[int, int | None], tag: date) -> Iterable[NeuerOrtsteil]:
    ziele = {ziel for ziel in gemeinden.values() if ziel is not None}
    namen = dict(
        Gebietsversion.objects.filter(gebiet_id__in={*gemeinden, *ziele})
        .order_by("gueltig_bis")
        .values_list("gebiet_id", "amtlicher_name")
    )
    belegt = belegte_slugs(ziele)
    for alt, ziel in sorted(gemeinden.items()):
        if ziel is None or heisst_wie_gemeinde(namen[alt], namen[ziel]):
            continue
        name = namen[alt].removesuffix(", Stadt")
        slug = ortsteil_slug(name, belegt[ziel])
        belegt[ziel].add(slug)
        yield NeuerOrtsteil(ziel, name, slug, tag, alt, QUELLE, alter_name=True)


def unwrite_teile(protokoll: Teilprotokoll) -> None:
    """Ortsteile are exactly as before `write_teile`.

    Raises:
        django.db.models.ProtectedError: something hangs at an Ortsteil that would go.
    """
    Ortsname.objects.filter(gebiet_id__in=protokoll.neue).delete()
    Gebiet.objects.filter(pk__in=protokoll.neue).delete()
    unmove_ortsteile(protokoll.umzug)
