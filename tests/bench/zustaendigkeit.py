"""How long one answer to "which office is mine?" takes, from the database."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from behoerden.selectors import find_orte
from leistungen.auskunft import Platz, auskuenfte, load_umfeld
from leistungen.models import Leistung
from tests.bench.messung import Zeile, median, milliseconds, p95


def measure() -> Iterator[Zeile]:
    """Yield the figures of one resolution, place and service known."""
    heute = timezone.localdate()
    leistung = Leistung.objects.get(slug_de="personalausweis-beantragen")
    ort = find_orte("Udestedt", heute).kandidaten[0]

    def resolve() -> None:
        umfeld = load_umfeld(Platz(gebiet_ids=(ort.gebiet_id,)), heute)
        auskuenfte({leistung.pk: leistung.titel}, umfeld)

    with CaptureQueriesContext(connection) as queries:
        resolve()
    times = milliseconds(resolve)
    yield Zeile("Auskunft: Abfragen", str(len(queries)), "")
    yield Zeile("Auskunft: Median", f"{median(times):.1f} ms", "")
    yield Zeile("Auskunft: p95", f"{p95(times):.1f} ms")
    times = milliseconds(lambda: find_orte("Udestedt", heute))
    yield Zeile("Ortssuche nach Namen: Median", f"{median(times):.1f} ms")
