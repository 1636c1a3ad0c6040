"""No forgotten path: whatever a document shows, changing it the way it is changed marks the row.

Nothing is listed by hand. The columns come from the SQL that reads the content; whether a column
matters is tried out by changing it and building the document in memory. Then the change is made
through its real path, and after one run of the worker the stored document must be the built one.
A new field in a document is thus tested from the day it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import Error as DatabaseError
from django.db import connection, models, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from modelcluster.fields import ParentalKey

from behoerden.models import Gebietsart
from leistungen.models import Begriff, Leistung, Leistungsschluessel
from search.documents import to_document
from search.inhalte import read
from search.reconcile import check
from tests.search.sync import objekte
from zufi.common.models import Redaktionsobjekt
from zufi.common.zeitraum import heute

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.es]

# Written by services only (import, reform, own districts), which announce every area they touch;
# tests/behoerden holds them to it. No form of the admin saves one.
OHNE_FORMULAR = {"Gebiet"}
# Identity and links of a row to its parent: no path changes them.
FEST = {"id", "uuid", "leistung_id", "kategorie_id", "live_revision_id", "latest_revision_id"}

Spalte = tuple[type[models.Model], str]


@pytest.fixture
def dienst(index: str) -> Leistung:
    """A service in whose document every source occurs once."""
    objekte.gebiet(Gebietsart.LAND)
    area = objekte.gebiet()
    service = objekte.leistung(kurztext_de="Hunde", live=False)
    service.begriffe = [Begriff(begriff_de="Wauwau", begriff_en="doggy")]
    service.leistungsschluessel = [Leistungsschluessel(schluessel="99102013104000")]
    service.kategorien = [objekte.kategorie()]
    objekte.publish(service)
    objekte.link(service, objekte.behoerde(), area)
    objekte.bind(service, area, objekte.onlinedienst())
    objekte.kategorie("Umzug")
    objekte.art("Bauamt")
    objekte.sync()
    return service


def dokument(pk: int, kind: str = "leistung") -> str:
    inhalt = read(kind, [pk], heute(timezone.now())).inhalte.get(pk)
    if inhalt is None:
        return "unsichtbar"
    built = to_document(kind, inhalt)
    return f"{built.inhalt_hash} {built.quellen}"


def gelesene_spalten(pk: int, kind: str) -> list[Spalte]:
    """Return every column that the reading of one object names."""
    by_table = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    with CaptureQueriesContext(
        connection,
    ) as queries:
        dokument(pk, kind)
    named = set()
    for query in queries:
        named |= set(re.findall(r'"(\w+)"\."(\w+)"', query["sql"]))
    return sorted(
        ((by_table[table], column) for table, column in named if table in by_table),
        key=lambda spalte: (spalte[0].__name__, spalte[1]),
    )


def andere_werte(obj: Any, field: Any) -> Iterator[Any]:
    """Yield values that this column could have instead."""
    value = getattr(obj, field.attname)
    if isinstance(field, models.ForeignKey):
        yield from field.related_model._base_manager.exclude(pk=value).values_list("pk", flat=True)
        yield None
    elif isinstance(field, models.BooleanField):
        yield not value
    elif isinstance(field, ArrayField):
        yield ["002"]
    elif field.choices:
        yield from (choice for choice, _ in field.choices if choice != value)
    elif isinstance(field, models.DateTimeField):
        yield from (timezone.now() - timedelta(hours=1), timezone.now() + timedelta(hours=1))
    elif isinstance(field, models.DateField):
        today = heute(timezone.now())
        yield from (today - timedelta(days=1), today + timedelta(days=1))
    elif isinstance(field, models.SlugField):
        yield "zebra-im-amt"
    elif field.name == "schluessel":
        yield "99102013104001"
    elif isinstance(field, models.CharField | models.TextField):
        yield "Zebra im Amt"
    elif isinstance(field, models.IntegerField | models.FloatField):
        yield (value or 0) + 7


def wirksamer_wert(pk: int, obj: Any, field: Any, kind: str) -> Any:
    """Return a value that changes the document; the object itself if there is none."""
    before = dokument(pk, kind)
    for value in andere_werte(obj, field):
        try:
            with transaction.atomic():
                type(obj)._base_manager.filter(pk=obj.pk).update(**{field.attname: value})
                changed = dokument(pk, kind) != before
                transaction.set_rollback(True)
        except (DatabaseError, ValueError):
            continue
        if changed:
            return value
    return obj


def aendere(obj: Any, fields: dict[str, Any]) -> None:
    """Change an object the way it is changed in this project."""
    if "live" in fields:
        objekte.publish(obj) if fields["live"] else obj.unpublish()
        return
    parent_field = next((f for f in obj._meta.fields if isinstance(f, ParentalKey)), None)
    if obj._meta.auto_created:  # the rows of Leistung.kategorien
        service = Leistung.objects.get(pk=obj.leistung_id)
        service.kategorien.set([fields["kategorie_id"]])
        objekte.publish(service)
    elif parent_field is not None:
        parent = getattr(obj, parent_field.name)
        for child in getattr(parent, parent_field.remote_field.related_name).all():
            if child.pk == obj.pk:
                _set(child, fields)
        objekte.publish(parent)
    elif isinstance(obj, Redaktionsobjekt):
        _set(obj, fields)
        objekte.publish(obj)
    else:
        with transaction.atomic():  # as a view of the admin
            _set(obj, fields)
            obj.save()


def _set(obj: Any, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        setattr(obj, name, value)


def wege(
    pk: int, kind: str, eigen: type[models.Model]
) -> Iterator[tuple[str, Any, dict[str, Any]]]:
    """Yield name, object and new values of every change to be made.

    The texts of the object itself share one publication; everything else is changed alone.
    """
    eigene: dict[str, Any] = {}
    for model, column in gelesene_spalten(pk, kind):
        field = next((f for f in model._meta.fields if f.column == column), None)
        if model.__name__ in OHNE_FORMULAR or column in FEST or field is None:
            continue
        objects = model._base_manager.order_by("pk")
        for obj in objects.filter(pk=pk) if model is eigen else objects[:5]:
            value = wirksamer_wert(pk, obj, field, kind)
            if value is obj:
                continue
            if model is eigen and column not in {"live", "gueltig_ab", "gueltig_bis", "art_id"}:
                eigene[field.attname] = value
            else:
                yield f"{model.__name__}.{column}", obj, {field.attname: value}
            break
    yield eigen.__name__, eigen._base_manager.get(pk=pk), eigene


def vergessen(pk: int, kind: str) -> bool:
    """Whether the stored document is not what a build gives, after the worker has run."""
    objekte.sync()
    return bool(check(kind, deep=True).tief)


def probiere(pk: int, kind: str, eigen: type[models.Model]) -> tuple[list[str], list[str]]:
    """Return the changes that were tried, and those that nobody marked; each is taken back."""
    versucht, ohne_marke = [], []
    for name, obj, fields in list(wege(pk, kind, eigen)):
        before = {field: getattr(obj, field) for field in fields}
        for values in (fields, before):
            obj.refresh_from_db()
            try:
                aendere(obj, values)
            except ValidationError:
                break  # the path itself refuses this value
            versucht.append(name)
            if vergessen(pk, kind):
                ohne_marke.append(name)
    return versucht, ohne_marke


def test_every_change_of_what_a_leistung_shows_marks_it(dienst: Leistung) -> None:
    versucht, ohne_marke = probiere(dienst.pk, "leistung", Leistung)

    assert ohne_marke == []
    assert set(versucht) >= {
        "Leistung",
        "Leistung.live",
        "Begriff.begriff_de",
        "Begriff.begriff_en",
        "Behoerde.art_id",
        "Behoerde.live",
        "Behoerdenart.name_de",
        "Kategorie.name_de",
        "Kategorie.slug",
        "Leistungsschluessel.schluessel",
        "Onlinedienst.live",
        "Onlinedienst.status",
        "Onlinedienst.wartung_von",
        "Onlinedienstbindung.gueltig_ab",
        "Zustaendigkeit.gueltig_ab",
    }


def test_every_change_of_what_a_behoerde_shows_marks_it(index: str) -> None:
    objekte.art("Bauamt")
    office = objekte.behoerde()
    objekte.sync()

    versucht, ohne_marke = probiere(office.pk, "behoerde", type(office))

    assert ohne_marke == []
    assert set(versucht) >= {"Behoerde", "Behoerde.live", "Behoerde.art_id", "Behoerdenart.name_de"}


def test_the_guard_notices_a_write_that_nobody_announces(dienst: Leistung) -> None:
    Begriff.objects.update(begriff_de="Heimlich")

    assert vergessen(dienst.pk, "leistung")
