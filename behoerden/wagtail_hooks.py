"""Registers what `viewsets` and `choosers` build."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from behoerden.choosers import gebiet_chooser_viewset
from behoerden.viewsets import MODELLE, SNIPPETS

for viewset in SNIPPETS:
    register_snippet(viewset)


@hooks.register("register_admin_viewset")
def register_model_viewsets() -> Sequence[Any]:
    """Lists of plain models, and the chooser of areas."""
    return (*MODELLE, gebiet_chooser_viewset)
