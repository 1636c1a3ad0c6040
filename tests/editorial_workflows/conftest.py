"""The demo, loaded once for all tests of a module and rolled back after them."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from pytest_django import DjangoDbBlocker

from zufi.common import changes


@pytest.fixture(scope="module")
def demo(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """What the first run of `load_demo` printed; the data stay until the module ends.

    Each test runs in its own savepoint inside this transaction.
    """
    with (
        pytest.MonkeyPatch.context() as patch,
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        patch.setenv("ZUFI_STATE", str(tmp_path_factory.mktemp("zustand")))
        yield load_demo()
        transaction.set_rollback(True)


@pytest.fixture
def angesagt() -> Iterator[list[tuple[str, frozenset[int]]]]:
    """Everything announced during the test."""
    gehoert: list[tuple[str, frozenset[int]]] = []
    changes.register("test", lambda kind, ids: gehoert.append((kind, ids)))
    yield gehoert
    changes._receivers.pop("test")


@pytest.fixture
def zustand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state directory of its own."""
    monkeypatch.setenv("ZUFI_STATE", str(tmp_path))
    return tmp_path


def load_demo(*arguments: str) -> str:
    """Run the command and return what it printed."""
    output = StringIO()
    call_command("load_demo", "--force", *arguments, stdout=output)
    return output.getvalue()
