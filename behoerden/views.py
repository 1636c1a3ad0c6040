"""Public pages of authorities."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from behoerden.models import Behoerde
from behoerden.seiten import behoerdenseite, listenseite

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
    """The page of a published authority; drafts and ended ones are not found."""
    behoerden = Behoerde.objects.sichtbar_am(timezone.localdate())
    behoerde = get_object_or_404(
        behoerden.select_related("art", "uebergeordnet").prefetch_related(
            "anschriften", "erreichbarkeiten"
        ),
        slug=slug,
    )
    return _render(request, behoerde)


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
