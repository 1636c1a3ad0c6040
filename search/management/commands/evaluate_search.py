"""How well the search answers judged queries, on the command line."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from search.bewertung import bericht
from search.bewertung.frueher import load_bericht
from search.bewertung.rangfolge import SEMANTIK, bewerte_alle, pruefe, unsere
from search.bewertung.vergleich import VergleichFehler, vergleiche
from search.evaluation import BewertungFehler, lies_faelle

EINGABE = 2  # exit code: the input cannot be used


class Command(BaseCommand):
    help = (
        "Misst die Suche an bewerteten Anfragen: nDCG@10, MRR@10, Erfolg unter den ersten ein und "
        "drei Treffern, Anfragen ohne Treffer; insgesamt und je Klasse."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "datei", type=Path, help="TSV mit den Spalten query place expected class"
        )
        parser.add_argument("--json", action="store_true", help="Ausgabe als JSON")
        parser.add_argument(
            "--without-semantics", action="store_true", help="misst nur die Suche nach Wörtern"
        )
        parser.add_argument(
            "--compare",
            metavar="DATEI|STAND",
            help="vergleicht mit einem früheren Bericht: einer JSON-Datei oder einem Git-Stand, "
            "der docs/suchguete/<Name der TSV>.json enthält",
        )
        parser.add_argument(
            "--summary",
            action="store_true",
            help="nur die Gesamtzahlen (für den versiegelten Teil)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["datei"]
        heute = timezone.localdate()
        summary = options["summary"]
        try:
            faelle = pruefe(lies_faelle(path.read_text(encoding="utf-8")), heute)
            earlier = load_bericht(options["compare"], path) if options["compare"] else None
            noten = bewerte_alle(faelle, unsere, heute)
            change = vergleiche(noten, earlier) if earlier else None
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(
                f"{path} lässt sich nicht lesen: {error}", returncode=EINGABE
            ) from error
        except BewertungFehler as error:
            raise CommandError(f"{path}: {error}", returncode=EINGABE) from error
        except VergleichFehler as error:
            raise CommandError(str(error), returncode=EINGABE) from error
        if not noten:
            raise CommandError(f"{path} enthält keine Anfrage.", returncode=EINGABE)
        self._warn(bericht.engine_of(noten))
        if options["json"]:
            semantics = SEMANTIK and not options["without_semantics"]
            report = bericht.as_json(noten, semantics=semantics, summary=summary)
            # Without vectors in the search, the two configurations are one.
            report["overall_without_semantics"] = report["overall"]
            if change:
                report["comparison"] = change.as_json(summary=summary)
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
            return
        self.stdout.write(bericht.as_text(noten, summary=summary))
        if change:
            self.stdout.write(f"\n{change.as_text(summary=summary)}")

    def _warn(self, engine: str) -> None:
        if engine == bericht.GEMISCHT:
            self.stderr.write(
                "Achtung: Elasticsearch antwortete nicht immer, ein Teil der Anfragen ging an "
                "PostgreSQL. Die Zahlen gelten nicht; bitte noch einmal messen."
            )
