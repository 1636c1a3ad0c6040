"""The lists, choosers and forms of the admin with 10,000 services and 300,000 rules."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.urls import reverse

from behoerden.models import Behoerde, Gebiet
from leistungen.models import Leistung, Zustaendigkeit
from tests.bench.messung import Zeile, median, milliseconds, query_count
from tests.leistungen.formular.browserform import form_url, lies_form, query
from tests.leistungen.formular.fuelle import RICH_TEXTS, ZEILEN, fuelle

# Queries of a page; none of them grows with the number of objects.
LISTE, FORMULAR, AUSWAHL = 15, 60, 30
MAX_MS = 1_000
RUNS = 5
# The browser needs another half a second to start the editors of the first tab.
MAX_OEFFNEN_MS, MAX_PRUEFEN_MS, MAX_SPEICHERN_MS = 1_500, 400, 1_000


def measure() -> Iterator[Zeile]:
    """Yield queries and time of each page, for a superuser who is gone afterwards."""
    with transaction.atomic():
        client = Client(headers={"host": "127.0.0.1"})
        client.force_login(User.objects.create_superuser("messung"))
        for name, path, queries in _pages():
            yield from _page(client, name, path, queries)
        yield from _full_form(client)
        transaction.set_rollback(True)


def _full_form(client: Client) -> Iterator[Zeile]:
    """Open, check and save a service with 36 rich texts and 40 rows."""
    leistung = Leistung(bezeichnung_de="Messung", slug_de="messung-des-formulars")
    fuelle(leistung)
    leistung.save()
    leistung.save_revision().publish()
    url = form_url(leistung.pk)
    name = f"Formular mit {RICH_TEXTS} Texten und {ZEILEN} Zeilen"

    def open_form() -> None:
        assert client.get(url).status_code == 200

    def check() -> None:
        post(reverse("leistungsformular:pruefen", args=[leistung.pk]), 200)

    def save() -> None:
        post(url, 302)

    def post(path: str, status: int) -> None:
        antwort = client.post(
            path, daten, content_type="application/x-www-form-urlencoded"
        ).status_code
        assert antwort == status, f"{path}: {antwort}"

    felder = lies_form(client, url)
    # Each save would make the marks of the loaded draft stale for the next one.
    felder = {name: werte for name, werte in felder.items() if "loaded_revision" not in name}
    daten = query(felder).urlencode()
    for verb, action, limit in (
        ("öffnen", open_form, MAX_OEFFNEN_MS),
        ("nach einer Tippause prüfen", check, MAX_PRUEFEN_MS),
        ("Entwurf speichern", save, MAX_SPEICHERN_MS),
    ):
        yield Zeile(f"{name}, {verb}: Median", median(milliseconds(action, RUNS, 1)), ziel=limit)
        yield Zeile(f"{name}, {verb}: Abfragen", query_count(action), "")


def _page(client: Client, name: str, path: str, queries: int) -> Iterator[Zeile]:
    def get() -> None:
        status = client.get(path).status_code
        assert status == 200, f"{path}: {status}"

    yield Zeile(f"{name}: Abfragen", query_count(get), "", queries)
    yield Zeile(f"{name}: Median", median(milliseconds(get, RUNS, 1)), ziel=MAX_MS)


def _pages() -> Iterator[tuple[str, str, int]]:
    leistung = Leistung.objects.filter(typisierung_codes=["5"]).order_by("pk")[0]
    behoerde = Behoerde.objects.order_by("pk")[50]
    gebiet = Gebiet.objects.filter(art="gemeinde").order_by("pk")[0]
    regel = Zustaendigkeit.objects.order_by("pk")[1000]
    leistungen = reverse("wagtailsnippets_leistungen_leistung:list")
    behoerden = reverse("wagtailsnippets_behoerden_behoerde:list")
    regeln = reverse("zustaendigkeiten:index")
    letzte = Zustaendigkeit.objects.count() // 50
    yield "Leistungen", leistungen, LISTE
    yield "Leistungen, gesucht", f"{leistungen}?q=Hundehaltung", LISTE
    yield "Behörden", behoerden, LISTE
    yield "Behörden, gesucht", f"{behoerden}?q=Bauamt", LISTE
    yield "Zuständigkeiten", regeln, LISTE
    yield "Zuständigkeiten, letzte Seite", f"{regeln}?p={letzte}", LISTE
    yield "Zuständigkeiten einer Leistung", f"{regeln}?leistung={leistung.pk}", LISTE
    yield "Zuständigkeiten einer Behörde", f"{regeln}?behoerde={behoerde.pk}", LISTE
    yield "Zuständigkeiten in einem Gebiet", f"{regeln}?gebiet={gebiet.pk}", LISTE
    form = reverse("wagtailsnippets_leistungen_leistung:edit", args=[leistung.pk])
    yield "Leistung bearbeiten", form, FORMULAR
    form = reverse("wagtailsnippets_behoerden_behoerde:edit", args=[behoerde.pk])
    yield "Behörde bearbeiten", form, FORMULAR
    form = reverse("zustaendigkeiten:edit", args=[regel.pk])
    yield "Zuständigkeit bearbeiten", form, FORMULAR
    satz = reverse("regeleditor:leistung", args=[leistung.pk])
    yield "Zuständigkeiten als Sätze", satz, AUSWAHL
    test = f"{reverse('regeleditor:testen')}?leistung={leistung.pk}&ort=Udestedt"
    yield "Zuständigkeit ausprobieren", test, AUSWAHL
    yield "Fachliche Prüfung", reverse("regeleditor:pruefung"), LISTE
    for name, viewset, wort in (
        ("Leistung wählen", "wagtailsnippetchoosers_leistungen_leistung", "Hundehaltung"),
        ("Behörde wählen", "wagtailsnippetchoosers_behoerden_behoerde", "Bauamt"),
        ("Gebiet wählen", "gebiet_chooser", "Elxleben"),
    ):
        yield name, reverse(f"{viewset}:choose"), AUSWAHL
        yield f"{name}, gesucht", f"{reverse(f'{viewset}:choose_results')}?q={wort}", AUSWAHL
