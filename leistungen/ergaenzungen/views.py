"""The task list and the page on which somebody decides about one supplement."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from leistungen.ergaenzungen.ansicht import spalten
from leistungen.ergaenzungen.pruefliste import veraltete_ergaenzungen
from leistungen.ergaenzungen.verben import (
    ErbeGeaendert,
    NichtErsetzt,
    adopt_geerbtes,
    keep_ergaenzung,
)
from leistungen.models import Ergaenzung

_VERBEN = {"behalten": keep_ergaenzung, "uebernehmen": adopt_geerbtes}
_GETAN = {
    "behalten": "Geprüft: Ihr Text bleibt, wie er ist.",
    "uebernehmen": "Der neue Text steht jetzt als Entwurf in der Ergänzung. "
    "Ihr bisheriger Text bleibt im Verlauf.",
}


def darf_pruefen(user: Any) -> bool:
    """Return whether this person may change supplements at all."""
    policy = policy_registry.get_by_type(Ergaenzung)
    return bool(policy.user_has_permission(user, "change"))


class Ergaenzungsseite(WagtailAdminTemplateMixin, View):
    """The frame of both pages."""

    header_icon = "check"
    page_title = "Ergänzungen prüfen"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse before anything is read."""
        if not darf_pruefen(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Home, the list, this page."""
        liste = reverse(Ergaenzung.snippet_viewset.get_url_name("list"))
        return [
            *self.breadcrumbs_items,
            {"url": liste, "label": "Ergänzungen"},
            {"url": "", "label": self.page_title},
        ]


class PruefListeView(Ergaenzungsseite):
    """What has to be checked."""

    template_name = "leistungen/ergaenzungen/pruefliste.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the supplements whose inherited text changed, that this person may change."""
        policy = policy_registry.get_by_type(Ergaenzung)
        eintraege = [
            eintrag
            for eintrag in veraltete_ergaenzungen()
            if policy.user_has_permission_for_instance(request.user, "change", eintrag.ergaenzung)
        ]
        seite: HttpResponse = self.render_to_response(self.get_context_data(eintraege=eintraege))
        return seite


class PruefView(Ergaenzungsseite):
    """One supplement: basis, new, ours; and what to do."""

    template_name = "leistungen/ergaenzungen/pruefen.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Nobody decides about a supplement of somebody else, or one that is locked."""
        self.ergaenzung = get_object_or_404(Ergaenzung, pk=kwargs["pk"])
        policy = policy_registry.get(self.ergaenzung)
        user = request.user
        if not policy.user_has_permission_for_instance(user, "change", self.ergaenzung):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the three columns."""
        entwurf = self.ergaenzung.get_latest_revision_as_object()
        seite: HttpResponse = self.render_to_response(
            self.get_context_data(
                ergaenzung=entwurf,
                spalten=spalten(entwurf),
                gesperrt=self._gesperrt(),
                edit_url=reverse(Ergaenzung.snippet_viewset.get_url_name("edit"), args=[pk]),
                unpublish_url=reverse(
                    Ergaenzung.snippet_viewset.get_url_name("unpublish"), args=[pk]
                ),
            )
        )
        return seite

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do what was decided, against the text that was shown."""
        name = request.POST.get("was", "")
        if name not in _VERBEN or self._gesperrt():
            raise PermissionDenied
        try:
            _VERBEN[name](
                self.ergaenzung, gesehen=request.POST.get("gesehen", ""), user=request.user
            )
        except (ErbeGeaendert, NichtErsetzt) as error:
            messages.error(request, str(error))
            return redirect("ergaenzungen:pruefen", pk=pk)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("ergaenzungen:pruefen", pk=pk)
        messages.success(request, _GETAN[name])
        if name == "uebernehmen":
            return redirect(Ergaenzung.snippet_viewset.get_url_name("edit"), pk)
        return redirect("ergaenzungen:pruefliste")

    def _gesperrt(self) -> bool:
        lock = self.ergaenzung.get_lock()
        return lock is not None and bool(lock.for_user(self.request.user))
