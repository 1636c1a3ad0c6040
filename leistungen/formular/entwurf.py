"""A draft built from what stands in the form, without saving it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.shortcuts import get_object_or_404
from wagtail.permissions import policy_registry

from leistungen.models import Leistung

Nutzer = AbstractUser | AnonymousUser


@dataclass(frozen=True, slots=True)
class Entwurf:
    """The draft; what could not be read is as it was stored, and `is_vollstaendig` is False."""

    leistung: Leistung
    is_vollstaendig: bool


def lade_leistung(user: Nutzer, pk: int | None) -> Leistung:
    """Return the newest draft of a service this user may edit, or an empty one to add.

    Raises:
        PermissionDenied: the user may not change this service, or add any.
    """
    regeln: Any = policy_registry.get_by_type(Leistung)
    if pk is None:
        if not regeln.user_has_permission(user, "add"):
            raise PermissionDenied
        return Leistung()
    leistung: Leistung = get_object_or_404(
        Leistung.objects.select_related("latest_revision"), pk=pk
    )
    if not regeln.user_has_permission_for_instance(user, "change", leistung):
        raise PermissionDenied
    entwurf: Leistung = leistung.get_latest_revision_as_object()
    return entwurf


def entwurf_aus(user: Nutzer, pk: int | None, daten: QueryDict) -> Entwurf:
    """Return the draft that saving this form would make; nothing is written.

    Raises:
        PermissionDenied: as `lade_leistung`.
    """
    leistung = lade_leistung(user, pk)
    form = form_class()(daten, instance=leistung, for_user=user)
    for teil in (form, *(zeile for formset in form.formsets.values() for zeile in formset)):
        teil.nur_lesen = True
    form.defer_required_fields()
    if form.is_valid():
        form.save(commit=False)
        return Entwurf(leistung, is_vollstaendig=True)
    # The valid fields are on the object already; lists that can be read follow.
    for formset in form.formsets.values():
        if formset.is_valid():
            formset.save(commit=False)
    return Entwurf(leistung, is_vollstaendig=False)


@cache
def form_class() -> Any:
    """Return the class of the form, as the viewset registered it."""
    viewset: Any = Leistung.snippet_viewset
    return viewset.get_edit_handler().get_form_class()
