"""The public search on the command line."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from behoerden.ortsangabe import Ortsangabe, lies_ortsangabe
from search.analysis import analyse
from search.plan import Plan, build_plan
from search.selectors import Suchergebnis, run_search


class Command(BaseCommand):
    help = "Sucht wie die öffentliche Seite und nennt die zuständige Behörde."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("query", help="Suchtext")
        parser.add_argument("--ort", default="", help="Name, Postleitzahl oder Schlüssel")
        parser.add_argument("--limit", type=int, default=10, help="Zahl der Treffer")
        parser.add_argument("--json", action="store_true", help="Ausgabe als JSON")
        parser.add_argument("--explain", action="store_true", help="sagt, wie gesucht wurde")

    def handle(self, *args: Any, **options: Any) -> None:
        heute = timezone.localdate()
        ort = lies_ortsangabe(options["ort"], "", heute)
        if ort.fehler:
            raise CommandError(ort.fehler)
        query = options["query"]
        ergebnis = run_search(query, ort=ort, heute=heute, limit=options["limit"])
        plan = build_plan(query, heute=heute) if options["explain"] else None
        if options["json"]:
            answer = as_json(ergebnis, ort, plan)
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
        else:
            self.stdout.write(as_text(ergebnis, ort, plan))


def as_json(ergebnis: Suchergebnis, ort: Ortsangabe, plan: Plan | None) -> dict[str, Any]:
    """Return the stable form other programs read."""
    answer: dict[str, Any] = {
        "query": ergebnis.q,
        "ort": ort.name or ort.text,
        "total": ergebnis.total,
        "engine": ergebnis.engine,
        "hits": [
            {
                "slug": treffer.slug,
                "titel": treffer.titel,
                "behoerde": treffer.behoerde,
                "online": treffer.online,
                "score": treffer.score,
            }
            for treffer in ergebnis.treffer
        ],
    }
    if ort.is_mehrdeutig:
        answer["orte"] = [{"ars": o.ars, "name": o.name, "kreis": o.kreis} for o in ort.orte]
    if plan is not None:
        answer["explain"] = explain(plan)
    return answer


def as_text(ergebnis: Suchergebnis, ort: Ortsangabe, plan: Plan | None) -> str:
    """Return the hits for people."""
    wo = f" in {ort.name}" if ort.name else ""
    lines = [f"{ergebnis.total} Treffer für „{ergebnis.q}“{wo} ({ergebnis.engine})"]
    for number, treffer in enumerate(ergebnis.treffer, start=1):
        online = ", online" if treffer.online else ""
        lines.append(f"{number:3}. {treffer.titel}  [{treffer.score:.2f}{online}]")
        if treffer.behoerde:
            lines.append(f"     {treffer.behoerde}")
    if plan is not None:
        lines.append("Gesucht wurde:")
        lines += [
            f"  {reading['grund']} ({reading['gewicht']}): {', '.join(reading['terme'])}"
            for reading in explain(plan)["readings"]
        ]
    return "\n".join(lines)


def explain(plan: Plan) -> dict[str, Any]:
    """Return tokens, compound parts and readings of a query."""
    return {
        "tokens": [
            {"genau": token.genau, "stamm": token.stamm, "teile": list(token.teile)}
            for token in analyse(plan.text)
        ],
        "kennungen": list(plan.kennungen),
        "readings": [
            {
                "grund": reading.grund,
                "gewicht": reading.gewicht,
                "mindestens": reading.mindestens,
                "terme": [term.stamm for term in reading.terme],
            }
            for reading in plan.readings
        ],
    }
