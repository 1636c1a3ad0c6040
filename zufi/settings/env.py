"""Typed readers of the environment; a bad value stops the process and is named."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from zufi.local_services import addresses


def text(name: str, default: str | None = None) -> str:
    """Return the variable; without a default it must be set."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Die Umgebungsvariable {name} fehlt.")
    return value


def flag(name: str, *, default: bool) -> bool:
    """Return a switch written as 1/0, true/false, yes/no, on/off."""
    value = os.environ.get(name)
    if value is None or value == "":
        return default
    lowered = value.strip().lower()
    if lowered in {"1", "true", "yes", "on", "ja"}:
        return True
    if lowered in {"0", "false", "no", "off", "nein"}:
        return False
    raise ImproperlyConfigured(f"{name}={value!r} ist kein Schalter; erlaubt sind 1 und 0.")


def number(name: str, default: int) -> int:
    """Return a whole number."""
    value = os.environ.get(name, "")
    try:
        return int(value) if value else default
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}={value!r} ist keine ganze Zahl.") from error


def items(name: str, default: str = "") -> list[str]:
    """Return a comma-separated list without blanks and empty entries."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def service_url(name: str) -> str:
    """Return a service's address: the environment's, else the local service's, else ""."""
    return os.environ.get(name) or addresses().get(name, "")


def database(url: str) -> dict[str, Any]:
    """Return Django's settings for one PostgreSQL address.

    Shape: `postgresql://user:password@host:port/name?sslmode=require`; parameters go to libpq.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            "DATABASE_URL muss mit postgresql:// beginnen. Ohne eigene Datenbank starten Sie "
            "die lokalen Dienste mit „make services-up“."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
    }
