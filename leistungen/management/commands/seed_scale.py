"""Test data of any size, for benchmarks; never into a database with real data."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from io import StringIO
from random import Random
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from behoerden.models import Gebiet
from leistungen.skalierung import datenbank, schreiben
from leistungen.skalierung.flaechen import ensure_bezirke, load_flaechen
from leistungen.skalierung.plan import PlanFehler, plan_muster, plan_regeln, plan_stellen
from leistungen.skalierung.texte import plan_titel
from zufi.common.zeitraum import heute

SCHRITTE = 5


class Command(BaseCommand):
    help = (
        "Füllt eine eigene Datenbank mit erzeugten Leistungen, Behörden und Zuständigkeiten, um "
        "Geschwindigkeit zu messen. Dieselbe Saat ergibt dieselben Daten."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--leistungen", type=int, default=10_000, metavar="N")
        parser.add_argument("--behoerden", type=int, default=3_000, metavar="N")
        parser.add_argument("--zustaendigkeiten", type=int, default=300_000, metavar="N")
        parser.add_argument("--seed", type=int, default=1, metavar="N", help="Saat des Zufalls")
        parser.add_argument(
            "--database-name",
            default="",
            metavar="NAME",
            help="Datenbank auf demselben Server; sie wird angelegt, wenn es sie nicht gibt",
        )
        parser.add_argument(
            "--neu",
            action="store_true",
            help="legt die Datenbank aus --database-name vorher neu an",
        )
        parser.add_argument(
            "--revisions", action="store_true", help="schreibt auch Fassungen (dauert länger)"
        )
        parser.add_argument(
            "--force",
            action="store_true",
            help="schreibt auch in eine Datenbank mit anderen Daten",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._fill(options)
        except (PlanFehler, datenbank.DatenbankFehler) as error:
            raise CommandError(str(error)) from error

    def _fill(self, options: dict[str, Any]) -> None:
        beginn = time.monotonic()
        if name := options["database_name"]:
            datenbank.use_database(name)
        if options["neu"]:
            if not name:
                raise CommandError("--neu braucht --database-name.")
            datenbank.drop_database(name)
            datenbank.use_database(name)
        if not options["force"]:
            datenbank.check_nur_testdaten()
        soll = (options["leistungen"], options["behoerden"], options["zustaendigkeiten"])
        ist = datenbank.count_testdaten()
        if ist == soll:
            self.stdout.write("Die Testdaten sind schon da; es wurde nichts geändert.")
            return
        if any(ist):
            raise CommandError(
                f"Es gibt schon Testdaten: {ist[0]} Leistungen, {ist[1]} Behörden, {ist[2]} "
                "Zuständigkeiten. Legen Sie die Datenbank neu an: "
                "seed_scale --database-name NAME --neu"
            )
        self._write(*soll, seed=options["seed"], revisions=options["revisions"])
        dauer, groesse = time.monotonic() - beginn, datenbank.database_size() / 2**20
        self.stdout.write(f"Fertig nach {dauer:.0f} s; Größe der Datenbank: {groesse:.0f} MB.")

    def _write(
        self,
        leistungen: int,
        behoerden: int,
        zustaendigkeiten: int,
        *,
        seed: int,
        revisions: bool,
    ) -> None:
        stichtag = heute(timezone.now())
        self._beginn(1, "Gebiete")
        if not Gebiet.objects.exists():
            call_command("import_gebiete", verbosity=0, stdout=StringIO())
        ensure_bezirke(stichtag)
        flaechen = load_flaechen(stichtag)
        self._ergebnis(f"{len(flaechen.gemeinde)} Gemeinden, {len(flaechen.bezirk)} Bezirke")
        muster = plan_muster(flaechen, leistungen, zustaendigkeiten, _wuerfel(seed, "Muster"))
        stellen = plan_stellen(flaechen, behoerden)
        self._beginn(2, "Behörden")
        behoerde_ids = schreiben.write_stellen(
            stellen, _wuerfel(seed, "Stellen"), revisions=revisions
        )
        self._ergebnis(str(len(behoerde_ids)))
        self._beginn(3, "Leistungen")
        leistung_ids = schreiben.write_leistungen(
            plan_titel(leistungen, _wuerfel(seed, "Titel")),
            muster,
            _wuerfel(seed, "Texte"),
            self._fortschritt,
            revisions=revisions,
        )
        self._ergebnis(str(len(leistung_ids)))
        self._beginn(4, "Zuständigkeiten")
        regeln = plan_regeln(flaechen, muster, stellen, zustaendigkeiten, _wuerfel(seed, "Regeln"))
        count = schreiben.write_regeln(
            regeln, leistung_ids, behoerde_ids, _wuerfel(seed, "Zeilen"), self._fortschritt
        )
        self._ergebnis(str(count))
        self._beginn(5, "Suche der Redaktion und Statistik")
        call_command("wagtail_update_index", verbosity=0, stdout=self.stdout)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        self._ergebnis("bereit")

    def _beginn(self, nummer: int, titel: str) -> None:
        self._schrittbeginn = time.monotonic()
        self.stdout.write(f"[{nummer}/{SCHRITTE}] {titel} …")

    def _ergebnis(self, text: str) -> None:
        self.stdout.write(f"      {text} ({time.monotonic() - self._schrittbeginn:.1f} s)")

    def _fortschritt(self, count: int) -> None:
        if count % 5_000 == 0:
            self.stdout.write(f"      … {count}")


def _wuerfel(seed: int, zweck: str) -> Random:
    """Dice of one step: another number of authorities leaves the texts as they are."""
    return Random(f"{seed} {zweck}")  # noqa: S311 - no secret
