"""Areas: a stable identity; names, parents and keys are dated facts about it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Q

from behoerden.domain.gebiet import bezeichnung, ortsteil_bezeichnung
from behoerden.querysets import GebietQuerySet, VersionQuerySet
from zufi.common.fields import Zeitraum, zeitraum_check, zeitraum_range


class Gebietsart(models.TextChoices):
    """What kind of area; the order is that of the levels, from the top."""

    BUND = "bund", "Bund"
    LAND = "land", "Land"
    LANDKREIS = "landkreis", "Landkreis"
    KREISFREIE_STADT = "kreisfreie_stadt", "kreisfreie Stadt"
    VG = "vg", "Verwaltungsgemeinschaft"
    ERFUELLENDE_GEMEINDE = "erfuellende_gemeinde", "erfüllende Gemeinde"
    GEMEINDE = "gemeinde", "Gemeinde"
    ORTSTEIL = "ortsteil", "Ortsteil"
    EIGENES_GEBIET = "eigenes_gebiet", "eigenes Gebiet"


VERBANDSARTEN = frozenset({Gebietsart.VG, Gebietsart.ERFUELLENDE_GEMEINDE})
GEMEINDEARTEN = frozenset({Gebietsart.GEMEINDE, Gebietsart.KREISFREIE_STADT})
KREISARTEN = frozenset({Gebietsart.LANDKREIS, Gebietsart.KREISFREIE_STADT})


class Gebiet(Zeitraum):
    """An area with a stable id for its whole life (XZuFi: gebiet); never deleted once referenced.

    The period is the life of the area. A kreisfreie Stadt is one Gebiet, Kreis and Gemeinde at
    once. The group of an erfüllende Gemeinde is a Gebiet of its own at the level of a Verband. An
    Ortsteil lies in one Gemeinde at a time; it has no official key, so its `slug`, unique in its
    Gemeinde, names it in addresses and keeps doing so when the name changes.
    """

    art = models.CharField("Art", max_length=24, choices=Gebietsart.choices)
    slug = models.SlugField("Kurzform", max_length=120, blank=True)
    quelle = models.CharField("Quelle", max_length=24, default="redaktion")
    # An Ortsteil that was a Gemeinde of its own: its old name and key lead here.
    war_gemeinde = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="lebt_fort_als",
        verbose_name="war bis dahin die Gemeinde",
    )

    objects = GebietQuerySet.as_manager()

    class Meta:
        verbose_name = "Gebiet"
        verbose_name_plural = "Gebiete"
        ordering = ("id",)
        constraints: ClassVar = [
            zeitraum_check("gebiet"),
            models.CheckConstraint(
                name="gebiet_ortsteil_mit_kurzform",
                condition=~Q(art="ortsteil") | ~Q(slug=""),
                violation_error_message="Ein Ortsteil braucht eine Kurzform für seine Adresse.",
            ),
            models.CheckConstraint(
                name="gebiet_nur_ortsteil_war_gemeinde",
                condition=Q(war_gemeinde__isnull=True) | Q(art="ortsteil"),
                violation_error_message="Nur ein Ortsteil kann früher eine Gemeinde gewesen sein.",
            ),
        ]

    def __str__(self) -> str:
        name = getattr(self, "aktueller_name", None)  # annotated by `mit_angaben`
        if name is not None:
            gemeinde = getattr(self, "gemeindename", "")
        else:
            versionen = sorted(self.versionen.all(), key=lambda v: v.gueltig_ab or date.min)
            name = versionen[-1].name if versionen else f"Gebiet {self.pk}"
            is_teil = self.art == Gebietsart.ORTSTEIL and versionen
            gemeinde = versionen[-1].name_der_gemeinde if is_teil else ""
        if self.art == Gebietsart.ORTSTEIL:
            return ortsteil_bezeichnung(name, gemeinde)
        return bezeichnung(self.art, name)


class Gebietsversion(Zeitraum):
    """Name and parent of an area in a period."""

    gebiet = models.ForeignKey(Gebiet, models.CASCADE, related_name="versionen")
    name = models.CharField("Name", max_length=200)
    amtlicher_name = models.CharField("amtlicher Name", max_length=200, blank=True)
    parent = models.ForeignKey(
        Gebiet, models.PROTECT, null=True, blank=True, related_name="kind_versionen"
    )
    erfuellt_durch = models.ForeignKey(
        Gebiet, models.PROTECT, null=True, blank=True, related_name="erfuellt_fuer"
    )
    textkennzeichen = models.CharField(max_length=2, blank=True)
    sitz = models.CharField("Verwaltungssitz", max_length=200, blank=True)
    sitz_plz = models.CharField("PLZ des Sitzes", max_length=5, blank=True)
    einwohner = models.PositiveIntegerField("Einwohnerzahl", null=True, blank=True)
    flaeche_ha = models.PositiveIntegerField("Fläche in Hektar", null=True, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = "Gebietsversion"
        verbose_name_plural = "Gebietsversionen"
        ordering = ("gebiet_id", "gueltig_ab")
        constraints: ClassVar = [
            zeitraum_check("gebietsversion"),
            ExclusionConstraint(
                name="gebietsversion_ohne_ueberlappung",
                expressions=[("gebiet", "="), (zeitraum_range(), "&&")],
                violation_error_message="In diesem Zeitraum gibt es schon eine Fassung.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name_der_gemeinde(self) -> str:
        """Name of the Gemeinde an Ortsteil lies in; no query if loaded by `mit_gemeinde`."""
        name: str | None = getattr(self, "gemeindename", None)
        if name is None:
            name = type(self).objects.mit_gemeinde().get(pk=self.pk).gemeindename
        return name or ""


class Schluesseltyp(models.TextChoices):
    """Kinds of official keys."""

    ARS = "ars", "Regionalschlüssel (ARS)"
    AGS = "ags", "Gemeindeschlüssel (AGS)"
    KREIS = "kreis", "Kreisschlüssel"
    FINANZAMT = "finanzamt", "Finanzamt"
    GERICHT = "gericht", "Gericht"
    ARBEITSAGENTUR = "arbeitsagentur", "Arbeitsagentur"


class Gebietsschluessel(Zeitraum):
    """An official key of an area in a period; one value names one area at a time."""

    gebiet = models.ForeignKey(Gebiet, models.CASCADE, related_name="schluessel")
    typ = models.CharField("Typ", max_length=16, choices=Schluesseltyp.choices)
    wert = models.CharField("Wert", max_length=12)

    class Meta:
        verbose_name = "Gebietsschlüssel"
        verbose_name_plural = "Gebietsschlüssel"
        ordering = ("typ", "wert", "gueltig_ab")
        constraints: ClassVar = [
            zeitraum_check("gebietsschluessel"),
            models.CheckConstraint(
                name="gebietsschluessel_form",
                condition=(~Q(typ="ars") | Q(wert__regex=r"^\d{12}$"))
                & (~Q(typ="ags") | Q(wert__regex=r"^\d{8}$"))
                & (~Q(typ="kreis") | Q(wert__regex=r"^\d{5}$")),
                violation_error_message="Der Schlüssel hat nicht die richtige Zahl von Ziffern.",
            ),
            ExclusionConstraint(
                name="gebietsschluessel_eindeutig",
                expressions=[("typ", "="), ("wert", "="), (zeitraum_range(), "&&")],
                violation_error_message="Der Schlüssel gehört dann schon einem Gebiet.",
            ),
            ExclusionConstraint(
                name="gebietsschluessel_einer_je_typ",
                expressions=[("gebiet", "="), ("typ", "="), (zeitraum_range(), "&&")],
                violation_error_message="Das Gebiet hat dann schon einen Schlüssel dieser Art.",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["wert"], name="gebietsschluessel_wert")]

    def __str__(self) -> str:
        return self.wert


class Gebietsnachfolge(models.Model):
    """Which area took over a dissolved one on which day; an empty successor is not known yet."""

    vorgaenger = models.ForeignKey(Gebiet, models.PROTECT, related_name="nachfolgen")
    nachfolger = models.ForeignKey(
        Gebiet, models.PROTECT, null=True, blank=True, related_name="vorgaengen"
    )
    wirksam_am = models.DateField("wirksam am")
    datum_belegt = models.BooleanField(
        "Tag belegt", default=True, help_text="Nein: Der Tag ist nur eine Grenze."
    )
    art = models.CharField("Art", max_length=16, default="eingliederung")
    sicherheit = models.CharField("Sicherheit", max_length=8, default="hoch")
    beleg = models.TextField("Beleg", blank=True)

    class Meta:
        verbose_name = "Gebietsnachfolge"
        verbose_name_plural = "Gebietsnachfolgen"
        ordering = ("wirksam_am", "vorgaenger_id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["vorgaenger", "nachfolger", "wirksam_am"],
                name="gebietsnachfolge_einmal",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="gebietsnachfolge_nicht_selbst",
                condition=~Q(vorgaenger=F("nachfolger")),
                violation_error_message="Ein Gebiet kann nicht sein eigener Nachfolger sein.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vorgaenger} → {self.nachfolger or 'unbekannt'}"


class GebietMitglied(Zeitraum):
    """An area of its own (Finanzamtsbezirk …) is made of these areas in a period."""

    eigenes_gebiet = models.ForeignKey(Gebiet, models.CASCADE, related_name="mitglieder")
    mitglied = models.ForeignKey(Gebiet, models.PROTECT, related_name="eigene_gebiete")
    teilweise = models.BooleanField("nur teilweise", default=False)
    grenze = models.CharField("Grenze in Worten", max_length=300, blank=True)

    class Meta:
        verbose_name = "Mitglied eines eigenen Gebiets"
        verbose_name_plural = "Mitglieder eigener Gebiete"
        ordering = ("eigenes_gebiet_id", "mitglied_id")
        constraints: ClassVar = [
            zeitraum_check("gebietmitglied"),
            ExclusionConstraint(
                name="gebietmitglied_ohne_ueberlappung",
                expressions=[
                    ("eigenes_gebiet", "="),
                    ("mitglied", "="),
                    (zeitraum_range(), "&&"),
                ],
                violation_error_message="Das Gebiet ist in dem Zeitraum schon Mitglied.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mitglied} in {self.eigenes_gebiet}"
