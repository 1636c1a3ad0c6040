"""Many editorial objects at once: stored and live in one transaction, each with its revision.

`save_revision()` and `publish()` cost 130 to 310 ms per object; a first load of hundreds would take
minutes. This verb writes rows, children and revisions in bulk. It is for loads that an operator
starts; what editors do passes through `Redaktionsobjekt.publish()`, which asks `before_publish`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone, translation
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.models import Revision
from wagtail.signal_handlers import disable_reference_index_auto_update

from zufi.common.changes import announce
from zufi.common.models import Redaktionsobjekt
from zufi.common.sprachfest import DEFAULT_LANGUAGE

BATCH_SIZE = 500
# What publishing and identity say about an object is no part of its content.
VERWALTUNG = frozenset(
    {
        "pk",
        "id",
        "uuid",
        "sort_order",
        "live",
        "has_unpublished_changes",
        "first_published_at",
        "last_published_at",
        "live_revision",
        "latest_revision",
        "go_live_at",
        "expire_at",
        "expired",
        "locked",
        "locked_at",
        "locked_by",
    }
)
# Computed from the content and dated: `refresh_computed` brings it up to date.
BERECHNET = frozenset({"uebersetzungsstand", "basis_hash", "basis_text"})


@dataclass(frozen=True, slots=True)
class Stapelbericht:
    """What became of the objects; `ids` leads from the value of the key to the primary key.

    `belassen` counts objects that editors changed or withdrew and that therefore stayed as they
    were.
    """

    neu: int = 0
    geaendert: int = 0
    unveraendert: int = 0
    belassen: int = 0
    ids: Mapping[Any, int] = field(default_factory=dict)

    @property
    def geschrieben(self) -> int:
        """Objects with a new revision."""
        return self.neu + self.geaendert

    def __add__(self, other: Stapelbericht) -> Stapelbericht:
        return Stapelbericht(
            neu=self.neu + other.neu,
            geaendert=self.geaendert + other.geaendert,
            unveraendert=self.unveraendert + other.unveraendert,
            belassen=self.belassen + other.belassen,
            ids={**self.ids, **other.ids},
        )


class DoppelterSchluessel(ValueError):
    """Two objects of one batch carry the same key."""

    def __init__(self, schluessel: str, werte: Iterable[Any]) -> None:
        super().__init__(f"{schluessel} mehrfach im Stapel: {', '.join(map(str, werte))}")


def store_live(
    objekte: Sequence[Redaktionsobjekt],
    *,
    kind: str | None,
    schluessel: str = "slug",
    user: Any = None,
    ueberschreiben: bool = False,
) -> Stapelbericht:
    """Every object is stored, live, and its latest revision holds exactly what is live.

    Stored objects are found by the key. Equal ones stay untouched, without a new revision; changed
    ones keep primary key and uuid, and equal children keep their uuid. What editors worked on
    since, or withdrew, stays as they left it unless `ueberschreiben` says otherwise.

    Args:
        objekte: unsaved objects of one model, with their children (ClusterableModel).
        kind: what `announce` calls them; the ids written are announced in the same transaction.
            None if the caller announces what shows them.
        schluessel: name of the field that identifies an object.
        user: whose revisions these are; None for a machine.
        ueberschreiben: also replace what editors changed.

    Raises:
        ValidationError: an object breaks a rule of its fields; nothing is stored.
        DoppelterSchluessel: two objects share a key; nothing is stored.
    """
    if not objekte:
        return Stapelbericht()
    model = type(objekte[0])
    _check_schluessel(objekte, schluessel)
    with (
        translation.override(DEFAULT_LANGUAGE),
        disable_reference_index_auto_update(),
        transaction.atomic(),
    ):
        for objekt in objekte:
            _clean(objekt)
        bestand = _load_bestand(model, schluessel, objekte)
        neu: list[Any] = []
        geaendert: list[Any] = []
        belassen = 0
        for objekt in objekte:
            vorhanden = bestand.get(getattr(objekt, schluessel))
            if vorhanden is None:
                neu.append(objekt)
            elif not ueberschreiben and _is_bearbeitet(vorhanden, user):
                belassen += 1
            elif not vorhanden.live or inhalt(vorhanden) != inhalt(objekt):
                _uebernimm(objekt, vorhanden)
                geaendert.append(vorhanden)
        for objekt in (*neu, *geaendert):
            objekt.refresh_computed()
        _insert(model, neu)
        for vorhanden in geaendert:
            vorhanden.save()  # commits the children, too
        geschrieben = [objekt.pk for objekt in (*neu, *geaendert)]
        _mark_live(model, geschrieben, user)
        if kind is not None:
            announce(kind, geschrieben)
    ids = {wert: vorhanden.pk for wert, vorhanden in bestand.items()}
    ids |= {getattr(objekt, schluessel): objekt.pk for objekt in neu}
    return Stapelbericht(
        neu=len(neu),
        geaendert=len(geaendert),
        unveraendert=len(objekte) - len(neu) - len(geaendert) - belassen,
        belassen=belassen,
        ids=ids,
    )


def inhalt(objekt: Any) -> dict[str, Any]:
    """Return what an editor would call the content: no keys, no state of publication."""
    daten = objekt.serializable_data()
    for name, elternfeld in _kinder(type(objekt)).items():
        ohne = VERWALTUNG | {elternfeld}
        daten[name] = [
            {feld: wert for feld, wert in kind.items() if feld not in ohne} for kind in daten[name]
        ]
    for relation in get_all_child_m2m_relations(type(objekt)):
        daten[relation.name] = sorted(daten[relation.name])
    return {name: wert for name, wert in daten.items() if name not in VERWALTUNG | BERECHNET}


def _kinder(model: type[models.Model]) -> dict[str, str]:
    """Return the name of each list of children and the children's field that leads back."""
    return {
        relation.get_accessor_name(): relation.remote_field.name
        for relation in get_all_child_relations(model)
    }


def _check_schluessel(objekte: Iterable[Any], schluessel: str) -> None:
    anzahl = Counter(getattr(objekt, schluessel) for objekt in objekte)
    mehrfach = [wert for wert, count in anzahl.items() if count > 1]
    if mehrfach:
        raise DoppelterSchluessel(schluessel, mehrfach)


def _clean(objekt: Any) -> None:
    """Check all fields but relations: the database does that, without a query per object."""
    for teil in (objekt, *_children(objekt)):
        relationen = {feld.name for feld in teil._meta.concrete_fields if feld.is_relation}
        try:
            teil.clean_fields(exclude=relationen)
            teil.clean()
        except ValidationError as error:
            felder = ", ".join(getattr(error, "error_dict", ()))
            meldungen = " ".join(dict.fromkeys(error.messages))
            text = f"{type(teil).__name__} „{objekt}“, {felder}: {meldungen}"
            raise ValidationError(text) from error


def _children(objekt: Any) -> list[Any]:
    return [kind for name in _kinder(type(objekt)) for kind in getattr(objekt, name).all()]


def _load(model: Any, **bedingung: Any) -> list[Any]:
    """Objects with children and topics, in as many queries as there are relations."""
    mit = [*_kinder(model), *(relation.name for relation in get_all_child_m2m_relations(model))]
    return list(
        model._base_manager.filter(**bedingung)
        .select_related("latest_revision")
        .prefetch_related(*mit)
        .order_by("pk")
    )


def _load_bestand(model: Any, schluessel: str, objekte: Iterable[Any]) -> dict[Any, Any]:
    werte = [getattr(objekt, schluessel) for objekt in objekte]
    bestand = _load(model, **{f"{schluessel}__in": werte})
    return {getattr(objekt, schluessel): objekt for objekt in bestand}


def _is_bearbeitet(vorhanden: Any, user: Any) -> bool:
    """Whether a person drafted, published or withdrew it after the last load."""
    revision = vorhanden.latest_revision
    fremd = revision is not None and revision.user_id != (user and user.pk)
    return fremd or not vorhanden.live or vorhanden.has_unpublished_changes


def _uebernimm(quelle: Any, ziel: Any) -> None:
    """Give the stored object the content of the new one; equal children keep their uuid."""
    for feld in ziel._meta.concrete_fields:
        if feld.name not in VERWALTUNG | BERECHNET:
            setattr(ziel, feld.attname, getattr(quelle, feld.attname))
    for name, elternfeld in _kinder(type(ziel)).items():
        uuids = {_kennung(kind, elternfeld): kind.uuid for kind in getattr(ziel, name).all()}
        kinder = list(getattr(quelle, name).all())
        for kind in kinder:
            kind.uuid = uuids.pop(_kennung(kind, elternfeld), kind.uuid)
        setattr(ziel, name, kinder)
    for relation in get_all_child_m2m_relations(type(ziel)):
        setattr(ziel, relation.name, list(getattr(quelle, relation.name).all()))


def _kennung(kind: models.Model, elternfeld: str) -> tuple[Any, ...]:
    ohne = VERWALTUNG | {elternfeld}
    return tuple(
        str(getattr(kind, feld.attname))
        for feld in kind._meta.concrete_fields
        if feld.name not in ohne
    )


def _insert(model: Any, objekte: Sequence[Any]) -> None:
    """Insert rows, then their children; every number of objects takes the same few statements."""
    if not objekte:
        return
    # Read before the objects have a key: afterwards an empty list is asked from the database.
    kinder = {
        relation: [(objekt, list(_liste(objekt, relation).all())) for objekt in objekte]
        for relation in get_all_child_relations(model)
    }
    themen = {
        relation: [(objekt, list(getattr(objekt, relation.name).all())) for objekt in objekte]
        for relation in get_all_child_m2m_relations(model)
    }
    model._base_manager.bulk_create(objekte, batch_size=BATCH_SIZE)
    for relation, familien in kinder.items():
        _insert_kinder(relation, familien)
    for relation, paare in themen.items():
        through = relation.remote_field.through
        von, nach = f"{relation.m2m_field_name()}_id", f"{relation.m2m_reverse_field_name()}_id"
        through._base_manager.bulk_create(
            [
                through(**{von: objekt.pk, nach: anderes.pk})
                for objekt, andere in paare
                for anderes in andere
            ],
            batch_size=BATCH_SIZE,
        )


def _insert_kinder(relation: Any, familien: Iterable[tuple[Any, list[Any]]]) -> None:
    zeilen = []
    for objekt, kinder in familien:
        for position, kind in enumerate(kinder):
            setattr(kind, relation.remote_field.name, objekt)
            kind.sort_order = position
            zeilen.append(kind)
    relation.related_model._base_manager.bulk_create(zeilen, batch_size=BATCH_SIZE)


def _liste(objekt: Any, relation: Any) -> Any:
    return getattr(objekt, relation.get_accessor_name())


def _mark_live(model: Any, ids: Sequence[int], user: Any) -> None:
    """Store one revision per object, read back from the database, and make it the live one."""
    if not ids:
        return
    jetzt = timezone.now()
    content_type = ContentType.objects.get_for_model(model, for_concrete_model=False)
    revisionen = Revision.objects.bulk_create(
        [
            Revision(
                content_type=content_type,
                base_content_type=content_type,
                object_id=str(objekt.pk),
                object_str=str(objekt),
                content=objekt.serializable_data(),
                created_at=jetzt,
                user=user,
            )
            for objekt in _load(model, pk__in=ids)
        ],
        batch_size=BATCH_SIZE,
    )
    revision = Revision.objects.filter(
        pk__in=[revision.pk for revision in revisionen],
        object_id=Cast(OuterRef("pk"), models.CharField()),
    ).values("pk")[:1]
    model._base_manager.filter(pk__in=ids).update(
        latest_revision_id=Subquery(revision),
        live_revision_id=Subquery(revision),
        live=True,
        expired=False,
        has_unpublished_changes=False,
        first_published_at=Coalesce(F("first_published_at"), jetzt),
        last_published_at=jetzt,
    )
