"""Rehearse a reform of areas from a file, and apply it if asked."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from behoerden.domain.reform import ReformUngueltig, parse_zeilen
from behoerden.models import Gebietsreform
from behoerden.reform import ReformGesperrt
from behoerden.reform_dateien import read_reform_csv
from editorial_workflows.reform import dienste
from editorial_workflows.reform.ausgabe import as_json, as_text


class Command(BaseCommand):
    help = (
        "Probt eine Gebietsreform aus einer CSV-Datei: Was bricht am Stichtag? "
        "Mit --apply wird sie danach eingetragen."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", metavar="FILE.csv", help="Spalten: docs/redaktion/gebietsreform.md"
        )
        parser.add_argument(
            "--stichtag",
            type=_tag,
            required=True,
            metavar="DATE",
            help="Tag, ab dem das Neue gilt (JJJJ-MM-TT)",
        )
        parser.add_argument("--titel", default="", help="Titel der Reform; sonst der Dateiname")
        parser.add_argument(
            "--apply", action="store_true", help="trägt die Reform mit allen Vorschlägen ein"
        )
        parser.add_argument("--json", action="store_true", help="gibt alles als JSON aus")

    def handle(self, *args: Any, **options: Any) -> None:
        pfad = Path(options["file"])
        try:
            zeilen = read_reform_csv(pfad.read_bytes())
            parse_zeilen(zeilen)
            with transaction.atomic():
                reform = Gebietsreform.objects.create(
                    titel=options["titel"] or pfad.stem,
                    wirksam_am=options["stichtag"],
                    operationen=zeilen,
                )
                folgen = dienste.rehearse(reform)
                if options["apply"]:
                    dienste.apply(reform, user=None)
                else:
                    transaction.set_rollback(True)
        except OSError as error:
            raise CommandError(f"„{pfad}“ ist nicht lesbar ({error.strerror}).") from None
        except ReformUngueltig as error:
            raise CommandError("\n".join(map(str, error.fehler))) from None
        except ReformGesperrt as error:
            raise CommandError(str(error)) from None
        if options["json"]:
            daten = {**as_json(folgen), "eingetragen": options["apply"]}
            self.stdout.write(json.dumps(daten, ensure_ascii=False, indent=2))
            return
        self.stdout.write("\n".join(as_text(folgen)))
        self.stdout.write(
            f"Eingetragen für den {options['stichtag']:%d.%m.%Y}."
            if options["apply"]
            else "Es wurde nichts geschrieben."
        )


def _tag(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(
            f"„{text}“ ist kein Tag. Schreiben Sie zum Beispiel 2027-01-01."
        ) from None
