"""Versioned code lists (XZuFi: listURI); codes are stored as text, so an unknown one survives."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from zufi.common.sprachfest import Sprachfest


class Codeliste(models.Model):
    """One version of a code list; one version per list is the active one."""

    list_uri = models.CharField("Kennung der Liste (listURI)", max_length=200)
    version = models.CharField("Version", max_length=40)
    name = models.CharField("Name", max_length=200)
    quelle = models.CharField("Quelle", max_length=300, blank=True)
    ist_aktiv = models.BooleanField("gilt jetzt", default=False)

    class Meta:
        verbose_name = "Codeliste"
        verbose_name_plural = "Codelisten"
        ordering = ("name", "-version")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["list_uri", "version"],
                name="codeliste_einmal",
                violation_error_message="Diese Version der Liste gibt es schon.",
            ),
            models.UniqueConstraint(
                fields=["list_uri"],
                condition=Q(ist_aktiv=True),
                name="codeliste_eine_aktiv",
                violation_error_message="Von dieser Liste gilt schon eine andere Version.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.version})"


class Codewert(Sprachfest, models.Model):
    """One code of a version; the label may be unknown."""

    codeliste = models.ForeignKey(Codeliste, models.CASCADE, related_name="werte")
    code = models.CharField("Code", max_length=40)
    bezeichnung = models.CharField("Bezeichnung", max_length=300, blank=True)
    parent = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="unterwerte"
    )
    ist_aktiv = models.BooleanField("verwendbar", default=True)
    ersetzt_durch = models.CharField("ersetzt durch", max_length=40, blank=True)
    position = models.PositiveIntegerField("Reihenfolge", default=0)

    class Meta:
        verbose_name = "Codewert"
        verbose_name_plural = "Codewerte"
        ordering = ("codeliste", "position", "code")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["codeliste", "code"],
                name="codewert_einmal",
                violation_error_message="Diesen Code gibt es in der Liste schon.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.bezeichnung_de}".strip()
