"""Connects the figures of the list with what changes them."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from wagtail.models import Revision

from leistungen.listen.kennzahlen import (
    leistung_typ,
    mark_stellen_der_behoerden,
    mark_stellen_veraltet,
    refresh_nach_speichern,
)
from zufi.common import changes


def connect() -> None:
    """Connect both receivers once."""
    post_save.connect(
        revision_saved, sender=Revision, dispatch_uid="leistungen.listen.revision_saved"
    )
    changes.register("leistungen.listen", rule_changed)


def revision_saved(sender: Any, instance: Revision, raw: bool = False, **kwargs: Any) -> None:
    """A saved draft of a service gets its figures."""
    if not raw and instance.base_content_type_id == leistung_typ().pk:
        refresh_nach_speichern(instance)


def rule_changed(kind: str, ids: frozenset[int]) -> None:
    """Where a rule, a validity or an authority changed, the offices are counted again later."""
    if kind == "leistung":
        mark_stellen_veraltet(ids)
    elif kind == "behoerde":
        mark_stellen_der_behoerden(ids)
