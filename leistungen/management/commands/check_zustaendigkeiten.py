"""Is somebody responsible everywhere? The proof on the command line; exits 1 on errors."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from leistungen.coverage import Abdeckung, Befund, prove
from leistungen.coverage.pruefung import load_grundlage
from leistungen.coverage.raum import Raum
from leistungen.models import Leistung

BEISPIELE = 5


class Command(BaseCommand):
    help = (
        "Prüft für alle Leistungen und alle Gemeinden, ob jemand zuständig ist und ob die Regeln "
        "zusammenpassen. Endet mit 1, wenn etwas falsch ist; Hinweise allein ergeben 0."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--stichtag", type=date.fromisoformat, help="Tag als JJJJ-MM-TT")
        parser.add_argument("--leistung", metavar="SLUG", help="nur diese Leistung, auch Entwürfe")
        parser.add_argument("--json", action="store_true", help="Ausgabe als JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        stichtag = options["stichtag"] or timezone.localdate()
        ids = None if options["leistung"] is None else [_leistung_id(options["leistung"])]
        grundlage = load_grundlage(stichtag)
        abdeckung = prove(stichtag, ids, grundlage=grundlage, auch_entwuerfe=ids is not None)
        slugs = dict(
            Leistung.objects.filter(pk__in=abdeckung.leistung_ids).values_list("pk", "slug_de")
        )
        if options["json"]:
            answer = as_json(abdeckung, slugs, grundlage.raum)
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
        else:
            self.stdout.write(as_text(abdeckung, slugs))
        if abdeckung.hat_fehler:
            raise SystemExit(1)


def _leistung_id(slug: str) -> int:
    pk = Leistung.objects.filter(slug_de=slug).values_list("pk", flat=True).first()
    if pk is None:
        raise CommandError(
            f"Es gibt keine Leistung „{slug}“. Suchen Sie sie mit „manage.py search {slug}“."
        )
    return pk


def as_json(abdeckung: Abdeckung, slugs: Mapping[int, str], raum: Raum) -> dict[str, Any]:
    """Return the stable form other programs read; `ungeprueft` counts answered cells."""
    gesamt = abdeckung.gesamt
    return {
        "stichtag": abdeckung.stichtag.isoformat(),
        "leistungen": len(abdeckung.leistung_ids),
        "gemeinden": abdeckung.gemeinden,
        "zellen": gesamt.erwartet,
        "belegt": gesamt.belegt,
        "ungeprueft": gesamt.belegt - gesamt.geprueft,
        "befunde": [
            {
                "art": befund.art.value,
                "schwere": befund.schwere.value,
                "leistung": slugs[befund.leistung_id],
                "slot": befund.slot.value,
                "gemeinden": len(befund.gebiet_ids),
                "beispiele": _beispiele(befund, raum),
                "regeln": list(befund.regel_ids),
                "text": befund.text,
            }
            for befund in abdeckung.befunde
        ],
        "summe": {art.value: anzahl for art, anzahl in abdeckung.summe.items()},
    }


def _beispiele(befund: Befund, raum: Raum) -> list[str]:
    return sorted(raum.flaechen[pk].name for pk in befund.gebiet_ids)[:BEISPIELE]


def as_text(abdeckung: Abdeckung, slugs: Mapping[int, str]) -> str:
    """Return the findings for people, one line each, the numbers last."""
    gesamt = abdeckung.gesamt
    lines = [
        f"{befund.schwere.value:8} {befund.art.value:18} {slugs[befund.leistung_id]}: {befund.text}"
        for befund in abdeckung.befunde
    ]
    lines.append(
        f"{len(abdeckung.leistung_ids)} Leistungen × {abdeckung.gemeinden} Gemeinden am "
        f"{abdeckung.stichtag:%d.%m.%Y}: {gesamt.erwartet} Fälle, {gesamt.belegt} mit Stelle, "
        f"{gesamt.geprueft} fachlich geprüft."
    )
    summe = ", ".join(f"{art.value} {anzahl}" for art, anzahl in abdeckung.summe.items())
    lines.append(f"Befunde: {summe}." if summe else "Keine Befunde.")
    return "\n".join(lines)
