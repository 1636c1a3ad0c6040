"""The search beside the bare request to Elasticsearch, in the same run."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from behoerden.ortsangabe import lies_ortsangabe
from leistungen.models import Leistung
from search import client, compile_es
from search.plan import build_plan
from search.selectors import run_search
from tests.bench.messung import Zeile, median, milliseconds, p95

ANFRAGEN = ("hund anmelden", "personalausweis", "kfz ummelden", "wohngeld", "führerschein verloren")
ORT, ARS = "Erfurt", "160510000000"


def measure() -> Iterator[Zeile]:
    """Yield median and p95 of a search with place, and ratios to the bare request."""
    if not Leistung.objects.filter(live=True).exists():
        yield Zeile("Suche", None, zusatz="keine Demodaten: »make demo SERVE=0« lädt sie")
        return
    heute = timezone.localdate()
    ort = lies_ortsangabe(ORT, "", heute)
    plaene = [build_plan(text, heute=heute) for text in ANFRAGEN]
    browser = Client(headers={"host": "127.0.0.1"})

    def bare() -> None:
        for plan in plaene:
            client.run(
                compile_es.compile_search(plan, size=100),
                kind="leistung",
                timeout=settings.SEARCH_TIMEOUT_SECONDS,
            )

    def whole() -> None:
        for text in ANFRAGEN:
            run_search(text, ort=ort, heute=heute)

    def page() -> None:
        for text in ANFRAGEN:
            answer = browser.get(reverse("search:suche"), {"q": text, "ort": ARS})
            assert answer.status_code == 200, answer

    # Taken in turns: a busy moment of the machine hits all three.
    laeufe: dict[str, list[float]] = {"bare": [], "whole": [], "page": []}
    for runde in range(5):
        for name, act in (("bare", bare), ("whole", whole), ("page", page)):
            laeufe[name] += milliseconds(act, runs=8, warmup=0 if runde else 3)
    je_anfrage = {
        name: sorted(time / len(ANFRAGEN) for time in times) for name, times in laeufe.items()
    }
    allein = median(je_anfrage["bare"])
    yield Zeile("Elasticsearch allein: Median", allein)
    for name, text in (("whole", "Suche mit Ort und Behörden"), ("page", "ganze Trefferseite")):
        yield Zeile(f"{text}: Median", median(je_anfrage[name]))
        yield Zeile(f"{text}: p95", p95(je_anfrage[name]))
        yield Zeile(f"{text}: Verhältnis", median(je_anfrage[name]) / allein, "")
