"""Fill a new index beside the live one and swap."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from search.client import ElasticsearchAway
from search.config import DOKUMENT_KINDS
from search.rebuild import RebuildError, only_one, rebuild, rollback


class Command(BaseCommand):
    help = (
        "Baut den Suchindex neben dem benutzten neu auf, prüft ihn und schaltet um. Die Suche "
        "läuft dabei weiter. Rückgabe 0: umgeschaltet, 1: Prüfung nicht bestanden."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--kind", choices=DOKUMENT_KINDS, help="nur diese Art von Objekten")
        parser.add_argument(
            "--reanalyse", action="store_true", help="alle Texte neu aufbereiten, auch unveränderte"
        )
        parser.add_argument(
            "--force", action="store_true", help="auch bei nicht bestandener Prüfung umschalten"
        )
        parser.add_argument(
            "--rollback", action="store_true", help="zum vorigen Index zurückschalten"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        kinds = [options["kind"]] if options["kind"] else list(DOKUMENT_KINDS)
        try:
            with only_one():
                for number, kind in enumerate(kinds, start=1):
                    self.stderr.write(f"[{number}/{len(kinds)}] {kind}")
                    self._run(kind, options)
        except RebuildError as error:
            self.stderr.write(self.style.ERROR(str(error)))
            sys.exit(1)
        except ElasticsearchAway as error:
            self.stderr.write(self.style.ERROR(f"Elasticsearch antwortet nicht: {error}"))
            sys.exit(1)

    def _run(self, kind: str, options: dict[str, Any]) -> None:
        def melden(text: str) -> None:
            self.stderr.write(f"  {text}")

        if options["rollback"]:
            rollback(kind, melden)
        else:
            rebuild(kind, melden, force=options["force"], reanalyse=options["reanalyse"])
