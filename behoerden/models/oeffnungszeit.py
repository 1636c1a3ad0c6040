"""Opening hours: weekly rules with a period, and dated exceptions."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from behoerden.domain import oeffnungszeit as domain
from behoerden.domain.zeitregel import ZeitregelFehler, parse_regel
from behoerden.models.behoerde import Behoerde
from zufi.common.fields import Zeitraum, zeitraum_check
from zufi.common.sprachfest import Sprachfest


class Oeffnungszeit(Sprachfest, Zeitraum, Orderable):
    """A weekly rule in OSM `opening_hours` syntax (XZuFi: oeffnungszeiten)."""

    class Art(models.TextChoices):
        """What the hours are for."""

        OEFFNUNG = "oeffnung", "Öffnungszeiten"
        BESUCH = "besuch", "Besuchszeiten"
        SERVICE = "service", "Servicezeiten"
        TELEFON = "telefon", "Telefonzeiten"
        ANMELDUNG = "anmeldung", "Anmeldezeiten"
        FUNKTION = "funktion", "Funktionszeiten"
        KERN = "kern", "Kernzeiten"

    behoerde = ParentalKey(Behoerde, on_delete=models.CASCADE, related_name="oeffnungszeiten")
    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    art = models.CharField("Art", max_length=12, choices=Art.choices, default=Art.OEFFNUNG)
    regel = models.CharField("Tage und Uhrzeiten", max_length=300)
    hinweis = models.CharField("Hinweis", max_length=200, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = "Öffnungszeit"
        verbose_name_plural = "Öffnungszeiten"
        constraints: ClassVar = [
            zeitraum_check("oeffnungszeit"),
            models.CheckConstraint(
                name="oeffnungszeit_regel",
                condition=~Q(regel=""),
                violation_error_message="Nennen Sie Tage und Uhrzeiten.",
            ),
        ]

    def __str__(self) -> str:
        return self.regel

    def clean(self) -> None:
        """Read the rule; what is stored is always readable."""
        super().clean()
        self.regel = _parsed(self.regel)

    @property
    def als_regel(self) -> domain.Zeitregel:
        """The rule as a plain value."""
        return domain.Zeitregel(self.regel, self.gueltig_ab, self.gueltig_bis)


class Oeffnungsausnahme(Sprachfest, Orderable):
    """Days on which other hours hold, or none."""

    behoerde = ParentalKey(Behoerde, on_delete=models.CASCADE, related_name="oeffnungsausnahmen")
    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    von = models.DateField("von")
    bis = models.DateField("bis", help_text="Der letzte Tag gehört dazu.")
    geschlossen = models.BooleanField("geschlossen", default=True)
    regel = models.CharField("Tage und Uhrzeiten", max_length=300, blank=True)
    grund = models.CharField("Grund", max_length=120, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = "Ausnahme"
        verbose_name_plural = "Ausnahmen"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="oeffnungsausnahme_zeitraum",
                condition=Q(von__lte=F("bis")),
                violation_error_message="Die Ausnahme endet, bevor sie beginnt.",
            ),
            models.CheckConstraint(
                name="oeffnungsausnahme_regel",
                condition=Q(geschlossen=True, regel="") | (Q(geschlossen=False) & ~Q(regel="")),
                violation_error_message="Wählen Sie „geschlossen“ oder nennen Sie Uhrzeiten.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.von:%d.%m.%Y}" if self.von else "Ausnahme"

    def clean(self) -> None:
        """Read the rule; closed days have none."""
        super().clean()
        if self.geschlossen and self.regel:
            raise ValidationError(
                {"regel": "An geschlossenen Tagen gibt es keine Uhrzeiten. Nehmen Sie das Häkchen "
                 "bei „geschlossen“ weg oder leeren Sie dieses Feld."}
            )  # fmt: skip
        if not self.geschlossen:
            self.regel = _parsed(self.regel)

    @property
    def als_ausnahme(self) -> domain.Ausnahme:
        """The exception as a plain value."""
        return domain.Ausnahme(self.von, self.bis, self.regel, self.grund_de)


def _parsed(regel: str) -> str:
    if not regel.strip():
        raise ValidationError({"regel": "Nennen Sie Tage und Uhrzeiten."})
    try:
        return parse_regel(regel)
    except ZeitregelFehler as error:
        raise ValidationError({"regel": str(error)}) from error
