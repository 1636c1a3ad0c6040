"""The small Land, an administrator, and somebody without rights on rules."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client

from tests.welt import Welt, build


@pytest.fixture
def welt(db: None) -> Welt:
    return build()


def person(name: str, *rechte: str) -> User:
    """Somebody who may enter the admin and has these permissions."""
    user = User.objects.create_user(name)
    gruppe = Group.objects.create(name=name)
    codenames = ("access_admin", *rechte)
    gruppe.permissions.set(Permission.objects.filter(codename__in=codenames))
    user.groups.add(gruppe)
    return user


@pytest.fixture
def redaktion(client: Client, db: None) -> Client:
    """An editor with all rights on rules."""
    rechte = [f"{aktion}_zustaendigkeit" for aktion in ("view", "add", "change", "delete")]
    client.force_login(person("redaktion", *rechte))
    return client


@pytest.fixture
def leser(db: None) -> Client:
    """Somebody who may only look at rules."""
    client = Client()
    client.force_login(person("leser", "view_zustaendigkeit"))
    return client


@pytest.fixture
def fremde(db: None) -> Client:
    """An editor of other things."""
    client = Client()
    client.force_login(person("fremde", "change_leistung"))
    return client
