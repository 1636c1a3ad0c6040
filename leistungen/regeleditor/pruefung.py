"""Fachlich geprüft: somebody confirms rules; a machine never does."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import User
from django.db import transaction
from wagtail.log_actions import log

from leistungen.models import Leistung
from leistungen.querysets import RegelQuerySet
from zufi.common.changes import announce

PRUEFEN = "leistungen.zustaendigkeit.pruefen"
# One line of history per service; more would fill it without telling anybody anything.
MAX_PROTOKOLL = 200
TITEL = ("bezeichnung_de", "bezeichnung_2_de")


class NichtsMarkiert(ValueError):
    """No rule was named; the text is a sentence for the editor."""


def confirm_regeln(
    regeln: RegelQuerySet,
    *,
    am: date,
    durch: str,
    quelle: str,
    user: User | None,
) -> int:
    """These rules are verified on the day by the office; returns how many.

    The services are announced and get a line in their history (the first 200 of them).

    Args:
        regeln: the rules, any number.
        am: day of the confirmation, not in the future.
        durch: office that confirmed, never a person.
        quelle: what the confirmation rests on, may be "".
        user: who enters it.

    Raises:
        NichtsMarkiert: no rule at all.
    """
    with transaction.atomic():
        # By id: sliced, annotated or distinct rows cannot be locked or updated.
        ids = list(regeln.order_by().values_list("pk", flat=True))
        if not ids:
            raise NichtsMarkiert("Markieren Sie mindestens eine Regel.")
        rows = regeln.model._default_manager.filter(pk__in=ids)
        leistung_ids = frozenset(rows.values_list("leistung_id", flat=True))
        rows.update(verifiziert_am=am, verifiziert_durch=durch, pruefquelle=quelle)
        announce("leistung", leistung_ids)
        daten = {"am": am.isoformat(), "durch": durch, "regeln": len(ids)}
        gemeldet = sorted(leistung_ids)[:MAX_PROTOKOLL]
        for leistung in Leistung.objects.filter(pk__in=gemeldet).only(*TITEL):
            log(instance=leistung, action=PRUEFEN, user=user, data=daten)
    return len(ids)
