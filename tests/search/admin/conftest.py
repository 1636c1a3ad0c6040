"""Editors of both kinds, and live indices."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

from tests.welt_fixture import welt

__all__ = ["welt"]

Editor = Client


def _login(django_user_model: Any, name: str, *codenames: str) -> Client:
    user = django_user_model.objects.create_user(name, password="x", is_staff=True)
    group = Group.objects.create(name=name)
    group.permissions.set(Permission.objects.filter(codename__in=codenames))
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    return client


EDIT = ("access_admin", "change_leistung", "change_behoerde", "view_leistung", "view_behoerde")


@pytest.fixture
def redaktion(transactional_db: None, django_user_model: Any) -> Client:
    """May edit, may not act on the index."""
    return _login(django_user_model, "redaktion", *EDIT)


@pytest.fixture
def technik(transactional_db: None, django_user_model: Any) -> Client:
    """May also retry and compare."""
    return _login(django_user_model, "technik", *EDIT, "change_searchdokument")
