"""The sentence of a row from the fields of its form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from django.forms import modelform_factory

from leistungen.formular.saetze import zeilensatz
from leistungen.formular.zeilenform import Zeilenform, formfeld
from leistungen.models import Leistung
from zufi.common.sprachfest import unsuffixed_fields


def satz_aus_formular(
    relation: str, daten: Mapping[str, Any], praefix: str, stichtag: date
) -> tuple[str, str]:
    """Return the sentence and, if the row cannot be saved like this, why.

    What is wrong in one field does not hide the rest: the sentence is made of what can be read.
    """
    form = _form_class(relation)(daten, prefix=praefix or None)
    form.defer_required_fields()
    form.full_clean()
    satz = zeilensatz(relation, form.instance, stichtag)
    fehler = [text for texte in form.errors.values() for text in texte]
    return satz, " ".join(fehler)


@cache
def _form_class(relation: str) -> Any:
    model: Any = getattr(Leistung, relation).rel.related_model
    ohne = unsuffixed_fields(model)
    felder = [
        feld.name
        for feld in model._meta.concrete_fields
        if feld.editable
        and not feld.is_relation
        and not feld.primary_key
        and feld.name not in {*ohne, "sort_order"}
    ]
    return modelform_factory(model, form=Zeilenform, fields=felder, formfield_callback=formfeld)
