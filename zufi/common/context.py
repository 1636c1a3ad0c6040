"""What the frame of every public page shows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return brand, menus and demo mark; asks no database and opens no session."""
    if request.path_info.startswith("/admin/"):
        return {}
    return {
        "brand_name": settings.BRAND_NAME,
        "brand_claim": settings.BRAND_CLAIM,
        "demo_modus": settings.DEMO_MODUS,
        "hauptmenue": [
            ("Leistungen A–Z", reverse("leistungen:liste")),
            ("Behörden", reverse("behoerden:liste")),
        ],
        "fussmenue": [],
        "servicemenue": [],
        "brand_logo": "",
        "brand_logo_alt": "",
    }
