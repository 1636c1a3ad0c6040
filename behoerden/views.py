"""Public pages of authorities."""

from __future__ import annotations

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from behoerden.behoerdenseite import behoerdenseite, mit_seite, nachfolger_links
from behoerden.karten import KINDER, behoerde_karte
from behoerden.models import Behoerde
from behoerden.seiten import listenseite
from behoerden.visitenkarte import behoerde_vcard

MAX_QUERY = 100


@require_safe
def liste(request: HttpRequest) -> TemplateResponse:
    """All authorities by Kreis; `?q=` searches their names."""
    q = request.GET.get("q", "").replace("\x00", "").strip()[:MAX_QUERY]
    return TemplateResponse(
        request,
        "behoerden/liste.html",
        {
            "seite": listenseite(q, timezone.localdate()),
            "brotkrumen": [("Start", reverse("search:start")), ("Behörden", "")],
        },
    )


@require_safe
def detail(request: HttpRequest, slug: str) -> TemplateResponse:
    """The page of a published authority; one that ended says who follows it, with status 410."""
    heute = timezone.localdate()
    behoerde = mit_seite(Behoerde.objects.sichtbar_am(heute)).filter(slug=slug).first()
    return _render(request, behoerde) if behoerde else _render_ended(request, slug)


@require_safe
def vcard(request: HttpRequest, slug: str) -> HttpResponse:
    """The contact data of a published authority as a file."""
    heute = timezone.localdate()
    behoerde = get_object_or_404(
        Behoerde.objects.sichtbar_am(heute).prefetch_related(*KINDER), slug=slug
    )
    seite = request.build_absolute_uri(reverse("behoerden:detail", args=[slug]))
    text = behoerde_vcard(behoerde, behoerde_karte(behoerde, heute), seite)
    name = f'attachment; filename="{slug}.vcf"'
    return HttpResponse(
        text, content_type="text/vcard; charset=utf-8", headers={"Content-Disposition": name}
    )


def render_preview(request: HttpRequest, behoerde: Behoerde) -> TemplateResponse:
    """The same page of a draft."""
    return _render(request, behoerde)


def _render(request: HttpRequest, behoerde: Behoerde) -> TemplateResponse:
    seite = behoerdenseite(behoerde, timezone.localdate(), alle="alle" in request.GET)
    return TemplateResponse(
        request,
        "behoerden/detail.html",
        {
            "seite": seite,
            "brotkrumen": [
                ("Start", reverse("search:start")),
                ("Behörden", reverse("behoerden:liste")),
                (seite.titel, ""),
            ],
        },
    )


def _render_ended(request: HttpRequest, slug: str) -> TemplateResponse:
    """Say that an authority is gone; drafts and those that begin later were never there."""
    heute = timezone.localdate()
    behoerde: Behoerde = get_object_or_404(
        Behoerde.objects.filter(first_published_at__isnull=False), slug=slug
    )
    nachfolger = nachfolger_links(behoerde, heute)
    beendet = behoerde.gueltig_bis is not None and behoerde.gueltig_bis < heute
    if not beendet and (not nachfolger or behoerde.live):
        raise Http404
    return TemplateResponse(
        request,
        "behoerden/beendet.html",
        {
            "titel": str(behoerde),
            "endete_am": behoerde.gueltig_bis if beendet else None,
            "nachfolger": nachfolger,
            "brotkrumen": [
                ("Start", reverse("search:start")),
                ("Behörden", reverse("behoerden:liste")),
                (str(behoerde), ""),
            ],
        },
        status=HTTPStatus.GONE,
    )
