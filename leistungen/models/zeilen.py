"""Structured rows shared by services and local supplements: deadline, duration, costs, documents.

A row keeps its uuid through drafts and publications; other rows refer to it by uuid, because its
primary key changes when Wagtail publishes a revision.
"""

from __future__ import annotations

import uuid

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from wagtail.models import Orderable

from leistungen.models.angaben import code, codes
from zufi.common.fields import Zeitraum
from zufi.common.sprachfest import Sprachfest


class Einheit(models.TextChoices):
    """Units of time (XZuFi: Zeiteinheit)."""

    JAHR = "JAHR", "Jahre"
    MONAT = "MONAT", "Monate"
    WOCHE = "WOCHE", "Wochen"
    TAG = "TAG", "Tage"
    WERKTAG = "WERKTAG", "Werktage"
    ARBEITSTAG = "ARBEITSTAG", "Arbeitstage"
    STUNDE = "STUNDE", "Stunden"
    MINUTE = "MINUTE", "Minuten"
    SEKUNDE = "SEKUNDE", "Sekunden"


class Zeile(Sprachfest, Orderable):
    """A row with a stable identity, in the order the editor chose."""

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)

    class Meta(Orderable.Meta):
        abstract = True


class DauerAngabe(models.Model):
    """A length of time or a range: 2 to 4 weeks."""

    dauer = models.PositiveIntegerField("Dauer", null=True, blank=True)
    einheit = models.CharField("Einheit", max_length=10, choices=Einheit.choices, blank=True)
    dauer_bis = models.PositiveIntegerField("bis", null=True, blank=True)
    einheit_bis = models.CharField(
        "Einheit (bis)", max_length=10, choices=Einheit.choices, blank=True
    )

    class Meta:
        abstract = True


def dauer_checks(name: str) -> list[models.CheckConstraint]:
    """Return what a length of time must obey; `name` is the table's prefix."""
    return [
        models.CheckConstraint(
            name=f"{name}_dauer_einheit",
            condition=(Q(dauer__isnull=True) & Q(einheit=""))
            | (Q(dauer__isnull=False) & ~Q(einheit="")),
            violation_error_message="Zu einer Dauer gehören eine Zahl und eine Einheit.",
        ),
        models.CheckConstraint(
            name=f"{name}_dauer_bis",
            condition=(Q(dauer_bis__isnull=True) & Q(einheit_bis=""))
            | (Q(dauer_bis__isnull=False) & ~Q(einheit_bis="") & Q(dauer__isnull=False)),
            violation_error_message="Zu „bis“ gehören eine Zahl, eine Einheit und ein Anfang.",
        ),
    ]


class FristZeile(Zeile, DauerAngabe, Zeitraum):
    """A deadline: a length of time **or** a day (XZuFi: modulFrist)."""

    typ_code = code("Art der Frist")
    typ_text = models.CharField("Bezeichnung der Frist", max_length=120, blank=True)
    # A date (2027-01-31), a day of every year (--07-31), or words.
    stichtag_von = models.CharField("vom", max_length=60, blank=True)
    stichtag_bis = models.CharField("bis zum", max_length=60, blank=True)
    beschreibung = models.CharField("Erläuterung", max_length=500, blank=True)

    class Meta:
        abstract = True
        ordering = ("sort_order",)


def frist_checks(name: str) -> list[models.CheckConstraint]:
    """Return what a deadline must obey."""
    return [
        *dauer_checks(name),
        models.CheckConstraint(
            name=f"{name}_dauer_oder_tag",
            condition=Q(dauer__isnull=True) | (Q(stichtag_von="") & Q(stichtag_bis="")),
            violation_error_message="Eine Frist hat eine Dauer oder einen Stichtag, nicht beides.",
        ),
    ]


class DauerZeile(Zeile, DauerAngabe, Zeitraum):
    """How long the authority usually needs (XZuFi: modulBearbeitungsdauer)."""

    beschreibung = models.CharField("Erläuterung", max_length=500, blank=True)

    class Meta:
        abstract = True
        ordering = ("sort_order",)


class GebuehrZeile(Zeile, Zeitraum):
    """One cost: a fixed amount, free of charge, or variable (XZuFi: modulKosten)."""

    class Art(models.TextChoices):
        """Kind of amount (XZuFi: KostenFix, KostenFrei, KostenVariabel)."""

        FIX = "fix", "fester Betrag"
        FREI = "frei", "kostenfrei"
        VARIABEL = "variabel", "von–bis oder nach Regel"

    art = models.CharField("Betrag", max_length=8, choices=Art.choices, default=Art.FIX)
    typ_code = code("Art der Kosten")
    betrag = models.DecimalField(
        "Betrag",
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0, "Ein Betrag ist nicht negativ.")],
    )
    von = models.DecimalField(
        "von",
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0, "Ein Betrag ist nicht negativ.")],
    )
    bis = models.DecimalField(
        "bis",
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0, "Ein Betrag ist nicht negativ.")],
    )
    regel = models.CharField("Regel", max_length=250, blank=True)
    grund = models.CharField("Grund der Kostenfreiheit", max_length=250, blank=True)
    waehrung = models.CharField("Währung", max_length=3, default="EUR")
    vorkasse = models.BooleanField("im Voraus zu bezahlen", default=False)
    link_kostenbildung = models.URLField("Satzung oder Tabelle", max_length=500, blank=True)
    beschreibung = models.CharField("Erläuterung", max_length=250, blank=True)

    class Meta:
        abstract = True
        ordering = ("sort_order",)


def gebuehr_checks(name: str) -> list[models.CheckConstraint]:
    """Return what a cost must obey, per kind."""
    ohne_betrag = Q(betrag__isnull=True)
    ohne_spanne = Q(von__isnull=True) & Q(bis__isnull=True)
    return [
        models.CheckConstraint(
            name=f"{name}_fix",
            condition=~Q(art="fix") | (Q(betrag__isnull=False) & ohne_spanne),
            violation_error_message="Ein fester Betrag braucht genau einen Betrag.",
        ),
        models.CheckConstraint(
            name=f"{name}_frei",
            condition=~Q(art="frei") | (ohne_betrag & ohne_spanne),
            violation_error_message="Was kostenfrei ist, hat keinen Betrag.",
        ),
        models.CheckConstraint(
            name=f"{name}_variabel",
            condition=~Q(art="variabel")
            | (ohne_betrag & (Q(von__isnull=False) | Q(bis__isnull=False) | ~Q(regel_de=""))),
            violation_error_message="Variable Kosten brauchen „von“, „bis“ oder eine Regel.",
        ),
        models.CheckConstraint(
            name=f"{name}_spanne",
            condition=Q(von__isnull=True) | Q(bis__isnull=True) | Q(von__lte=models.F("bis")),
            violation_error_message="„von“ ist größer als „bis“.",
        ),
    ]


class UnterlageZeile(Zeile, Zeitraum):
    """A document citizens bring or receive (XZuFi: modulDokument)."""

    class Richtung(models.TextChoices):
        """Who hands it over (XZuFi: DokumentRelation)."""

        EINGEHEND = "eingehend", "bringen Bürgerinnen und Bürger mit"
        AUSGEHEND = "ausgehend", "bekommen Bürgerinnen und Bürger"

    class Pflicht(models.TextChoices):
        """Whether it is always needed (XZuFi: Dokumentpflichtangabetyp)."""

        IMMER = "01", "immer nötig"
        JE_NACH_FALL = "02", "nur in bestimmten Fällen"

    richtung = models.CharField(
        "Richtung", max_length=10, choices=Richtung.choices, default=Richtung.EINGEHEND
    )
    typ_code = code("Art der Unterlage")
    bezeichnung = models.CharField("Unterlage", max_length=300, blank=True)
    beschreibung = models.CharField("Erläuterung", max_length=500, blank=True)
    pflicht = models.CharField(
        "Nötig", max_length=2, choices=Pflicht.choices, default=Pflicht.IMMER
    )
    grund_codes = codes("Gründe")
    ist_ausloeser = models.BooleanField("löst das Verfahren aus", default=False)
    signatur_code = code("Signatur")
    formular_uuid = models.UUIDField("Formular (Kennung)", null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ("sort_order",)
