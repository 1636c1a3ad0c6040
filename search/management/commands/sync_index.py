"""The search worker: brings published changes into the index."""

from __future__ import annotations

import signal
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from search.sync import drain
from search.worker import Worker, owner_name


class Command(BaseCommand):
    help = (
        "Überträgt veröffentlichte Änderungen in den Suchindex. Läuft, bis der Prozess beendet "
        "wird (SIGTERM: nach dem laufenden Stapel). Mit --once: bis nichts mehr zu tun ist; "
        "Rückgabe 0, wenn nichts offen ist, sonst 1."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="einmal abarbeiten und enden")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            left = drain(owner_name())
            self.stderr.write(f"Offen: {left.pending}, aufgegeben: {left.dead}.")
            sys.exit(1 if left.pending or left.dead else 0)
        worker = Worker()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: worker.stop())
        worker.run()
