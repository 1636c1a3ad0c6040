"""The admin's pages of Ortsteile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from behoerden.bezirke.views import may_edit
from behoerden.ketten import gebiet_infos
from behoerden.models import Gebiet, Gebietsart
from behoerden.ortsteile.forms import BeendenForm, NeuForm, UmbenennenForm
from behoerden.ortsteile.selectors import list_ortsteile
from behoerden.ortsteile.services import (
    OrtsteilFehler,
    create_ortsteil,
    end_ortsteil,
    rename_ortsteil,
)


def liste(request: HttpRequest) -> HttpResponse:
    """All Ortsteile, page by page."""
    _check(request)
    suche = request.GET.get("q", "").strip()
    seite = list_ortsteile(timezone.localdate(), suche, request.GET.get("p", "1"))
    return render(request, "behoerden/ortsteile/liste.html", {"seite": seite, "suche": suche})


def neu(request: HttpRequest) -> HttpResponse:
    """A new Ortsteil."""
    _check(request)
    form = NeuForm(request.POST or None)
    if teil := _done(request, form, lambda: create_ortsteil(**form.values())):
        messages.success(request, f"„{form.cleaned_data['name']}“ ist angelegt.")
        return redirect(reverse("ortsteile:aendern", args=[teil.pk]))
    kontext = {"form": form, "titel": "Neuer Ortsteil", "knopf": "Anlegen"}
    return render(request, "behoerden/ortsteile/form.html", kontext)


def aendern(request: HttpRequest, pk: int) -> HttpResponse:
    """The name of an Ortsteil, and the way to end it."""
    _check(request)
    teil = _get(pk)
    form = UmbenennenForm(request.POST or None, initial=_initial(teil))
    if _done(request, form, lambda: rename_ortsteil(ortsteil=teil, **form.values())):
        messages.success(request, f"„{form.cleaned_data['name']}“ ist gespeichert.")
        return redirect(reverse("ortsteile:aendern", args=[pk]))
    return _seite(request, teil, form, BeendenForm())


def beenden(request: HttpRequest, pk: int) -> HttpResponse:
    """The last day of an Ortsteil."""
    _check(request)
    teil = _get(pk)
    form = BeendenForm(request.POST or None)
    if _done(request, form, lambda: end_ortsteil(ortsteil=teil, **form.values())):
        tag = form.cleaned_data["letzter_tag"]
        messages.success(request, f"{teil}: Der letzte Tag ist der {tag:%d.%m.%Y}.")
        return redirect(reverse("ortsteile:liste"))
    return _seite(request, teil, UmbenennenForm(initial=_initial(teil)), form)


def _check(request: HttpRequest) -> None:
    if not may_edit(request.user):
        raise PermissionDenied


def _get(pk: int) -> Gebiet:
    teil: Gebiet = get_object_or_404(Gebiet.objects.mit_angaben(), pk=pk, art=Gebietsart.ORTSTEIL)
    return teil


def _initial(teil: Any) -> dict[str, Any]:
    return {"name": teil.aktueller_name, "ab": timezone.localdate()}


def _done(request: HttpRequest, form: forms.Form, act: Callable[[], Gebiet]) -> Gebiet | None:
    """Do what was sent and is valid; what is impossible becomes a message of the form."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return act()
    except OrtsteilFehler as error:
        form.add_error(None, str(error))
        return None


def _seite(
    request: HttpRequest, teil: Gebiet, form: UmbenennenForm, ende: BeendenForm
) -> HttpResponse:
    info = gebiet_infos([teil.pk], timezone.localdate())[teil.pk]
    return render(
        request,
        "behoerden/ortsteile/form.html",
        {
            "form": form,
            "ende": ende,
            "titel": info.label,
            "knopf": "Speichern",
            "teil": teil,
            "info": info,
            "regeln": teil.zustaendigkeiten.count(),
        },
    )
