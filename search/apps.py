"""Django's entry for search."""

from __future__ import annotations

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Connects the search with what the lower apps announce."""

    name = "search"
    verbose_name = "Suche"

    def ready(self) -> None:
        """Listen to changes; from here on publishing marks documents."""
        from search import checks  # noqa: F401, PLC0415 - registers the system checks
        from search.marks import mark_announced  # noqa: PLC0415 - models must be loaded
        from zufi.common import changes  # noqa: PLC0415

        changes.register("search", mark_announced)
