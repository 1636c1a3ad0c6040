"""Real services for every test; nothing of ours is patched."""

from __future__ import annotations

import pytest
from django.conf import settings


def pytest_configure(config: pytest.Config) -> None:
    """A missing service ends the run with one sentence that says what to do."""
    if settings.DATABASES["default"]["PORT"] == "1" or not settings.ELASTICSEARCH_URL:
        pytest.exit(
            "PostgreSQL und Elasticsearch laufen nicht. Starten Sie sie mit „make services-up“ "
            "oder setzen Sie DATABASE_URL und ELASTICSEARCH_URL.",
            returncode=3,
        )
