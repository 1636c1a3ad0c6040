"""How well four searches answer the same judged queries: one table, measured in one run.

`python -m tests.bench.suchguete [dev|sealed …]` runs on the configured database with the demo
data; only overall figures are printed, so the sealed half stays sealed.

Wagtail's own search is measured twice, with all words and with any word, and each time over our
fields and Begriffe too: what a site gets that takes it seriously. Its index is rebuilt for that in
a transaction that is rolled back.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zufi.settings.dev")
if __name__ == "__main__":
    os.environ["DEBUG"] = "0"
    django.setup()

from django.conf import settings
from django.db import transaction
from django.test.utils import override_settings
from django.utils import timezone
from wagtail.search import index
from wagtail.search.backends import get_search_backend

from behoerden.ortsangabe import Ortsangabe
from leistungen.models import Leistung
from search.bewertung.bericht import MASSE, werte, zahl
from search.bewertung.masse import Note
from search.bewertung.rangfolge import Liste, Rangfolge, bewerte_alle, pruefe, unsere
from search.bewertung.streuung import intervall
from search.evaluation import TIEFE, lies_faelle

JUDGED = Path(__file__).parents[1] / "search" / "judged"
TEXTE = (
    "volltext",
    "voraussetzungen",
    "unterlagen_text",
    "kosten_text",
    "frist_text",
    "dauer_text",
    "verfahrensablauf",
    "hinweise",
)
ALLE_FELDER = [
    index.SearchField("bezeichnung_2_de", boost=4),
    index.SearchField("bezeichnung_de", boost=4),
    index.RelatedFields("begriffe", [index.SearchField("begriff_de", boost=3)]),
    index.SearchField("teaser_de", boost=1.5),
    index.SearchField("kurztext_de", boost=1.5),
    *(index.SearchField(f"{name}_de") for name in TEXTE),
]
"""The fields of our own index with the same weights, as far as Wagtail's search knows weights."""


def wagtail(operator: str) -> Rangfolge:
    """Return Wagtail's database search as it stands in the settings; it knows no places."""

    def rank(query: str, ort: Ortsangabe, heute: date) -> Liste:
        found = get_search_backend("default").search(query, Leistung, operator=operator)
        pks = [leistung.pk for leistung in found[: TIEFE * 10]]
        visible = Leistung.objects.sichtbar_am(heute).in_bulk(pks)
        slugs = [str(visible[pk].slug_de) for pk in pks if pk in visible]
        return Liste(tuple(slugs[:TIEFE]), "wagtail")

    return rank


def unser_ersatz(query: str, ort: Ortsangabe, heute: date) -> Liste:
    """Return what the public search shows while Elasticsearch is away: no time to ask it."""
    with override_settings(SEARCH_TIMEOUT_SECONDS=0.0):
        return unsere(query, ort, heute)


@contextmanager
def wagtail_index(fields: list[Any]) -> Iterator[None]:
    """Inside, Wagtail's index holds every Leistung with these fields; nothing of it remains."""
    before = Leistung.search_fields
    Leistung.search_fields = fields
    try:
        with transaction.atomic():
            index_of_model = get_search_backend("default").get_index_for_model(Leistung)
            index_of_model.add_items(Leistung, list(Leistung.objects.filter(live=True)))
            yield
            transaction.set_rollback(True)
    finally:
        Leistung.search_fields = before


def measure(half: str, heute: date) -> dict[str, tuple[Note, ...]]:
    """Return the notes of every search over one half of the judged queries.

    Raises:
        RuntimeError: another engine answered than the one that was to be measured.
    """
    faelle = pruefe(lies_faelle((JUDGED / f"{half}.tsv").read_text(encoding="utf-8")), heute)

    def run(rangfolge: Rangfolge) -> tuple[Note, ...]:
        return bewerte_alle(faelle, rangfolge, heute)

    noten: dict[str, tuple[Note, ...]] = {}
    own_fields = Leistung.search_fields
    for title, fields in (("", own_fields), (", alle Texte und Begriffe", ALLE_FELDER)):
        for operator, words in (("and", "alle Wörter"), ("or", "ein Wort")):
            with wagtail_index(fields):
                noten[f"Wagtail, {words}{title}"] = run(wagtail(operator))
    noten["Wir, PostgreSQL als Ersatz"] = _only("postgresql", lambda: run(unser_ersatz))
    noten["Wir, Elasticsearch"] = _only("elasticsearch", lambda: run(unsere))
    return noten


def _only(engine: str, run: Callable[[], tuple[Note, ...]], attempts: int = 3) -> tuple[Note, ...]:
    """Return notes that this engine gave, all of them: a busy machine may miss the deadline."""
    for _ in range(attempts):
        noten = run()
        if {note.engine for note in noten} == {engine}:
            return noten
    raise RuntimeError(f"Nicht alle Anfragen wurden von {engine} beantwortet.")


def table(noten: dict[str, tuple[Note, ...]]) -> Iterator[str]:
    """Yield the lines: overall figures, and how far ahead of the best of Wagtail's."""
    yield (
        f"{'Suche':<46}{'nDCG@10':>8}  {'95 %':<13}{'MRR':>6}{'E@1':>7}{'E@3':>7}{'ohne':>7}"
        f"{'leer':>7}  Abstand zu Wagtail"
    )
    means = {name: werte(one) for name, one in noten.items()}
    best = max(
        (name for name in noten if name.startswith("Wagtail")),
        key=lambda name: means[name].masse["ndcg@10"] or 0,
    )
    for name, one in noten.items():
        mean = means[name]
        low, high = mean.interval or (0.0, 0.0)
        figures = "".join(f"{zahl(mean.masse[key]):>7}" for key in list(MASSE)[1:])
        yield (
            f"{name:<46}{zahl(mean.masse['ndcg@10']):>8}  {zahl(low)}–{zahl(high)}  {figures[1:]}"
            f"{zahl(mean.nothing_ok):>7}  {'' if name == best else _gap(one, noten[best])}"
        )


def _gap(ours: Sequence[Note], theirs: Sequence[Note]) -> str:
    pairs = zip(ours, theirs, strict=True)
    gaps = [mine.ndcg - other.ndcg for mine, other in pairs if mine.is_answerable]
    low, high = intervall(gaps)
    mean = sum(gaps) / len(gaps)
    return f"{zahl(mean, '+')} ({zahl(low, '+')} bis {zahl(high, '+')})"


def main(halves: list[str]) -> int:
    """Print a table per half; return 1 without demo data, 2 for an unknown half."""
    known = [path.stem for path in JUDGED.glob("*.tsv")]
    if unknown := set(halves) - set(known):
        print(f"Unbekannt: {', '.join(sorted(unknown))}. Es gibt: {', '.join(sorted(known))}.")
        return 2
    if not Leistung.objects.filter(live=True).exists():
        print("Keine Demodaten: »make demo SERVE=0« lädt sie.")
        return 1
    logging.disable(logging.WARNING)
    config = settings.WAGTAILSEARCH_BACKENDS["default"].get("SEARCH_CONFIG", "")
    print(f"Wagtails Datenbanksuche mit SEARCH_CONFIG={config}")
    for half in halves or ["dev", "sealed"]:
        noten = measure(half, timezone.localdate())
        print(f"\n{half}: {len(next(iter(noten.values())))} Anfragen")
        for line in table(noten):
            print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
