"""The admin's pages of districts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from behoerden.bezirke.forms import BezirkForm
from behoerden.bezirke.lesen import schreibe_mitglieder
from behoerden.bezirke.selectors import list_bezirke, load_bezeichnete, load_mitglieder
from behoerden.bezirke.services import save_bezirk
from behoerden.models import Gebiet, Gebietsart

RECHT = "behoerden.change_gebietmitglied"


def may_edit(user: Any) -> bool:
    """Whether this user may change districts."""
    return bool(user.is_active and user.has_perm(RECHT))


def liste(request: HttpRequest) -> HttpResponse:
    """All districts."""
    _check(request)
    suche = request.GET.get("q", "").strip()
    return render(
        request,
        "behoerden/bezirke/liste.html",
        {"zeilen": list_bezirke(timezone.localdate(), suche), "suche": suche},
    )


def neu(request: HttpRequest) -> HttpResponse:
    """A new district."""
    _check(request)
    return _form(request, None, BezirkForm(request.POST or None))


def aendern(request: HttpRequest, pk: int) -> HttpResponse:
    """Name and members of a district."""
    _check(request)
    gebiet = get_object_or_404(Gebiet.objects.mit_angaben(), pk=pk, art=Gebietsart.EIGENES_GEBIET)
    if request.method == "POST":
        return _form(request, gebiet, BezirkForm(request.POST))
    heute = timezone.localdate()
    text = schreibe_mitglieder(load_mitglieder(gebiet), load_bezeichnete(heute))
    initial = {"name": gebiet.aktueller_name, "ab": heute, "mitglieder": text}
    return _form(request, gebiet, BezirkForm(initial=initial))


def _check(request: HttpRequest) -> None:
    if not may_edit(request.user):
        raise PermissionDenied


def _form(request: HttpRequest, gebiet: Gebiet | None, form: BezirkForm) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        bezirk = save_bezirk(gebiet=gebiet, **form.values())
        messages.success(request, f"„{form.cleaned_data['name']}“ ist gespeichert.")
        return redirect(reverse("bezirke:aendern", args=[bezirk.pk]))
    return render(
        request,
        "behoerden/bezirke/form.html",
        {"form": form, "titel": str(gebiet) if gebiet else "Neuer Bezirk"},
    )
