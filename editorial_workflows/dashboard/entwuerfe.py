"""The drafts an editor worked on last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Value
from wagtail.models import DraftStateMixin
from wagtail.snippets.models import get_snippet_models

from editorial_workflows.dashboard.aufgaben import formularadresse

ANZAHL = 5


@dataclass(frozen=True, slots=True)
class Entwurf:
    """A draft that citizens do not see yet."""

    titel: str
    art: str
    gespeichert_am: datetime
    adresse: str


def lade_entwuerfe(user: AbstractBaseUser, anzahl: int = ANZAHL) -> Sequence[Entwurf]:
    """Return the drafts whose latest version this user saved, newest first; one query."""
    modelle: list[Any] = [m for m in get_snippet_models() if issubclass(m, DraftStateMixin)]
    anfragen = [
        model._default_manager.filter(has_unpublished_changes=True, latest_revision__user=user)
        .order_by()
        .annotate(modell=Value(nummer))
        .values_list("modell", "pk", "latest_revision__object_str", "latest_revision__created_at")
        for nummer, model in enumerate(modelle)
    ]
    if not anfragen:
        return []
    rows = anfragen[0].union(*anfragen[1:], all=True)
    return [
        Entwurf(
            titel=titel,
            art=str(modelle[nummer]._meta.verbose_name),
            gespeichert_am=am,
            adresse=formularadresse(modelle[nummer], pk),
        )
        for nummer, pk, titel, am in rows.order_by("-latest_revision__created_at")[:anzahl]
    ]
