"""The base of everything editors draft, review and publish."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models, transaction
from django.dispatch import Signal
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    Revision,
    RevisionMixin,
    WorkflowMixin,
)

from zufi.common.fields import Zeitraum
from zufi.common.sprachfest import Sprachfest

# candidate, revision, user; a receiver raises ValidationError to refuse the publication.
before_publish = Signal()


class Redaktionsobjekt(
    Sprachfest,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    Zeitraum,
):
    """A snippet with draft, workflow and lock; publishing is one transaction on every path.

    Button, publish on create, workflow approval, revert, schedule and code all pass through
    `publish()`.
    """

    # Wagtail's default is True: `create()` would be live at once, without `published`.
    live = models.BooleanField("veröffentlicht", default=False, editable=False)

    class Meta:
        abstract = True

    def is_sichtbar(self, stichtag: date) -> bool:
        """Whether citizens may see it on this day: published and within its validity."""
        return bool(self.live) and self.is_gueltig(stichtag)

    def refresh_computed(self) -> None:
        """Bring up to date what is computed from the content; every verb that stores it calls."""

    def publish(self, revision: Revision, user: Any = None, **kwargs: Any) -> Any:
        """Make the revision live, in one transaction, or raise and leave everything as it was.

        Raises:
            ValidationError: the candidate breaks a rule, or a receiver of `before_publish`
                refuses it; the message is German and meant for the editor.
        """
        with transaction.atomic():
            type(self)._base_manager.select_for_update(of=("self",), no_key=True).get(pk=self.pk)
            candidate = revision.as_object()
            candidate.full_clean()  # a German message, not an IntegrityError
            before_publish.send(
                sender=type(self), candidate=candidate, revision=revision, user=user
            )
            return super().publish(revision, user=user, **kwargs)

    def unpublish(self, *args: Any, **kwargs: Any) -> Any:
        """Take the object off the public site, in one transaction."""
        with transaction.atomic():
            return super().unpublish(*args, **kwargs)
