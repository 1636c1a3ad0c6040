"""What the tables register with Wagtail; `leistungen.wagtail_hooks` hangs it up."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogFormatter

from leistungen.austausch.anwenden import AKTION
from leistungen.austausch.views import darf_einlesen


class Tabellenmenue(MenuItem):
    """The line of the menu for those who may change services."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Hide it from everybody else."""
        return darf_einlesen(request.user)


def admin_urls() -> list[URLResolver | URLPattern]:
    """Return the addresses below /admin/."""
    return [path("leistungen/tabelle/", include("leistungen.austausch.urls"))]


def menue_eintrag() -> MenuItem:
    """Return the entry beside the list of services."""
    return Tabellenmenue(
        "Tabelle einlesen",
        reverse("tabellen:einlesen"),
        name="tabelle-einlesen",
        icon_name="table",
        order=112,
    )


class EinleseFormatter(LogFormatter):
    """Says in the history of a service which file changed which fields."""

    label = "Aus einer Tabelle eingelesen"

    def format_message(self, log_entry: Any) -> str:
        """Return the sentence of an entry."""
        daten = log_entry.data
        return f"Aus „{daten.get('datei', '')}“ eingelesen: {', '.join(daten.get('felder', ()))}"


def register_log_actions(actions: Any) -> None:
    """Reading a table in has a German name in every history."""
    actions.register_action(AKTION)(EinleseFormatter)


def register() -> None:
    """Hang up addresses, menu and the name of the verb."""
    hooks.register("register_admin_urls", admin_urls)
    hooks.register("register_admin_menu_item", menue_eintrag)
    hooks.register("register_log_actions", register_log_actions)
