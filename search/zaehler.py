"""Counters and latencies that several processes add up, kept in the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import connection

from search.latenz import REFRESH_SECONDS, Histogramm, histogramm
from search.models import SearchLatenz, SearchZaehler
from search.rows import run_sql

KEEP_HOURS = 8 * 24

# Names of `search_zaehler`; `/metrics` shows each as zufi_<name>_total.
STAPEL = "sync_batches"
DOKUMENTE = "sync_documents"
FEHLER = "sync_failures"
AUSFAELLE = "sync_outages"
ERSATZ = "search_breaker_opened"
LATENZ_SUMME = "sync_latency_seconds"

_ADD = """
INSERT INTO search_zaehler (name, wert)
SELECT name, wert FROM unnest(%(namen)s::text[], %(werte)s::float8[]) AS n(name, wert)
ORDER BY name
ON CONFLICT (name) DO UPDATE SET wert = search_zaehler.wert + excluded.wert
"""
# Both in one statement: a batch pays for one short transaction.
_ADD_BATCH = (
    f"WITH zaehler AS ({_ADD})"  # noqa: S608 - constants of this module
    """
    INSERT INTO search_latenz (stunde, grenze, anzahl)
    SELECT date_trunc('hour', now(), 'UTC'), grenze, anzahl
    FROM unnest(%(grenzen)s::float8[], %(anzahlen)s::bigint[]) AS n(grenze, anzahl)
    ORDER BY grenze
    ON CONFLICT (stunde, grenze) DO UPDATE SET anzahl = search_latenz.anzahl + excluded.anzahl
    """
)
_PREFIX = "latenz_"


def add(zahlen: Mapping[str, float]) -> None:
    """Each counter has grown by its number."""
    run_sql(_ADD, {"namen": list(zahlen), "werte": [float(wert) for wert in zahlen.values()]})


def add_here(zahlen: Mapping[str, float]) -> None:
    """Like `add`, in the transaction of the caller."""
    werte = [float(wert) for wert in zahlen.values()]
    with connection.cursor() as cursor:
        cursor.execute(_ADD, {"namen": list(zahlen), "werte": werte})


def add_batch(documents: int, failures: int, latencies: Sequence[float]) -> None:
    """One more batch of a worker is counted, and how long its documents had waited.

    Args:
        documents: sent and accepted.
        failures: refused, or not to be built.
        latencies: seconds from the change until Elasticsearch had the document; the second until
            its next refresh is added here.
    """
    haeufigkeit = histogramm(latency + REFRESH_SECONDS for latency in latencies)
    grenzen = sorted(haeufigkeit)
    zahlen = {
        STAPEL: 1,
        DOKUMENTE: documents,
        FEHLER: failures,
        LATENZ_SUMME: sum(latencies) + REFRESH_SECONDS * len(latencies),
        **{f"{_PREFIX}{le}": haeufigkeit[le] for le in grenzen},
    }
    run_sql(
        _ADD_BATCH,
        {
            "namen": list(zahlen),
            "werte": [float(wert) for wert in zahlen.values()],
            "grenzen": grenzen,
            "anzahlen": [haeufigkeit[le] for le in grenzen],
        },
    )


def load_counters() -> tuple[dict[str, float], dict[float, int]]:
    """Return the counters by name, and the histogram of all latencies since the beginning."""
    zahlen: dict[str, float] = {}
    haeufigkeit: dict[float, int] = {}
    for name, wert in SearchZaehler.objects.values_list("name", "wert"):
        if name.startswith(_PREFIX):
            haeufigkeit[float(name.removeprefix(_PREFIX))] = int(wert)
        else:
            zahlen[name] = wert
    return zahlen, haeufigkeit


def load_hours(seit: datetime) -> dict[datetime, Histogramm]:
    """Return hour → histogram of the latencies from this moment on."""
    found: dict[datetime, dict[float, int]] = defaultdict(dict)
    rows = SearchLatenz.objects.filter(stunde__gte=seit)
    for stunde, le, anzahl in rows.values_list("stunde", "grenze", "anzahl"):
        found[stunde][le] = anzahl
    return dict(found)


def forget(jetzt: datetime) -> None:
    """Hours older than `KEEP_HOURS` are gone; the totals stay."""
    SearchLatenz.objects.filter(stunde__lt=jetzt - timedelta(hours=KEEP_HOURS)).delete()
