"""Django's entry for areas and authorities."""

from __future__ import annotations

from django.apps import AppConfig


class BehoerdenConfig(AppConfig):
    """Connects what Wagtail announces about authorities with the shared floor."""

    name = "behoerden"
    verbose_name = "Behörden und Gebiete"

    def ready(self) -> None:
        """Connect the receivers; say who may do what with areas before Wagtail assumes it."""
        from wagtail.permissions import register_permission_policy  # noqa: PLC0415 - as below

        from behoerden import signal_handlers  # noqa: PLC0415 - models must be loaded
        from behoerden.models import Gebiet  # noqa: PLC0415
        from behoerden.policies import NurLesen  # noqa: PLC0415

        signal_handlers.connect()
        register_permission_policy(Gebiet, NurLesen(Gebiet), exact_class=True)
