"""All rows of a service in one query, instead of one per kind of row."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from typing import Any

from django.db import connection, models
from modelcluster.models import get_all_child_relations

from leistungen.models import Leistung

# Rows that no page shows.
_INTERN = frozenset({"begriffe", "freigaben", "modulangaben", "ursprungsportale"})


@cache
def _relationen() -> tuple[tuple[str, type[models.Model], str], ...]:
    """Return name of the list, model, column that leads to the service."""
    return tuple(
        (relation.get_accessor_name(), relation.related_model, relation.remote_field.attname)
        for relation in get_all_child_relations(Leistung)
        if relation.get_accessor_name() not in _INTERN
    )


@cache
def _abfrage() -> str:
    teile = [
        f"SELECT {nummer}, jsonb_agg(to_jsonb(t) ORDER BY t.sort_order, t.id)"  # noqa: S608 - names
        f' FROM "{model._meta.db_table}" t WHERE t.{spalte} = %(id)s'
        for nummer, (_name, model, spalte) in enumerate(_relationen())
    ]
    return " UNION ALL ".join(teile)


def lade_kinder(leistung: Leistung) -> None:
    """The public rows of the live service are in memory; reading them asks the database no more."""
    with connection.cursor() as cursor:
        cursor.execute(_abfrage(), {"id": leistung.pk})
        # Django hands json over as text; amounts stay exact.
        zeilen = {
            nummer: json.loads(text or "[]", parse_float=Decimal)
            for nummer, text in cursor.fetchall()
        }
    for nummer, (name, model, _spalte) in enumerate(_relationen()):
        setattr(leistung, name, [_objekt(model, werte) for werte in zeilen[nummer]])


def _objekt(model: type[models.Model], werte: dict[str, Any]) -> models.Model:
    objekt = model(
        **{
            feld.attname: feld.to_python(werte[feld.column])
            for feld in model._meta.concrete_fields
            if feld.column in werte
        }
    )
    objekt._state.adding = False
    objekt._state.db = "default"
    return objekt
