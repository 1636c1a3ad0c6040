"""Django's entry for editorial_workflows."""

from __future__ import annotations

from django.apps import AppConfig


class EditorialWorkflowsConfig(AppConfig):
    """Drafts, review and publication of what the lower apps own."""

    name = "editorial_workflows"
