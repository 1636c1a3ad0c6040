"""Conditions besides the place: first letter of a name, business or person (XZuFi: kriterium)."""

from __future__ import annotations

from string import ascii_uppercase
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from zufi.common.sprachfest import Sprachfest


class Kriterium(Sprachfest, models.Model):
    """A question whose answer decides between authorities.

    Its closed range tells whether the rules under it cover every answer; free text has none and
    can only be shown.
    """

    class Art(models.TextChoices):
        """How the question is answered."""

        BUCHSTABE = "buchstabe", "Anfangsbuchstabe A–Z"
        AUSWAHL = "auswahl", "Auswahl"
        FREITEXT = "freitext", "nur als Text"

    slug = models.SlugField("Kurzform", max_length=60, unique=True)
    frage = models.CharField(
        "Frage", max_length=200, help_text="Zum Beispiel: Womit beginnt Ihr Familienname?"
    )
    art = models.CharField("Art", max_length=12, choices=Art.choices)
    optionen = ArrayField(
        models.CharField(max_length=80),
        verbose_name="Antworten zur Auswahl",
        default=list,
        blank=True,
        help_text="Nur bei „Auswahl“, mit Komma getrennt: Unternehmen, Privatperson",
    )

    class Meta:
        verbose_name = "Kriterium"
        verbose_name_plural = "Kriterien"
        ordering = ("slug",)
        constraints: ClassVar = [
            models.CheckConstraint(
                name="kriterium_auswahl_hat_optionen",
                condition=(Q(art="auswahl") & Q(optionen__len__gte=2))
                | (~Q(art="auswahl") & Q(optionen__len=0)),
                violation_error_message=(
                    "Eine Auswahl braucht mindestens zwei Antworten, andere Arten haben keine."
                ),
            )
        ]

    def __str__(self) -> str:
        return str(self.frage_de)

    @property
    def wertebereich(self) -> frozenset[str]:
        """All answers there are; empty where the range is open."""
        match self.art:
            case self.Art.BUCHSTABE:
                return frozenset(ascii_uppercase)
            case self.Art.AUSWAHL:
                return frozenset(self.optionen)
            case _:
                return frozenset()
