"""List, start page and reports of the editors with 10,000 services."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.urls import reverse

from leistungen.listen.ansicht import listenadresse
from leistungen.listen.kennzahlen import refresh_kennzahlen, veraltete
from tests.bench.messung import Zeile, median, milliseconds, query_count

# The list of the issue: ten queries; two more are savepoints of a request inside a transaction.
LISTE, STARTSEITE, BERICHT = 12, 46, 14
MAX_MS = 300
RUNS = 7


def measure() -> Iterator[Zeile]:
    """Yield queries and time of each page, for a superuser who is gone afterwards."""
    if offen := veraltete():  # kept for the next run
        print(f"  Kennzahlen von {len(offen)} Leistungen werden berechnet …", flush=True)
        refresh_kennzahlen(offen)
    with transaction.atomic():
        client = Client(headers={"host": "127.0.0.1"})
        client.force_login(User.objects.create_superuser("messung"))
        for name, path, queries in _pages():
            yield from _page(client, name, path, queries)
        transaction.set_rollback(True)


def _page(client: Client, name: str, path: str, queries: int) -> Iterator[Zeile]:
    def get() -> None:
        status = client.get(path).status_code
        assert status == 200, f"{path}: {status}"

    yield Zeile(f"{name}: Abfragen", query_count(get), "", queries)
    yield Zeile(f"{name}: Median", median(milliseconds(get, RUNS, 1)), ziel=MAX_MS)


def _pages() -> Iterator[tuple[str, str, int]]:
    alle = listenadresse("alle")
    yield "Startseite", reverse("wagtailadmin_home"), STARTSEITE
    yield "Leistungen", alle, LISTE
    yield "Leistungen, letzte Seite", f"{alle}?p=200", LISTE
    yield "Leistungen, gesucht", f"{alle}?q=Hundehaltung", LISTE + 1  # counts what it found
    for reiter in ("faellig", "ohne-stelle", "schwer", "englisch"):
        # One more asks for rules changed since the last count.
        yield f"Leistungen, Reiter {reiter}", listenadresse(reiter), LISTE + 1
    yield "Bericht Textqualität", reverse("berichte:textqualitaet"), BERICHT
    yield "Bericht Übersetzungen", reverse("berichte:uebersetzungen"), BERICHT
    yield "Leistung wählen", reverse("wagtailsnippetchoosers_leistungen_leistung:choose"), 8
