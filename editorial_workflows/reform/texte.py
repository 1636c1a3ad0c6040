"""Services whose text holds in, or names, an area that ends or changes its name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import models
from django.db.models import Q

from leistungen.models import Kontaktzuordnung, Leistung


@dataclass(frozen=True, slots=True)
class Textstelle:
    """A service, and why its text should be looked at."""

    leistung_id: int
    titel: str
    grund: str


def find_texte(gebiet_ids: Iterable[int], namen: Sequence[str]) -> tuple[Textstelle, ...]:
    """Return services valid in these areas, with contact persons for them, or naming them.

    Three queries. A name counts as a whole word in any German text of the service; that it means
    the place is for editors to say.
    """
    ids = list(gebiet_ids)
    geltung = Leistung.objects.filter(gueltigkeitsgebiete__in=ids).distinct()
    kontakte = Leistung.objects.filter(
        pk__in=Kontaktzuordnung.objects.filter(gebiet_id__in=ids).values("leistung_id")
    )
    stellen = [*_stellen(geltung, "gilt in einem Gebiet, das endet")]
    stellen += _stellen(kontakte, "nennt eine Kontaktperson für ein Gebiet, das endet")
    if namen:
        muster = rf"\m({'|'.join(re.escape(name) for name in sorted(set(namen)))})\M"
        nennt = Q(pk__in=[])
        for feld in _textfelder():
            nennt |= Q(**{f"{feld}__regex": muster})
        stellen += _stellen(Leistung.objects.filter(nennt), "der Text nennt den Namen")
    return tuple(stellen)


def _stellen(rows: models.QuerySet[Leistung], grund: str) -> list[Textstelle]:
    werte = rows.order_by("bezeichnung_de", "pk").values_list("pk", "bezeichnung_de")
    return [Textstelle(pk, titel, grund) for pk, titel in werte]


def _textfelder() -> list[str]:
    return [
        feld.name
        for feld in Leistung._meta.concrete_fields
        if isinstance(feld, models.CharField | models.TextField) and feld.name.endswith("_de")
    ]
