"""Publish what is scheduled and withdraw what has expired: once, or again and again."""

from __future__ import annotations

import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections
from django.utils import timezone

from editorial_workflows.faellig import Bericht, publish_due


class Command(BaseCommand):
    help = (
        "Veröffentlicht geplante Fassungen und nimmt abgelaufene Inhalte von der Seite. "
        "Gedacht für einen Zeitgeber alle fünf Minuten; mit --alle SEKUNDEN läuft es weiter."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--alle", type=int, metavar="SEKUNDEN", help="wiederholt sich, bis es beendet wird"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["alle"] is None:
            self._report(publish_due(timezone.now()))
            return
        stopped = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        while not stopped.is_set():
            close_old_connections()
            bericht = publish_due(timezone.now())
            if bericht.veroeffentlicht or bericht.abgelaufen or bericht.fehler:
                self.stdout.write(_satz(bericht))
            stopped.wait(options["alle"])

    def _report(self, bericht: Bericht) -> None:
        self.stdout.write(_satz(bericht))
        if bericht.fehler:
            raise CommandError("Nicht veröffentlicht:\n" + "\n".join(bericht.fehler))


def _satz(bericht: Bericht) -> str:
    return (
        f"{bericht.veroeffentlicht} veröffentlicht, {bericht.abgelaufen} abgelaufen, "
        f"{len(bericht.fehler)} gescheitert"
    )
