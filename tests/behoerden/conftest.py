"""The real areas of Thüringen, loaded once for all tests of a module and rolled back after them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from behoerden.models import Gebietsschluessel
from zufi.common import changes

HEUTE = date(2026, 11, 24)


@pytest.fixture(scope="module")
def gebiete(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """What the first import printed; each test runs in a savepoint inside this transaction."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield import_gebiete()
        transaction.set_rollback(True)


@pytest.fixture
def gebiet_id(gebiete: str, db: None) -> Callable[[str], int]:
    """The id of the area that has this ARS or AGS, or had it last."""

    def find(wert: str) -> int:
        rows = Gebietsschluessel.objects.filter(wert=wert)
        return max(rows, key=lambda row: row.gueltig_ab or date.min).gebiet_id

    return find


@pytest.fixture
def angesagt() -> Iterator[list[tuple[str, frozenset[int]]]]:
    """Everything announced during the test."""
    gehoert: list[tuple[str, frozenset[int]]] = []
    changes.register("test", lambda kind, ids: gehoert.append((kind, ids)))
    yield gehoert
    changes._receivers.pop("test")


@pytest.fixture
def redaktion(client: Client, db: None) -> Client:
    """A browser in which an administrator is logged in."""
    client.force_login(User.objects.create_superuser("chefin", "chefin@redaktion.example", "x"))
    return client


def import_gebiete(*arguments: str) -> str:
    """Run the command and return what it printed."""
    output = StringIO()
    call_command("import_gebiete", *arguments, stdout=output)
    return output.getvalue()
