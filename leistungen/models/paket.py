"""Packages of rule changes: planned with their effect, applied at once, taken back at once."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Zustaendigkeitspaket(models.Model):
    """Several rules changed together; `protokoll` holds what is needed to take it back."""

    class Status(models.TextChoices):
        """What has become of the package."""

        ENTWURF = "entwurf", "Entwurf"
        ANGEWENDET = "angewendet", "eingetragen"
        ZURUECKGENOMMEN = "zurueckgenommen", "zurückgenommen"

    titel = models.CharField("Titel", max_length=200)
    operationen = models.JSONField("Änderungen", default=dict, blank=True)
    wirkung = models.JSONField("Wirkung", default=dict, blank=True, editable=False)
    protokoll = models.JSONField(default=dict, blank=True, editable=False)
    wirksam_ab = models.DateField("wirksam ab", null=True, blank=True)
    status = models.CharField(
        "Stand", max_length=16, choices=Status.choices, default=Status.ENTWURF, editable=False
    )
    erstellt_am = models.DateTimeField("erstellt am", auto_now_add=True)
    erstellt_von = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    angewendet_am = models.DateTimeField("eingetragen am", null=True, blank=True, editable=False)
    zurueckgenommen_am = models.DateTimeField(
        "zurückgenommen am", null=True, blank=True, editable=False
    )

    class Meta:
        verbose_name = "Zuständigkeitspaket"
        verbose_name_plural = "Zuständigkeitspakete"
        ordering = ("-erstellt_am", "-id")

    def __str__(self) -> str:
        return self.titel
