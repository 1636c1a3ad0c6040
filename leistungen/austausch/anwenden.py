"""Writes what a dry run showed: as drafts, all of a file or nothing, never past the workflow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from wagtail.log_actions import log
from wagtail.permissions import policy_registry

from leistungen.austausch.blaetter import BLAETTER, LEISTUNGEN
from leistungen.austausch.grenzen import Meldung, Tabellenfehler
from leistungen.austausch.plan import Leistungsplan, Plan, Was, Zeilenaenderung, build_plan
from leistungen.austausch.saetze import Satz
from leistungen.models import Leistung

AKTION = "leistungen.tabelle_einlesen"


@dataclass(frozen=True, slots=True)
class Einlesebericht:
    """What was written: services with a new draft, rows that changed."""

    leistungen: int
    zeilen: int


def probe(saetze: Sequence[Satz], user: Any) -> Plan:
    """Return the dry run of these statements, with every reason against writing them.

    Args:
        saetze: what the file says.
        user: who would write; None for an operator on the command line.
    """
    plan = build_plan(saetze)
    ids = [leistungsplan.pk for leistungsplan in plan.leistungen]
    bestand = Leistung.objects.select_related("latest_revision").in_bulk(ids)
    for leistungsplan in plan.leistungen:
        _entwurf(bestand[leistungsplan.pk], leistungsplan, user, plan.fehler)
    return plan


def apply_saetze(saetze: Sequence[Satz], *, user: Any, datei: str) -> Einlesebericht:
    """Every change is a new draft of its service; citizens see nothing of it yet.

    The services wait for each other's writers; what changed since the dry run is found again.

    Raises:
        Tabellenfehler: something stands against it, or a row changed meanwhile; nothing is
            written.
    """
    with transaction.atomic():
        kennungen = {satz.leistung for satz in saetze}
        sperre = Leistung.objects.filter(uuid__in=kennungen).order_by("pk")
        bestand = {
            leistung.pk: leistung
            for leistung in sperre.select_for_update(of=("self",), no_key=True)
        }
        plan = build_plan(saetze)
        fehler = [*plan.fehler, *plan.konflikte]
        entwuerfe = [
            (_entwurf(bestand[leistungsplan.pk], leistungsplan, user, fehler), leistungsplan)
            for leistungsplan in plan.leistungen
        ]
        if fehler:
            raise Tabellenfehler(*fehler)
        for entwurf, leistungsplan in entwuerfe:
            _speichere(entwurf, leistungsplan, user, datei)
    return Einlesebericht(
        len(plan.leistungen), sum(len(leistung.zeilen) for leistung in plan.leistungen)
    )


def _speichere(entwurf: Leistung, leistungsplan: Leistungsplan, user: Any, datei: str) -> None:
    if not entwurf.live:  # as Wagtail's form does: the row of a never published object is its draft
        entwurf.save()
    revision = entwurf.save_revision(user=user)
    felder = sorted({f.titel for zeile in leistungsplan.zeilen for f in zeile.felder})
    log(
        instance=entwurf,
        action=AKTION,
        user=user,
        revision=revision,
        content_changed=True,
        data={"datei": datei[:200], "felder": felder[:20], "zeilen": len(leistungsplan.zeilen)},
    )


def _entwurf(
    leistung: Leistung, leistungsplan: Leistungsplan, user: Any, fehler: list[Meldung]
) -> Leistung:
    """Return the latest draft with the changes in it; what stands against it goes to `fehler`."""
    grund = _hindernis(leistung, user)
    if grund:
        fehler.extend(zeile.satz.meldung(grund) for zeile in leistungsplan.zeilen)
    entwurf: Leistung = leistung.get_latest_revision_as_object()
    for zeile in leistungsplan.zeilen:
        if zeile.satz.blatt is LEISTUNGEN:
            _setze(entwurf, zeile)
    zeilen = [zeile for zeile in leistungsplan.zeilen if zeile.satz.blatt is not LEISTUNGEN]
    geprueft = list(_setze_zeilen(entwurf, zeilen))
    fehler.extend(_pruefe(entwurf, leistungsplan.zeilen[0].satz, LEISTUNGEN.name))
    for objekt, satz in geprueft:
        fehler.extend(_pruefe(objekt, satz, satz.blatt.name, ohne=["leistung"]))
    return entwurf


def _hindernis(leistung: Leistung, user: Any) -> str:
    """Return why this person must not write a draft now; "" if nothing stands in the way."""
    if user is not None:
        policy = policy_registry.get(leistung)
        if not policy.user_has_permission_for_instance(user, "change", leistung):
            return "Sie dürfen diese Leistung nicht ändern."
    lock = leistung.get_lock()
    if lock is not None and (user is None or lock.for_user(user)):
        return "Die Leistung ist gesperrt oder gerade in Prüfung."
    return ""


def _setze(objekt: Any, zeile: Zeilenaenderung) -> None:
    for aenderung in zeile.felder:
        setattr(objekt, aenderung.feld, aenderung.wert)


def _setze_zeilen(
    entwurf: Leistung, aenderungen: Iterable[Zeilenaenderung]
) -> Iterator[tuple[Any, Satz]]:
    """Change, remove and append rows; yield the written ones. Others keep place and identity."""
    aenderungen = list(aenderungen)
    for blatt in BLAETTER:
        betroffen = [zeile for zeile in aenderungen if zeile.satz.blatt is blatt]
        if not betroffen:
            continue
        je_kennung = {zeile.satz.zeile: zeile for zeile in betroffen if zeile.satz.zeile}
        liste = []
        for objekt in getattr(entwurf, blatt.relation).all():
            zeile = je_kennung.get(objekt.uuid)
            if zeile is not None and zeile.was is Was.ENTFERNT:
                continue
            if zeile is not None:
                _setze(objekt, zeile)
                yield objekt, zeile.satz
            liste.append(objekt)
        for zeile in betroffen:
            if zeile.was is Was.NEU:
                objekt = blatt.model()
                _setze(objekt, zeile)
                yield objekt, zeile.satz
                liste.append(objekt)
        for position, objekt in enumerate(liste):
            objekt.sort_order = position
        setattr(entwurf, blatt.relation, liste)


def _pruefe(objekt: Any, satz: Satz, blatt: str, ohne: Sequence[str] = ()) -> Iterator[Meldung]:
    """Yield what the rules of the model say against the object, at the cell where that is known."""
    try:
        objekt.full_clean(exclude=ohne)
    except ValidationError as error:
        meldungen = getattr(error, "error_dict", {NON_FIELD_ERRORS: [error]})
        gesagt: set[str] = set()
        for feld, fehler in sorted(meldungen.items(), reverse=True):  # suffixed names first
            for text in ValidationError(fehler).messages:
                if text not in gesagt:
                    gesagt.add(text)
                    ort = satz.meldung(text, feld)
                    yield Meldung(blatt, ort.zeile, ort.spalte, text)
