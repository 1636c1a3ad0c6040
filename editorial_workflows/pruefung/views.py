"""Confirming one review: a page that asks, and the button of the list that does it at once."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from editorial_workflows.domain.faelligkeit import naechste_pruefung
from editorial_workflows.models import Pruefung
from editorial_workflows.pruefung.dienste import NichtVeroeffentlicht, confirm_pruefungen
from leistungen.models import Leistung


class PruefungView(WagtailAdminTemplateMixin, TemplateView):
    """GET asks, with what is known of earlier reviews; POST confirms and leads back."""

    template_name = "editorial_workflows/pruefung/bestaetigen.html"
    page_title = "Prüfung bestätigen"
    header_icon = "calendar-check"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Only who may change this service may confirm it."""
        self.leistung = get_object_or_404(Leistung, pk=kwargs["pk"])
        policy = policy_registry.get_by_type(Leistung)
        if not policy.user_has_permission_for_instance(request.user, "change", self.leistung):
            raise PermissionDenied
        self.user = cast(User, request.user)  # the policy refuses who is not logged in
        return super().dispatch(request, *args, **kwargs)

    def rueckweg(self) -> str:
        """Where the editor came from, else the form."""
        formular = reverse("wagtailsnippets_leistungen_leistung:edit", args=[self.leistung.pk])
        return str(get_valid_next_url_from_request(self.request) or formular)

    def get_page_subtitle(self) -> str:
        """The service."""
        return self.leistung.titel

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """List, form, this page."""
        return [
            {"url": reverse("wagtailadmin_home"), "label": "Start"},
            {"url": reverse("wagtailsnippets_leistungen_leistung:list"), "label": "Leistungen"},
            {
                "url": reverse("wagtailsnippets_leistungen_leistung:edit", args=[self.leistung.pk]),
                "label": self.leistung.titel,
            },
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Earlier reviews and the day that would come next."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "leistung": self.leistung,
            "pruefungen": Pruefung.objects.filter(leistung=self.leistung).select_related("von")[:5],
            "naechste": naechste_pruefung(self.leistung.uuid, timezone.localdate()),
            "rueckweg": self.rueckweg(),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Confirm and lead back."""
        try:
            neu = confirm_pruefungen([self.leistung.pk], user=self.user, jetzt=timezone.now())
        except NichtVeroeffentlicht:
            messages.error(
                request, "Bestätigen können Sie nur, was veröffentlicht ist. Dies ist ein Entwurf."
            )
        else:
            tag = neu[self.leistung.pk]
            messages.success(
                request,
                f"Prüfung bestätigt: „{self.leistung.titel}“. "
                f"Die nächste ist am {tag:%d.%m.%Y} fällig.",
            )
        return redirect(self.rueckweg())
