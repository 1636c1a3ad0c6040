"""The demo data, loaded once per module and rolled back after it."""

from __future__ import annotations

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests.editorial_workflows.conftest import demo

__all__ = ["demo"]


@pytest.fixture(scope="module")
def statistik(demo: str, django_db_blocker: DjangoDbBlocker) -> None:
    """The planner knows the demo, as it does once autovacuum has seen what was committed."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("ANALYZE")
