"""Where reviews appear in the admin; `editorial_workflows.wagtail_hooks` hangs it up."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.permissions import policy_registry
from wagtail.snippets.action_menu import ActionMenuItem

from editorial_workflows.pruefung.aktion import PruefungBestaetigen
from editorial_workflows.pruefung.dienste import AKTION
from editorial_workflows.pruefung.views import PruefungView
from leistungen.models import Leistung


class PruefungMenuItem(ActionMenuItem):
    """The entry in the menu beside "Entwurf speichern"."""

    name = "action-pruefung"
    label = "Prüfung bestätigen"
    icon_name = "calendar-check"

    def is_shown(self, context: dict[str, Any]) -> bool:
        """Only for a published service, and who may change it."""
        leistung = context.get("instance")
        return bool(
            context["view"] == "edit"
            and isinstance(leistung, Leistung)
            and leistung.live
            and policy_registry.get_by_type(Leistung).user_has_permission_for_instance(
                context["request"].user, "change", leistung
            )
        )

    def get_url(self, parent_context: dict[str, Any]) -> str:
        """The page that asks."""
        return reverse("pruefung_bestaetigen", args=[parent_context["instance"].pk])


def register() -> None:
    """Hang up address, buttons, bulk action and log action."""
    hooks.register("register_admin_urls", admin_urls)
    hooks.register("register_bulk_action", PruefungBestaetigen)
    hooks.register("register_snippet_action_menu_item", action_menu_item)
    hooks.register("register_snippet_listing_buttons", listing_buttons)
    hooks.register("register_log_actions", log_actions)


def admin_urls() -> list[URLPattern]:
    """Return the address."""
    return [path("pruefungen/<int:pk>/", PruefungView.as_view(), name="pruefung_bestaetigen")]


def action_menu_item(model: Any) -> PruefungMenuItem | None:
    """Return the entry of the form's menu; services only."""
    return PruefungMenuItem(order=45) if model is Leistung else None


def listing_buttons(snippet: Any, user: Any, next_url: str | None = None) -> list[Button]:
    """Return the button in the menu of a row."""
    if not isinstance(snippet, Leistung) or not snippet.live:
        return []
    adresse = reverse("pruefung_bestaetigen", args=[snippet.pk])
    zusatz = f"?{urlencode({'next': next_url})}" if next_url else ""
    return [
        Button(
            "Prüfung bestätigen",
            url=adresse + zusatz,
            icon_name="calendar-check",
            attrs={"aria-label": f"Prüfung bestätigen: {snippet.titel}"},
            priority=15,
        )
    ]


def log_actions(actions: Any) -> None:
    """A confirmed review has a German name in every history."""
    actions.register_action(AKTION, "Prüfung bestätigen", "Prüfung bestätigt: Inhalt ist aktuell")
