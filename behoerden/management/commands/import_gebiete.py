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

from behoerden.csv_dateien import DateiFehler
from behoerden.domain.gebietsplan import Importplan
from behoerden.gebiete_dateien import read_gebiete
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
            help="Ordner mit den Dateien; ohne Angabe fixtures/gebiete",
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
        if not ordner.is_dir():
            raise CommandError(_kein_ordner(ordner))
        try:
            daten = read_gebiete(ordner)
            if options["stand"]:
                daten = replace(daten, stand=options["stand"])
            ergebnis = import_gebietsdaten(daten=daten, dry_run=options["dry_run"])
        except DateiFehler as error:
            raise CommandError(f"Es wurde nichts geändert. {error}") from None
        except IntegrityError as error:
            raise CommandError(
                f"Es wurde nichts geändert. Die Daten widersprechen sich: {error}"
            ) from error
        self.stdout.write(
            "\n".join(_bericht(ergebnis.plan, daten.stand, dry_run=options["dry_run"]))
        )


def _kein_ordner(pfad: Path) -> str:
    if not pfad.exists():
        return f"„{pfad}“ gibt es nicht."
    return (
        f"„{pfad.name}“ ist kein Ordner. Dateien im Format GV100AD liest dieser Befehl noch nicht; "
        "geben Sie einen Ordner mit denselben CSV-Dateien wie in fixtures/gebiete an."
    )


def _tag(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(
            f"„{text}“ ist kein Tag. Schreiben Sie zum Beispiel 2026-06-30."
        ) from None


def _bericht(plan: Importplan, stand: date, *, dry_run: bool) -> list[str]:
    aufgeloest = sum(gebiet.bis is not None for gebiet in plan.neu)
    zahlen = (
        ("neu", len(plan.neu) - aufgeloest),
        ("früher, aufgelöst", aufgeloest),
        ("umbenannt", sum(fassung.umbenannt for fassung in plan.fassungen)),
        ("anders zugeordnet", sum(fassung.verschoben for fassung in plan.fassungen)),
        ("neuer Schlüssel", len(plan.schluessel)),
        ("beendet", len(plan.beendet)),
        ("andere Angaben", len(plan.angaben)),
        ("unverändert", plan.unveraendert),
    )
    kopf = f"Gebiete, Stand {stand:%d.%m.%Y}" + (" – Probelauf" if dry_run else "")
    zeilen = [kopf, *(f"  {name:<20}{zahl:>6}" for name, zahl in zahlen)]
    zeilen += [
        f"Postleitzahlen: {len(plan.plz_neu)} Paare neu, {len(plan.plz_entfallen)} entfallen",
        f"Ortsnamen: {len(plan.namen_neu)} neu, {len(plan.namen_entfallen)} entfallen",
        f"Nachfolgen: {len(plan.nachfolgen)} neu",
    ]
    if plan.fragen:
        zeilen += ["Bitte klären:", *(f"  - {frage}" for frage in plan.fragen)]
    if dry_run:
        zeilen.append("Es wurde nichts geschrieben.")
    elif plan.is_empty:
        zeilen.append("Es gab nichts zu ändern.")
    return zeilen
