"""What the rule editor registers with Wagtail; `leistungen.wagtail_hooks` hangs it up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogFormatter

from leistungen.regeleditor.pakete import EINTRAGEN, ZURUECKNEHMEN
from leistungen.regeleditor.pruefung import PRUEFEN
from leistungen.regeleditor.rechte import darf_ansehen


def admin_urls() -> list[URLResolver]:
    """Return the addresses of the rule editor."""
    return [path("zustaendigkeiten/", include("leistungen.regeleditor.urls"))]


class Regelmenue(MenuItem):
    """A line of the menu for those who may see rules."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Hide it from everybody else."""
        return darf_ansehen(request.user)


def _eintrag(name: str, label: str, icon: str, order: int) -> Callable[[], Regelmenue]:
    def build() -> Regelmenue:
        url = reverse(f"regeleditor:{name}")
        return Regelmenue(label, url, name=f"regeleditor-{name}", icon_name=icon, order=order)

    return build


# Pages of the rule editor that stand in the submenu, after the list of all rules.
MENUE_EINTRAEGE = (
    _eintrag("pakete", "Sammeländerungen", "list-ul", 20),
    _eintrag("pruefung", "Fachlich prüfen", "check", 25),
    _eintrag("testen", "Testen", "search", 30),
)


class PruefFormatter(LogFormatter):
    """Says in the history of a service which office confirmed how many rules."""

    label = "Zuständigkeit fachlich geprüft"

    def format_message(self, log_entry: Any) -> str:
        """Return the sentence of an entry."""
        daten = log_entry.data
        return f"Zuständigkeit fachlich geprüft durch {daten.get('durch', '')} ({daten.get('am')})"


def register_log_actions(actions: Any) -> None:
    """The verbs of the rule editor have German names in every history."""
    actions.register_action(EINTRAGEN, "Zuständigkeitspaket eintragen", "Paket eingetragen")
    actions.register_action(
        ZURUECKNEHMEN, "Zuständigkeitspaket zurücknehmen", "Paket zurückgenommen"
    )
    actions.register_action(PRUEFEN)(PruefFormatter)
