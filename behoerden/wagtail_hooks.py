"""Registers what `viewsets` and `choosers` build."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from behoerden.auswahl import kontaktperson_chooser_viewset
from behoerden.bezirke.views import may_edit
from behoerden.choosers import gebiet_chooser_viewset
from behoerden.viewsets import MODELLE, SNIPPETS

for viewset in SNIPPETS:
    register_snippet(viewset)


@hooks.register("register_admin_viewset")
def register_model_viewsets() -> Sequence[Any]:
    """Lists of plain models, and the choosers of areas and contact persons."""
    return (*MODELLE, gebiet_chooser_viewset, kontaktperson_chooser_viewset)


@hooks.register("register_admin_urls")
def register_bezirke_urls() -> Sequence[Any]:
    """Pages of districts that follow no key."""
    return [path("bezirke/", include("behoerden.bezirke.urls"))]


@hooks.register("register_admin_urls")
def register_ortsteile_urls() -> Sequence[Any]:
    """Pages of Ortsteile."""
    return [path("ortsteile/", include("behoerden.ortsteile.urls"))]


class BezirkeMenuItem(MenuItem):
    """Shown to whoever may change districts and Ortsteile."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this user may open the page."""
        return may_edit(request.user)


@hooks.register("register_admin_menu_item")
def register_bezirke_menu_item() -> MenuItem:
    """Districts stand below the areas."""
    return BezirkeMenuItem(
        "Eigene Bezirke", reverse_lazy("bezirke:liste"), icon_name="globe", order=175
    )


@hooks.register("register_admin_menu_item")
def register_ortsteile_menu_item() -> MenuItem:
    """Ortsteile stand between areas and districts; the same people edit both."""
    return BezirkeMenuItem(
        "Ortsteile", reverse_lazy("ortsteile:liste"), icon_name="globe", order=173
    )
