"""The bulk action "Prüfung bestätigen" of the list of services."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from wagtail.admin import messages

from editorial_workflows.pruefung.dienste import confirm_pruefungen
from leistungen.listen.aktionen import LeistungAktion
from leistungen.models import Leistung


class PruefungBestaetigen(LeistungAktion):
    """The editor has read the chosen services and finds them current."""

    display_name = "Prüfung bestätigen"
    aria_label = "Für die gewählten Leistungen bestätigen: Der Inhalt ist aktuell"
    action_type = "pruefung_bestaetigen"
    action_priority = 10
    frage = (
        "Haben Sie diese Leistungen gelesen, und ist der Inhalt aktuell? Bestätigt wird, was "
        "veröffentlicht ist."
    )
    knopf = "Ja, der Inhalt ist aktuell"

    def prepare_action(
        self, objects: Sequence[Leistung], objects_without_access: Any
    ) -> HttpResponse | None:
        """Refuse what is not public, with the titles."""
        offline = [leistung.titel for leistung in objects if not leistung.live]
        if offline:
            messages.error(
                self.request,
                "Es wurde nichts bestätigt. Noch nicht veröffentlicht: " + ", ".join(offline[:5]),
            )
            return redirect(self.next_url)
        return super().prepare_action(objects, objects_without_access)

    @classmethod
    def execute_action(
        cls, objects: Sequence[Leistung], user: Any = None, **kwargs: Any
    ) -> tuple[int, int]:
        """Confirm them; return how many."""
        ids = [leistung.pk for leistung in objects]
        return len(confirm_pruefungen(ids, user=user, jetzt=timezone.now())), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        """Say what was confirmed."""
        if num_parent_objects == 1:
            return "1 Prüfung bestätigt."
        return f"{num_parent_objects} Prüfungen bestätigt."
