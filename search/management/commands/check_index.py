"""Compare the index with the database; drift is a number."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from search.client import ElasticsearchAway
from search.config import SETTLE_ROUNDS
from search.pruefung import halte_fest, numbers
from search.reconcile import Befund, check_all, repair
from search.sync import drain
from search.worker import owner_name

_DRIFT = 1
_AWAY = 2
_WORDS = {
    "missing": "fehlen im Index",
    "stale": "im Index veraltet",
    "surplus": "im Index überzählig",
    "ahead": "im Index neuer als in der Datenbank",
}


class Command(BaseCommand):
    help = (
        "Vergleicht jedes Dokument im Suchindex mit der Datenbank. Rückgabe 0: gleich, "
        "1: Abweichungen, 2: Elasticsearch antwortet nicht."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--repair", action="store_true", help="Abweichungen beheben und den Rest melden"
        )
        parser.add_argument(
            "--deep",
            action="store_true",
            help="auch prüfen, ob die gespeicherten Dokumente dem Inhalt entsprechen",
        )
        parser.add_argument("--json", action="store_true", help="Zahlen als JSON ausgeben")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            befunde = check_all(deep=options["deep"])
            if options["repair"]:
                befunde = self._repair(befunde, deep=options["deep"])
        except ElasticsearchAway as error:
            self.stderr.write(self.style.ERROR(f"Elasticsearch antwortet nicht: {error}"))
            sys.exit(_AWAY)
        halte_fest(befunde, "check_index")
        if options["json"]:
            self.stdout.write(json.dumps(numbers(befunde)))
        else:
            self._describe(befunde)
        if any(befund.has_drift for befund in befunde):
            sys.exit(_DRIFT)

    def _repair(self, befunde: list[Befund], *, deep: bool) -> list[Befund]:
        # More than one round: the index may remember a deletion of a still higher version.
        for _ in range(SETTLE_ROUNDS):
            drifted = [befund for befund in befunde if befund.has_drift and befund.index]
            if not drifted:
                break
            for befund in drifted:
                self.stderr.write(f"{befund.kind}: Abweichungen werden behoben …")
                repair(befund)
            drain(owner_name())
            befunde = check_all(deep=deep)
        return befunde

    def _describe(self, befunde: list[Befund]) -> None:
        for befund in befunde:
            numbers = befund.numbers()
            state = befund.index or "kein Index; rebuild_index legt ihn an"
            self.stdout.write(
                f"{befund.kind} ({state}): {numbers['checked']} verglichen, "
                f"{numbers['pending']} unterwegs"
            )
            ids = {
                "missing": (*befund.abgleich.missing, *befund.ohne_zeile),
                "stale": sorted({*befund.abgleich.stale, *befund.tief}),
                "surplus": befund.abgleich.surplus,
                "ahead": befund.abgleich.ahead,
            }
            for name, words in _WORDS.items():
                if ids[name]:
                    self.stdout.write(f"  {len(ids[name])} {words}: {_join(ids[name])}")
            for object_id, error in befund.dead.items():
                self.stdout.write(f"  aufgegeben: {object_id}: {error}")
            if not befund.has_drift:
                self.stdout.write("  keine Abweichung")


def _join(ids: Any) -> str:
    return ", ".join(str(object_id) for object_id in ids)
