"""Findings of the quality rules that an editor let pass, with the reason."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from leistungen.models.leistung import Leistung


class Befundausnahme(models.Model):
    """One rule does not apply to one text; it ends when the text changes."""

    leistung = models.ForeignKey(Leistung, models.CASCADE, related_name="befundausnahmen")
    regel = models.CharField("Regel", max_length=20)
    modul = models.CharField("Abschnitt", max_length=60, blank=True)
    sprache = models.CharField("Sprache", max_length=12, blank=True)
    # Hash of the text the finding was about: another text is judged anew.
    inhalt_hash = models.CharField(max_length=64)
    zitat = models.CharField("Stelle", max_length=500, blank=True)
    grund = models.CharField("Grund", max_length=300)
    von = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="von"
    )
    am = models.DateTimeField("am", auto_now_add=True)

    class Meta:
        verbose_name = "Ausnahme von einer Schreibregel"
        verbose_name_plural = "Ausnahmen von Schreibregeln"
        ordering = ("leistung", "regel")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["leistung", "regel", "modul", "sprache", "inhalt_hash", "zitat"],
                name="befundausnahme_einmal",
            ),
            models.CheckConstraint(
                name="befundausnahme_grund",
                condition=~models.Q(grund=""),
                violation_error_message="Schreiben Sie, warum die Regel hier nicht gilt.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.regel}: {self.grund}"
