"""Reads a table of services in as drafts, from the command line."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from leistungen.austausch.anwenden import apply_saetze, probe
from leistungen.austausch.dateien import read_tabellen
from leistungen.austausch.grenzen import Meldung, Tabellenfehler
from leistungen.austausch.plan import Plan
from leistungen.austausch.saetze import lies_saetze
from leistungen.austausch.zellen import kurz


class Command(BaseCommand):
    help = (
        "Liest eine Tabelle ein, die export_leistungen geschrieben hat. Es entstehen nur Entwürfe. "
        "Bei einem Fehler oder Konflikt wird nichts geschrieben; dann endet der Befehl mit 1."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("datei", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="nur zeigen, nichts schreiben")
        parser.add_argument("--benutzer", metavar="NAME", help="in wessen Namen")

    def handle(self, *args: Any, **options: Any) -> None:
        datei: Path = options["datei"]
        user = _benutzer(options["benutzer"])
        try:
            saetze = lies_saetze(read_tabellen(_inhalt(datei)))
            plan = probe(saetze, user)
            self._zeige(plan)
            if plan.fehler or plan.konflikte:
                raise Tabellenfehler(*plan.fehler, *plan.konflikte)
            if options["dry_run"] or not plan.aendert:
                return
            bericht = apply_saetze(saetze, user=user, datei=datei.name)
        except Tabellenfehler as error:
            self._melde(error.meldungen)
            raise CommandError("Es wurde nichts geschrieben.") from error
        self.stdout.write(
            f"{bericht.zeilen} Zeilen geschrieben, {bericht.leistungen} Leistungen haben einen "
            "neuen Entwurf."
        )

    def _zeige(self, plan: Plan) -> None:
        for leistung in plan.leistungen:
            self.stdout.write(leistung.titel)
            for zeile in leistung.zeilen:
                blatt = zeile.satz.blatt.name
                self.stdout.write(f"  {blatt}, Zeile {zeile.satz.nummer}: {zeile.was}")
                for feld in zeile.felder:
                    self.stdout.write(
                        f"    {feld.titel}: {kurz(feld.alt) or '–'} → {kurz(feld.neu) or '–'}"
                    )
        self._melde(plan.hinweise)
        zahlen = ", ".join(f"{anzahl} {was}" for was, anzahl in plan.anzahl.items())
        self.stdout.write(f"{plan.gelesen} Zeilen gelesen: {zahlen}.")

    def _melde(self, meldungen: tuple[Meldung, ...] | list[Meldung]) -> None:
        for meldung in meldungen:
            self.stderr.write(str(meldung))


def _inhalt(datei: Path) -> bytes:
    try:
        return datei.read_bytes()
    except OSError as error:
        raise CommandError(f"Die Datei {datei} lässt sich nicht öffnen.") from error


def _benutzer(name: str | None) -> Any:
    if not name:
        return None
    model = get_user_model()
    try:
        return model.objects.get_by_natural_key(name)
    except model.DoesNotExist as error:
        raise CommandError(f"Das Konto „{name}“ gibt es nicht.") from error
