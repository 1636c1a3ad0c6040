"""Building blocks of models: periods and the constraints that keep them apart."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Func, Q, Value

from zufi.common.zeitraum import enthaelt


class Zeitraum(models.Model):
    """A period of inclusive days in Europe/Berlin; an empty end is open."""

    gueltig_ab = models.DateField("gültig ab", null=True, blank=True)
    gueltig_bis = models.DateField("gültig bis", null=True, blank=True)

    class Meta:
        abstract = True

    def is_gueltig(self, stichtag: date) -> bool:
        """Whether the day lies in the period."""
        return enthaelt(self.gueltig_ab, self.gueltig_bis, stichtag)


def zeitraum_check(name: str) -> models.CheckConstraint:
    """Return the constraint "begin is not after end"; `name` is the table's prefix."""
    return models.CheckConstraint(
        name=f"{name}_zeitraum",
        condition=Q(gueltig_ab__isnull=True)
        | Q(gueltig_bis__isnull=True)
        | Q(gueltig_ab__lte=F("gueltig_bis")),
        violation_error_message="Das Ende der Gültigkeit liegt vor ihrem Anfang.",
    )


def zeitraum_range() -> Func:
    """Return the period as a PostgreSQL daterange, for exclusion constraints."""
    return Func(
        F("gueltig_ab"),
        F("gueltig_bis"),
        Value("[]"),
        function="DATERANGE",
        output_field=DateRangeField(),
    )
