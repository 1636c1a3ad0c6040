"""How authorities belong together besides the one above, and who follows whom."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from behoerden.models.behoerde import MAX_EBENEN, Behoerde
from zufi.common.changes import announce
from zufi.common.fields import Zeitraum, zeitraum_check


class Behoerdenbeziehung(Zeitraum, Orderable):
    """A second hierarchy: supervision, a joint institution, a branch office."""

    class Typ(models.TextChoices):
        """Reads as "this authority … the other one"."""

        FACHAUFSICHT = "fachaufsicht", "steht unter der Fachaufsicht von"
        GEMEINSAM = "gemeinsame_einrichtung", "ist gemeinsame Einrichtung von"
        AUSSENSTELLE = "aussenstelle", "ist Außenstelle von"

    behoerde = ParentalKey(Behoerde, on_delete=models.CASCADE, related_name="beziehungen")
    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    typ = models.CharField("Beziehung", max_length=24, choices=Typ.choices)
    andere = models.ForeignKey(
        Behoerde, models.CASCADE, related_name="beziehungen_zu", verbose_name="andere Behörde"
    )

    class Meta(Orderable.Meta):
        verbose_name = "Beziehung"
        verbose_name_plural = "Beziehungen"
        constraints: ClassVar = [
            zeitraum_check("behoerdenbeziehung"),
            models.CheckConstraint(
                name="behoerdenbeziehung_nicht_selbst",
                condition=~Q(behoerde=F("andere")),
                violation_error_message="Eine Behörde hat keine Beziehung zu sich selbst.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_typ_display()} {self.andere}" if self.andere_id else "Beziehung"

    def clean(self) -> None:
        """Refuse a circle: nobody supervises its own supervisor, no branch is its own head."""
        super().clean()
        if not self.andere_id or not self.behoerde_id:
            return
        if self.andere_id == self.behoerde_id:
            raise ValidationError({"andere": "Wählen Sie eine andere Behörde."})
        if self.typ != self.Typ.GEMEINSAM and self.behoerde_id in _above(self.andere_id, self.typ):
            raise ValidationError(
                {"andere": "Diese Behörde steht schon in derselben Beziehung unter der hier "
                 "bearbeiteten. Ein Kreis ist nicht möglich."}
            )  # fmt: skip


def _above(behoerde_id: int, typ: str) -> set[int]:
    """Everything above an authority in this hierarchy; one query per level."""
    gesehen: set[int] = set()
    ebene = {behoerde_id}
    for _ in range(MAX_EBENEN):
        rows = Behoerdenbeziehung.objects.filter(behoerde_id__in=ebene, typ=typ)
        ebene = set(rows.values_list("andere_id", flat=True)) - gesehen
        if not ebene:
            break
        gesehen |= ebene
    return gesehen


class Behoerdennachfolge(models.Model):
    """An authority took over the tasks of another one on a day; several may share them."""

    vorgaenger = models.ForeignKey(
        Behoerde, models.CASCADE, related_name="nachfolgen", verbose_name="bisherige Behörde"
    )
    nachfolger = models.ForeignKey(
        Behoerde, models.PROTECT, related_name="vorgaengen", verbose_name="neue Behörde"
    )
    wirksam_am = models.DateField("wirksam am", help_text="Der erste Tag der neuen Behörde.")

    class Meta:
        verbose_name = "Behördennachfolge"
        verbose_name_plural = "Behördennachfolgen"
        ordering = ("-wirksam_am", "vorgaenger_id", "nachfolger_id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["vorgaenger", "nachfolger"],
                name="behoerdennachfolge_paar",
                violation_error_message="Diese Nachfolge ist schon eingetragen.",
            ),
            models.CheckConstraint(
                name="behoerdennachfolge_nicht_selbst",
                condition=~Q(vorgaenger=F("nachfolger")),
                violation_error_message="Eine Behörde folgt nicht auf sich selbst.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vorgaenger} → {self.nachfolger}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and announce both authorities in the same transaction."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            announce("behoerde", [self.vorgaenger_id, self.nachfolger_id])

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete, and announce both authorities in the same transaction."""
        with transaction.atomic():
            announce("behoerde", [self.vorgaenger_id, self.nachfolger_id])
            return super().delete(*args, **kwargs)
