"""The vocabulary for reading areas and authorities."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce

from behoerden.domain.ortsname import fold

DIGITS = re.compile(r"[0-9]+")
# Nothing but an Ortsteil lies directly in a Gemeinde.
_GEMEINDEN = ("gemeinde", "kreisfreie_stadt")


class GueltigQuerySet(models.QuerySet[Any]):
    """Rows with a period."""

    def gueltig_am(self, stichtag: date) -> Self:
        """Rows whose period contains the day; both ends are inclusive, empty ends are open."""
        return self.filter(
            Q(gueltig_ab__isnull=True) | Q(gueltig_ab__lte=stichtag),
            Q(gueltig_bis__isnull=True) | Q(gueltig_bis__gte=stichtag),
        )


class VersionQuerySet(GueltigQuerySet):
    """Names and parents of areas."""

    def mit_gemeinde(self) -> Self:
        """Versions with `gemeindename`: the Gemeinde an Ortsteil lies in, "" for other areas."""
        return self.annotate(gemeindename=_gemeindename(OuterRef("parent")))


class GebietQuerySet(GueltigQuerySet):
    """Areas."""

    def mit_angaben(self) -> Self:
        """Areas with `aktueller_name`, the last one they had, `ars`, and `gemeindename`."""
        gebiet = OuterRef("pk")
        return self.annotate(
            aktueller_name=_latest("Gebietsversion", "name", gebiet=gebiet),
            ars=_latest("Gebietsschluessel", "wert", gebiet=gebiet, typ="ars"),
            gemeindename=Coalesce(
                _latest(
                    "Gebietsversion",
                    _gemeindename(OuterRef("parent")),
                    gebiet=gebiet,
                    gebiet__art="ortsteil",
                ),
                Value(""),
            ),
        )

    def suche(self, text: str) -> Self:
        """Areas found by the beginning of a word of any of their names, by key or by postcode.

        One of several words may name the Gemeinde instead: "Ellersleben Buttstädt".
        """
        woerter = text.split()
        eigen = Q(pk__in=[])
        for wort in woerter:
            trifft = _is_called(wort, OuterRef("pk"))
            eigen |= trifft
            if len(woerter) > 1:
                trifft |= Q(Exists(_in_gemeinde(wort)))
            self = self.filter(trifft)  # noqa: PLW0642 - narrowed word by word
        return self.filter(eigen).distinct() if len(woerter) > 1 else self.distinct()


def gebietsnamen(weg: str = "") -> Prefetch[Any]:
    """Return what to prefetch so that `str(gebiet)` asks nothing more.

    Args:
        weg: the relation that leads to the area, "" if the rows are areas themselves.
    """
    feld = f"{weg}__versionen" if weg else "versionen"
    return Prefetch(feld, apps.get_model("behoerden", "Gebietsversion").objects.mit_gemeinde())


def _is_called(wort: str, gebiet: Any) -> Q:
    """An area has this key or postcode, or a name in which a word begins so."""
    if DIGITS.fullmatch(wort):
        schluessel = _rows("Gebietsschluessel").filter(gebiet=gebiet, wert__startswith=wort)
        plz = _rows("PlzGemeinde").filter(gemeinde=gebiet, plz=wort)
        return Q(Exists(schluessel)) | Q(Exists(plz))
    formen = fold(wort)
    namen = _rows("Ortsname").filter(
        Q(form_ae__regex=rf"\m{re.escape(formen.ae)}")
        | Q(form_a__regex=rf"\m{re.escape(formen.a)}"),
        gebiet=gebiet,
    )
    return Q(Exists(namen))


def _in_gemeinde(wort: str) -> models.QuerySet[Any]:
    """Versions that put an Ortsteil into a Gemeinde called so."""
    return _rows("Gebietsversion").filter(
        _is_called(wort, OuterRef("parent")), gebiet=OuterRef("pk"), gebiet__art="ortsteil"
    )


def _gemeindename(parent: Any) -> Coalesce:
    return Coalesce(
        _latest("Gebietsversion", "name", gebiet=parent, gebiet__art__in=_GEMEINDEN), Value("")
    )


def _rows(model: str) -> models.QuerySet[Any]:
    # By name: these models import this module.
    rows: models.QuerySet[Any] = apps.get_model("behoerden", model)._default_manager.all()
    return rows


def _latest(model: str, field: Any, **filters: Any) -> Subquery:
    rows = _rows(model).filter(**filters).order_by(F("gueltig_ab").desc(nulls_last=True), "-pk")
    if not isinstance(field, str):
        return Subquery(rows.annotate(latest_value=field).values("latest_value")[:1])
    return Subquery(rows.values(field)[:1])


class BehoerdeQuerySet(GueltigQuerySet):
    """Authorities."""

    def sichtbar_am(self, stichtag: date) -> Self:
        """Published authorities whose validity contains the day; what citizens may see."""
        return self.filter(live=True).gueltig_am(stichtag)
