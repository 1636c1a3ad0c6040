"""Applying a reform of areas, taking it back, and rehearsing it; each verb is one transaction.

The protocol of a reform is a list of parts: ours is `gebiete`; a higher app may add its own and
takes it away before this app reverts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from behoerden.domain.gebietsdaten import GEMEINDEN
from behoerden.domain.ortsname import fold, namen
from behoerden.domain.reform import Reformfehler, ReformUngueltig, parse_zeilen
from behoerden.domain.reform_fakten import Aenderung, Fakten
from behoerden.domain.reform_plan import Reformplan, plan_reform
from behoerden.models import Gebietsreform, Ortsname, PlzGemeinde
from behoerden.ortsteile.services import OrtsteilFehler
from behoerden.reform_bestand import Widerspruch, load_fakten, unwrite_aenderung, write_aenderung
from behoerden.reform_teile import Teilprotokoll, unwrite_teile, write_teile
from zufi.common.changes import announce

__all__ = [
    "TEIL_GEBIETE",
    "Anwendung",
    "ReformGesperrt",
    "apply_reform",
    "plan_of",
    "probe",
    "revert_reform",
]

TEIL_GEBIETE = "gebiete"
QUELLE = "reform"  # of names and postcodes, so that no import takes them away
UEBERSCHNEIDUNG = (
    "Die Datenbank nimmt die Änderung nicht an: Zeiträume oder Schlüssel überschneiden sich."
)


OHNE_TEILE = Teilprotokoll.from_json({})


class ReformGesperrt(Exception):
    """The reform cannot be applied or taken back now; the message is German."""


@dataclass(frozen=True, slots=True)
class Anwendung:
    """What applying wrote: the plan, and the primary keys of its new areas."""

    plan: Reformplan
    aenderung: Aenderung  # with primary keys
    neue_gebiete: Mapping[int, int]
    teile: Teilprotokoll = OHNE_TEILE

    @property
    def beendete(self) -> tuple[int, ...]:
        """Areas whose last day is the day before."""
        return tuple(sorted(leben.gebiet for leben in self.aenderung.weg.leben))

    @property
    def beginnende(self) -> tuple[int, ...]:
        """Areas that exist from the day on."""
        return tuple(sorted(self.neue_gebiete.values()))

    @property
    def bewegte(self) -> tuple[int, ...]:
        """Areas that go on with another name, parent or key."""
        weiter = {f.gebiet for f in self.aenderung.weg.fassungen}
        weiter |= {s.gebiet for s in self.aenderung.weg.schluessel}
        return tuple(sorted(weiter - set(self.beendete)))

    @property
    def gebiet_ids(self) -> frozenset[int]:
        """Every area with a changed fact."""
        neu = self.aenderung.neu
        return frozenset(
            {*self.beendete, *self.beginnende, *self.bewegte}
            | {m.mitglied for m in neu.mitglieder}
            | {n.nachfolger for n in neu.nachfolgen if n.nachfolger is not None}
            | {*self.teile.umzug.gebiet_ids}
        )

    @property
    def nachfolger_aller(self) -> dict[int, int | None]:
        """Every ended area → the one that takes over, None if it is open or nobody is named."""
        return dict.fromkeys(self.beendete) | self.nachfolger

    @property
    def nachfolger(self) -> dict[int, int | None]:
        """Ended area → the one that takes over; None is open, missing: nobody is named."""
        return {n.vorgaenger: n.nachfolger for n in self.aenderung.neu.nachfolgen}


def plan_of(reform: Gebietsreform) -> Reformplan:
    """Return what the reform changes, from the facts as they are now; five queries.

    Raises:
        ReformUngueltig: its rows are wrong or contradict the areas.
    """
    return plan_reform(parse_zeilen(reform.operationen), load_fakten(), reform.wirksam_am)


def apply_reform(reform: Gebietsreform, *, user: Any) -> Anwendung:
    """The facts of the reform are in the database, dated; its status, day and protocol are stored.

    The areas touched are announced. Before its day no answer changes.

    Raises:
        ReformGesperrt: it has been applied already.
        ReformUngueltig: its rows are wrong or contradict the areas; nothing is written.
    """
    with transaction.atomic():
        reform = _lock(reform)
        if reform.status == Gebietsreform.Status.ANGEWENDET:
            raise ReformGesperrt("Die Gebietsreform ist schon eingetragen.")
        plan = plan_of(reform)
        try:
            with transaction.atomic():
                nummern = write_aenderung(plan.aenderung)
        except IntegrityError as error:
            raise ReformUngueltig([Reformfehler(0, UEBERSCHNEIDUNG)]) from error
        aenderung = Aenderung(plan.aenderung.weg, plan.aenderung.neu.renumbered(nummern))
        anwendung = Anwendung(plan, aenderung, nummern)
        try:
            teile = write_teile(anwendung.nachfolger_aller, reform.wirksam_am)
        except OrtsteilFehler as error:
            raise ReformUngueltig(
                [Reformfehler(0, f"Ein Ortsteil steht im Weg: {error}")]
            ) from error
        anwendung = replace(anwendung, teile=teile)
        reform.protokoll = [
            {
                "teil": TEIL_GEBIETE,
                "weg": aenderung.weg.as_json(),
                "neu": aenderung.neu.as_json(),
                "neue_gebiete": {str(alt): pk for alt, pk in nummern.items()},
                "namen": _create_namen(anwendung),
                "plz": _create_plz(anwendung),
                "ortsteile": teile.as_json(),
            }
        ]
        reform.status = Gebietsreform.Status.ANGEWENDET
        reform.angewendet_am = timezone.now()
        reform.angewendet_von = user
        reform.save()
        announce("gebiet", anwendung.gebiet_ids)
        return anwendung


def revert_reform(reform: Gebietsreform, *, user: Any, heute: date) -> None:
    """The facts are exactly as before the reform was applied; the areas touched are announced.

    Args:
        reform: applied, its day still to come.
        user: who takes it back.
        heute: the day in Thüringen.

    Raises:
        ReformGesperrt: not applied, its day has come, or something builds on it; nothing changes.
    """
    with transaction.atomic():
        reform = _lock(reform)
        check_revert(reform, heute)
        teile = {teil["teil"]: teil for teil in reform.protokoll}
        if set(teile) != {TEIL_GEBIETE}:
            raise ReformGesperrt("Zuerst müssen die Zuständigkeiten zurückgenommen werden.")
        teil = teile[TEIL_GEBIETE]
        aenderung = Aenderung(Fakten.from_json(teil["weg"]), Fakten.from_json(teil["neu"]))
        nummern = {int(alt): pk for alt, pk in teil["neue_gebiete"].items()}
        teile_protokoll = Teilprotokoll.from_json(teil.get("ortsteile", {}))
        anwendung = Anwendung(Reformplan(aenderung, ()), aenderung, nummern, teile_protokoll)
        announce("gebiet", anwendung.gebiet_ids)
        Ortsname.objects.filter(pk__in=teil["namen"]).delete()
        PlzGemeinde.objects.filter(pk__in=teil["plz"]).delete()
        try:
            unwrite_teile(teile_protokoll)
            unwrite_aenderung(aenderung, nummern)
        except Widerspruch as error:
            raise ReformGesperrt(
                "Ein Gebiet dieser Reform wurde seither noch einmal geändert. "
                "Nehmen Sie zuerst die spätere Änderung zurück."
            ) from error
        except ProtectedError as error:
            arten = sorted({str(o._meta.verbose_name) for o in error.protected_objects})
            raise ReformGesperrt(
                f"An einem neuen Gebiet hängt schon etwas ({', '.join(arten)}). "
                "Entfernen oder verschieben Sie das zuerst."
            ) from error
        reform.protokoll = []
        reform.status = Gebietsreform.Status.ZURUECKGENOMMEN
        reform.angewendet_von = user
        reform.save()


def check_revert(reform: Gebietsreform, heute: date) -> None:
    """Nothing happens if the reform may be taken back on this day.

    Raises:
        ReformGesperrt: it is not applied, or its day has come.
    """
    if reform.status != Gebietsreform.Status.ANGEWENDET:
        raise ReformGesperrt("Die Gebietsreform ist nicht eingetragen.")
    if heute >= reform.wirksam_am:
        raise ReformGesperrt(
            f"Die Gebietsreform gilt seit dem {reform.wirksam_am:%d.%m.%Y}. Sie lässt sich nur "
            "bis zum Tag davor zurücknehmen."
        )


@contextmanager
def probe() -> Iterator[None]:
    """Whatever is written inside is gone afterwards; announcements go with it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _lock(reform: Gebietsreform) -> Gebietsreform:
    return Gebietsreform.objects.select_for_update(of=("self",)).get(pk=reform.pk)


def _create_namen(anwendung: Anwendung) -> list[int]:
    """New names are findable at once; the old ones stay and lead on. Returns primary keys."""
    neue = set(anwendung.beginnende)
    arten = {leben.gebiet: leben.art for leben in anwendung.aenderung.neu.leben}
    vorher = {f.gebiet: f.amtlicher_name for f in anwendung.aenderung.weg.fassungen}
    rows = []
    for fassung in sorted(anwendung.aenderung.neu.fassungen, key=lambda f: (f.gebiet, str(f.ab))):
        if fassung.ab is None or fassung.amtlicher_name == vorher.get(fassung.gebiet):
            continue
        is_gemeinde = fassung.gebiet not in neue or arten[fassung.gebiet] in GEMEINDEN
        gesucht = namen(fassung.amtlicher_name) if is_gemeinde else (fassung.name,)
        for name in gesucht:
            formen = fold(name)
            rows.append(
                Ortsname(
                    name=name,
                    form_ae=formen.ae,
                    form_a=formen.a,
                    art="amtlich",
                    gebiet_id=fassung.gebiet,
                    quelle=QUELLE,
                )
            )
    return [row.pk for row in Ortsname.objects.bulk_create(rows)]


def _create_plz(anwendung: Anwendung) -> list[int]:
    """A new Gemeinde has the postcodes of its predecessors from its first day on.

    An existing one gets none: a pair has no period, and the postcode would lead to it before the
    day. Its new postcodes follow from the ended Gemeinde (`nachfolge.living_or_successors`).
    """
    neue = set(anwendung.beginnende)
    paare: dict[tuple[str, int], PlzGemeinde] = {}
    je_alt = _plz_of(anwendung.nachfolger)
    for alt, neu in anwendung.nachfolger.items():
        if neu in neue:
            for plz in je_alt.get(alt, ()):
                paare[plz, neu] = PlzGemeinde(
                    plz_id=plz, gemeinde_id=neu, quelle=QUELLE, stand=None
                )
    rows = PlzGemeinde.objects.bulk_create(paare[key] for key in sorted(paare))
    return [row.pk for row in rows]


def _plz_of(gebiet_ids: Iterable[int]) -> dict[int, list[str]]:
    je_gebiet: dict[int, list[str]] = {}
    rows = PlzGemeinde.objects.filter(gemeinde_id__in=list(gebiet_ids)).order_by("plz_id")
    for gemeinde_id, plz in rows.values_list("gemeinde_id", "plz_id"):
        je_gebiet.setdefault(gemeinde_id, []).append(plz)
    return je_gebiet
