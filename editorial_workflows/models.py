"""What editors decide about services, as facts of their own."""

from __future__ import annotations

from typing import Any, ClassVar, Never

from django.conf import settings
from django.db import models

from leistungen.models import Leistung


class PruefungBleibt(RuntimeError):
    """A confirmed review is a fact: it is neither changed nor deleted."""

    def __init__(self) -> None:
        super().__init__("Eine bestätigte Prüfung wird nicht geändert.")


class Pruefung(models.Model):
    """Somebody read a service and found it current (domain design 2.4 and 7.3); append-only.

    Saving a text is no review, and no machine writes one. Rows go only with their service.
    """

    leistung = models.ForeignKey(Leistung, models.CASCADE, related_name="pruefungen")
    geprueft_am = models.DateTimeField("geprüft am")
    von = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="geprüft von",
    )
    # What was read: `leistungen.listen.kennzahlen.inhalt_hash` of the latest draft.
    inhalt_hash = models.CharField("Prüfsumme des Inhalts", max_length=64)
    naechste_am = models.DateField("nächste Prüfung")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "Prüfung"
        verbose_name_plural = "Prüfungen"
        ordering = ("-geprueft_am", "-pk")
        indexes: ClassVar = [
            # The history of one service, newest first.
            models.Index(fields=["leistung", "-geprueft_am"], name="pruefung_je_leistung")
        ]

    def __str__(self) -> str:
        return f"{self.leistung}: geprüft am {self.geprueft_am:%d.%m.%Y}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new row; an old one stays as it is."""
        if not self._state.adding:
            raise PruefungBleibt
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        """Refuse: what was confirmed was confirmed."""
        raise PruefungBleibt
