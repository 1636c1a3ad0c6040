"""The report "Suche", its part that refreshes, and what may be done there."""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from search import pruefung
from search.admin.bericht import load_bericht, workers_text
from search.config import DOKUMENT_KINDS
from search.marks import mark_changed
from search.models import SearchDokument
from search.suchstand import staende

logger = logging.getLogger(__name__)

RECHT = "search.change_searchdokument"
MAX_OBJEKTE = 200


def may_act(user: Any) -> bool:
    """Whether this user may retry what was given up, and ask for a comparison."""
    return bool(user.has_perm(RECHT))


def _kontext(request: HttpRequest) -> dict[str, Any]:
    bericht = load_bericht(timezone.now())
    return {
        "bericht": bericht,
        "abgleich": workers_text(bericht),
        "darf": may_act(request.user),
    }


class StandView(WagtailAdminTemplateMixin, TemplateView):
    """The report; every editor may read it."""

    template_name = "search/admin/stand.html"
    page_title = "Suche"
    header_icon = "search"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Return the way to this page."""
        return [*self.breadcrumbs_items, {"url": "", "label": "Suche"}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the report of the moment."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | _kontext(self.request)


@require_safe
@never_cache
def teil(request: HttpRequest) -> TemplateResponse:
    """The part of the report that changes, for the script that refreshes it."""
    return TemplateResponse(request, "search/admin/_stand.html", _kontext(request))


@require_safe
@never_cache
def objekte(request: HttpRequest) -> JsonResponse:
    """States of single objects, `?o=leistung:12,behoerde:3`; for marks that say "wartet"."""
    wanted: dict[str, list[int]] = {kind: [] for kind in DOKUMENT_KINDS}
    for name in request.GET.get("o", "").split(",")[:MAX_OBJEKTE]:
        kind, _, number = name.partition(":")
        if kind in wanted and number.isdecimal() and len(number) < 19:  # noqa: PLR2004 - a bigint
            wanted[kind].append(int(number))
    jetzt = timezone.now()
    return JsonResponse(
        {
            f"{kind}:{pk}": {"zustand": stand.zustand, "text": stand.text, "hinweis": stand.hinweis}
            for kind, ids in wanted.items()
            for pk, stand in staende(kind, ids, jetzt).items()
        }
    )


@require_POST
def erneut(request: HttpRequest) -> HttpResponse:
    """What was given up is tried again: one object, or all of them without `objekt`."""
    _insist(request)
    dead = SearchDokument.objects.filter(dead=True, indexed_version__lt=F("version"))
    kind, _, number = request.POST.get("objekt", "").partition(":")
    if kind:
        dead = dead.filter(kind=kind, object_id=int(number) if number.isdecimal() else 0)
    found: dict[str, list[int]] = {}
    for row_kind, object_id in dead.values_list("kind", "object_id"):
        found.setdefault(row_kind, []).append(object_id)
    for row_kind in sorted(found):
        mark_changed(row_kind, found[row_kind])
    count = sum(len(ids) for ids in found.values())
    logger.info("user %s retries %d rows", request.user.pk, count)
    if count:
        messages.success(request, "Die Übertragung wird noch einmal versucht.")
    else:
        messages.warning(request, "Es ist nichts mehr aufgegeben.")
    return redirect(reverse("suchstand:stand"))


@require_POST
def pruefen(request: HttpRequest) -> HttpResponse:
    """A worker compares index and database now."""
    _insist(request)
    pruefung.fordere_an(request.user.get_username())
    messages.success(
        request, "Die Prüfung beginnt gleich. Das Ergebnis erscheint auf dieser Seite."
    )
    return redirect(reverse("suchstand:stand"))


def _insist(request: HttpRequest) -> None:
    if not may_act(request.user):
        raise PermissionDenied
