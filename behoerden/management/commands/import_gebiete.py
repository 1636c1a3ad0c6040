"""Read the official register of areas; repeatable, in one transaction."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError
from django.utils import timezone

from behoerden.csv_dateien import DateiFehler
from behoerden.gebiete_dateien import read_gebiete, read_gv100ad
from behoerden.importbericht import bericht
from behoerden.services import import_gebietsdaten

ORDNER = Path(settings.BASE_DIR) / "fixtures" / "gebiete"


class Command(BaseCommand):
    help = (
        "Liest das amtliche Gebietsverzeichnis ein: Gebiete, Schlüssel, Postleitzahlen, Ortsnamen. "
        "Ein zweiter Lauf ändert nichts."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file",
            nargs="?",
            metavar="FILE",
            help="Datei im Format GV100AD oder Ordner mit CSV-Dateien; sonst fixtures/gebiete",
        )
        parser.add_argument(
            "--stand",
            type=_tag,
            metavar="DATE",
            help="Tag, ab dem Änderungen bekannter Gebiete gelten (JJJJ-MM-TT)",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="zeigt, was sich ändern würde; schreibt nichts"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        ordner = Path(options["file"]) if options["file"] else ORDNER
        if not ordner.exists():
            raise CommandError(f"„{ordner}“ gibt es nicht.")
        try:
            daten = read_gebiete(ordner) if ordner.is_dir() else read_gv100ad(ordner)
            if options["stand"]:
                daten = replace(daten, stand=options["stand"])
            ergebnis = import_gebietsdaten(
                daten=daten, dry_run=options["dry_run"], heute=timezone.localdate()
            )
        except DateiFehler as error:
            raise CommandError(f"Es wurde nichts geändert. {error}") from None
        except IntegrityError as error:
            raise CommandError(
                f"Es wurde nichts geändert. Die Daten widersprechen sich: {error}"
            ) from error
        self.stdout.write(
            "\n".join(
                bericht(ergebnis.plan, daten.stand, ergebnis.namen, dry_run=options["dry_run"])
            )
        )


def _tag(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(
            f"„{text}“ ist kein Tag. Schreiben Sie zum Beispiel 2026-06-30."
        ) from None
