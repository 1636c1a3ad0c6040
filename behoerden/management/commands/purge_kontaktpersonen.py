"""`manage.py purge_kontaktpersonen`: deletes contact persons whose day has come; for a timer."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from behoerden.kontakte import purge_kontaktpersonen


class Command(BaseCommand):
    help = "Löscht Kontaktpersonen, deren Frist abgelaufen ist, auch aus allen alten Fassungen."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="nur zählen, nichts löschen")

    def handle(self, *args: Any, **options: Any) -> None:
        bericht = purge_kontaktpersonen(timezone.localdate(), dry_run=options["dry_run"])
        verb = "Zu löschen wären" if options["dry_run"] else "Gelöscht"
        self.stdout.write(
            f"{verb}: {bericht.personen} Kontaktpersonen, dazu {bericht.fassungen} Einträge in "
            f"gespeicherten Fassungen; {len(bericht.behoerden)} Behörden betroffen."
        )
