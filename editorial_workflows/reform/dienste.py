"""The verbs of a reform across the apps: rehearse, apply, take back; areas and rules together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from behoerden.models import Gebietsreform
from behoerden.reform import Anwendung, apply_reform, check_revert, probe, revert_reform
from editorial_workflows.reform.folgen import Folgen, build_folgen
from editorial_workflows.reform.regeln import TEIL_REGELN, move_regeln, restore_regeln
from editorial_workflows.reform.vorschlaege import Vorschlag, decide, load_vorschlaege

AKTION_ANWENDEN = "behoerden.gebietsreform.apply"
AKTION_ZURUECKNEHMEN = "behoerden.gebietsreform.revert"
OHNE: Mapping[str, str] = MappingProxyType({})


def rehearse(reform: Gebietsreform, entscheidungen: Mapping[str, str] = OHNE) -> Folgen:
    """Return what applying would do with these decisions; the database is as before afterwards.

    Raises:
        ReformUngueltig, ReformGesperrt: as `apply_reform` does.
    """
    with probe():
        anwendung, entschieden = _apply(reform, entscheidungen, user=None)
        folgen = build_folgen(anwendung, entschieden, reform.wirksam_am)
    return folgen


def apply(reform: Gebietsreform, entscheidungen: Mapping[str, str] = OHNE, *, user: Any) -> None:
    """Areas, rules and bindings are changed from the day on, in one transaction, logged.

    Args:
        reform: a draft, or one that was taken back.
        entscheidungen: kind and key of a rule ("z12") → uebernehmen, beenden, belassen; where
            nothing is said the proposal holds.
        user: who applies it.

    Raises:
        ReformUngueltig, ReformGesperrt: nothing is written.
    """
    with transaction.atomic():
        anwendung, entschieden = _apply(reform, entscheidungen, user=user)
        reform.refresh_from_db()
        log(
            instance=reform,
            action=AKTION_ANWENDEN,
            user=user,
            data={"gebiete": len(anwendung.gebiet_ids), "regeln": len(entschieden)},
        )


def revert(reform: Gebietsreform, *, user: Any, heute: date) -> None:
    """Areas, rules and bindings are exactly as before; logged.

    Raises:
        ReformGesperrt: the day has come, or something was built upon the reform; nothing changes.
    """
    with transaction.atomic():
        gesperrt = Gebietsreform.objects.select_for_update(of=("self",)).get(pk=reform.pk)
        check_revert(gesperrt, heute)
        for teil in gesperrt.protokoll:
            if teil["teil"] == TEIL_REGELN:
                restore_regeln(teil, gesperrt.wirksam_am)
        gesperrt.protokoll = [t for t in gesperrt.protokoll if t["teil"] != TEIL_REGELN]
        gesperrt.save(update_fields=["protokoll"])
        revert_reform(gesperrt, user=user, heute=heute)
        reform.refresh_from_db()
        log(instance=reform, action=AKTION_ZURUECKNEHMEN, user=user)


def _apply(
    reform: Gebietsreform, entscheidungen: Mapping[str, str], *, user: Any
) -> tuple[Anwendung, list[tuple[Vorschlag, str]]]:
    anwendung = apply_reform(reform, user=user)
    tag = reform.wirksam_am
    vorschlaege = load_vorschlaege(anwendung.beendete, anwendung.nachfolger, tag)
    entschieden = decide(vorschlaege, entscheidungen)
    protokoll = move_regeln(entschieden, tag)
    frisch = Gebietsreform.objects.get(pk=reform.pk)
    frisch.protokoll = [*frisch.protokoll, protokoll]
    frisch.save(update_fields=["protokoll"])
    return anwendung, entschieden
