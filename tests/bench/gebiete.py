"""How long the register of areas takes to read."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO

from django.core.management import call_command
from django.db import connection, transaction

from behoerden.models import Gebiet
from behoerden.models.gebiet import GEMEINDEARTEN
from tests.bench.messung import Zeile, seconds

MAX_SECONDS = 10


def measure() -> Iterator[Zeile]:
    """Yield the times of a first and of a second import; the scratch database stays as it was."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            # Empties the scratch database until the end of this transaction, which rolls it back.
            cursor.execute("TRUNCATE behoerden_gebiet, behoerden_postleitzahl CASCADE")
        erster = seconds(_import)
        gemeinden = Gebiet.objects.filter(
            art__in=[str(art) for art in GEMEINDEARTEN], gueltig_bis__isnull=True
        ).count()
        yield Zeile(f"Import von {gemeinden} Gemeinden", erster, "s", MAX_SECONDS)
        yield Zeile("derselbe Import noch einmal", seconds(_import), "s", MAX_SECONDS)
        transaction.set_rollback(True)


def _import() -> None:
    call_command("import_gebiete", stdout=StringIO())
