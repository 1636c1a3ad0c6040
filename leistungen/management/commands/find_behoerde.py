"""Which authority is responsible for a service in a place? The resolver on the command line."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from behoerden.ortsangabe import Ortsangabe, lies_ortsangabe
from behoerden.selectors import GebietInfo
from leistungen.auskunft import Auskunft, auskuenfte, load_umfeld
from leistungen.models import Leistung
from leistungen.selectors import platz_von
from zufi.common.argumente import tag


class Command(BaseCommand):
    help = "Nennt die zuständige Behörde einer Leistung an einem Ort und sagt, warum."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="Kurzform der Leistung, zum Beispiel reisepass-beantragen")
        hilfe = "Name, Postleitzahl oder Schlüssel (ARS, AGS, ARS.ortsteil)"
        parser.add_argument("ort", nargs="?", default="", help=hilfe)
        parser.add_argument("--ort", dest="ort_option", default="", metavar="ORT", help=hilfe)
        parser.add_argument("--stichtag", type=tag, help="Tag als JJJJ-MM-TT")
        parser.add_argument("--json", action="store_true", help="Ausgabe als JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        stichtag = options["stichtag"] or timezone.localdate()
        leistung = Leistung.objects.filter(slug_de=options["slug"]).first()
        if leistung is None:
            raise CommandError(
                f"Es gibt keine Leistung „{options['slug']}“. Suchen Sie sie mit "
                f"„manage.py search {options['slug']}“."
            )
        ort = lies_ortsangabe(options["ort_option"] or options["ort"], "", stichtag)
        if ort.fehler:
            raise CommandError(ort.fehler)
        umfeld = load_umfeld(platz_von(ort), stichtag)
        auskunft = auskuenfte({leistung.pk: leistung.titel}, umfeld)[leistung.pk]
        if options["json"]:
            answer = as_json(auskunft, ort)
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
        else:
            self.stdout.write(as_text(auskunft, ort))


def as_json(auskunft: Auskunft, ort: Ortsangabe) -> dict[str, Any]:
    """Return the stable form other programs read; each rule once, the leading ones first."""
    fuehrend = {treffer.regel_id for treffer in auskunft.ergebnis.fuehrend}
    stellen = {stelle.regel_id: stelle for stelle in auskunft.stellen}
    ordered = sorted(stellen.values(), key=lambda stelle: stelle.regel_id not in fuehrend)
    return {
        "zustand": auskunft.ergebnis.zustand.value,
        "treffer": [
            {
                "behoerde": stelle.name,
                "slug": stelle.slug,
                "rolle": stelle.rolle,
                "ebene": stelle.ebene,
                "gebiet": stelle.gebiet,
                "geerbt": stelle.geerbt,
                "regel_id": stelle.regel_id,
            }
            for stelle in ordered
        ],
        "vorbehalte": [vorbehalt.value for vorbehalt in auskunft.ergebnis.vorbehalte],
        "spur": [*([ort.hinweis] if ort.hinweis else []), *auskunft.spur],
        "orte": [_ort(info) for info in auskunft.orte],
    }


def _ort(info: GebietInfo) -> dict[str, str]:
    """A place; that of an Ortsteil says its Gemeinde, and its key has the short form behind."""
    ort = {"ars": info.adresse, "name": info.name, "kreis": info.kreis, "verband": info.verband}
    return {**ort, "gemeinde": info.gemeinde} if info.gemeinde else ort


def as_text(auskunft: Auskunft, ort: Ortsangabe) -> str:
    """Return the answer for people: state, authorities, reservations, reasons, places."""
    lines = [auskunft.ergebnis.zustand.value]
    lines += [f"  {stelle.name} ({stelle.gebiet})" for stelle in auskunft.fuehrende_stellen]
    lines += [f"Achtung: {satz}" for satz in auskunft.vorbehalte]
    lines += [ort.hinweis] if ort.hinweis else []
    lines += ["Warum?", *(f"  {satz}" for satz in auskunft.spur)]
    if len(auskunft.orte) > 1:
        lines.append("Orte:")
        lines += [
            f"  {info.adresse}  {info.label if info.gemeinde else info.name}, {info.kreis}"
            + (f", {info.verband}" if info.verband else "")
            for info in auskunft.orte
        ]
    return "\n".join(lines)
