"""What the form of a Leistung asks the server: sentences, findings, exceptions, differences."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from behoerden.ortsangabe import lies_ortsangabe
from leistungen.formular import ausnahmen
from leistungen.formular.aenderungen import vergleiche
from leistungen.formular.entwurf import entwurf_aus, lade_leistung
from leistungen.formular.pruefpanel import pruef_context
from leistungen.formular.saetze import kann_satz
from leistungen.formular.zeilensatz import satz_aus_formular
from leistungen.models import Leistung
from leistungen.vorschau import merke_ort


def bearbeiten_url(pk: int, anker: str = "") -> str:
    """Return the address of the form of a service."""
    return reverse("wagtailsnippets_leistungen_leistung:edit", args=[pk]) + anker


@require_POST
def satz(request: HttpRequest) -> JsonResponse:
    """The sentence of one row, from the fields of its form; nothing is stored."""
    regeln: Any = policy_registry.get_by_type(Leistung)
    if not regeln.user_has_any_permission(request.user, ["add", "change"]):
        raise PermissionDenied
    relation = request.POST.get("relation", "")
    if not kann_satz(relation):
        return JsonResponse({"fehler": "Diese Liste gibt es nicht."}, status=400)
    text, fehler = satz_aus_formular(
        relation, request.POST, request.POST.get("formular", ""), timezone.localdate()
    )
    return JsonResponse({"satz": text, "fehler": fehler})


@require_POST
def pruefen(request: HttpRequest, pk: int | None = None) -> JsonResponse:
    """The findings of what stands in the form; nothing is stored."""
    entwurf = entwurf_aus(request.user, pk, request.POST)
    context = pruef_context(entwurf.leistung, is_vollstaendig=entwurf.is_vollstaendig)
    bild = context["bild"]
    return JsonResponse(
        {
            "html": render_to_string("leistungen/admin/_befunde.html", context, request=request),
            "zusammenfassung": bild.zusammenfassung,
            "muss": len(bild.muss),
            "soll": len(bild.soll),
        }
    )


@require_POST
def ausnahme(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a finding pass, with a reason; answers a script with JSON, a form with the way back."""
    leistung = lade_leistung(request.user, pk)
    nummer = request.POST.get("passt-so", "")
    daten = {name: request.POST.get(f"passt-so-{nummer}-{name}", "") for name in ausnahmen.FELDER}
    try:
        ausnahmen.dulde_befund(leistung, user=request.user, **daten)
    except ValidationError as fehler:
        return _antwort(request, pk, " ".join(fehler.messages), status=400)
    return _antwort(request, pk, "")


@require_POST
def ausnahme_zurueck(request: HttpRequest, pk: int, ausnahme_pk: int) -> HttpResponse:
    """Show a finding again."""
    leistung = lade_leistung(request.user, pk)
    ausnahmen.widerrufe_duldung(leistung, ausnahme_pk, user=request.user)
    return _antwort(request, pk, "")


@require_POST
def vorschau_ort(request: HttpRequest) -> JsonResponse:
    """Remember the place of the preview for this session."""
    regeln: Any = policy_registry.get_by_type(Leistung)
    if not regeln.user_has_any_permission(request.user, ["add", "change", "publish"]):
        raise PermissionDenied
    ort = lies_ortsangabe(request.POST.get("ort", ""), "", timezone.localdate())
    if not ort.name or not ort.ars:
        return JsonResponse({"fehler": ort.fehler or "Diesen Ort finden wir nicht."}, status=400)
    merke_ort(request, ort)
    return JsonResponse({"ort": ort.name})


class AenderungenView(WagtailAdminTemplateMixin, TemplateView):
    """What publishing the newest draft would change for citizens, word by word."""

    template_name = "leistungen/admin/aenderungen.html"
    page_title = "Was ändert sich?"
    header_icon = "doc-full"

    def get_page_subtitle(self) -> str:
        """Name the service."""
        return self.leistung.titel

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Lead back to the form."""
        return [
            {"url": reverse("wagtailsnippets_leistungen_leistung:list"), "label": "Leistungen"},
            {"url": bearbeiten_url(self.leistung.pk), "label": self.leistung.titel},
            {"url": "", "label": "Was ändert sich?"},
        ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Let in who may change the service, or approve it."""
        self.leistung = lade_leistung(request.user, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The differences."""
        return super().get_context_data(
            leistung=self.leistung,
            vergleich=vergleiche(self.leistung, timezone.localdate()),
            bearbeiten_url=bearbeiten_url(self.leistung.pk),
            **kwargs,
        )


def _antwort(request: HttpRequest, pk: int, fehler: str, status: int = 200) -> HttpResponse:
    if not request.accepts("text/html"):
        return JsonResponse({"fehler": fehler}, status=status)
    if fehler:
        messages.error(request, fehler)
    return redirect(bearbeiten_url(pk, "#tab-prüfung"))
