"""Computes the figures behind the lists and reports of the editors; for a timer."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from leistungen.listen.kennzahlen import refresh_kennzahlen, veraltete


class Command(BaseCommand):
    help = (
        "Berechnet die Kennzahlen der Leistungen neu (Lesbarkeit, Befunde, Übersetzungen, "
        "Gemeinden ohne Stelle), aus dem jeweils letzten Entwurf."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--nur-veraltete",
            action="store_true",
            help="nur Leistungen, die sich seit der letzten Berechnung geändert haben",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        beginn = time.monotonic()
        ids = veraltete() if options["nur_veraltete"] else None
        anzahl = refresh_kennzahlen(ids, melde=self._fortschritt)
        dauer = time.monotonic() - beginn
        self.stdout.write(f"Kennzahlen von {anzahl} Leistungen berechnet ({dauer:.1f} s).")

    def _fortschritt(self, anzahl: int) -> None:
        if anzahl % 2_000 == 0:
            self.stdout.write(f"      … {anzahl}")
