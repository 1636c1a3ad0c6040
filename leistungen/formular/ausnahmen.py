"""Letting a finding pass: who did it, why, for which words."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.log_actions import log

from leistungen.domain.qualitaet import REGELN, Schwere
from leistungen.domain.qualitaet.ausnahmen import ZITAT_LAENGE
from leistungen.models import Befundausnahme, Leistung

FELDER = ("regel", "modul", "sprache", "zitat", "inhalt_hash", "grund")
DULDEN, WIDERRUFEN = "zufi.befund_geduldet", "zufi.befund_wieder_gezeigt"
_DULDBAR = frozenset(regel.id for regel in REGELN if regel.schwere is Schwere.SOLL)


def dulde_befund(
    leistung: Leistung,
    *,
    user: Any,
    regel: str,
    modul: str,
    sprache: str,
    zitat: str,
    inhalt_hash: str,
    grund: str,
) -> Befundausnahme:
    """Let one finding pass until its text changes; the history of the service says so.

    Raises:
        ValidationError: no reason was given, or the rule is one that must be obeyed.
    """
    if regel not in _DULDBAR:
        raise ValidationError("Diese Regel lässt keine Ausnahme zu.")
    schluessel: dict[str, Any] = {
        "leistung_id": leistung.pk,
        "regel": regel,
        "modul": modul,
        "sprache": sprache,
        "inhalt_hash": inhalt_hash,
        "zitat": zitat[:ZITAT_LAENGE],
    }
    if not grund.strip():
        raise ValidationError("Schreiben Sie, warum die Regel hier nicht gilt.")
    neu = Befundausnahme(**schluessel, grund=grund.strip(), von=user)
    neu.full_clean(exclude=["leistung"], validate_unique=False, validate_constraints=False)
    with transaction.atomic():
        ausnahme, _ = Befundausnahme.objects.update_or_create(
            **schluessel, defaults={"grund": neu.grund, "von": user}
        )
        log(leistung, DULDEN, user=user, data={"regel": regel, "grund": neu.grund})
    return ausnahme


def widerrufe_duldung(leistung: Leistung, pk: int, *, user: Any) -> None:
    """Show the finding again; an exception that is gone already is no mistake."""
    with transaction.atomic():
        anzahl, _ = Befundausnahme.objects.filter(leistung_id=leistung.pk, pk=pk).delete()
        if anzahl:
            log(leistung, WIDERRUFEN, user=user)


def register_log_actions(actions: Any) -> None:
    """Both verbs have German names in the history."""
    actions.register_action(DULDEN, "Hinweis passt so", "Hinweis als passend markiert")
    actions.register_action(WIDERRUFEN, "Hinweis wieder zeigen", "Hinweis wird wieder gezeigt")
