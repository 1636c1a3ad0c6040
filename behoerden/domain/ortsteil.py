"""Which parts of a Gemeinde become areas of their own: those that lie in one for certain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from behoerden.domain.gebietsdaten import (
    GEMEINDEN,
    Bestand,
    GebietDaten,
    Gebietsdaten,
    Kennung,
    NachfolgeDaten,
    OrtsteilDaten,
)
from behoerden.domain.ortsname import fold, namen
from behoerden.domain.ortszuordnung import GEONAMES, REGISTER
from zufi.common.text import slugify_de

MAX_SLUG = 120


def ortsteil_slug(name: str, belegt: Iterable[str] = (), zusatz: str = "") -> str:
    """Return the short form of a name for addresses, different from all those of the Gemeinde.

    Args:
        name: as people write it.
        belegt: short forms the Gemeinde has already.
        zusatz: what tells namesakes apart; without it they are numbered.
    """
    vergeben = set(belegt)
    slug = slugify_de(name)[:MAX_SLUG] or "ortsteil"
    if slug in vergeben and zusatz:
        slug = slugify_de(f"{name} {zusatz}")[:MAX_SLUG]
    basis, nummer = slug[: MAX_SLUG - 4], 2
    while slug in vergeben:
        slug, nummer = f"{basis}-{nummer}", nummer + 1
    return slug


def heisst_wie_gemeinde(name: str, gemeinde: str) -> bool:
    """Return whether a name leads to the Gemeinde itself, so that no part can be told by it."""
    return bool({fold(n) for n in namen(name)} & {fold(n) for n in namen(gemeinde)})


def build_ortsteile(
    orte: Iterable[tuple[str, Kennung]],
    nachfolgen: Iterable[NachfolgeDaten],
    gebiete: Mapping[Kennung, GebietDaten],
) -> tuple[OrtsteilDaten, ...]:
    """Return the parts of living Gemeinden, by Gemeinde and slug; the order of input is irrelevant.

    A dissolved Gemeinde lives on in the one that took it over; a place of that name there is the
    same one. What is called like its Gemeinde is none: nobody could tell the two apart.

    Args:
        orte: places with the only Gemeinde they can lie in.
        nachfolgen: which Gemeinde took over which.
        gebiete: all areas.
    """
    teile: dict[tuple[Kennung, str], OrtsteilDaten] = {}
    for name, kennung in sorted(set(orte)):
        gemeinde = gebiete[kennung]
        if not _lebt(gemeinde) or heisst_wie_gemeinde(name, gemeinde.versionen[-1].amtlicher_name):
            continue
        slug = ortsteil_slug(name)
        teile.setdefault(
            (kennung, slug), OrtsteilDaten(kennung, slug, name, gemeinde.ab, None, GEONAMES)
        )
    for folge in sorted(nachfolgen, key=lambda n: (n.wirksam_am, n.vorgaenger), reverse=True):
        alt, ziel = gebiete[folge.vorgaenger], gebiete.get(folge.nachfolger or folge.vorgaenger)
        if ziel is None or ziel is alt or not _lebt(ziel) or alt.art not in GEMEINDEN:
            continue
        if heisst_wie_gemeinde(alt.name, ziel.versionen[-1].amtlicher_name):
            continue
        key = _gleicher_ort(alt.name, ziel.kennung, teile) or (
            ziel.kennung,
            ortsteil_slug(alt.name, (slug for k, slug in teile if k == ziel.kennung)),
        )
        bekannt = teile.get(key)
        teile[key] = OrtsteilDaten(
            ziel.kennung,
            key[1],
            bekannt.name if bekannt else alt.name,
            max(folge.wirksam_am, ziel.ab or date.min),
            alt.kennung,
            bekannt.quelle if bekannt else REGISTER,
            bekannt=bekannt is not None,
        )
    return tuple(teile[key] for key in sorted(teile))


def _lebt(gebiet: GebietDaten) -> bool:
    return gebiet.art in GEMEINDEN and gebiet.bis is None


def _gleicher_ort(
    name: str, gemeinde: Kennung, teile: Mapping[tuple[Kennung, str], OrtsteilDaten]
) -> tuple[Kennung, str] | None:
    """The part of this Gemeinde that carries one of the names and is not taken by another."""
    formen = {fold(n) for n in namen(name)}
    return next(
        (
            key
            for key, teil in sorted(teile.items())
            if key[0] == gemeinde
            and teil.war_gemeinde is None
            and formen & {fold(n) for n in namen(teil.name)}
        ),
        None,
    )


def neue_ortsteile(soll: Gebietsdaten, ist: Bestand) -> tuple[OrtsteilDaten, ...]:
    """Return the parts the database does not know, living or ended; nothing is renamed or ended.

    What editors made of a part stays: an import only adds.
    """
    return tuple(
        teil
        for teil in soll.ortsteile
        if (teil.gemeinde, teil.slug) not in ist.ortsteile
        and (teil.war_gemeinde is None or teil.war_gemeinde not in ist.fortlebende)
    )
