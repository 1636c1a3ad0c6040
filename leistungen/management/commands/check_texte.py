"""Are the texts good enough? The rules of writing on the command line; exits 1 on errors."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from leistungen.domain.qualitaet import Schwere
from leistungen.models import Leistung
from leistungen.qualitaet.bericht import Bericht, as_json, berichte, tabelle

BEISPIEL_ZEICHEN = 90


class Command(BaseCommand):
    help = (
        "Prüft die Texte der veröffentlichten Leistungen nach den Schreibregeln "
        "(docs/redaktion/schreiben.md). Endet mit 1, wenn eine Muss-Regel verletzt ist; Hinweise "
        "allein ergeben 0."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--leistung", metavar="SLUG", help="nur diese, mit allen Stellen")
        parser.add_argument(
            "--entwuerfe", action="store_true", help="der letzte Entwurf jeder Leistung"
        )
        parser.add_argument("--nur", choices=[str(wert) for wert in Schwere], help="nur diese Art")
        parser.add_argument("--json", action="store_true", help="Ausgabe als JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        slug = options["leistung"]
        if slug is not None and not Leistung.objects.filter(slug_de=slug).exists():
            raise CommandError(
                f"Es gibt keine Leistung „{slug}“. Suchen Sie sie mit „manage.py search {slug}“."
            )
        nur = None if options["nur"] is None else Schwere(options["nur"])
        bericht = berichte(slug=slug, entwuerfe=options["entwuerfe"], nur=nur)
        if options["json"]:
            self.stdout.write(json.dumps(as_json(bericht), ensure_ascii=False, indent=2))
        else:
            self.stdout.write(as_text(bericht, einzeln=slug is not None))
        if bericht.anzahl(Schwere.MUSS):
            raise SystemExit(1)


def as_text(bericht: Bericht, *, einzeln: bool) -> str:
    """Return the report for people: a table per rule, or every passage of one service."""
    muss, soll = bericht.anzahl(Schwere.MUSS), bericht.anzahl(Schwere.SOLL)
    summe = (
        f"{bericht.leistungen} Leistungen geprüft: {muss} Fehler (muss), {soll} Hinweise (soll)."
    )
    if not bericht.befunde:
        return summe
    if einzeln:
        zeilen = [
            (fund.befund.regel, fund.befund.schwere.value, fund.ort, _kurz(fund.befund.text))
            for fund in bericht.befunde
        ]
        return f"{tabelle(('Regel', 'Art', 'Stelle', 'Befund'), zeilen, frozenset())}\n\n{summe}"
    regeln = [
        (
            zeile.regel,
            zeile.schwere.value,
            zeile.anzahl,
            zeile.leistungen,
            _kurz(f"{zeile.beispiel.slug}: {zeile.beispiel.befund.text}"),
        )
        for zeile in bericht.je_regel
    ]
    kopf = ("Regel", "Art", "Befunde", "Leistungen", "Zum Beispiel")
    return f"{tabelle(kopf, regeln, frozenset({2, 3}))}\n\n{summe}"


def _kurz(text: str) -> str:
    return text if len(text) <= BEISPIEL_ZEICHEN else f"{text[:BEISPIEL_ZEICHEN].rstrip()} …"
