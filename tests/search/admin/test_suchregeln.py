"""The synonym rules in the admin: list, form, refusal."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from search.models import Suchregel

pytestmark = pytest.mark.django_db


@pytest.fixture
def leitung(client: Client, django_user_model: Any) -> Client:
    """Somebody who may do everything."""
    client.force_login(django_user_model.objects.create_superuser("leitung", "l@example.org", "x"))
    return client


def test_rule_is_made_and_listed(leitung: Client) -> None:
    data = {"links": "kneipe", "rechts": "Gaststätte", "gewicht": "0.9", "aktiv": "on"}

    answer = leitung.post("/admin/suchregeln/new/", data, follow=True)

    assert answer.status_code == 200
    assert Suchregel.objects.get().rechts == "Gaststätte"
    assert "kneipe" in leitung.get("/admin/suchregeln/").content.decode()


def test_refusal_stands_at_the_field(leitung: Client) -> None:
    data = {"links": "Anmeldung", "rechts": "anmelden", "gewicht": "0.9", "aktiv": "on"}

    page = leitung.post("/admin/suchregeln/new/", data).content.decode()

    assert "Beide Seiten bedeuten für die Suche schon dasselbe." in page
    assert not Suchregel.objects.exists()


def test_nobody_without_the_right_sees_them(client: Client, django_user_model: Any) -> None:
    client.force_login(django_user_model.objects.create_user("gast", "g@example.org", "x"))

    assert client.get("/admin/suchregeln/").status_code == 302
