"""Addresses and contact channels of an authority."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from behoerden.domain.kennungen import KennungFehler, check_kennung
from behoerden.models.barrierefreiheit import Barrierefreiheit
from behoerden.models.behoerde import Behoerde
from zufi.common.sprachfest import Sprachfest

# Degrees around Germany; a swapped pair falls out of them.
BREITE, LAENGE = (47, 56), (5, 16)


class Anschrift(Sprachfest, Barrierefreiheit, Orderable):
    """An address of an authority; one that visitors go to needs street, postcode and town."""

    class Typ(models.TextChoices):
        """Kind of address."""

        HAUS = "hausanschrift", "Hausanschrift"
        BESUCH = "besucheranschrift", "Besucheranschrift"
        POST = "postanschrift", "Postanschrift"
        GROSS = "grossempfaenger", "Großempfängeranschrift"
        LIEFER = "lieferanschrift", "Lieferanschrift"

    behoerde = ParentalKey(Behoerde, on_delete=models.CASCADE, related_name="anschriften")
    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    typ = models.CharField("Art", max_length=20, choices=Typ.choices, default=Typ.HAUS)
    strasse = models.CharField("Straße", max_length=120, blank=True)
    hausnummer = models.CharField("Hausnummer", max_length=20, blank=True)
    postfach = models.CharField("Postfach", max_length=20, blank=True)
    plz = models.CharField(
        "Postleitzahl",
        max_length=5,
        validators=[
            RegexValidator(r"^\d{5}$", "Geben Sie eine Postleitzahl mit fünf Ziffern ein.")
        ],
    )
    ort = models.CharField("Ort", max_length=120)
    ortsteil = models.CharField("Ortsteil", max_length=120, blank=True)
    zusatz = models.CharField("Zusatz", max_length=120, blank=True)
    lat = models.DecimalField(
        "Breitengrad",
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(BREITE[0]), MaxValueValidator(BREITE[1])],
    )
    lon = models.DecimalField(
        "Längengrad",
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(LAENGE[0]), MaxValueValidator(LAENGE[1])],
    )
    anfahrt = models.TextField("Anfahrt", blank=True)
    haltestelle = models.CharField("Haltestelle", max_length=120, blank=True)
    linien = models.CharField("Linien", max_length=120, blank=True)
    parken = models.CharField("Parken", max_length=200, blank=True)
    barriere_hinweis = models.TextField("Hinweis zur Barrierefreiheit", blank=True)

    class Meta(Orderable.Meta):
        verbose_name = "Anschrift"
        verbose_name_plural = "Anschriften"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="anschrift_hausanschrift_vollstaendig",
                condition=~Q(typ__in=["hausanschrift", "besucheranschrift"]) | ~Q(strasse=""),
                violation_error_message="Eine Haus- oder Besucheranschrift braucht eine Straße.",
            ),
            models.CheckConstraint(
                name="anschrift_koordinaten",
                condition=Q(lat__isnull=True, lon__isnull=True)
                | Q(lat__isnull=False, lon__isnull=False, lat__range=BREITE, lon__range=LAENGE),
                violation_error_message="Geben Sie Breiten- und Längengrad an oder keinen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.strasse} {self.hausnummer}, {self.plz} {self.ort}".strip(", ")

    @property
    def zeilen(self) -> tuple[str, ...]:
        """The lines of the address, as on a letter."""
        zeilen = (
            self.zusatz_de,
            self.ortsteil,
            f"{self.strasse} {self.hausnummer}".strip(),
            f"Postfach {self.postfach}" if self.postfach else "",
            f"{self.plz} {self.ort}".strip(),
        )
        return tuple(zeile for zeile in zeilen if zeile)


class Erreichbarkeit(Sprachfest, Orderable):
    """A contact channel of an authority (XZuFi: erreichbarkeit)."""

    class Kanal(models.TextChoices):
        """Contact channel; codes of the XZuFi list where known."""

        EMAIL = "01", "E-Mail"
        TELEFON = "02", "Telefon"
        MOBIL = "03", "Mobiltelefon"
        FAX = "04", "Fax"
        SONSTIGES = "07", "Sonstiges"
        DE_MAIL = "08", "De-Mail"

    behoerde = ParentalKey(Behoerde, on_delete=models.CASCADE, related_name="erreichbarkeiten")
    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    kanal = models.CharField("Kanal", max_length=8, choices=Kanal.choices)
    kennung = models.CharField("Nummer oder Adresse", max_length=200)
    zusatz = models.CharField("Zusatz", max_length=120, blank=True)
    oeffentlich = models.BooleanField("öffentlich", default=True)

    class Meta(Orderable.Meta):
        verbose_name = "Kontaktweg"
        verbose_name_plural = "Kontaktwege"

    def __str__(self) -> str:
        return self.kennung

    def clean(self) -> None:
        """Refuse what does not fit the channel."""
        super().clean()
        try:
            self.kennung = check_kennung(self.kanal, self.kennung)
        except KennungFehler as error:
            raise ValidationError({"kennung": str(error)}) from error
