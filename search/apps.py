"""Django's entry for search."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save


class SearchConfig(AppConfig):
    """Connects the search with what the lower apps announce."""

    name = "search"
    verbose_name = "Suche"

    def ready(self) -> None:
        """Listen to changes; publishing marks documents, saved rules count at once."""
        from search import checks  # noqa: F401, PLC0415 - registers the system checks
        from search.marks import mark_announced  # noqa: PLC0415 - models must be loaded
        from search.models import Suchregel  # noqa: PLC0415
        from search.suchregeln import raise_counter  # noqa: PLC0415
        from zufi.common import changes  # noqa: PLC0415

        changes.register("search", mark_announced)
        for signal in (post_save, post_delete):
            signal.connect(raise_counter, sender=Suchregel, dispatch_uid="search.suchregeln")
