"""Rules of a service as sentences, the live tester, and the list for checking."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin import messages

from leistungen.coverage import kurzbericht
from leistungen.models import Leistung, Zustaendigkeit
from leistungen.querysets import RegelQuerySet
from leistungen.regeleditor import saetze
from leistungen.regeleditor.forms import FilterForm, PruefForm, TestForm
from leistungen.regeleditor.pruefung import NichtsMarkiert, confirm_regeln
from leistungen.regeleditor.seiten import Regelseite
from leistungen.regeleditor.sprache import zahl
from leistungen.regeleditor.tester import kriteriumsfragen, teste

VERALTET_NACH = timedelta(days=365)
KRITERIUM_PRAEFIX = "kriterium-"


class Regelliste(Regelseite):
    """What both lists of rules share: pages of sentences, and confirming what is marked."""

    def auswahl(self) -> RegelQuerySet:
        """Return the rules the address asks for."""
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show a page of rules."""
        return self._antwort(PruefForm(initial={"am": timezone.localdate()}))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Confirm the marked rules, or all the address asks for."""
        form = PruefForm(request.POST)
        if not form.is_valid():
            return self._antwort(form)
        regeln = self.auswahl()
        if "alle" not in request.POST:
            marken = [wert for wert in request.POST.getlist("regeln") if wert.isdecimal()]
            regeln = regeln.filter(pk__in=marken)
        try:
            anzahl = confirm_regeln(
                regeln,
                am=form.cleaned_data["am"],
                durch=form.cleaned_data["durch"],
                quelle=form.cleaned_data["quelle"],
                user=request.user,  # type: ignore[arg-type]  # dispatch lets nobody else in
            )
        except NichtsMarkiert as fehler:
            form.add_error(None, str(fehler))
            return self._antwort(form)
        wort = "Regel ist" if anzahl == 1 else "Regeln sind"
        messages.success(request, f"{zahl(anzahl)} {wort} als fachlich geprüft eingetragen.")
        return redirect(request.get_full_path())

    def _antwort(self, pruefform: PruefForm) -> HttpResponse:
        context = self.get_context_data(pruefform=pruefform)
        context["media"] = context.get("media", forms.Media()) + pruefform.media
        return self.antwort(context)


class LeistungView(Regelliste):
    """Zuständigkeiten of a Leistung as sentences, by level."""

    template_name = "leistungen/regeleditor/leistung.html"

    @cached_property
    def leistung(self) -> Leistung:
        """The service, whatever its state."""
        return get_object_or_404(Leistung, pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        """Name the service."""
        return f"Zuständigkeit: {self.leistung.titel}"

    def alle(self) -> RegelQuerySet:
        """Return the rules of the service, of today unless asked for all."""
        rows: RegelQuerySet = Zustaendigkeit.objects.filter(leistung=self.leistung)
        return rows if "alle" in self.request.GET else rows.gueltig_am(timezone.localdate())

    def auswahl(self) -> RegelQuerySet:
        """Return the rules the address asks for."""
        gefunden = saetze.suche(self.alle(), self.request.GET.get("q", ""))
        return saetze.der_ebene(gefunden, self.request.GET.get("ebene", ""))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Findings, counts, a page of sentences, and the tester."""
        heute = timezone.localdate()
        seite = saetze.seite(self.auswahl(), self.request.GET.get("p", 1))
        return super().get_context_data(
            leistung=self.leistung,
            befunde=kurzbericht(self.leistung.pk, heute),
            zaehlung=saetze.zaehle(self.alle()),
            seite=seite,
            ebenen=saetze.nach_ebenen(seite, heute),
            mit_leistung=False,
            q=self.request.GET.get("q", ""),
            ebene=self.request.GET.get("ebene", ""),
            alle="alle" in self.request.GET,
            **kwargs,
        ) | tester_context(self.request.GET, self.leistung)


class PruefungView(Regelliste):
    """Rules of all services, filtered, for confirming many at once."""

    template_name = "leistungen/regeleditor/pruefung.html"
    page_title = "Fachlich prüfen"

    @cached_property
    def filterform(self) -> FilterForm:
        """The filters of the address."""
        return FilterForm({"stand": "offen", **self.request.GET.dict()})

    def auswahl(self) -> RegelQuerySet:
        """Return the rules of today that the filters let through; none if a filter is wrong."""
        heute = timezone.localdate()
        rows: RegelQuerySet = Zustaendigkeit.objects.gueltig_am(heute)
        if not self.filterform.is_valid():
            return rows.none()
        daten = dict(self.filterform.cleaned_data)
        stand = daten.pop("stand")
        rows = rows.filter(**{name: objekt for name, objekt in daten.items() if objekt})
        match stand:
            case "geprueft":
                return rows.filter(verifiziert_am__isnull=False)
            case "veraltet":
                return rows.filter(verifiziert_am__lt=heute - VERALTET_NACH)
            case "alle":
                return rows
            case _:
                return rows.filter(verifiziert_am__isnull=True)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A page of sentences; the order of ids, which costs nothing at 300,000 rows."""
        heute = timezone.localdate()
        geordnet = saetze.mit_namen(self.auswahl()).order_by("leistung_id", "pk")
        seite = Paginator(geordnet, saetze.PRO_SEITE).get_page(self.request.GET.get("p", 1))
        return super().get_context_data(
            filterform=self.filterform,
            media=self.filterform.media,
            seite=seite,
            saetze=[saetze.satz(row, heute) for row in seite],
            mit_leistung=True,
            **kwargs,
        )


class TesterView(Regelseite):
    """Welche Behörde sieht jemand in …? For any service."""

    template_name = "leistungen/regeleditor/testen.html"
    page_title = "Zuständigkeit testen"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show form and answer."""
        pk = request.GET.get("leistung", "")
        leistung = Leistung.objects.filter(pk=pk).first() if pk.isdecimal() else None
        context = tester_context(request.GET, leistung)
        return self.antwort(
            self.get_context_data(leistung=leistung, media=context["testform"].media) | context
        )


class TesterRahmenView(Regelseite):
    """The tester alone, for the frame inside the edit form of a service."""

    template_name = "leistungen/regeleditor/rahmen.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show form and answer without the admin around them."""
        leistung = get_object_or_404(Leistung, pk=pk)
        context = tester_context(request.GET, leistung)
        return self.antwort(self.get_context_data(leistung=leistung, ziel="_parent") | context)


def tester_context(daten: QueryDict, leistung: Leistung | None) -> dict[str, Any]:
    """Return what the tester shows: the form, and the answer once somebody asked."""
    gefragt = "ort" in daten
    form = TestForm(daten if gefragt else None, initial={"leistung": leistung})
    antworten = _antworten(daten)
    context: dict[str, Any] = {
        "testform": form,
        "fragen": kriteriumsfragen(leistung, antworten) if leistung else (),
        "test": None,
        "weiter": "",
        "tester_url": reverse("regeleditor:testen"),
    }
    if not gefragt or leistung is None:
        return context
    form.is_valid()
    if not {"ort", "stichtag"} & set(form.errors):
        stichtag = form.cleaned_data["stichtag"] or timezone.localdate()
        context["test"] = teste(leistung, form.cleaned_data["ort"], stichtag, antworten)
        context["stichtag"] = stichtag
        context["weiter"] = _ohne_ort(daten)
    return context


def _antworten(daten: QueryDict) -> Mapping[int, str]:
    return {
        int(name.removeprefix(KRITERIUM_PRAEFIX)): wert
        for name, wert in daten.items()
        if name.startswith(KRITERIUM_PRAEFIX)
        and name.removeprefix(KRITERIUM_PRAEFIX).isdecimal()
        and isinstance(wert, str)
        and wert
    }


def _ohne_ort(daten: QueryDict) -> str:
    """What the links to the places that may be meant keep of the address."""
    rest = daten.copy()
    for name in ("ort", "p"):
        rest.pop(name, None)
    return rest.urlencode()
