"""The mark beside a Leistung or Behörde: column of the list, line in the header of the form."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import BaseColumn

from search.suchstand import UNBEKANNT, Suchstand, staende


class SuchstandColumn(BaseColumn):
    """State of each row's object in the search; one query for the whole list."""

    cell_template_name = "search/admin/_zelle.html"

    def __init__(self, kind: str) -> None:
        super().__init__("suchstand", label="In der Suche", width="16%")
        self.kind = kind

    def get_cell_context_data(
        self, instance: Any, parent_context: dict[str, Any]
    ) -> dict[str, Any]:
        """Return what the cell shows."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        stand = _of_table(context["table"], self.kind).get(instance.pk, UNBEKANNT)
        return context | zeichen(self.kind, instance.pk, stand)


class SuchstandKopf(Component):
    """The line in the header of the form."""

    template_name = "search/admin/_kopf.html"

    def __init__(self, kind: str, obj: Any) -> None:
        self.kind = kind
        self.pk = obj.pk

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Return the state of the object now."""
        return zeichen(self.kind, self.pk, staende(self.kind, [self.pk], timezone.now())[self.pk])


def zeichen(kind: str, pk: int, stand: Suchstand) -> dict[str, Any]:
    """Return the context of `search/admin/_zeichen.html`."""
    return {"schluessel": f"{kind}:{pk}", "stand": stand}


def _of_table(table: Any, kind: str) -> dict[int, Suchstand]:
    """Return the states of all rows of a table; asked with its first cell, kept at the table."""
    known: dict[int, Suchstand] | None = getattr(table, "zf_suchstaende", None)
    if known is None:
        known = staende(kind, [row.pk for row in table.data], timezone.now())
        table.zf_suchstaende = known
    return known
