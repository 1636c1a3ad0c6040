"""What the supplements register with Wagtail; `leistungen.wagtail_hooks` hangs it up."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from leistungen.ergaenzungen.verben import BEHALTEN, UEBERNEHMEN
from leistungen.ergaenzungen.viewset import ErgaenzungViewSet
from leistungen.stammtexte import AKTION


def register() -> None:
    """Hang up list, forms, addresses and the names of the verbs in every history."""
    register_snippet(ErgaenzungViewSet)
    hooks.register("register_admin_urls", admin_urls)
    hooks.register("register_log_actions", register_log_actions)


def admin_urls() -> list[URLResolver | URLPattern]:
    """Return the addresses below /admin/."""
    return [path("ergaenzungen/", include("leistungen.ergaenzungen.urls"))]


def register_log_actions(actions: Any) -> None:
    """Deciding about a supplement has German names."""
    actions.register_action(BEHALTEN, "Ergänzung prüfen", "Gegen den neuen Text geprüft, behalten")
    actions.register_action(AKTION, "Stammtext übernehmen", "Neuen Stammtext übernommen")
    actions.register_action(UEBERNEHMEN, "Neuen Text übernehmen", "Neuen Text übernommen")
