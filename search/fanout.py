"""Which documents show an object: the only place that knows.

Asked by the worker after the change is committed, never inside the editor's transaction: a link
that another transaction is just adding would be missed there (search.md 4.1). Besides the links
of today the stored documents are asked, for a deleted object has no links any more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from behoerden.models import Behoerde, Gebiet, Gebietsart
from leistungen.models import Leistung, Onlinedienstbindung, Zustaendigkeit
from search import inhalte
from search.models import SearchDokument

Dependents = dict[str, set[int]]


def dependents(kind: str, ids: Collection[int]) -> Dependents:
    """Return kind → ids of the documents that show one of these objects, or did when built.

    Args:
        kind: one of `QUELLEN_KINDS`.
        ids: primary keys; objects that exist no longer are welcome.
    """
    found: Dependents = defaultdict(set)
    if ids:
        _LINKS[kind](ids, found)
        _add_embedding(kind, ids, found)
    return found


def leistungen_of_another_art(behoerde_ids: Collection[int], stichtag: date) -> set[int]:
    """Return the Leistungen of these authorities whose document shows other Behoerdenarten.

    Nothing else of an authority is in the document of a Leistung, so renaming an office with
    hundreds of Leistungen builds none of them again.
    """
    linked = Zustaendigkeit.objects.filter(behoerde_id__in=behoerde_ids).order_by()
    ids = set(linked.values_list("leistung_id", flat=True).distinct())
    stored = SearchDokument.objects.filter(kind="leistung", object_id__in=ids, deleted=False)
    return differing_arten(dict(stored.values_list("object_id", "quellen").order_by()), stichtag)


def differing_arten(quellen: Mapping[int, Collection[str]], stichtag: date) -> set[int]:
    """Return the Leistungen whose responsible Behoerdenarten are not those of their `quellen`."""
    arten = inhalte.read_arten(list(quellen), stichtag)
    return {
        object_id
        for object_id, names in quellen.items()
        if {name for name in names if name.startswith("behoerdenart:")}
        != {f"behoerdenart:{art_id}" for art_id in arten[object_id]}
    }


def _add_embedding(kind: str, ids: Collection[int], found: Dependents) -> None:
    names = [f"{kind}:{object_id}" for object_id in ids]
    rows = SearchDokument.objects.filter(quellen__overlap=names).order_by()
    for row_kind, object_id in rows.values_list("kind", "object_id"):
        found[row_kind].add(object_id)


def _onlinedienst(ids: Collection[int], found: Dependents) -> None:
    found["leistung"].update(
        Onlinedienstbindung.objects.filter(onlinedienst_id__in=ids).values_list(
            "leistung_id", flat=True
        )
    )


def _kategorie(ids: Collection[int], found: Dependents) -> None:
    found["leistung"].update(
        Leistung.kategorien.through.objects.filter(kategorie_id__in=ids).values_list(
            "leistung_id", flat=True
        )
    )


def _behoerdenart(ids: Collection[int], found: Dependents) -> None:
    found["behoerde"].update(Behoerde.objects.filter(art_id__in=ids).values_list("pk", flat=True))
    found["leistung"].update(
        Zustaendigkeit.objects.filter(behoerde__art_id__in=ids)
        .order_by()
        .values_list("leistung_id", flat=True)
        .distinct()
    )


def _gebiet(ids: Collection[int], found: Dependents) -> None:
    found["leistung"].update(
        Onlinedienstbindung.objects.filter(gebiet_id__in=ids).values_list("leistung_id", flat=True)
    )
    found["behoerde"].update(
        Behoerde.objects.filter(hauptgebiet_id__in=ids).values_list("pk", flat=True)
    )
    if Gebiet.objects.filter(pk__in=ids, art=Gebietsart.LAND).exists():
        found["leistung"].update(Leistung._base_manager.values_list("pk", flat=True))


_LINKS = {
    "onlinedienst": _onlinedienst,
    "kategorie": _kategorie,
    "behoerdenart": _behoerdenart,
    "gebiet": _gebiet,
}
