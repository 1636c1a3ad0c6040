"""Who is responsible for what where (XZuFi: zustaendigkeit)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from behoerden.models import Behoerde, Gebiet
from leistungen.models.kriterium import Kriterium
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


def kriterium_schluessel(kriterium_id: int | None, werte: Iterable[str]) -> str:
    """Return criterion and values as one word, "" without a criterion; bulk verbs set it, too."""
    return f"{kriterium_id}:{','.join(sorted(werte))}" if kriterium_id else ""


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
    kriterium = models.ForeignKey(
        Kriterium,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="zustaendigkeiten",
        verbose_name="Kriterium",
        help_text="Nur falls außer dem Ort noch etwas entscheidet, etwa der Anfangsbuchstabe.",
    )
    werte = ArrayField(
        models.CharField(max_length=80),
        verbose_name="gilt für",
        default=list,
        blank=True,
        help_text="Antworten mit Komma: A, B, C. Bei freiem Text: wann die Regel gilt, in Worten.",
    )
    # Criterion and values as one word: the exclusion constraint compares it.
    kriterium_schluessel = models.CharField(max_length=400, blank=True, default="", editable=False)
    verifiziert_am = models.DateField(
        "fachlich geprüft am",
        null=True,
        blank=True,
        help_text="Wann hat die Behörde bestätigt, dass sie zuständig ist?",
    )
    verifiziert_durch = models.CharField(
        "geprüft durch", max_length=200, blank=True, help_text="Stelle, nicht Person."
    )
    pruefquelle = models.CharField("Grundlage der Prüfung", max_length=200, blank=True)
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
                    ("kriterium_schluessel", "="),
                    (zeitraum_range(), "&&"),
                ],
                violation_error_message="Diese Zuständigkeit gibt es in dem Zeitraum schon.",
            ),
            models.CheckConstraint(
                name="zustaendigkeit_kriterium_mit_werten",
                condition=Q(kriterium__isnull=True, werte__len=0)
                | Q(kriterium__isnull=False, werte__len__gte=1),
                violation_error_message="Kriterium und Werte gehören zusammen: beide oder keines.",
            ),
            models.CheckConstraint(
                name="zustaendigkeit_geprueft_durch",
                condition=Q(verifiziert_am__isnull=True) | ~Q(verifiziert_durch=""),
                violation_error_message="Nennen Sie, wer die Zuständigkeit geprüft hat.",
            ),
        ]

    def clean_fields(self, exclude: Any = None) -> None:
        """The usual checks; the constraints then see the key of criterion and values."""
        super().clean_fields(exclude)
        self.kriterium_schluessel = kriterium_schluessel(self.kriterium_id, self.werte)

    def validate_constraints(self, exclude: Any = None) -> None:
        """The constraints hold; a form leaves out the key, and would pass over them with it."""
        super().validate_constraints(exclude=set(exclude or ()) - {"kriterium_schluessel"})

    def clean(self) -> None:
        """Values lie in the range of their criterion."""
        super().clean()
        if self.kriterium is None:
            return
        unbekannt = set(self.werte) - self.kriterium.wertebereich
        if self.kriterium.wertebereich and unbekannt:
            raise ValidationError(
                {"werte": f"Diese Antworten gibt es nicht: {', '.join(sorted(unbekannt))}."}
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the key of criterion and values."""
        self.kriterium_schluessel = kriterium_schluessel(self.kriterium_id, self.werte)
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return f"{self.leistung} – {self.gebiet}: {self.behoerde}"
