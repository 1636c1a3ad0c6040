"""The task list "Ergänzungen prüfen": supplements whose inherited text changed since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from leistungen.ergaenzungen.erbe import mit_erbe, vergleiche_mit_heute
from leistungen.models import Ergaenzung
from leistungen.schichtenstand import Gegenueberstellung


@dataclass(frozen=True, slots=True)
class VeralteteErgaenzung:
    """One thing to check; the local text stays public until somebody decides."""

    ergaenzung: Ergaenzung
    vergleich: Gegenueberstellung


def veraltete_ergaenzungen(
    *, nur: Q | None = None, stichtag: date | None = None
) -> tuple[VeralteteErgaenzung, ...]:
    """Return the live supplements whose inherited text is another than when they were written.

    The same number of queries for any number of supplements.

    Args:
        nur: narrows the supplements, for example to those of one Redaktion.
        stichtag: the day that decides what holds; today if None.
    """
    rows = Ergaenzung.objects.filter(live=True)
    if nur is not None:
        rows = rows.filter(nur)
    ergaenzungen = list(
        mit_erbe(rows).order_by("leistung__bezeichnung_de", "leistung_id", "gebiet_id", "pk")
    )
    vergleiche = vergleiche_mit_heute(ergaenzungen, stichtag)
    return tuple(
        VeralteteErgaenzung(ergaenzung, vergleich)
        for ergaenzung in ergaenzungen
        if (vergleich := vergleiche[ergaenzung.pk]).aenderungen
    )
