"""The scratch database: created beside the configured one, and told from one with real data."""

from __future__ import annotations

import re

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection

from behoerden.models import Behoerde
from leistungen.models import Leistung, Zustaendigkeit
from leistungen.skalierung.schreiben import SLUG

NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")


class DatenbankFehler(Exception):
    """This database must not be filled; the message is German."""


def use_database(name: str) -> None:
    """From here on this process works in the database of that name, on the configured server.

    It is created if there is none, and brought to the newest schema.

    Raises:
        DatenbankFehler: the name is none that PostgreSQL takes without quotes.
    """
    if not NAME.fullmatch(name):
        raise DatenbankFehler(
            f"„{name}“ ist kein Name einer Datenbank: nur Kleinbuchstaben, Ziffern und „_“."
        )
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE DATABASE {connection.ops.quote_name(name)}")
    connection.close()
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name
    ContentType.objects.clear_cache()
    call_command("migrate", interactive=False, verbosity=0)


def drop_database(name: str) -> None:
    """The database of that name, in which this process works, is gone.

    Raises:
        DatenbankFehler: it holds more than generated data; it stays.
    """
    check_nur_testdaten()
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {connection.ops.quote_name(name)}")


def check_nur_testdaten() -> None:
    """Return quietly if all services and authorities here are generated ones, or there are none.

    Raises:
        DatenbankFehler: somebody else's data are here.
    """
    fremde = {
        "Leistungen": Leistung.objects.exclude(slug_de__startswith=SLUG).count(),
        "Behörden": Behoerde.objects.exclude(slug__startswith=SLUG).count(),
    }
    if any(fremde.values()):
        gezaehlt = " und ".join(f"{zahl} {name}" for name, zahl in fremde.items() if zahl)
        raise DatenbankFehler(
            f"Es wurde nichts geschrieben: Die Datenbank „{connection.settings_dict['NAME']}“ "
            f"enthält {gezaehlt}, die keine Testdaten sind. Nehmen Sie eine eigene Datenbank: "
            "seed_scale --database-name zufi_scale. Wenn die Testdaten wirklich hier stehen "
            "sollen: seed_scale --force"
        )


def count_testdaten() -> tuple[int, int, int]:
    """Return the numbers of generated services, authorities and their rules."""
    return (
        Leistung.objects.filter(slug_de__startswith=SLUG).count(),
        Behoerde.objects.filter(slug__startswith=SLUG).count(),
        Zustaendigkeit.objects.filter(leistung__slug_de__startswith=SLUG).count(),
    )


def database_size() -> int:
    """Return the size of the database in bytes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])
