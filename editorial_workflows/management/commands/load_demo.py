"""Demo data of the whole Land: authorities, services, rules and logins."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from editorial_workflows.demo.katalog import KatalogFehler
from editorial_workflows.demo.laden import DemoLader
from zufi.common.zeitraum import heute


class Command(BaseCommand):
    help = (
        "Lädt die Demodaten: Behörden, Leistungen, Onlinedienste, Zuständigkeiten und Zugänge. "
        "Ein zweiter Lauf ändert nichts; was die Redaktion bearbeitet hat, bleibt."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--force", action="store_true", help="lädt auch in eine Installation ohne DEBUG"
        )
        parser.add_argument(
            "--reset",
            action="store_true",
            help="stellt die Demodaten wieder her, auch wo die Redaktion sie bearbeitet hat",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG and not options["force"]:
            raise CommandError(
                "Es wurde nichts geladen: Diese Installation läuft ohne DEBUG, also "
                "wahrscheinlich im echten Betrieb. Wenn Sie die Demodaten trotzdem "
                "wollen: load_demo --force"
            )
        beginn = time.monotonic()
        lader = DemoLader(
            self.stdout.write, stichtag=heute(timezone.now()), zuruecksetzen=options["reset"]
        )
        try:
            lader.run()
        except KatalogFehler as error:
            raise CommandError(f"Die Demodaten passen nicht zusammen. {error}") from error
        self.stdout.write(f"Die Demodaten sind geladen ({time.monotonic() - beginn:.0f} s).")
