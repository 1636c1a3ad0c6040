"""The vocabulary for reading areas and authorities."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery

from behoerden.domain.ortsname import fold

DIGITS = re.compile(r"[0-9]+")


class GueltigQuerySet(models.QuerySet[Any]):
    """Rows with a period."""

    def gueltig_am(self, stichtag: date) -> Self:
        """Rows whose period contains the day; both ends are inclusive, empty ends are open."""
        return self.filter(
            Q(gueltig_ab__isnull=True) | Q(gueltig_ab__lte=stichtag),
            Q(gueltig_bis__isnull=True) | Q(gueltig_bis__gte=stichtag),
        )


class GebietQuerySet(GueltigQuerySet):
    """Areas."""

    def mit_angaben(self) -> Self:
        """Areas with `aktueller_name`, the last one they had, and `ars`."""
        gebiet = OuterRef("pk")
        return self.annotate(
            aktueller_name=_latest("Gebietsversion", "name", gebiet=gebiet),
            ars=_latest("Gebietsschluessel", "wert", gebiet=gebiet, typ="ars"),
        )

    def suche(self, text: str) -> Self:
        """Areas found by the beginning of a word of any of their names, by key or by postcode."""
        for wort in text.split():
            if DIGITS.fullmatch(wort):
                schluessel = _rows("Gebietsschluessel").filter(
                    gebiet=OuterRef("pk"), wert__startswith=wort
                )
                self = self.filter(  # noqa: PLW0642 - narrowed word by word
                    Exists(schluessel) | Q(plz_zuordnungen__plz=wort)
                )
            else:
                formen = fold(wort)
                namen = (
                    _rows("Ortsname")
                    .filter(gebiet=OuterRef("pk"))
                    .filter(
                        Q(form_ae__regex=rf"\m{re.escape(formen.ae)}")
                        | Q(form_a__regex=rf"\m{re.escape(formen.a)}")
                    )
                )
                self = self.filter(Exists(namen))  # noqa: PLW0642 - narrowed word by word
        return self.distinct()


def _rows(model: str) -> models.QuerySet[Any]:
    # By name: these models import this module.
    rows: models.QuerySet[Any] = apps.get_model("behoerden", model)._default_manager.all()
    return rows


def _latest(model: str, field: str, **filters: Any) -> Subquery:
    rows = _rows(model).filter(**filters).order_by(F("gueltig_ab").desc(nulls_last=True), "-pk")
    return Subquery(rows.values(field)[:1])


class BehoerdeQuerySet(GueltigQuerySet):
    """Authorities."""

    def sichtbar_am(self, stichtag: date) -> Self:
        """Published authorities whose validity contains the day; what citizens may see."""
        return self.filter(live=True).gueltig_am(stichtag)
