"""Reforms of areas in the admin: list, form, rehearsal, apply, take back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from behoerden.domain.reform import SPALTEN, ReformUngueltig, parse_zeilen
from behoerden.models import Gebietsreform
from behoerden.reform import ReformGesperrt
from behoerden.reform_dateien import write_reform_csv
from editorial_workflows.reform import dienste
from editorial_workflows.reform.forms import (
    SPALTENNAMEN,
    CsvForm,
    ReformForm,
    ZeilenFormSet,
    namen_der_schluessel,
)
from editorial_workflows.reform.rechte import darf_reformieren
from editorial_workflows.reform.regeln import zaehle
from editorial_workflows.reform.saetze import beschreibe, meldungen, neue_namen, schluessel_of
from editorial_workflows.reform.vorschlaege import ENTSCHEIDUNGEN

PRO_SEITE = 50
# More rows nobody reads on one page; the numbers are complete, and the rest follows the proposal.
MAX_ZEILEN = 300
Status = Gebietsreform.Status


class Reformseite(WagtailAdminTemplateMixin, View):
    """A page about reforms; whoever may not change them sees none."""

    header_icon = "globe"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse before anything is read."""
        if not darf_reformieren(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Home, the list, and this page."""
        liste = {"url": reverse("gebietsreformen:liste"), "label": "Gebietsreformen"}
        hier = {"url": "", "label": str(self.get_page_title())}
        return [*self.breadcrumbs_items, liste, hier]

    @cached_property
    def reform(self) -> Gebietsreform:
        """The reform of the address."""
        return get_object_or_404(Gebietsreform, pk=self.kwargs["pk"])

    def antwort(self, context: dict[str, Any], status: int = 200) -> HttpResponse:
        """Return the page."""
        seite: HttpResponse = self.render_to_response(
            self.get_context_data(**context), status=status
        )
        return seite


class ListeView(Reformseite):
    """All reforms, the latest day first."""

    template_name = "editorial_workflows/reform/liste.html"
    page_title = "Gebietsreformen"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Home and this page."""
        return [*self.breadcrumbs_items, {"url": "", "label": "Gebietsreformen"}]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show a page of reforms; two queries."""
        rows = Gebietsreform.objects.select_related("erstellt_von").defer("protokoll")
        seite = Paginator(rows, PRO_SEITE).get_page(request.GET.get("p"))
        return self.antwort({"seite": seite, "heute": timezone.localdate()})


class FormularView(Reformseite):
    """A reform row by row; saved only if its rows can be read."""

    template_name = "editorial_workflows/reform/formular.html"

    def get_page_title(self) -> str:
        """New, or the title."""
        return self.reform.titel if "pk" in self.kwargs else "Neue Gebietsreform"

    def _entwurf(self) -> Gebietsreform | None:
        if "pk" not in self.kwargs:
            return None
        if self.reform.status == Status.ANGEWENDET:
            raise PermissionDenied
        return self.reform

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form."""
        entwurf = self._entwurf()
        zeilen = ZeilenFormSet(initial=entwurf.operationen if entwurf else [], prefix="zeilen")
        return self.antwort({"form": ReformForm(instance=entwurf), "zeilen": zeilen})

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save and go on to the rehearsal, or show what is wrong; or add empty rows."""
        form = ReformForm(request.POST, instance=self._entwurf())
        zeilen = ZeilenFormSet(request.POST, prefix="zeilen")
        if "mehr" in request.POST:
            werte = [eintrag.eingabe() for eintrag in zeilen]
            neu = ZeilenFormSet(initial=werte, prefix="zeilen")
            return self.antwort({"form": form, "zeilen": neu})
        fehler: list[str] = []
        if form.is_valid() and zeilen.is_valid():
            rows = [eintrag.zeile() for eintrag in zeilen]
            try:
                parse_zeilen(rows)
            except ReformUngueltig as error:
                fehler = meldungen(error.fehler)
            else:
                reform = form.save(commit=False)
                reform.operationen = [row for row in rows if row]
                reform.erstellt_von = reform.erstellt_von or request.user
                reform.save()
                return redirect("gebietsreformen:detail", pk=reform.pk)
        return self.antwort({"form": form, "zeilen": zeilen, "fehler": fehler}, status=422)


class CsvView(Reformseite):
    """A reform from a file."""

    template_name = "editorial_workflows/reform/csv.html"
    page_title = "Gebietsreform aus CSV-Datei"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form."""
        return self._seite(CsvForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Save and go on to the rehearsal, or show what is wrong with which row."""
        form = CsvForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._seite(form, status=422)
        try:
            parse_zeilen(form.zeilen)
        except ReformUngueltig as error:
            form.add_error("datei", [str(fehler) for fehler in error.fehler])
            return self._seite(form, status=422)
        reform = form.save(commit=False)
        reform.operationen = form.zeilen
        reform.erstellt_von = request.user
        reform.save()
        return redirect("gebietsreformen:detail", pk=reform.pk)

    def _seite(self, form: CsvForm, status: int = 200) -> HttpResponse:
        spalten = [(spalte, SPALTENNAMEN[spalte]) for spalte in SPALTEN]
        return self.antwort({"form": form, "spalten": spalten}, status=status)


class DetailView(Reformseite):
    """A draft with its rehearsal, or what was applied."""

    template_name = "editorial_workflows/reform/detail.html"

    def get_page_title(self) -> str:
        """The title."""
        return str(self.reform.titel)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the rehearsal with the proposals."""
        return self._seite({})

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the rehearsal with these decisions."""
        return self._seite(entscheidungen_of(request.POST))

    def _seite(self, entscheidungen: Mapping[str, str]) -> HttpResponse:
        reform, heute = self.reform, timezone.localdate()
        kontext: dict[str, Any] = {
            "reform": reform,
            "entwurf": reform.status != Status.ANGEWENDET,
            "umkehrbar": reform.status == Status.ANGEWENDET and heute < reform.wirksam_am,
            "vergangen": reform.wirksam_am <= heute,
            "max_zeilen": MAX_ZEILEN,
            "wahlen": ENTSCHEIDUNGEN.items(),
            "bewegt": zaehle(reform.protokoll),
        }
        try:
            operationen = parse_zeilen(reform.operationen)
            namen = neue_namen(operationen) | namen_der_schluessel(schluessel_of(operationen))
            kontext["saetze"] = [beschreibe(operation, namen) for operation in operationen]
            if kontext["entwurf"]:
                kontext["folgen"] = dienste.rehearse(reform, entscheidungen)
        except ReformUngueltig as error:
            kontext["fehler"] = meldungen(error.fehler)
        return self.antwort(kontext)


class TatView(Reformseite):
    """Something is done with a reform; only by POST."""

    http_method_names = ["post"]  # noqa: RUF012 - Django's name

    def tue(self, request: HttpRequest) -> str:
        """Do it and return the sentence that says so."""
        raise NotImplementedError

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do it, or say why not."""
        ziel = redirect("gebietsreformen:detail", pk=pk)
        try:
            messages.success(request, self.tue(request))
        except ReformUngueltig as error:
            messages.error(request, " ".join(meldungen(error.fehler)))
        except ReformGesperrt as error:
            messages.error(request, str(error))
        return ziel


class AnwendenView(TatView):
    """Apply."""

    def tue(self, request: HttpRequest) -> str:
        """Apply with the decisions of the form."""
        dienste.apply(self.reform, entscheidungen_of(request.POST), user=request.user)
        return f"Eingetragen. Die Änderungen gelten ab {self.reform.wirksam_am:%d.%m.%Y}."


class ZuruecknehmenView(TatView):
    """Take back."""

    def tue(self, request: HttpRequest) -> str:
        """Restore everything as it was."""
        dienste.revert(self.reform, user=request.user, heute=timezone.localdate())
        return "Zurückgenommen. Gebiete und Zuständigkeiten sind wieder wie vorher."


class VerwerfenView(Reformseite):
    """A draft goes."""

    http_method_names = ["post"]  # noqa: RUF012 - Django's name

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Delete what is not applied."""
        if self.reform.status == Status.ANGEWENDET:
            raise PermissionDenied
        titel = self.reform.titel
        self.reform.delete()
        messages.success(request, f"„{titel}“ ist verworfen.")
        return redirect("gebietsreformen:liste")


class DateiView(Reformseite):
    """The operations as a CSV file."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Return the file."""
        antwort = HttpResponse(
            write_reform_csv(self.reform.operationen), content_type="text/csv; charset=utf-8"
        )
        name = f"gebietsreform-{self.reform.wirksam_am}.csv"
        antwort["Content-Disposition"] = f'attachment; filename="{name}"'
        return antwort


def entscheidungen_of(daten: Mapping[str, Any]) -> dict[str, str]:
    """Return what the form says about each rule: "z12" → decision."""
    return {
        name.removeprefix("regel-"): str(wert)
        for name, wert in daten.items()
        if name.startswith("regel-")
    }
