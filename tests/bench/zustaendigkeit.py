"""How long one answer to "which office is mine?" takes, from the database."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection
from django.utils import timezone

from behoerden.selectors import find_orte, gebiet_infos, load_ketten
from leistungen.auskunft import Auskunft, Platz, auskuenfte, load_umfeld
from leistungen.models import Leistung
from tests.bench.messung import Zeile, median, milliseconds, p95, query_count

MAX_ABFRAGEN = 4
MAX_MS = 5
ORT = "Udestedt"
# Typing of the generated services → where their rules hang.
EBENEN = {"5": "Gemeinde", "3": "Kreis", "2": "eigener Bezirk", "4": "Land"}


def measure() -> Iterator[Zeile]:
    """Yield the figures of one resolution, place and service known."""
    heute = timezone.localdate()
    gebiet_id = find_orte(ORT, heute).kandidaten[0].gebiet_id
    for code, ebene in EBENEN.items():
        leistung = Leistung.objects.filter(typisierung_codes=[code]).order_by("pk").first()
        assert leistung is not None, "Die Testdaten haben keine Leistung dieser Ebene."
        frage = {leistung.pk: leistung.titel}

        def resolve(frage: dict[int, str] = frage) -> dict[int, Auskunft]:
            return auskuenfte(frage, load_umfeld(Platz(gebiet_ids=(gebiet_id,)), heute))

        assert resolve()[leistung.pk].stellen, "Die Auskunft nennt keine Stelle."
        times = milliseconds(resolve, runs=200, warmup=20)
        yield Zeile(f"{ebene}: Abfragen", query_count(resolve), "", MAX_ABFRAGEN)
        yield Zeile(f"{ebene}: Median", median(times), ziel=MAX_MS)
        yield Zeile(f"{ebene}: p95", p95(times))
    yield from _parts(gebiet_id)
    leer = milliseconds(_nothing)
    yield Zeile("Verhältnis zur leeren Abfrage (SELECT 1)", median(times) / median(leer), "")


def _parts(gebiet_id: int) -> Iterator[Zeile]:
    heute = timezone.localdate()
    kette = [glied.gebiet_id for glied in load_ketten([gebiet_id], heute)[gebiet_id]]
    teile = (
        ("Kette eines Ortes: Median", lambda: load_ketten([gebiet_id], heute)),
        ("Namen und Schlüssel der Kette: Median", lambda: gebiet_infos(kette, heute)),
        ("Ortssuche nach Namen: Median", lambda: find_orte(ORT, heute)),
        ("Ortssuche nach PLZ (33 Gemeinden): Median", lambda: find_orte("07646", heute)),
        ("Ortssuche mit Tippfehler: Median", lambda: find_orte("Udestett", heute)),
    )
    for name, act in teile:
        yield Zeile(name, median(milliseconds(act)))


def _nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
