"""What the coverage prover says about a package before anybody enters it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from leistungen.coverage import Befund, Schwere, prove
from leistungen.models import Leistung, Zustaendigkeit
from leistungen.regeleditor.pakete import PaketFehler, Plan, rehearse
from leistungen.regeleditor.sprache import zahl

# Proving takes up to 0.3 s per service, twice: more are left to the report.
MAX_LEISTUNGEN = 20
# Writing and rolling back 10,000 rows takes 4 s: too long for looking at a page.
MAX_AENDERUNGEN = 2_000


@dataclass(frozen=True, slots=True)
class Befundvergleich:
    """Findings as sentences: what comes, what stays, what goes; `grund`: why not compared."""

    neu: tuple[str, ...] = ()
    bleibt: tuple[str, ...] = ()
    behoben: tuple[str, ...] = ()
    grund: str = ""


def vergleiche(
    vorher: Iterable[Befund], nachher: Iterable[Befund]
) -> tuple[list[Befund], list[Befund], list[Befund]]:
    """Return the findings that come, stay (perhaps in fewer places) and go.

    A finding comes if it says of one place or rule what no finding said before; it goes if
    nothing of what it said is left.
    """
    vorher, nachher = list(vorher), list(nachher)
    bekannt = frozenset(stelle for befund in vorher for stelle in _stellen(befund))
    noch_da = frozenset(stelle for befund in nachher for stelle in _stellen(befund))
    neu = [befund for befund in nachher if not _stellen(befund) <= bekannt]
    bleibt = [befund for befund in nachher if _stellen(befund) <= bekannt]
    behoben = [befund for befund in vorher if not _stellen(befund) & noch_da]
    return neu, bleibt, behoben


def _stellen(befund: Befund) -> frozenset[tuple[object, ...]]:
    wo: tuple[object, ...] = befund.gebiet_ids or befund.regel_ids
    return frozenset((befund.leistung_id, befund.art, befund.slot, stelle) for stelle in wo)


def vergleiche_befunde(plan: Plan, stichtag: date) -> Befundvergleich:
    """Return the findings on the day without and with the plan; nothing stays written.

    The plan is written, proved and rolled back: what is compared is what the database would hold.
    """
    ids = plan.leistung_ids
    if not ids:
        return Befundvergleich()
    if len(ids) > MAX_LEISTUNGEN or len(plan.aenderungen) > MAX_AENDERUNGEN:
        return Befundvergleich(
            grund=f"Die Vorschau prüft bis zu {MAX_LEISTUNGEN} Leistungen und "
            f"{zahl(MAX_AENDERUNGEN)} Änderungen; dieses Paket ist größer. Nach dem Eintragen "
            "zeigt der Bericht zur Abdeckung, ob etwas fehlt."
        )
    titel = {
        leistung.pk: leistung.titel
        for leistung in Leistung.objects.filter(pk__in=ids).only(
            "bezeichnung_de", "bezeichnung_2_de"
        )
    }
    vorher = _befunde(ids, stichtag)
    try:
        with transaction.atomic():
            rehearse(plan)
            nachher = _befunde(ids, stichtag)
            transaction.set_rollback(True)
    except PaketFehler as fehler:
        return Befundvergleich(grund=str(fehler))
    neu, bleibt, behoben = (
        tuple(f"{titel[befund.leistung_id]}: {befund.text}" for befund in gruppe)
        for gruppe in vergleiche(vorher, nachher)
    )
    return Befundvergleich(neu=neu, bleibt=bleibt, behoben=behoben)


def neue_fehler(regel: Zustaendigkeit, leistung_ids: Iterable[int], tag: date) -> tuple[str, ...]:
    """Return the errors that saving this rule would bring to these services; it is not saved.

    Afterwards the rule is as before the call, without an id if it had none.
    """
    ids, neu = frozenset(leistung_ids), regel.pk is None
    vorher = _befunde(ids, tag)
    try:
        with transaction.atomic():
            regel.save()
            nachher = _befunde(ids, tag)
            transaction.set_rollback(True)
    finally:
        if neu:
            regel.pk, regel._state.adding = None, True
    kommen, _, _ = vergleiche(vorher, nachher)
    return tuple(befund.text for befund in kommen if befund.schwere is Schwere.FEHLER)


def _befunde(ids: Iterable[int], tag: date) -> tuple[Befund, ...]:
    return prove(tag, list(ids), auch_entwuerfe=True).befunde
