"""Bulk actions of the list of services: what they write are drafts, never the public text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from wagtail.admin import messages
from wagtail.admin.widgets import AdminDateInput
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction
from wagtail.snippets.widgets import AdminSnippetChooser

from behoerden.models import Behoerde
from leistungen.listen.ansicht import MAX_WOERTER, PARAMETER, LeistungFilter, enthaelt
from leistungen.listen.reiter import finde_reiter
from leistungen.models import Leistung

# Each draft takes about a tenth of a second; one request stays well below any time limit.
HOECHSTENS = 100
# A review is never moved further than this.
MAX_TAGE = 5 * 365


class LeistungAktion(SnippetBulkAction):
    """What our actions share: a question with the titles, rights per service, a limit."""

    models: ClassVar = [Leistung]
    template_name = "leistungen/listen/aktion.html"
    frage = ""
    knopf = ""

    def check_perm(self, obj: Leistung) -> bool:
        """Whether the user may change this service; a lock of somebody else counts, too."""
        darf: bool = self.permission_policy.user_has_permission_for_instance(
            self.request.user, "change", obj
        )
        sperre = obj.get_lock() if darf else None
        return darf and not (sperre and sperre.for_user(self.request.user))

    @classmethod
    def get_queryset(cls, model: type[Leistung], object_ids: Iterable[Any]) -> list[Leistung]:
        """The chosen services; one more than allowed at most, to know that there are too many."""
        return list(model.objects.filter(pk__in=list(object_ids)).order_by("pk")[: HOECHSTENS + 1])

    def get_all_objects_in_listing_query(self, parent_id: Any) -> QuerySet[Any, Any]:
        """All services of the list the editor came from: its tab, filters and search."""
        abfrage = QueryDict(urlsplit(self.next_url).query)
        reiter = finde_reiter(abfrage.get(PARAMETER, ""))
        rows = Leistung.objects.filter(reiter.bedingung(timezone.localdate()))
        filter_ = LeistungFilter(abfrage, queryset=rows, request=self.request)
        if filter_.is_valid():
            rows = filter_.qs
        for wort in abfrage.get("q", "").split()[:MAX_WOERTER]:
            rows = rows.filter(enthaelt(wort))
        return rows.values_list("pk", flat=True)

    def zu_viele(self, objects: Sequence[Leistung], ohne_zugriff: Sequence[Leistung]) -> bool:
        """Whether more were chosen than one request can write."""
        return len(objects) + len(ohne_zugriff) > HOECHSTENS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Question, button and whether the action is possible at all."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        objects = [eintrag["item"] for eintrag in context["items"]]
        return context | {
            "aktion": self.display_name,
            "frage": self.frage,
            "knopf": self.knopf,
            "zu_viele": self.zu_viele(objects, context["items_with_no_access"]),
            "hoechstens": HOECHSTENS,
        }

    def prepare_action(
        self, objects: Sequence[Leistung], objects_without_access: Any
    ) -> HttpResponse | None:
        """Refuse what is too much; nothing is written then."""
        ohne_zugriff = objects_without_access.get("items_with_no_access", [])
        if not self.zu_viele(objects, ohne_zugriff):
            return None
        messages.error(
            self.request,
            f"Es wurde nichts geändert. Wählen Sie höchstens {HOECHSTENS} Leistungen aus.",
        )
        return redirect(self.next_url)

    def get_execution_context(self) -> dict[str, Any]:
        """The user and what the form says."""
        return {
            **super().get_execution_context(),
            "user": self.request.user,
            "angaben": self.cleaned_form.cleaned_data if self.cleaned_form else {},
        }


class EntwurfAktion(LeistungAktion):
    """Sets one field in the draft of each service."""

    feld = ""

    @classmethod
    def execute_action(
        cls, objects: Iterable[Leistung], user: Any = None, angaben: Any = None, **kwargs: Any
    ) -> tuple[int, int]:
        """Write the drafts; return how many changed."""
        return aendere_entwuerfe(objects, cls.feld, (angaben or {})[cls.feld], user=user), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        """Say what was written and that citizens do not see it yet."""
        if not num_parent_objects:
            return "Alle gewählten Leistungen hatten diesen Wert schon. Es wurde nichts geändert."
        worte = "1 Entwurf" if num_parent_objects == 1 else f"{num_parent_objects} Entwürfe"
        return f"{worte} gespeichert. Veröffentlicht wird die Änderung mit dem Entwurf."


def aendere_entwuerfe(
    objects: Iterable[Leistung], feld: str, wert: Any, *, user: AbstractBaseUser | None
) -> int:
    """Each service has a draft with this value; return how many were written.

    A draft that has it already is left alone. The public text is not touched.
    """
    geschrieben = 0
    for leistung in objects:
        entwurf = leistung.get_latest_revision_as_object()
        if getattr(entwurf, feld) == wert:
            continue
        setattr(entwurf, feld, wert)
        # An unfinished draft may stay unfinished: only the new value was checked, by the form.
        entwurf.save_revision(user=user, log_action=True, clean=False)
        geschrieben += 1
    return geschrieben


class RedaktionForm(forms.Form):
    """Which authority edits the services."""

    redaktion: forms.ModelChoiceField[Behoerde] = forms.ModelChoiceField(
        Behoerde.objects.all(),
        label="Redaktion",
        widget=AdminSnippetChooser(Behoerde),
        help_text="Diese Behörde pflegt die Texte der gewählten Leistungen.",
    )


class RedaktionZuweisen(EntwurfAktion):
    """The services are edited by another authority."""

    display_name = "Redaktion zuweisen"
    aria_label = "Den gewählten Leistungen eine Redaktion zuweisen"
    action_type = "redaktion_zuweisen"
    action_priority = 20
    form_class = RedaktionForm
    feld = "redaktion"
    frage = "Wer soll diese Leistungen pflegen?"
    knopf = "Redaktion zuweisen"


class FristForm(forms.Form):
    """When the services have to be reviewed."""

    naechste_pruefung = forms.DateField(
        label="Nächste Prüfung",
        widget=AdminDateInput,
        help_text="Verschieben ist keine Prüfung: Die Texte gelten weiter als ungeprüft.",
    )

    def clean_naechste_pruefung(self) -> date:
        """A day from tomorrow on, in five years at most."""
        tag: date = self.cleaned_data["naechste_pruefung"]
        heute = timezone.localdate()
        if not heute < tag <= heute + timedelta(days=MAX_TAGE):
            raise ValidationError("Wählen Sie einen Tag ab morgen, höchstens in fünf Jahren.")
        return tag


class FristVerschieben(EntwurfAktion):
    """The next review of the services is on another day."""

    display_name = "Frist verschieben"
    aria_label = "Die nächste Prüfung der gewählten Leistungen verschieben"
    action_type = "frist_verschieben"
    action_priority = 25
    form_class = FristForm
    feld = "naechste_pruefung"
    frage = "Wann sollen diese Leistungen geprüft werden?"
    knopf = "Frist verschieben"
