"""Public pages of services."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from behoerden.ortsangabe import Ortsangabe, lies_ortsangabe
from leistungen.domain.az import Eintrag, ordne
from leistungen.models import Begriff, Leistung
from leistungen.seite.kinder import lade_kinder
from leistungen.selectors import Leistungsseite, leistungsseite


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of a service; `?ort=` names the place, in its canonical form an ARS."""
    heute = timezone.localdate()
    leistung = get_object_or_404(
        Leistung.objects.sichtbar_am(heute)
        .select_related("stammtext")
        .prefetch_related("kategorien"),
        slug_de=slug,
    )
    text = request.GET.get("ort", "")
    ort = lies_ortsangabe(text, request.GET.get("ars", ""), heute)
    if ort.ars and text != ort.ars and not ort.nachfolge_von:
        query = urlencode({"ort": ort.ars})
        return redirect(f"{reverse('leistungen:detail', args=[slug])}?{query}")
    lade_kinder(leistung)
    return render_seite(request, leistungsseite(leistung, ort, heute))


def render_seite(
    request: HttpRequest, seite: Leistungsseite, vorlage: str = "leistungen/detail.html"
) -> TemplateResponse:
    """Return the public page; previews of drafts look the same."""
    ort = seite.ort
    return TemplateResponse(
        request,
        vorlage,
        {
            "seite": seite,
            "brotkrumen": [
                ("Start", _mit_ort(reverse("search:start"), ort)),
                ("Leistungen A–Z", _mit_ort(reverse("leistungen:liste"), ort)),
                (seite.titel, ""),
            ],
        },
    )


def _mit_ort(url: str, ort: Ortsangabe) -> str:
    return f"{url}?{urlencode({'ort': ort.adressteil})}" if ort.adressteil else url


@require_safe
def liste(request: HttpRequest) -> TemplateResponse:
    """All services from A to Z, their search words as references."""
    heute = timezone.localdate()
    ort = lies_ortsangabe(request.GET.get("ort", ""), request.GET.get("ars", ""), heute)
    leistungen = {
        leistung.pk: leistung
        for leistung in Leistung.objects.sichtbar_am(heute).only(
            "bezeichnung_de", "bezeichnung_2_de", "slug_de"
        )
    }
    eintraege = [Eintrag(leistung.titel, leistung.slug_de) for leistung in leistungen.values()]
    eintraege += [
        Eintrag(begriff.begriff_de, leistung.slug_de, verweis=leistung.titel)
        for begriff in Begriff.objects.filter(typ=Begriff.Typ.SYNONYM).exclude(begriff_de="")
        if (leistung := leistungen.get(begriff.leistung_id))
    ]
    return TemplateResponse(
        request,
        "leistungen/liste.html",
        {
            "buchstaben": ordne(eintraege),
            "anzahl_leistungen": len(leistungen),
            "ort_zusatz": f"?{urlencode({'ort': ort.adressteil})}" if ort.adressteil else "",
            "brotkrumen": [
                ("Start", _mit_ort(reverse("search:start"), ort)),
                ("Leistungen A–Z", ""),
            ],
        },
    )


def permalink(request: HttpRequest, schluessel: str) -> HttpResponsePermanentRedirect:
    """Lead from the key of the federal catalogue to the page."""
    leistung = get_object_or_404(
        Leistung.objects.sichtbar_am(timezone.localdate()),
        leistungsschluessel__schluessel=schluessel,
    )
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return HttpResponsePermanentRedirect(
        reverse("leistungen:detail", args=[leistung.slug_de]) + query
    )
