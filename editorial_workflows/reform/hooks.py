"""What reforms register with Wagtail; `editorial_workflows.wagtail_hooks` hangs it up."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from editorial_workflows.reform.dienste import AKTION_ANWENDEN, AKTION_ZURUECKNEHMEN
from editorial_workflows.reform.rechte import darf_reformieren


class Reformmenue(MenuItem):
    """The menu item, for those who may."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Hide it from everybody else."""
        return darf_reformieren(request.user)


def register() -> None:
    """Hang up addresses, menu item, permission and log actions."""
    hooks.register("register_admin_urls", admin_urls)
    hooks.register("register_admin_menu_item", menu_item)
    hooks.register("register_permissions", permissions)
    hooks.register("register_log_actions", log_actions)


def admin_urls() -> list[URLResolver]:
    """Return the addresses."""
    return [path("gebietsreformen/", include("editorial_workflows.reform.urls"))]


def menu_item() -> MenuItem:
    """Return the menu item."""
    return Reformmenue(
        "Gebietsreformen",
        reverse("gebietsreformen:liste"),
        name="gebietsreformen",
        icon_name="globe",
        order=150,
    )


def permissions() -> QuerySet[Permission]:
    """Return the permission, so that groups can be given it in the admin."""
    return Permission.objects.filter(
        content_type__app_label="behoerden", codename="change_gebietsreform"
    )


def log_actions(actions: Any) -> None:
    """Applying and taking back have German names in every history."""
    actions.register_action(AKTION_ANWENDEN, "Gebietsreform eintragen", "Gebietsreform eingetragen")
    actions.register_action(
        AKTION_ZURUECKNEHMEN, "Gebietsreform zurücknehmen", "Gebietsreform zurückgenommen"
    )
