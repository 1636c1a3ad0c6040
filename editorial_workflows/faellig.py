"""Scheduled publishing and expiry: one transaction per object, a failure stops nobody."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import Error as DatabaseError
from django.db import transaction
from wagtail.models import Revision

from zufi.common.models import Redaktionsobjekt

__all__ = ["Bericht", "publish_due"]

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Bericht:
    """What a run did; `fehler` names each object that could not be published, with the reason."""

    veroeffentlicht: int = 0
    abgelaufen: int = 0
    fehler: list[str] = field(default_factory=list)

    def versuche(self, name: str, act: Callable[[], bool]) -> int:
        """Return 1 if `act` did something; a failure is undone, logged and noted."""
        try:
            with transaction.atomic():
                return int(act())
        except (ValidationError, DatabaseError) as error:
            logger.warning("scheduled publishing failed: %s: %s", name, error)
            self.fehler.append(f"{name}: {error}")
            return 0


def publish_due(jetzt: datetime) -> Bericht:
    """Every draft whose time has come is live, every object whose time has passed is not.

    Wagtail's own command stops at the first object that fails; this one goes on and reports.
    """
    bericht = Bericht()
    for model in _models():
        expired = model._default_manager.filter(live=True, expire_at__lte=jetzt)
        for pk in expired.values_list("pk", flat=True):
            expire = partial(_expire, model, pk, jetzt)
            bericht.abgelaufen += bericht.versuche(f"{model.__name__} {pk}", expire)
    due = Revision.objects.filter(approved_go_live_at__lte=jetzt)
    for pk in due.values_list("pk", flat=True):
        bericht.veroeffentlicht += bericht.versuche(f"Fassung {pk}", partial(_go_live, pk, jetzt))
    return bericht


def _models() -> list[type[Redaktionsobjekt]]:
    return [model for model in apps.get_models() if issubclass(model, Redaktionsobjekt)]


def _expire(model: type[Redaktionsobjekt], pk: int, jetzt: datetime) -> bool:
    obj = model._default_manager.select_for_update(of=("self",), no_key=True).get(pk=pk)
    if not obj.live or obj.expire_at is None or obj.expire_at > jetzt:  # changed meanwhile
        return False
    obj.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    return True


def _go_live(pk: int, jetzt: datetime) -> bool:
    revision = Revision.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    if revision.approved_go_live_at is None or revision.approved_go_live_at > jetzt:
        return False
    revision.publish(log_action="wagtail.publish.scheduled")
    return True
