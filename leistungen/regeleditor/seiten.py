"""The frame of every page of the rule editor: rights, title, breadcrumbs."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from leistungen.regeleditor.rechte import darf_aendern, darf_ansehen


class Regelseite(WagtailAdminTemplateMixin, View):
    """A page about rules; whoever may not see rules sees none of it."""

    header_icon = "group"
    nur_mit_aenderungsrecht: ClassVar[bool] = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse before anything is read; writing needs the right to change, on every page."""
        schreibt = self.nur_mit_aenderungsrecht or request.method == "POST"
        erlaubt = darf_aendern if schreibt else darf_ansehen
        if not erlaubt(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def pfad(self) -> list[tuple[str, str]]:
        """Return (address, label) of the pages above this one."""
        return [(reverse("zustaendigkeiten:index"), "Zuständigkeiten")]

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Home, the pages above, and this one."""
        items: list[dict[str, str]] = [
            *self.breadcrumbs_items,
            *({"url": url, "label": label} for url, label in self.pfad()),
            {"url": "", "label": self.get_page_title()},
        ]
        return items

    def antwort(self, context: dict[str, Any], status: int = 200) -> HttpResponse:
        """Return the page."""
        seite: HttpResponse = self.render_to_response(context, status=status)
        return seite

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The usual frame, and what this user may do."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["darf_aendern"] = darf_aendern(self.request.user)
        return context
