"""What Wagtail publishes, withdraws or deletes is announced; drafts are not."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.signals import published, unpublished

from behoerden.models import Behoerde, Behoerdenart
from zufi.common.changes import announce


def connect() -> None:
    """Connect every receiver of this module once."""
    for name, signal in (
        ("published", published),
        ("unpublished", unpublished),
        ("deleted", post_delete),
    ):
        signal.connect(behoerde_changed, sender=Behoerde, dispatch_uid=f"behoerden.{name}")
    post_save.connect(
        behoerdenart_changed, sender=Behoerdenart, dispatch_uid="behoerden.behoerdenart.saved"
    )


def behoerde_changed(sender: Any, instance: Behoerde, **kwargs: Any) -> None:
    """Announce the authority whose public state changed."""
    announce("behoerde", [instance.pk])


def behoerdenart_changed(
    sender: Any, instance: Behoerdenart, raw: bool = False, created: bool = False, **kwargs: Any
) -> None:
    """Announce the kind whose name authorities show; a new one is shown nowhere yet."""
    if not raw and not created:
        announce("behoerdenart", [instance.pk])
