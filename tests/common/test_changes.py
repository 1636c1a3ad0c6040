"""Announcing a change is part of the change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from zufi.common import changes
from zufi.common.changes import OutsideTransaction, announce, register


@pytest.fixture
def heard() -> Iterator[list[tuple[str, frozenset[int]]]]:
    calls: list[tuple[str, frozenset[int]]] = []
    register("test", lambda kind, ids: calls.append((kind, ids)))
    yield calls
    del changes._receivers["test"]


@pytest.mark.django_db(transaction=True)
def test_announcing_outside_a_transaction_is_refused() -> None:
    with pytest.raises(OutsideTransaction):
        announce("leistung", [1])


@pytest.mark.django_db
def test_repeated_ids_are_one(heard: list[tuple[str, frozenset[int]]]) -> None:
    announce("leistung", [3, 1, 3])

    assert heard == [("leistung", frozenset({1, 3}))]


@pytest.mark.django_db(transaction=True)
def test_nothing_to_announce_needs_no_transaction(heard: list[object]) -> None:
    announce("leistung", [])

    assert heard == []


@transaction.atomic
def create_and_announce(model: Any) -> None:
    model.objects.create(slug="amt", name_de="Amt")
    announce("behoerdenart", [1])


@pytest.mark.django_db(transaction=True)
def test_failing_receiver_undoes_the_change(heard: list[object]) -> None:
    from behoerden.models import Behoerdenart

    def refuse(kind: str, ids: frozenset[int]) -> None:
        raise RuntimeError

    register("test", refuse)
    with pytest.raises(RuntimeError):
        create_and_announce(Behoerdenart)

    assert not Behoerdenart.objects.exists()
