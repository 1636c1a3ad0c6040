"""How an upper app adds to the lists and forms of a lower one, without the lower one knowing it.

Called from `wagtail_hooks.py`, before Wagtail builds the addresses of the admin. What the viewset
says itself stays as it is; additions come behind it, each once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import BaseColumn
from wagtail.admin.viewsets.model import ModelViewSet

Kopfzeile = Callable[[Any], Component | None]  # object of the form → what stands in its header


def add_column(viewset: type[ModelViewSet], column: BaseColumn) -> None:
    """The list of this viewset shows one more column, the last one."""
    names = [getattr(shown, "name", shown) for shown in viewset.list_display]
    if column.name not in names:
        viewset.list_display = [*viewset.list_display, column]


def add_edit_header(viewset: type[ModelViewSet], name: str, kopfzeile: Kopfzeile) -> None:
    """The header of the edit form shows what `kopfzeile` returns for its object.

    Args:
        viewset: registered or not yet.
        name: of the addition; a second one of this name changes nothing.
        kopfzeile: returns None where there is nothing to say.
    """
    former = viewset.edit_view_class
    if name in getattr(former, "zf_kopfzeilen", ()):
        return

    class MitKopfzeile(former):  # type: ignore[misc, valid-type]  # whatever the viewset names
        """The form as before, with one more line in its header."""

        zf_kopfzeilen = (*getattr(former, "zf_kopfzeilen", ()), name)

        def get_header_buttons(self) -> list[Component]:
            """Return what stands beside the title."""
            zusatz = kopfzeile(self.object)
            return [*super().get_header_buttons(), *([zusatz] if zusatz else [])]

    viewset.edit_view_class = MitKopfzeile
