"""Objects for these tests, published the way editors publish, and looks at both sides."""

from __future__ import annotations

import itertools
from typing import Any

from django.db import transaction
from elasticsearch.dsl import Q, Search

from behoerden.models import Behoerde, Behoerdenart, Gebiet
from leistungen.models import Kategorie, Leistung, Onlinedienst, Onlinedienstbindung, Zustaendigkeit
from search import client, indices
from search.config import DOKUMENT_KINDS
from search.models import SearchDokument
from search.rebuild import rebuild
from search.sync import drain
from search.worker import owner_name
from zufi.common.changes import announce

_numbers = itertools.count(1)


def publish(obj: Any) -> Any:
    obj.save_revision().publish()
    obj.refresh_from_db()
    return obj


def leistung(titel: str = "Hund anmelden", *, live: bool = True, **fields: Any) -> Leistung:
    obj = Leistung(
        bezeichnung_de=titel,
        slug_de=f"leistung-{next(_numbers)}",
        zielgruppe_codes=["001"],
        **fields,
    )
    obj.save()
    return publish(obj) if live else obj


def rename(obj: Leistung, titel: str) -> None:
    obj.bezeichnung_de = titel
    publish(obj)


@transaction.atomic
def art(name: str = "Standesamt") -> Behoerdenart:
    return Behoerdenart.objects.create(name_de=name, slug=f"art-{next(_numbers)}")


def behoerde(name: str = "Standesamt Jena", *, of: Behoerdenart | None = None) -> Behoerde:
    obj = Behoerde(name_de=name, slug=f"behoerde-{next(_numbers)}", art=of or art())
    obj.save()
    return publish(obj)


@transaction.atomic
def kategorie(name: str = "Haustiere") -> Kategorie:
    return Kategorie.objects.create(
        name_de=name, slug=f"kategorie-{next(_numbers)}", klasse="lebenslage_buerger"
    )


@transaction.atomic
def gebiet(gebietsart: str = "gemeinde") -> Gebiet:
    return Gebiet.objects.create(art=gebietsart)


def onlinedienst() -> Onlinedienst:
    obj = Onlinedienst(bezeichnung_de="Antrag online", url="https://antrag.example/")
    obj.save()
    return publish(obj)


def link(service: Leistung, office: Behoerde, area: Gebiet) -> Zustaendigkeit:
    with transaction.atomic():
        row = Zustaendigkeit.objects.create(leistung=service, behoerde=office, gebiet=area)
        announce("leistung", [service.pk])
    return row


def bind(
    service: Leistung, area: Gebiet, dienst: Onlinedienst, **fields: Any
) -> Onlinedienstbindung:
    with transaction.atomic():
        bindung = Onlinedienstbindung.objects.create(
            leistung=service, gebiet=area, onlinedienst=dienst, **fields
        )
        announce("leistung", [service.pk])
    return bindung


@transaction.atomic
def rename_kategorie(topic: Kategorie, name: str) -> None:
    topic.name_de = name
    topic.save()
    announce("kategorie", [topic.pk])


def row(obj: Any, kind: str = "leistung") -> SearchDokument:
    return SearchDokument.objects.get(kind=kind, object_id=obj.pk)


def pending() -> list[tuple[str, int]]:
    return [
        (found.kind, found.object_id)
        for found in SearchDokument.objects.order_by("kind", "object_id")
        if found.indexed_version < found.version
    ]


def sync() -> Any:
    return drain(owner_name())


def found(index: str, field: str, token: str) -> list[int]:
    """Return the ids of the documents with this token, after a refresh."""
    indices.refresh(index)
    body = Search().query(Q("term", **{field: token})).to_dict()
    hits = client.client().search(index=index, body=body | {"docvalue_fields": ["nr"]})
    return sorted(hit["fields"]["nr"][0] for hit in hits["hits"]["hits"])


def documents(index: str) -> dict[int, int]:
    """Return id → version of every document of the index."""
    indices.refresh(index)
    return {document.object_id: document.version for document in indices.scan(index)}


def rebuild_both() -> None:
    """Both kinds have a live index."""
    for kind in DOKUMENT_KINDS:
        rebuild(kind, lambda _: None)


def live_index(kind: str = "leistung") -> str:
    """Return the name of the index in use."""
    [name] = indices.alias_targets(kind)
    return name
