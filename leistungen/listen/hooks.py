"""What the list of services registers with Wagtail; `leistungen.wagtail_hooks` hangs it up."""

from __future__ import annotations

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLResolver, include, path, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from leistungen.listen import urls
from leistungen.listen.aktionen import FristVerschieben, RedaktionZuweisen
from leistungen.listen.berichte import ANSEHEN, Rechte


class Berichteintrag(MenuItem):
    """Shown to those who may open the report."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this user may see services."""
        return bool(Rechte.permission_policy.user_has_any_permission(request.user, ANSEHEN))


def register() -> None:
    """Hang up bulk actions, reports and looks."""
    hooks.register("register_bulk_action", RedaktionZuweisen)
    hooks.register("register_bulk_action", FristVerschieben)
    hooks.register("register_admin_urls", admin_urls)
    hooks.register("register_reports_menu_item", textqualitaet)
    hooks.register("register_reports_menu_item", uebersetzungen)
    hooks.register("insert_global_admin_css", listen_css)


def admin_urls() -> list[URLResolver]:
    """Return the addresses of the reports."""
    return [path("berichte/", include((urls.urlpatterns, urls.app_name)))]


def textqualitaet() -> MenuItem:
    """Return the entry of the menu "Berichte"."""
    return Berichteintrag(
        "Textqualität",
        reverse("berichte:textqualitaet"),
        name="textqualitaet",
        icon_name="glasses",
        order=110,
    )


def uebersetzungen() -> MenuItem:
    """Return the entry of the menu "Berichte"."""
    return Berichteintrag(
        "Übersetzungen",
        reverse("berichte:uebersetzungen"),
        name="uebersetzungen",
        icon_name="globe",
        order=120,
    )


def listen_css() -> str:
    """The looks of tabs, reports and dashboard."""
    return format_html('<link rel="stylesheet" href="{}">', static("zufi/css/listen.css"))
