"""The vocabulary for reading services and rules."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Self

from behoerden.querysets import GueltigQuerySet


class RegelQuerySet(GueltigQuerySet):
    """Rows that hold in an area."""

    def in_gebieten(self, gebiet_ids: Iterable[int]) -> Self:
        """Rows stored at one of these areas."""
        return self.filter(gebiet_id__in=list(gebiet_ids))


class LeistungQuerySet(GueltigQuerySet):
    """Services."""

    def sichtbar_am(self, stichtag: date) -> Self:
        """Published services whose legal validity contains the day; what citizens may see."""
        return self.filter(live=True).gueltig_am(stichtag)
