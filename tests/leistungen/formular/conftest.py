"""A service with everything a form can hold, and the form as a browser would send it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from leistungen.models import Leistung
from tests.leistungen.formular.fuelle import fuelle
from tests.welt import Welt, build


@pytest.fixture
def welt(db: None) -> Welt:
    return build()


@pytest.fixture
def redaktion(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("redaktion"))
    return client


@pytest.fixture
def voll(welt: Welt) -> Leistung:
    """36 rich texts and 40 rows, published."""
    fuelle(welt.hund)
    revision = welt.hund.save_revision()
    revision.publish()
    welt.hund.refresh_from_db()
    return welt.hund
