"""A planned change of areas: described before its day, applied for it, reversible until then."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class Gebietsreform(models.Model):
    """Operations on areas that take effect on one day; `behoerden.domain.reform` reads them."""

    class Status(models.TextChoices):
        """What has become of the plan."""

        ENTWURF = "entwurf", "Entwurf"
        ANGEWENDET = "angewendet", "eingetragen"
        ZURUECKGENOMMEN = "zurueckgenommen", "zurückgenommen"

    titel = models.CharField("Titel", max_length=200)
    wirksam_am = models.DateField("wirksam am", help_text="Ab diesem Tag gilt das Neue.")
    beschreibung = models.TextField("Beschreibung", blank=True)
    operationen = models.JSONField("Änderungen", default=list, blank=True)
    status = models.CharField(
        "Stand", max_length=16, choices=Status.choices, default=Status.ENTWURF, editable=False
    )
    # What applying wrote and ended, so that it can be taken back; read by the service alone.
    protokoll = models.JSONField(default=list, blank=True, editable=False)
    erstellt_am = models.DateTimeField("erstellt am", auto_now_add=True)
    erstellt_von = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    angewendet_am = models.DateTimeField("eingetragen am", null=True, blank=True, editable=False)
    angewendet_von = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "Gebietsreform"
        verbose_name_plural = "Gebietsreformen"
        ordering = ("-wirksam_am", "-id")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="gebietsreform_angewendet_mit_zeit",
                condition=~models.Q(status="angewendet") | models.Q(angewendet_am__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.titel
