"""Reads code lists in; a second run changes nothing."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from leistungen.codelisten.datei import Dateifehler
from leistungen.codelisten.einlesen import Listenbericht, fixtures, store_codelisten


class Command(BaseCommand):
    help = (
        "Liest Codelisten aus CSV-Dateien ein, ohne Angabe die mitgelieferten. Alles oder nichts: "
        "Bei einem Fehler bleibt alles, wie es war."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("dateien", nargs="*", type=Path, metavar="DATEI")
        parser.add_argument(
            "--aktivieren",
            action="store_true",
            help="die eingelesenen Versionen gelten ab jetzt, auch wenn schon andere gelten",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="zeigt nur, was sich ändern würde"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                berichte = store_codelisten(
                    options["dateien"] or fixtures(), aktivieren=options["aktivieren"]
                )
                if options["dry_run"]:
                    transaction.set_rollback(True)
        except Dateifehler as error:
            raise CommandError(str(error)) from error
        for bericht in berichte:
            if bericht.hat_geaendert or options["verbosity"] > 1:
                self.stdout.write(self._zeile(bericht))
        geaendert = sum(bericht.hat_geaendert for bericht in berichte)
        nachsatz = " Nur Probe: Es wurde nichts gespeichert." if options["dry_run"] else ""
        self.stdout.write(f"{len(berichte)} Codelisten gelesen, {geaendert} geändert.{nachsatz}")

    def _zeile(self, bericht: Listenbericht) -> str:
        return (
            f"{bericht.name}, Version {bericht.version}: {bericht.neu} neu, "
            f"{bericht.geaendert} geändert, {bericht.unveraendert} unverändert, "
            f"{bericht.entfallen} entfallen" + ("" if bericht.ist_aktiv else "; gilt noch nicht")
        )
