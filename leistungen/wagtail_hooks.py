"""Registers what `viewsets` builds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from leistungen.viewsets import MODELLE, SNIPPETS

for viewset in SNIPPETS:
    register_snippet(viewset)


@hooks.register("register_admin_viewset")
def register_model_viewsets() -> Sequence[Any]:
    """Lists of plain models."""
    return MODELLE
