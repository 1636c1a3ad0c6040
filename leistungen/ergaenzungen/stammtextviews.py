"""New texts of the Bund: which services have one, and what becomes of each module."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from leistungen.austausch.darstellung import diff_html
from leistungen.domain.komposition import Modus
from leistungen.domain.qualitaet import MODULNAMEN
from leistungen.formular.wortvergleich import vergleiche_absaetze
from leistungen.models import Leistung, Stammtext
from leistungen.models.leistung import TEXTMODULE
from leistungen.stammtexte import (
    Modulunterschied,
    adopt_alle,
    adopt_stammtext,
    is_ohne_entscheidung,
    neue_stammtexte,
    unterschiede,
)

MODUS_IN_WORTEN = {
    Modus.UEBERNEHMEN: "Text des Bundes übernehmen",
    Modus.ERGAENZEN: "unseren Text dazustellen",
    Modus.ERSETZEN: "unseren Text behalten",
    Modus.AUSBLENDEN: "nichts zeigen",
}


@dataclass(frozen=True, slots=True)
class Modulzeile:
    """One module with its three columns."""

    unterschied: Modulunterschied
    titel: str
    markiert: tuple[SafeString, ...]


class Stammtextseite(WagtailAdminTemplateMixin, View):
    """The frame of both pages."""

    header_icon = "download"
    page_title = "Neue Texte des Bundes"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse before anything is read."""
        if not policy_registry.get_by_type(Leistung).user_has_permission(request.user, "change"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Home, the services, this page."""
        liste = reverse(Leistung.snippet_viewset.get_url_name("list"))
        return [
            *self.breadcrumbs_items,
            {"url": liste, "label": "Leistungen"},
            {"url": "", "label": self.page_title},
        ]


class StammtextListeView(Stammtextseite):
    """The services with a newer text than the one taken over."""

    template_name = "leistungen/ergaenzungen/stammtexte.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them; those without anything to decide can be taken over together."""
        neue = self._neue(request)
        einfach = {stammtext.pk for stammtext in neue if is_ohne_entscheidung(stammtext)}
        seite: HttpResponse = self.render_to_response(
            self.get_context_data(stammtexte=neue, einfach=einfach)
        )
        return seite

    def post(self, request: HttpRequest) -> HttpResponse:
        """Take over, as drafts, what needs no decision."""
        anzahl = adopt_alle(self._neue(request), user=request.user)
        messages.success(request, f"{anzahl} Texte des Bundes stehen jetzt als Entwurf.")
        return redirect("ergaenzungen:stammtexte")

    def _neue(self, request: HttpRequest) -> Sequence[Stammtext]:
        policy = policy_registry.get_by_type(Leistung)
        return [
            stammtext
            for stammtext in neue_stammtexte()
            if policy.user_has_permission_for_instance(request.user, "change", stammtext.leistung)
            and not _ist_gesperrt(stammtext.leistung, request.user)
        ]


class StammtextView(Stammtextseite):
    """One new text: basis, new, ours, and the decision for each module."""

    template_name = "leistungen/ergaenzungen/stammtext.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Nobody decides about a service of somebody else."""
        self.stammtext = get_object_or_404(
            Stammtext.objects.select_related("leistung__stammtext"), pk=kwargs["pk"]
        )
        self.leistung = self.stammtext.leistung
        policy = policy_registry.get_by_type(Leistung)
        if not policy.user_has_permission_for_instance(request.user, "change", self.leistung):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the columns of the draft in hand."""
        entwurf = self.leistung.get_latest_revision_as_object()
        zeilen = [
            Modulzeile(
                unterschied,
                MODULNAMEN[TEXTMODULE[unterschied.modul_code]],
                tuple(
                    diff_html(teile)
                    for teile in vergleiche_absaetze(unterschied.basis, unterschied.neu)
                ),
            )
            for unterschied in unterschiede(entwurf, self.stammtext)
        ]
        seite: HttpResponse = self.render_to_response(
            self.get_context_data(
                stammtext=self.stammtext,
                leistung=entwurf,
                zeilen=zeilen,
                modi=[(modus.value, text) for modus, text in MODUS_IN_WORTEN.items()],
                gesperrt=_ist_gesperrt(self.leistung, request.user),
            )
        )
        return seite

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make a draft on this text, with what was decided for each module."""
        if _ist_gesperrt(self.leistung, request.user):
            raise PermissionDenied
        werte = {modus.value: modus for modus in Modus}
        modi = {
            code: werte[wert]
            for code in TEXTMODULE
            if (wert := request.POST.get(f"modus-{code}", "")) in werte
        }
        adopt_stammtext(self.leistung, self.stammtext, user=request.user, modi=modi)
        messages.success(
            request,
            "Der Text des Bundes steht jetzt als Entwurf in der Leistung. "
            "Öffentlich wird er mit der Veröffentlichung.",
        )
        return redirect(Leistung.snippet_viewset.get_url_name("edit"), self.leistung.pk)


def _ist_gesperrt(leistung: Leistung, user: Any) -> bool:
    lock = leistung.get_lock()
    return lock is not None and bool(lock.for_user(user))
