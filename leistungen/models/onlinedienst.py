"""Digital services and forms, and where they may be used for which service."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from behoerden.models import Gebiet
from leistungen.domain.betrieb import Betrieb
from leistungen.models.angaben import code, codes
from leistungen.models.leistung import Leistung
from leistungen.querysets import RegelQuerySet
from zufi.common.fields import Zeitraum, zeitraum_check, zeitraum_range
from zufi.common.models import Redaktionsobjekt

_HTTPS = URLValidator(
    schemes=["https"], message="Geben Sie eine Adresse ein, die mit https:// beginnt."
)


class Onlinedienst(Redaktionsobjekt, ClusterableModel):
    """A digital service (XZuFi: onlinedienst)."""

    class Status(models.TextChoices):
        """Whether it can be used; a maintenance window comes on top."""

        AKTIV = "aktiv", "in Betrieb"
        GESTOERT = "gestoert", "gestört"
        AUSSER_BETRIEB = "ausser_betrieb", "außer Betrieb"

    uuid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    bezeichnung = models.CharField("Bezeichnung", max_length=200)
    kurzname = models.CharField("Kurzer Name", max_length=80, blank=True)
    teaser = models.CharField("Teaser", max_length=250, blank=True)
    beschreibung = models.TextField("Beschreibung", blank=True)
    # The German address; other languages have an `Onlinedienstlink`.
    url = models.URLField("Adresse", max_length=500, validators=[_HTTPS])
    anmeldung = models.CharField(
        "Anmeldung mit", max_length=120, blank=True, help_text="Zum Beispiel: BundID"
    )
    vertrauensniveau = models.CharField("Vertrauensniveau", max_length=2, blank=True)
    identifizierungsmittel_codes = codes("Anmeldung (Codes)")
    zahlungsweise_codes = codes("Zahlungsweisen")
    sprache_codes = codes("Sprachen")
    status = models.CharField(
        "Betrieb", max_length=14, choices=Status.choices, default=Status.AKTIV
    )
    wartung_von = models.DateTimeField("Wartung von", null=True, blank=True)
    wartung_bis = models.DateTimeField("Wartung bis", null=True, blank=True)

    class Meta:
        verbose_name = "Onlinedienst"
        verbose_name_plural = "Onlinedienste"
        ordering = ("bezeichnung_de",)
        constraints: ClassVar = [
            zeitraum_check("onlinedienst"),
            models.CheckConstraint(
                name="onlinedienst_wartung",
                condition=Q(wartung_von__isnull=True)
                | Q(wartung_bis__isnull=True)
                | Q(wartung_von__lt=models.F("wartung_bis")),
                violation_error_message="Das Ende der Wartung liegt vor ihrem Anfang.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.bezeichnung_de)

    @property
    def betrieb(self) -> Betrieb:
        """State and maintenance window, to be judged at a moment."""
        return Betrieb(str(self.status), self.wartung_von, self.wartung_bis)

    def is_nutzbar(self, moment: datetime) -> bool:
        """Whether citizens can use it at this moment: in operation and not under maintenance."""
        return self.betrieb.is_nutzbar(moment)

    def adresse(self, sprache: str) -> str:
        """Return the address for readers of this language, else the German one."""
        return next(
            (link.url for link in self.links.all() if link.sprache == sprache), str(self.url)
        )


class Onlinedienstlink(Orderable):
    """The address of a digital service in another language (XZuFi: onlinedienst/link)."""

    onlinedienst = ParentalKey(Onlinedienst, on_delete=models.CASCADE, related_name="links")
    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    typ_code = code("Art")
    sprache = models.CharField("Sprache", max_length=12, default="en")
    url = models.URLField("Adresse", max_length=500, validators=[_HTTPS])
    titel_des_links = models.CharField("Linktext", max_length=200, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = "Adresse in einer anderen Sprache"
        verbose_name_plural = "Adressen in anderen Sprachen"


class Formular(Redaktionsobjekt):
    """A form to print or fill in (XZuFi: formular)."""

    class Barrierefrei(models.TextChoices):
        """Whether everybody can use the file; unknown is not no."""

        JA = "ja", "ja"
        NEIN = "nein", "nein"
        KEINE_ANGABE = "keine_angabe", "keine Angabe"

    uuid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    bezeichnung = models.CharField("Bezeichnung", max_length=200)
    typ_code = code("Art")
    version = models.CharField("Version", max_length=40, blank=True)
    datei = models.FileField("Datei", upload_to="formulare/", blank=True)
    url = models.URLField("Adresse", max_length=500, blank=True, validators=[_HTTPS])
    sprache = models.CharField("Sprache", max_length=8, default="de")
    barrierefrei = models.CharField(
        "barrierefrei",
        max_length=12,
        choices=Barrierefrei.choices,
        default=Barrierefrei.KEINE_ANGABE,
    )
    dateihash = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = "Formular"
        verbose_name_plural = "Formulare"
        ordering = ("bezeichnung_de",)
        constraints: ClassVar = [
            zeitraum_check("formular"),
            models.CheckConstraint(
                name="formular_datei_oder_adresse",
                condition=~Q(datei="") | ~Q(url=""),
                violation_error_message="Ein Formular braucht eine Datei oder eine Adresse.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.bezeichnung_de)


class Bindung(Zeitraum):
    """A service may be used with this in an area; more specific areas win."""

    leistung = models.ForeignKey(Leistung, models.CASCADE, related_name="%(class)sen")
    gebiet = models.ForeignKey(Gebiet, models.PROTECT, related_name="%(class)sen")

    objects = RegelQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True


class Onlinedienstbindung(Bindung):
    """An Onlinedienst serves a Leistung in a Gebiet and below."""

    onlinedienst = models.ForeignKey(Onlinedienst, models.CASCADE, related_name="bindungen")

    class Meta:
        verbose_name = "Onlinedienst für ein Gebiet"
        verbose_name_plural = "Onlinedienste für Gebiete"
        ordering = ("leistung_id", "gebiet_id", "id")
        constraints: ClassVar = [
            zeitraum_check("onlinedienstbindung"),
            ExclusionConstraint(
                name="onlinedienstbindung_einmal",
                expressions=[
                    ("leistung", "="),
                    ("gebiet", "="),
                    ("onlinedienst", "="),
                    (zeitraum_range(), "&&"),
                ],
                violation_error_message="Diese Zuordnung gibt es in dem Zeitraum schon.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.onlinedienst} in {self.gebiet}"


class Formularbindung(Bindung):
    """A Formular belongs to a Leistung in a Gebiet and below."""

    formular = models.ForeignKey(Formular, models.CASCADE, related_name="bindungen")

    class Meta:
        verbose_name = "Formular für ein Gebiet"
        verbose_name_plural = "Formulare für Gebiete"
        ordering = ("leistung_id", "gebiet_id", "id")
        constraints: ClassVar = [
            zeitraum_check("formularbindung"),
            ExclusionConstraint(
                name="formularbindung_einmal",
                expressions=[
                    ("leistung", "="),
                    ("gebiet", "="),
                    ("formular", "="),
                    (zeitraum_range(), "&&"),
                ],
                violation_error_message="Diese Zuordnung gibt es in dem Zeitraum schon.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.formular} in {self.gebiet}"
