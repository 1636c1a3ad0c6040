"""Every service in every municipality: how long the proof takes, and how much memory."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from leistungen.models import Leistung
from tests.bench.messung import (
    Zeile,
    median,
    milliseconds,
    peak_megabytes,
    seconds,
    server_peak_megabytes,
)

LEISTUNGEN = 3_000
MAX_SECONDS = 60
MAX_MEGABYTES = 2_048
MAX_MS_EINE = 300


def measure() -> Iterator[Zeile]:
    """Yield time and peak of memory for many services, and the time for one."""
    try:
        from leistungen.coverage import prove
    except ImportError as error:
        yield Zeile("Nachweis der Abdeckung", None, zusatz=f"noch nicht vorhanden: {error}")
        return
    heute = timezone.localdate()
    ids = list(Leistung.objects.order_by("pk").values_list("pk", flat=True)[:LEISTUNGEN])
    yield Zeile("Speicher vor dem Nachweis", peak_megabytes(), "MB")
    dauer = seconds(lambda: prove(heute, ids))
    yield Zeile(f"{len(ids)} Leistungen × alle Gemeinden", dauer, "s", MAX_SECONDS)
    yield Zeile("höchster Speicherbedarf von Python dabei", peak_megabytes(), "MB", MAX_MEGABYTES)
    server = server_peak_megabytes()
    yield Zeile("höchster Speicherbedarf von PostgreSQL dabei", server, "MB", MAX_MEGABYTES)
    je_ebene = {
        code: Leistung.objects.filter(typisierung_codes=[code]).order_by("pk").first()
        for code in ("5", "3", "4")
    }
    for code, leistung in je_ebene.items():
        if leistung is not None:
            ids = [leistung.pk]
            times = milliseconds(lambda: prove(heute, ids), 10, 2)  # noqa: B023 - called at once
            name = {"5": "Gemeinden", "3": "Kreise", "4": "Land"}[code]
            yield Zeile(f"eine Leistung ({name}): Median", median(times), ziel=MAX_MS_EINE)
