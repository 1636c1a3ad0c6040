"""Topics: Lebenslagen of citizens and companies (XZuFi: kategorie)."""

from __future__ import annotations

from django.db import models

from zufi.common.sprachfest import Sprachfest


class Kategorie(Sprachfest, models.Model):
    """A topic under which services are grouped."""

    class Klasse(models.TextChoices):
        """Tree the topic belongs to."""

        BUERGER = "lebenslage_buerger", "Lebenslage (Bürgerinnen und Bürger)"
        UNTERNEHMEN = "lebenslage_unternehmen", "Lebenslage (Unternehmen)"
        THEMA = "thema", "Thema"

    klasse = models.CharField("Art", max_length=24, choices=Klasse.choices)
    slug = models.SlugField("Kurzform", max_length=80, unique=True)
    code = models.CharField("Code", max_length=40, blank=True)
    name = models.CharField("Name", max_length=120)
    beschreibung = models.TextField("Beschreibung", blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="unterkategorien"
    )
    position = models.PositiveSmallIntegerField("Reihenfolge", default=0)

    class Meta:
        verbose_name = "Kategorie"
        verbose_name_plural = "Kategorien"
        ordering = ("klasse", "position", "name_de")

    def __str__(self) -> str:
        return str(self.name_de)
