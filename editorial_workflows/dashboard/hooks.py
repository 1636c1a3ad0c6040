"""Puts our panels in the place of Wagtail's, which speak of pages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.views import home

from editorial_workflows.dashboard.tafeln import (
    AktualitaetPanel,
    AufgabenPanel,
    EntwuerfePanel,
)

WAGTAILS = (
    home.WorkflowObjectsToModeratePanel,
    home.UserObjectsInWorkflowModerationPanel,
    home.RecentEditsPanel,
    home.LockedPagesPanel,
)


def register() -> None:
    """Hang up the panels."""
    hooks.register("construct_homepage_panels", replace_panels, order=1000)


def replace_panels(request: HttpRequest, panels: list[Any]) -> None:
    """The start page is a to-do list; panels of other apps stay."""
    andere = [panel for panel in panels if not isinstance(panel, WAGTAILS)]
    panels[:] = [AufgabenPanel(), EntwuerfePanel(), AktualitaetPanel(), *andere]
