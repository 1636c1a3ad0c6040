"""Services as a table for editors, from the command line."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from leistungen.austausch.ausgabe import write_tabelle_csv, write_tabelle_xlsx
from leistungen.austausch.blaetter import LEISTUNGEN, NACH_NAMEN
from leistungen.models import Leistung


class Command(BaseCommand):
    help = (
        "Schreibt Leistungen, Begriffe, Kosten und Unterlagen in eine XLSX-Datei, oder ein Blatt "
        "davon in eine CSV-Datei. Immer der neueste Entwurf, auch von Unveröffentlichtem."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("datei", type=Path, help="Name endet auf .xlsx oder .csv")
        parser.add_argument("--blatt", choices=list(NACH_NAMEN), default=LEISTUNGEN.name)
        parser.add_argument("--leistung", metavar="SLUG", action="append", help="nur diese")

    def handle(self, *args: Any, **options: Any) -> None:
        leistungen = Leistung.objects.order_by("bezeichnung_de", "pk")
        if slugs := options["leistung"]:
            leistungen = leistungen.filter(slug_de__in=slugs)
            if fehlend := set(slugs) - set(leistungen.values_list("slug_de", flat=True)):
                raise CommandError(f"Diese Leistung gibt es nicht: {', '.join(sorted(fehlend))}.")
        datei: Path = options["datei"]
        match datei.suffix.lower():
            case ".xlsx":
                with datei.open("wb") as ziel:
                    write_tabelle_xlsx(ziel, leistungen)
            case ".csv":
                with datei.open("w", encoding="utf-8", newline="") as ziel:
                    write_tabelle_csv(ziel, leistungen, NACH_NAMEN[options["blatt"]])
            case _:
                raise CommandError("Der Name der Datei muss auf .xlsx oder .csv enden.")
        self.stdout.write(f"{leistungen.count()} Leistungen in {datei}.")
