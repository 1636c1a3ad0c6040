"""The dashboard line: "In der Suche: aktuell seit 14:02 Uhr", or red with the cause."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component

from search.lage import load_lage


class SuchePanel(Component):
    """State of the search on the start page of the admin."""

    name = "suche"
    order = 250
    template_name = "search/admin/_startseite.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Return the verdict of the moment."""
        return {"lage": load_lage(timezone.now())}
