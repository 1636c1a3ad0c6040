"""Packages of rule changes: planned, entered as one, taken back as one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import log

from behoerden.models import Behoerde, Gebiet
from leistungen.models import Kriterium, Leistung, Zustaendigkeit, Zustaendigkeitspaket
from leistungen.querysets import RegelQuerySet
from leistungen.regeleditor import operationen, zeilen
from leistungen.regeleditor.operationen import MAX_ZELLEN, Operation
from leistungen.regeleditor.plan import Schritt, Schrittart, Zeile
from leistungen.regeleditor.sprache import zahl
from zufi.common.changes import announce

Status = Zustaendigkeitspaket.Status
EINTRAGEN, ZURUECKNEHMEN = "leistungen.paket.eintragen", "leistungen.paket.zuruecknehmen"
_KEIN_FORMULAR: Mapping[str, list[str]] = {}


class PaketFehler(ValueError):
    """The package cannot be handled so; the text is a sentence for the editor."""


class StehtImWeg(PaketFehler):
    """Rules changed since the package was entered; `zeilen` are those in the way."""

    def __init__(self, im_weg: Iterable[Zeile]) -> None:
        self.zeilen = tuple(im_weg)
        super().__init__(
            "Seit dem Eintragen wurden Regeln dieses Pakets geändert. "
            "Deshalb lässt es sich nicht als Ganzes zurücknehmen."
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """What a package would do now; equal plans have equal fingerprints."""

    schritte: tuple[Schritt, ...]
    fingerabdruck: str

    @property
    def aenderungen(self) -> tuple[Schritt, ...]:
        """The steps that change something."""
        return tuple(s for s in self.schritte if s.art is not Schrittart.UNVERAENDERT)

    @property
    def leistung_ids(self) -> frozenset[int]:
        """Services whose rules change."""
        return frozenset(schritt.zelle[0] for schritt in self.aenderungen)

    def anzahl(self, art: Schrittart) -> int:
        """Return the number of rows of which this becomes."""
        return sum(schritt.art is art for schritt in self.schritte)


def create_paket(
    *,
    titel: str,
    operation: Operation,
    user: User | None,
    formular: Mapping[str, list[str]] = _KEIN_FORMULAR,
    paket: Zustaendigkeitspaket | None = None,
) -> Zustaendigkeitspaket:
    """A draft holds this change; rules are as before. An own draft `paket` is written anew.

    Args:
        titel: name of the package in lists.
        operation: the change.
        user: who drafts it.
        formular: what was typed, so that the form can show it again.
        paket: the draft to write anew, if any.

    Raises:
        PaketFehler: the change is too large for one package, or the package is no draft.
    """
    anzahl = operationen.zellen_count(operation)
    if anzahl > MAX_ZELLEN:
        raise PaketFehler(
            f"Das Paket umfasst {zahl(anzahl)} Regeln. Höchstens {zahl(MAX_ZELLEN)} gehen in "
            "ein Paket: "
            "Teilen Sie es nach Leistungen oder Gebieten auf."
        )
    paket = paket or Zustaendigkeitspaket(erstellt_von=user)
    if paket.status != Status.ENTWURF:
        raise PaketFehler("Dieses Paket ist kein Entwurf mehr.")
    paket.titel = titel
    paket.operationen = {"operation": operationen.to_json(operation), "formular": dict(formular)}
    paket.wirksam_ab = getattr(operation, "ab", None)
    paket.save()
    return paket


def operation_of(paket: Zustaendigkeitspaket) -> Operation:
    """Return the change the package holds."""
    return operationen.from_json(paket.operationen["operation"])


def plan_paket(paket: Zustaendigkeitspaket) -> Plan:
    """Return what the package would do to the rules as they are now; three queries at most."""
    schritte = operationen.plane(operation_of(paket))
    inhalt = repr([s for s in schritte if s.art is not Schrittart.UNVERAENDERT])
    return Plan(schritte, hashlib.sha256(inhalt.encode()).hexdigest())


def apply_paket(paket: Zustaendigkeitspaket, *, user: User | None, fingerabdruck: str) -> Plan:
    """The rules are what the preview showed; logged, announced, and ready to be taken back.

    Args:
        paket: a draft.
        user: who enters it.
        fingerabdruck: of the plan the editor has seen; another one now is refused.

    Raises:
        PaketFehler: no draft, rules changed since the preview, nothing to do, or rules that
            exclude each other; nothing is written.
    """
    with transaction.atomic():
        paket = _sperre_paket(paket, Status.ENTWURF)
        _sperre_leistungen(plan_paket(paket).leistung_ids)
        plan = plan_paket(paket)
        if plan.fingerabdruck != fingerabdruck:
            raise PaketFehler(
                "Inzwischen haben sich Regeln geändert. Prüfen Sie die Vorschau noch einmal."
            )
        if not plan.aenderungen:
            raise PaketFehler("Das Paket ändert nichts.")
        paket.protokoll = {"schritte": _schreibe(plan.aenderungen)}
        paket.wirkung = {art.value: plan.anzahl(art) for art in Schrittart}
        paket.status = Status.ANGEWENDET
        paket.angewendet_am = timezone.now()
        paket.save()
        announce("leistung", plan.leistung_ids)
        log(instance=paket, action=EINTRAGEN, user=user, data=paket.wirkung)
    return plan


def rehearse(plan: Plan) -> None:
    """Write the plan without a word; for a transaction that the caller rolls back.

    Raises:
        PaketFehler: rules that exclude each other.
    """
    _schreibe(plan.aenderungen)


def undo_paket(paket: Zustaendigkeitspaket, *, user: User | None) -> frozenset[int]:
    """Every row is again as it was before the package, to the last column; logged, announced.

    Returns the services touched.

    Raises:
        StehtImWeg: rules of the package changed since; nothing is written.
        PaketFehler: the package is not entered, or something it needs is gone.
    """
    with transaction.atomic():
        paket = _sperre_paket(paket, Status.ANGEWENDET)
        schritte = _protokoll(paket)
        leistung_ids = frozenset(schritt.zelle[0] for schritt in schritte)
        _sperre_leistungen(leistung_ids)
        if im_weg := hindernisse(schritte):
            raise StehtImWeg(im_weg)
        alte = [schritt.alt for schritt in schritte if schritt.alt]
        _pruefe_ziele(alte)
        zeilen.schreibe(weg=[s.neu.id for s in schritte if s.neu], zeilen=alte)
        paket.status = Status.ZURUECKGENOMMEN
        paket.zurueckgenommen_am = timezone.now()
        paket.save()
        announce("leistung", leistung_ids)
        log(instance=paket, action=ZURUECKNEHMEN, user=user, data=paket.wirkung)
    return leistung_ids


def discard_paket(paket: Zustaendigkeitspaket) -> None:
    """The draft is gone; rules are as before."""
    with transaction.atomic():
        _sperre_paket(paket, Status.ENTWURF).delete()


def hindernisse(schritte: Iterable[Schritt]) -> tuple[Zeile, ...]:
    """Return what keeps the steps from being undone; two queries.

    That is: rows that are no longer as the package left them, and rows that came since and that
    the database would not hold beside a restored one.
    """
    schritte = list(schritte)
    jetzt = {z.id: z for z in zeilen.load_zeilen(regeln(s.neu.id for s in schritte if s.neu))}
    geaendert = [
        jetzt.get(s.neu.id, s.neu) for s in schritte if s.neu and jetzt.get(s.neu.id) != s.neu
    ]
    alte: dict[tuple[object, ...], list[Zeile]] = {}
    for schritt in schritte:
        if schritt.alt:
            alte.setdefault(schritt.alt.kern, []).append(schritt.alt)
    zellen = [zeile.zelle for gruppe in alte.values() for zeile in gruppe]
    daneben = zeilen.load_zeilen(
        Zustaendigkeit.objects.filter(leistung_id__in={leistung for leistung, _ in zellen})
        .in_gebieten({gebiet for _, gebiet in zellen})
        .exclude(pk__in=jetzt)
    )
    neue = [z for z in daneben if any(alt.trifft(z) for alt in alte.get(z.kern, ()))]
    return tuple(dict.fromkeys((*geaendert, *neue)))


def _schreibe(schritte: Iterable[Schritt]) -> list[dict[str, Any]]:
    """Write the steps; returns the protocol, in which new rows have their ids."""
    schritte = list(schritte)
    kommen = [schritt.neu for schritt in schritte if schritt.neu]
    try:
        with transaction.atomic():
            geschrieben = iter(
                zeilen.schreibe(weg=[s.alt.id for s in schritte if s.alt], zeilen=kommen)
            )
    except IntegrityError as fehler:
        raise PaketFehler(
            "Zwei Regeln dieses Pakets schließen sich aus: gleiche Leistung, gleiches Gebiet, "
            "gleiche Behörde im selben Zeitraum. Ändern Sie zuerst die vorhandene Regel."
        ) from fehler
    return [
        {
            "alt": zeilen.to_json(schritt.alt),
            "neu": zeilen.to_json(next(geschrieben)) if schritt.neu else None,
        }
        for schritt in schritte
    ]


def _protokoll(paket: Zustaendigkeitspaket) -> list[Schritt]:
    return [
        Schritt(zeilen.from_json(schritt["alt"]), zeilen.from_json(schritt["neu"]))
        for schritt in paket.protokoll["schritte"]
    ]


def protokoll_of(paket: Zustaendigkeitspaket) -> tuple[Schritt, ...]:
    """Return what an entered package did, from its own record; no query."""
    return tuple(_protokoll(paket)) if paket.protokoll else ()


def regeln(ids: Iterable[int]) -> RegelQuerySet:
    """Return the rules with these ids."""
    rows: RegelQuerySet = Zustaendigkeit.objects.filter(pk__in=list(ids))
    return rows


def _sperre_paket(paket: Zustaendigkeitspaket, status: str) -> Zustaendigkeitspaket:
    frisch = Zustaendigkeitspaket.objects.select_for_update(of=("self",)).get(pk=paket.pk)
    if frisch.status != status:
        raise PaketFehler(f"Dieses Paket ist inzwischen „{frisch.get_status_display()}“.")
    return frisch


def _sperre_leistungen(ids: Iterable[int]) -> None:
    """One package at a time per service, in the order of ids: nobody waits in a circle."""
    rows = Leistung.objects.filter(pk__in=list(ids)).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk", flat=True))


def _pruefe_ziele(alte: Iterable[Zeile]) -> None:
    """What restored rows refer to still exists; foreign keys would complain only at commit."""
    alte = list(alte)
    gesucht: tuple[tuple[Any, set[int | None]], ...] = (
        (Behoerde, {zeile.behoerde_id for zeile in alte}),
        (Gebiet, {zeile.gebiet_id for zeile in alte}),
        (Leistung, {zeile.leistung_id for zeile in alte}),
        (Kriterium, {zeile.kriterium_id for zeile in alte} - {None}),
    )
    for model, ids in gesucht:
        if model.objects.filter(pk__in=ids).count() != len(ids):
            raise PaketFehler(
                f"{model._meta.verbose_name} aus den früheren Regeln gibt es nicht mehr. "
                "Das Paket lässt sich nicht zurücknehmen."
            )
