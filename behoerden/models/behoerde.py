"""Authorities as editors draft and publish them (XZuFi: organisationseinheit)."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.template.response import TemplateResponse
from modelcluster.models import ClusterableModel
from wagtail.fields import RichTextField
from wagtail.search import index

from behoerden.models.gebiet import Gebiet
from behoerden.querysets import BehoerdeQuerySet
from zufi.common.fields import zeitraum_check
from zufi.common.models import Redaktionsobjekt
from zufi.common.sprachfest import Sprachfest

MAX_EBENEN = 20  # superior authorities above each other; more is a circle


class Behoerdenart(Sprachfest, models.Model):
    """A kind of authority, such as Standesamt, Finanzamt, Verwaltungsgemeinschaft."""

    slug = models.SlugField("Kurzform", max_length=60, unique=True)
    name = models.CharField("Name", max_length=120)
    ist_allgemeine_verwaltung = models.BooleanField("allgemeine Verwaltung", default=False)

    class Meta:
        verbose_name = "Behördenart"
        verbose_name_plural = "Behördenarten"
        ordering = ("name_de",)

    def __str__(self) -> str:
        return str(self.name_de)


class Behoerde(Redaktionsobjekt, index.Indexed, ClusterableModel):
    """An authority, office or unit, whose answer citizens look for."""

    uuid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    slug = models.SlugField("Adresse der Seite", max_length=160, unique=True)
    name = models.CharField("Name", max_length=200)
    kurzname = models.CharField("Kurzname", max_length=100, blank=True)
    synonyme = models.CharField(
        "Weitere Namen", max_length=300, blank=True, help_text="Mit Komma getrennt."
    )
    kurzbeschreibung = models.TextField("Kurzbeschreibung", blank=True)
    beschreibung = RichTextField("Beschreibung", blank=True)
    hinweis = models.TextField("Aktueller Hinweis", blank=True)
    hinweis_von = models.DateField("Hinweis zeigen ab", null=True, blank=True)
    hinweis_bis = models.DateField("Hinweis zeigen bis", null=True, blank=True)
    art = models.ForeignKey(
        Behoerdenart, models.PROTECT, related_name="behoerden", verbose_name="Art"
    )
    uebergeordnet = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="nachgeordnete",
        verbose_name="übergeordnete Behörde",
    )
    hauptgebiet = models.ForeignKey(
        Gebiet,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="hauptbehoerden",
        verbose_name="Hauptgebiet",
        help_text="Für dieses Gebiet ist die Behörde die allgemeine Verwaltung.",
    )
    gebiet_text = models.CharField(
        "Zuständig für", max_length=200, blank=True, help_text="Leer: aus dem Hauptgebiet."
    )
    internet = models.URLField("Internetseite", blank=True)
    termin_url = models.URLField("Adresse der Terminbuchung", blank=True)
    naechste_pruefung = models.DateField("nächste Prüfung", null=True, blank=True)

    objects = BehoerdeQuerySet.as_manager()

    search_fields: ClassVar = [
        index.SearchField("name_de"),
        index.SearchField("kurzname_de"),
        index.AutocompleteField("name_de"),
        index.FilterField("live"),
        index.FilterField("art"),
    ]

    class Meta:
        verbose_name = "Behörde"
        verbose_name_plural = "Behörden"
        ordering = ("name_de",)
        constraints: ClassVar = [
            zeitraum_check("behoerde"),
            models.CheckConstraint(
                name="behoerde_hinweis_zeitraum",
                condition=Q(hinweis_von__isnull=True)
                | Q(hinweis_bis__isnull=True)
                | Q(hinweis_von__lte=models.F("hinweis_bis")),
                violation_error_message="Der Hinweis endet, bevor er beginnt.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.name_de)

    def clean(self) -> None:
        """Refuse a circle of superior authorities."""
        super().clean()
        oben, schritte = self.uebergeordnet, 0
        while oben is not None and schritte < MAX_EBENEN:
            if oben.pk == self.pk:
                raise ValidationError(
                    {"uebergeordnet": "Eine Behörde kann sich nicht selbst übergeordnet sein."}
                )
            oben, schritte = oben.uebergeordnet, schritte + 1

    @property
    def zustand_text(self) -> str:
        """State of publication in words."""
        if self.live:
            return (
                "veröffentlicht, mit Entwurf" if self.has_unpublished_changes else "veröffentlicht"
            )
        return "abgelaufen" if self.expired else "Entwurf"

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        """Wagtail's previews: the public page."""
        return [("", "Öffentliche Seite")]

    def serve_preview(self, request: Any, mode_name: str) -> TemplateResponse:
        """Return the public page of this draft."""
        from behoerden.views import render_preview  # noqa: PLC0415 - views import models

        return render_preview(request, self)
