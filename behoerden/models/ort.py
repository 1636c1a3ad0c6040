"""Places as people name them: names and postcodes that lead to areas."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from behoerden.models.gebiet import Gebiet


class Postleitzahl(models.Model):
    """A postcode; never a key of anything else: 104 of 215 cover several municipalities."""

    plz = models.CharField("Postleitzahl", max_length=5, primary_key=True)
    gemeinden = models.ManyToManyField(Gebiet, through="PlzGemeinde", related_name="plz")

    class Meta:
        verbose_name = "Postleitzahl"
        verbose_name_plural = "Postleitzahlen"
        ordering = ("plz",)
        constraints: ClassVar = [
            models.CheckConstraint(
                name="postleitzahl_form",
                condition=Q(plz__regex=r"^\d{5}$"),
                violation_error_message="Eine Postleitzahl hat fünf Ziffern.",
            )
        ]

    def __str__(self) -> str:
        return self.plz


class PlzGemeinde(models.Model):
    """A postcode is used in a Gemeinde."""

    plz = models.ForeignKey(Postleitzahl, models.CASCADE, related_name="zuordnungen")
    gemeinde = models.ForeignKey(Gebiet, models.CASCADE, related_name="plz_zuordnungen")
    quelle = models.CharField("Quelle", max_length=24)
    stand = models.DateField("Stand", null=True, blank=True)
    bestaetigt = models.BooleanField("bestätigt", default=False)

    class Meta:
        verbose_name = "Postleitzahl einer Gemeinde"
        verbose_name_plural = "Postleitzahlen der Gemeinden"
        ordering = ("plz_id", "gemeinde_id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plz", "gemeinde"], name="plzgemeinde_paar")
        ]

    def __str__(self) -> str:
        return f"{self.plz_id} {self.gemeinde}"


class Ortsnamenart(models.TextChoices):
    """Where a name comes from; the order is the rank in a search."""

    AMTLICH = "amtlich", "amtlicher Name"
    ORTSTEIL = "ortsteil", "Ortsteil"
    FRUEHER = "frueher", "früherer Name"
    VARIANTE = "variante", "Variante"


class Ortsname(models.Model):
    """A name under which people look for a place; several rows may share one name."""

    name = models.CharField("Name", max_length=200)
    form_ae = models.CharField(max_length=200)  # folded, ä→ae
    form_a = models.CharField(max_length=200)  # folded, ä→a
    art = models.CharField("Art", max_length=12, choices=Ortsnamenart.choices)
    gebiet = models.ForeignKey(
        Gebiet, models.CASCADE, null=True, blank=True, related_name="ortsnamen"
    )
    plz = models.CharField(max_length=5, blank=True)
    kreis = models.ForeignKey(Gebiet, models.SET_NULL, null=True, blank=True, related_name="+")
    sicherheit = models.CharField(max_length=8, default="hoch")
    quelle = models.CharField(max_length=24, default="redaktion")

    class Meta:
        verbose_name = "Ortsname"
        verbose_name_plural = "Ortsnamen"
        ordering = ("form_ae", "id")
        indexes: ClassVar = [
            # find_orte(): exact name, then prefix
            models.Index(fields=["form_ae"], name="ortsname_ae", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["form_a"], name="ortsname_a", opclasses=["varchar_pattern_ops"]),
            # find_orte(): typing errors, offered as "Meinten Sie"
            GinIndex(fields=["form_ae"], name="ortsname_trgm", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return self.name
