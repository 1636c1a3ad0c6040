"""Django's entry for the shared floor."""

from __future__ import annotations

from django.apps import AppConfig


class CommonConfig(AppConfig):
    """Holds no model of its own, only bases and template tags."""

    name = "zufi.common"
    label = "common"
    verbose_name = "Gemeinsame Grundlagen"
