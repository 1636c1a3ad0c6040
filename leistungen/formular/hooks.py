"""What the form registers with Wagtail; `leistungen.wagtail_hooks` hangs it up."""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.urls import URLResolver, include, path
from django.utils.html import format_html

from leistungen.formular import ausnahmen


def admin_urls() -> list[URLResolver]:
    """Return the addresses below /admin/."""
    return [path("leistungsformular/", include("leistungen.formular.urls"))]


def editor_js() -> str:
    """Return the script every form with autosave needs: see `zufi.common.admin`."""
    return format_html('<script src="{}"></script>', static("zufi/js/speichern.js"))


def register_log_actions(actions: Any) -> None:
    """The verbs of the form have German names in every history."""
    ausnahmen.register_log_actions(actions)
