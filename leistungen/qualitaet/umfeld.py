"""What the rules ask beside a service's own content, for any number of services at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F
from django.utils import timezone

from leistungen.codes import CODELISTEN, Werte, lade_codewerte
from leistungen.domain.qualitaet import Ausnahme
from leistungen.models import (
    Befundausnahme,
    Formularbindung,
    Leistungskennzahl,
    Onlinedienstbindung,
    Zustaendigkeit,
)


@dataclass(frozen=True, slots=True)
class Umfeld:
    """Facts that live outside of the services, keyed by their ids.

    Attributes:
        codes: listURI → codes of the active version; a list that was not read in is missing.
        online: live online services that may be used today.
        formulare: live forms that belong to the service today.
        zustaendig: services with at least one rule that holds today.
        luecken: number of municipalities without an office, where it has been counted.
        ausnahmen: findings an editor let pass.
    """

    codes: Mapping[str, Werte] = field(default_factory=dict)
    online: Mapping[int, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    formulare: Mapping[int, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    zustaendig: frozenset[int] = frozenset()
    luecken: Mapping[int, int] = field(default_factory=dict)
    ausnahmen: Mapping[int, frozenset[Ausnahme]] = field(default_factory=dict)


def lade_umfeld(ids: Iterable[int | None], stichtag: date | None = None) -> Umfeld:
    """Return the surroundings of these services on a day (default: today); six queries."""
    pks = sorted({pk for pk in ids if pk is not None})
    tag = stichtag or timezone.localdate()
    ausnahmen: dict[int, set[Ausnahme]] = defaultdict(set)
    for a in Befundausnahme.objects.filter(leistung__in=pks):
        ausnahmen[a.leistung_id].add(Ausnahme(a.regel, a.modul, a.sprache, a.inhalt_hash, a.zitat))
    return Umfeld(
        codes=lade_codewerte(set(CODELISTEN.values())),
        online=_je_leistung(
            Onlinedienstbindung.objects.gueltig_am(tag)
            .filter(leistung__in=pks, onlinedienst__live=True)
            .annotate(
                uuid=F("onlinedienst__uuid"),
                label=F("onlinedienst__bezeichnung_de"),
                url=F("onlinedienst__url"),
                vertrauensniveau=F("onlinedienst__vertrauensniveau"),
            )
            .order_by("leistung_id", "label", "uuid")
            .values("leistung_id", "uuid", "label", "url", "vertrauensniveau")
            .distinct()
        ),
        formulare=_je_leistung(
            Formularbindung.objects.gueltig_am(tag)
            .filter(leistung__in=pks, formular__live=True)
            .annotate(
                uuid=F("formular__uuid"),
                label=F("formular__bezeichnung_de"),
                barrierefrei=F("formular__barrierefrei"),
            )
            .order_by("leistung_id", "label", "uuid")
            .values("leistung_id", "uuid", "label", "barrierefrei")
            .distinct()
        ),
        zustaendig=frozenset(
            Zustaendigkeit.objects.gueltig_am(tag)
            .filter(leistung__in=pks)
            .order_by()
            .values_list("leistung_id", flat=True)
            .distinct()
        ),
        luecken=dict(
            Leistungskennzahl.objects.filter(
                leistung__in=pks, stellen_berechnet_am__isnull=False
            ).values_list("leistung_id", "ohne_stelle_count")
        ),
        ausnahmen={pk: frozenset(menge) for pk, menge in ausnahmen.items()},
    )


def _je_leistung(rows: Iterable[Mapping[str, Any]]) -> Mapping[int, Sequence[Mapping[str, Any]]]:
    """Return service → its entries; that there is a binding says that there is an area."""
    gruppen: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        gruppen[row["leistung_id"]].append({**row, "gebiete": True})
    return gruppen
