"""The search in the admin: marks beside objects, report, dashboard line."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse, reverse_lazy
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from behoerden.viewsets import BehoerdeViewSet
from leistungen.viewsets import LeistungViewSet
from search.admin import urls
from search.admin.startseite import SuchePanel
from search.admin.zeichen import SuchstandColumn, SuchstandKopf
from search.viewsets import SUCHREGELN, SuchregelViewSet
from zufi.common.listenspalten import add_column, add_edit_header

for _kind, _viewset in (("leistung", LeistungViewSet), ("behoerde", BehoerdeViewSet)):
    add_column(_viewset, SuchstandColumn(_kind))
    add_edit_header(_viewset, "suchstand", partial(SuchstandKopf, _kind))


@hooks.register("register_admin_viewset")
def register_suchregeln() -> SuchregelViewSet:
    """Synonym rules."""
    return SUCHREGELN


@hooks.register("register_admin_urls")
def register_suchstand_urls() -> list[URLResolver | URLPattern]:
    """The report and its parts."""
    return [path("suche/", include((urls.urlpatterns, urls.app_name)))]


@hooks.register("register_reports_menu_item")
def register_suchstand_menu_item() -> MenuItem:
    """The report, in the menu "Berichte"."""
    return MenuItem(
        "Suche", reverse_lazy("suchstand:stand"), name="suchstand", icon_name="search", order=150
    )


@hooks.register("construct_homepage_panels")
def add_suche_panel(request: HttpRequest, panels: list[Any]) -> None:
    """The line of the start page."""
    panels.append(SuchePanel())


@hooks.register("register_permissions")
def register_suchstand_permission() -> QuerySet[Permission]:
    """Who may retry and compare is decided with the other rights of a group."""
    return Permission.objects.filter(
        content_type__app_label="search", codename="change_searchdokument"
    )


@hooks.register("insert_global_admin_css")
def suchstand_css() -> str:
    """The looks of marks and report."""
    return format_html('<link rel="stylesheet" href="{}">', static("zufi/css/suchstand.css"))


@hooks.register("insert_global_admin_js")
def suchstand_js() -> str:
    """Marks that say "wartet" look again; everything works without it."""
    return format_html(
        '<script src="{}" data-suchstand-url="{}" defer></script>',
        static("zufi/js/suchstand.js"),
        reverse("suchstand:objekte"),
    )
