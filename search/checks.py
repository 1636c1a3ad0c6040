"""System checks: without a receiver every publication would silently miss the search."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, register

from zufi.common import changes


@register()
def receiver_registered(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Return an error unless the search listens to changes."""
    if "search" in changes.registered():
        return []
    return [
        Error(
            "Die Suche hört nicht auf Änderungen.",
            hint="search.apps.SearchConfig.ready muss mark_announced anmelden.",
            id="search.E001",
        )
    ]
