"""What Wagtail publishes, withdraws or deletes is announced; drafts are not."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from wagtail.signals import published, unpublished

from leistungen.models import (
    Ergaenzung,
    Formularbindung,
    Kategorie,
    Leistung,
    Onlinedienst,
    Onlinedienstbindung,
    Zustaendigkeit,
)
from zufi.common.changes import announce

_KINDS: dict[type, str] = {
    Leistung: "leistung",
    Onlinedienst: "onlinedienst",
    Kategorie: "kategorie",
}
_REGELN = (Zustaendigkeit, Onlinedienstbindung, Formularbindung)


def connect() -> None:
    """Connect every receiver of this module once."""
    for model in (Leistung, Onlinedienst):
        for name, signal in (
            ("published", published),
            ("unpublished", unpublished),
            ("post_delete", post_delete),
        ):
            signal.connect(
                object_changed, sender=model, dispatch_uid=f"leistungen.{model.__name__}.{name}"
            )
    for name, signal in (("published", published), ("unpublished", unpublished)):
        signal.connect(
            supplement_changed, sender=Ergaenzung, dispatch_uid=f"leistungen.Ergaenzung.{name}"
        )
    post_delete.connect(
        supplement_changed, sender=Ergaenzung, dispatch_uid="leistungen.Ergaenzung.deleted"
    )
    post_save.connect(object_changed, sender=Kategorie, dispatch_uid="leistungen.Kategorie.saved")
    for regel in _REGELN:
        name = regel.__name__
        pre_save.connect(rule_moves, sender=regel, dispatch_uid=f"leistungen.{name}.pre_save")
        post_save.connect(rule_changed, sender=regel, dispatch_uid=f"leistungen.{name}.saved")
        post_delete.connect(rule_changed, sender=regel, dispatch_uid=f"leistungen.{name}.deleted")
    # Before the deletion: afterwards the rows that tell which services show it are gone.
    pre_delete.connect(
        object_changed, sender=Kategorie, dispatch_uid="leistungen.Kategorie.pre_delete"
    )
    pre_delete.connect(
        object_changed, sender=Onlinedienst, dispatch_uid="leistungen.Onlinedienst.pre_delete"
    )


def object_changed(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Announce the object whose public state changed."""
    announce(_KINDS[type(instance)], [instance.pk])


def supplement_changed(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Announce the service whose page a local supplement changed."""
    announce("leistung", [instance.leistung_id])


def rule_moves(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Announce the service a rule leaves, when it is moved to another one."""
    before = sender.objects.filter(pk=instance.pk).values_list("leistung_id", flat=True)
    announce("leistung", [pk for pk in before if pk != instance.leistung_id])


def rule_changed(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Announce the service whose rule was written or deleted; bulk verbs do so themselves."""
    announce("leistung", [instance.leistung_id])
