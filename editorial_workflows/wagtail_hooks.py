"""The admin's frame: what this site does not use is not offered."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from editorial_workflows.dashboard import hooks as dashboard
from editorial_workflows.pruefung import hooks as pruefung
from editorial_workflows.reform import hooks as reform

# There are no pages: services and authorities are snippets with lists of their own.
UNUSED_MENU_ITEMS = frozenset({"explorer", "snippets", "images", "documents", "help"})

reform.register()
dashboard.register()
pruefung.register()


@hooks.register("construct_main_menu", order=1000)
def hide_unused_menu_items(request: HttpRequest, menu_items: list[Any]) -> None:
    """The main menu lists services, authorities and areas first, and no page tree."""
    menu_items[:] = [item for item in menu_items if item.name not in UNUSED_MENU_ITEMS]


UNUSED_REPORTS = frozenset({"aging-pages", "page-types-usage"})
UNUSED_SETTINGS = frozenset({"sites", "redirects", "collections", "locales"})


@hooks.register("construct_reports_menu", order=1000)
def hide_reports_about_pages(request: HttpRequest, menu_items: list[Any]) -> None:
    """The menu of reports holds none about pages."""
    menu_items[:] = [item for item in menu_items if item.name not in UNUSED_REPORTS]


@hooks.register("construct_settings_menu", order=1000)
def hide_settings_of_pages(request: HttpRequest, menu_items: list[Any]) -> None:
    """The menu of settings holds none of a page tree."""
    menu_items[:] = [item for item in menu_items if item.name not in UNUSED_SETTINGS]


@hooks.register("construct_homepage_summary_items", order=1000)  # after those that add some
def hide_counts_of_unused_things(request: HttpRequest, summary_items: list[Any]) -> None:
    """The start page counts no pages, images and documents."""
    summary_items.clear()
