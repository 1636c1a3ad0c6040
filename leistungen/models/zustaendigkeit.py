"""Who is responsible for what where (XZuFi: zustaendigkeit)."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models

from behoerden.models import Behoerde, Gebiet
from leistungen.models.leistung import Leistung
from leistungen.querysets import RegelQuerySet
from zufi.common.fields import Zeitraum, zeitraum_check, zeitraum_range


class Rolle(models.TextChoices):
    """What the authority is for this service; codes of the XZuFi list."""

    ZUSTAENDIGE_STELLE = "01", "zuständige Stelle"
    BEIDES = "02", "zuständige Stelle und Ansprechpunkt"
    ANSPRECHPUNKT = "03", "Ansprechpunkt"


class Wirkung(models.TextChoices):
    """Whether a rule replaces what wider areas say, or adds to it."""

    ERSETZT = "ersetzt", "ersetzt"
    ERGAENZT = "ergaenzt", "ergänzt"


class Zustaendigkeit(Zeitraum):
    """Leistung × Gebiet × Rolle → Behoerde in a period, stored at the level where it holds.

    Rows are written by `leistungen.services` and the admin's own views, which announce.
    """

    regel_uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    leistung = models.ForeignKey(
        Leistung, models.PROTECT, related_name="zustaendigkeiten", verbose_name="Leistung"
    )
    gebiet = models.ForeignKey(
        Gebiet, models.PROTECT, related_name="zustaendigkeiten", verbose_name="Gebiet"
    )
    behoerde = models.ForeignKey(
        Behoerde, models.PROTECT, related_name="zustaendigkeiten", verbose_name="Behörde"
    )
    rolle = models.CharField(
        "Rolle", max_length=2, choices=Rolle.choices, default=Rolle.ZUSTAENDIGE_STELLE
    )
    wirkung = models.CharField(
        "Wirkung", max_length=8, choices=Wirkung.choices, default=Wirkung.ERSETZT
    )
    wahl_erlaubt = models.BooleanField("freie Wahl unter mehreren", default=False)
    hinweis = models.CharField("Hinweis", max_length=300, blank=True)

    objects = RegelQuerySet.as_manager()

    # 300,000 rows in the reference index cost minutes and answer nothing.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "Zuständigkeit"
        verbose_name_plural = "Zuständigkeiten"
        ordering = ("leistung_id", "gebiet_id", "rolle", "id")
        constraints: ClassVar = [
            zeitraum_check("zustaendigkeit"),
            ExclusionConstraint(
                name="zustaendigkeit_einmal",
                expressions=[
                    ("leistung", "="),
                    ("gebiet", "="),
                    ("rolle", "="),
                    ("behoerde", "="),
                    (zeitraum_range(), "&&"),
                ],
                violation_error_message="Diese Zuständigkeit gibt es in dem Zeitraum schon.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.leistung} – {self.gebiet}: {self.behoerde}"
