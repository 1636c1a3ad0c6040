"""Where the report appears in the admin; `leistungen.wagtail_hooks` registers it."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail.admin.menu import MenuItem

from leistungen.abdeckung import urls
from leistungen.abdeckung.views import ANSEHEN, Rechte


class AbdeckungMenuItem(MenuItem):
    """Shown to those who may open the report."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this user may see rules."""
        return bool(Rechte.permission_policy.user_has_any_permission(request.user, ANSEHEN))


def admin_urls() -> list[URLResolver | URLPattern]:
    """Return the addresses below /admin/."""
    return [path("abdeckung/", include((urls.urlpatterns, urls.app_name)))]


def menue_eintrag() -> MenuItem:
    """Return the entry of the menu "Berichte"."""
    return AbdeckungMenuItem(
        "Abdeckung", reverse("abdeckung:bericht"), name="abdeckung", icon_name="success", order=100
    )
