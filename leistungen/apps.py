"""Django's entry for services and responsibility."""

from __future__ import annotations

from django.apps import AppConfig


class LeistungenConfig(AppConfig):
    """Connects what Wagtail announces about services with the shared floor."""

    name = "leistungen"
    verbose_name = "Leistungen und Zuständigkeiten"

    def ready(self) -> None:
        """Connect the receivers; the page of an authority asks this app for services."""
        from behoerden.registry import register_leistungen_provider  # noqa: PLC0415
        from leistungen import selectors, signal_handlers  # noqa: PLC0415 - models must be loaded
        from leistungen.codelisten import rechte  # noqa: PLC0415 - as above
        from leistungen.listen import empfaenger  # noqa: PLC0415 - as above

        signal_handlers.connect()
        empfaenger.connect()
        rechte.register()
        register_leistungen_provider(selectors.leistungen_der_behoerde)
