"""Writing Ortsteile: one verb per function, atomic, announcing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from behoerden.domain.ortsname import fold, namen
from behoerden.domain.ortsteil import ortsteil_slug
from behoerden.models import Gebiet, Gebietsart, Gebietsversion, Ortsname, Ortsnamenart
from zufi.common.changes import announce

__all__ = [
    "NAMEN_QUELLE",
    "NeuerOrtsteil",
    "OrtsteilFehler",
    "Umzug",
    "belegte_slugs",
    "create_ortsteil",
    "create_ortsteile",
    "end_ortsteil",
    "move_ortsteile",
    "rename_ortsteil",
    "unmove_ortsteile",
]

NAMEN_QUELLE = "ortsteil"  # of names, so that no import takes them away
EIN_TAG = timedelta(days=1)


class OrtsteilFehler(ValueError):
    """The change is impossible; the message is German."""


@dataclass(frozen=True, slots=True)
class NeuerOrtsteil:
    """A part to be created; `war_gemeinde_id` is the dissolved Gemeinde that lives on in it.

    With `alter_name` it is found by that Gemeinde's name only, as a former place.
    """

    gemeinde_id: int
    name: str
    slug: str
    ab: date | None = None
    war_gemeinde_id: int | None = None
    quelle: str = "redaktion"
    alter_name: bool = False


def create_ortsteile(neue: Sequence[NeuerOrtsteil]) -> list[Gebiet]:
    """Return new areas with version and names, in the order given; the caller announces.

    Needs a transaction. The slugs must be free in their Gemeinden.
    """
    gebiete: list[Gebiet] = Gebiet.objects.bulk_create(
        Gebiet(
            art=Gebietsart.ORTSTEIL,
            slug=teil.slug,
            quelle=teil.quelle,
            gueltig_ab=teil.ab,
            war_gemeinde_id=teil.war_gemeinde_id,
        )
        for teil in neue
    )
    Gebietsversion.objects.bulk_create(
        Gebietsversion(
            gebiet=gebiet,
            name=teil.name,
            amtlicher_name=teil.name,
            parent_id=teil.gemeinde_id,
            gueltig_ab=teil.ab,
        )
        for gebiet, teil in zip(gebiete, neue, strict=True)
    )
    Ortsname.objects.bulk_create(
        name
        for gebiet, teil in zip(gebiete, neue, strict=True)
        for name in _names(gebiet, teil.name, alt=teil.alter_name)
    )
    return gebiete


@transaction.atomic
def create_ortsteil(*, gemeinde: Gebiet, name: str, ab: date | None = None) -> Gebiet:
    """A part of this Gemeinde exists from the day on, found by its name; it is announced.

    Raises:
        OrtsteilFehler: the Gemeinde has a living part of this name, or does not exist on the day.
    """
    name = name.strip()
    _check_gemeinde(gemeinde, ab)
    _check_name(gemeinde.pk, name)
    slug = ortsteil_slug(name, belegte_slugs([gemeinde.pk])[gemeinde.pk])
    (teil,) = create_ortsteile([NeuerOrtsteil(gemeinde.pk, name, slug, ab)])
    announce("gebiet", [teil.pk])
    return teil


@transaction.atomic
def rename_ortsteil(*, ortsteil: Gebiet, name: str, ab: date | None = None) -> Gebiet:
    """The part has this name from the day on and is found by all its names; it is announced.

    Its address stays. Without a day the present name is corrected, and the old one was a slip.

    Raises:
        OrtsteilFehler: it has ended, another part of the Gemeinde has the name, or the day lies
            before the beginning of the present name.
    """
    name = name.strip()
    version = _current(ortsteil)
    if version.name == name:
        return ortsteil
    _check_name(version.parent_id, name, ausser=ortsteil.pk)
    if ab is None or version.gueltig_ab == ab:
        Ortsname.objects.filter(gebiet=ortsteil, quelle=NAMEN_QUELLE).exclude(
            art=Ortsnamenart.FRUEHER
        ).delete()
        version.name = version.amtlicher_name = name
        version.save(update_fields=["name", "amtlicher_name"])
    else:
        _next_version(version, ab, name=name, parent_id=version.parent_id)
    vorhanden = set(
        Ortsname.objects.filter(gebiet=ortsteil, art=Ortsnamenart.ORTSTEIL).values_list(
            "name", flat=True
        )
    )
    Ortsname.objects.bulk_create(row for row in _names(ortsteil, name) if row.name not in vorhanden)
    announce("gebiet", [ortsteil.pk])
    return ortsteil


@transaction.atomic
def end_ortsteil(*, ortsteil: Gebiet, letzter_tag: date) -> Gebiet:
    """The part ends with this day; its names lead to its Gemeinde from then on. It is announced.

    Rules that still hang at it are left as they are: the coverage report names them.

    Raises:
        OrtsteilFehler: it has ended already, or begins only after the day.
    """
    _set_end(_current(ortsteil), letzter_tag)
    announce("gebiet", [ortsteil.pk])
    return ortsteil


@dataclass(frozen=True, slots=True)
class Umzug:
    """What moving wrote, to be taken back: ids, and slugs that had to change."""

    neue_versionen: tuple[int, ...]
    beendete_versionen: tuple[int, ...]
    beendete: tuple[int, ...]
    slugs: Mapping[int, str]  # Ortsteil → the slug it had
    gebiet_ids: tuple[int, ...]


def move_ortsteile(ziele: Mapping[int, int | None], tag: date) -> Umzug:
    """The living parts of dissolved Gemeinden belong to the successors from the day on.

    Without a successor they end the day before. Needs a transaction; the caller announces.

    Args:
        ziele: dissolved Gemeinde → the Gemeinde that takes over, None if that is open.
        tag: first day of the new.

    Raises:
        OrtsteilFehler: a part begins, or changes, on the day or later.
    """
    rows = list(
        Gebietsversion.objects.filter(
            parent_id__in=list(ziele), gebiet__art=Gebietsart.ORTSTEIL, gueltig_bis__isnull=True
        )
        .select_related("gebiet")
        .order_by("gebiet_id")
    )
    if not rows:
        return Umzug((), (), (), {}, ())
    belegt = belegte_slugs({ziel for ziel in ziele.values() if ziel is not None})
    namen_der_alten = dict(
        Gebietsversion.objects.filter(gebiet_id__in=list(ziele))
        .order_by("gueltig_bis")
        .values_list("gebiet_id", "name")
    )
    neue: list[int] = []
    slugs: dict[int, str] = {}
    beendete: list[int] = []
    for row in rows:
        ziel = ziele[row.parent_id]
        if ziel is None:
            _set_end(row, tag - EIN_TAG)
            beendete.append(row.gebiet_id)
            continue
        slug = _free_slug(row.gebiet.slug, belegt[ziel], namen_der_alten[row.parent_id])
        if slug != row.gebiet.slug:
            slugs[row.gebiet_id] = row.gebiet.slug
            Gebiet.objects.filter(pk=row.gebiet_id).update(slug=slug)
        belegt[ziel].add(slug)
        neue.append(_next_version(row, tag, name=row.name, parent_id=ziel).pk)
    return Umzug(
        neue_versionen=tuple(neue),
        beendete_versionen=tuple(row.pk for row in rows),
        beendete=tuple(beendete),
        slugs=slugs,
        gebiet_ids=tuple(row.gebiet_id for row in rows),
    )


def unmove_ortsteile(umzug: Umzug) -> None:
    """Everything is as before `move_ortsteile`."""
    Gebietsversion.objects.filter(pk__in=umzug.neue_versionen).delete()
    Gebietsversion.objects.filter(pk__in=umzug.beendete_versionen).update(gueltig_bis=None)
    Gebiet.objects.filter(pk__in=umzug.beendete).update(gueltig_bis=None)
    for pk, slug in umzug.slugs.items():
        Gebiet.objects.filter(pk=pk).update(slug=slug)


def _free_slug(slug: str, belegt: Iterable[str], zusatz: str) -> str:
    """Return the slug, or with the addition if another part has it."""
    vergeben = set(belegt)
    return slug if slug not in vergeben else ortsteil_slug(slug, vergeben, zusatz)


def belegte_slugs(gemeinde_ids: Iterable[int]) -> dict[int, set[str]]:
    """Return the slugs that parts of these Gemeinden have or had; one query.

    A slug is never given twice: an old address must not lead to another place.
    """
    belegt: dict[int, set[str]] = {pk: set() for pk in gemeinde_ids}
    rows = Gebietsversion.objects.filter(
        parent_id__in=list(belegt), gebiet__art=Gebietsart.ORTSTEIL
    )
    for gemeinde_id, slug in rows.values_list("parent_id", "gebiet__slug"):
        belegt[gemeinde_id or 0].add(slug)
    return belegt


def _current(ortsteil: Gebiet) -> Gebietsversion:
    version: Gebietsversion | None = Gebietsversion.objects.filter(
        gebiet=ortsteil, gueltig_bis__isnull=True
    ).first()
    if version is None:
        raise OrtsteilFehler("Diesen Ortsteil gibt es nicht mehr.")
    return version


def _check_gemeinde(gemeinde: Gebiet, ab: date | None) -> None:
    if gemeinde.gueltig_bis is not None:
        raise OrtsteilFehler("Diese Gemeinde gibt es nicht mehr. Wählen Sie eine heutige.")
    if ab is not None and gemeinde.gueltig_ab is not None and ab < gemeinde.gueltig_ab:
        raise OrtsteilFehler(
            f"Die Gemeinde gibt es erst seit dem {gemeinde.gueltig_ab:%d.%m.%Y}. "
            "Der Ortsteil kann nicht früher beginnen."
        )


def _check_name(gemeinde_id: int | None, name: str, ausser: int | None = None) -> None:
    andere = (
        Gebietsversion.objects.filter(
            parent_id=gemeinde_id, gebiet__art=Gebietsart.ORTSTEIL, gueltig_bis__isnull=True
        )
        .exclude(gebiet_id=ausser)
        .values_list("name", flat=True)
    )
    if fold(name) in {fold(anderer) for anderer in andere}:
        raise OrtsteilFehler(f"Die Gemeinde hat schon einen Ortsteil „{name}“.")


def _next_version(
    version: Gebietsversion, ab: date, *, name: str, parent_id: int | None
) -> Gebietsversion:
    if version.gueltig_ab is not None and version.gueltig_ab >= ab:
        raise OrtsteilFehler(
            f"Die letzte Änderung gilt ab dem {version.gueltig_ab:%d.%m.%Y}. "
            "Nennen Sie einen späteren Tag."
        )
    version.gueltig_bis = ab - EIN_TAG
    version.save(update_fields=["gueltig_bis"])
    neu: Gebietsversion = Gebietsversion.objects.create(
        gebiet_id=version.gebiet_id,
        name=name,
        amtlicher_name=name,
        parent_id=parent_id,
        gueltig_ab=ab,
    )
    return neu


def _set_end(version: Gebietsversion, bis: date) -> None:
    if version.gueltig_ab is not None and version.gueltig_ab > bis:
        raise OrtsteilFehler(
            f"Der Ortsteil besteht in dieser Form erst ab dem {version.gueltig_ab:%d.%m.%Y}. "
            "Nennen Sie einen späteren Tag."
        )
    version.gueltig_bis = bis
    version.save(update_fields=["gueltig_bis"])
    Gebiet.objects.filter(pk=version.gebiet_id).update(gueltig_bis=bis)


def _names(gebiet: Gebiet, name: str, *, alt: bool = False) -> list[Ortsname]:
    return [
        Ortsname(
            name=form,
            form_ae=fold(form).ae,
            form_a=fold(form).a,
            art=Ortsnamenart.FRUEHER if alt else Ortsnamenart.ORTSTEIL,
            gebiet=gebiet,
            quelle=NAMEN_QUELLE,
        )
        for form in namen(name)
    ]
