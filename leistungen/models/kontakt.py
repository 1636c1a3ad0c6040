"""Which contact person of an authority is named for which service in which area."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from behoerden.models import Gebiet
from leistungen.models.leistung import Leistung

_BUCHSTABE = RegexValidator(r"^[A-Z]$", "Geben Sie einen Buchstaben von A bis Z ein.")


class Kontaktzuordnung(models.Model):
    """A contact person, named by the uuid that survives drafts, for Leistung × Gebiet."""

    kontaktperson = models.UUIDField("Kontaktperson")
    leistung = models.ForeignKey(Leistung, models.CASCADE, related_name="kontaktzuordnungen")
    gebiet = models.ForeignKey(Gebiet, models.PROTECT, related_name="kontaktzuordnungen")
    von_buchstabe = models.CharField(
        "Familienname von", max_length=1, blank=True, validators=[_BUCHSTABE]
    )
    bis_buchstabe = models.CharField(
        "Familienname bis", max_length=1, blank=True, validators=[_BUCHSTABE]
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "Kontaktperson für eine Leistung"
        verbose_name_plural = "Kontaktpersonen für Leistungen"
        ordering = ("leistung_id", "gebiet_id", "von_buchstabe", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kontaktperson", "leistung", "gebiet", "von_buchstabe"],
                name="kontaktzuordnung_einmal",
            ),
            models.CheckConstraint(
                name="kontaktzuordnung_buchstaben",
                condition=Q(von_buchstabe="", bis_buchstabe="")
                | (~Q(von_buchstabe="") & Q(von_buchstabe__lte=F("bis_buchstabe"))),
                violation_error_message="Nennen Sie beide Buchstaben, den kleineren zuerst.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.leistung} – {self.gebiet}"
