"""Headings of translated columns without the language in brackets: "Name", not "Name [de]"."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.utils.functional import Promise
from wagtail.admin.views.generic.models import IndexView
from wagtail.snippets.views.snippets import IndexView as SnippetIndexView

_KUERZEL = " [de]"


class OhneKuerzel:
    """For a list whose columns are all German; the forms name their languages themselves."""

    @cached_property
    def columns(self) -> list[Any]:
        """The columns, with plain headings."""
        columns: list[Any] = super().columns  # type: ignore[misc]  # of Wagtail's view
        for column in columns:
            if isinstance(column.label, str | Promise):
                column.label = str(column.label).removesuffix(_KUERZEL)
        return columns


class DeutscheListe(OhneKuerzel, IndexView):
    """The list of a plain model."""


class DeutscheSchnipselliste(OhneKuerzel, SnippetIndexView):
    """The list of a snippet."""
