"""The pages "Tabelle einlesen" and "Tabelle ausgeben" of the admin."""

from __future__ import annotations

import io
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from leistungen.austausch.anwenden import apply_saetze, probe
from leistungen.austausch.ausgabe import write_tabelle_csv, write_tabelle_xlsx
from leistungen.austausch.blaetter import BLAETTER, NACH_NAMEN
from leistungen.austausch.darstellung import ansicht
from leistungen.austausch.dateien import read_tabellen
from leistungen.austausch.grenzen import (
    MAX_ALTER_SEKUNDEN,
    MAX_DATEI,
    MAX_MELDUNGEN,
    MAX_NUTZLAST,
    Meldung,
    Tabellenfehler,
)
from leistungen.austausch.plan import Plan
from leistungen.austausch.saetze import Satz, lies_saetze
from leistungen.models import Leistung

_ZWECK = "leistungen.austausch"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def darf_einlesen(user: Any) -> bool:
    """Return whether this person may change services at all."""
    policy = policy_registry.get_by_type(Leistung)
    return bool(policy.user_has_permission(user, "change"))


class Dateiform(forms.Form):
    """One file."""

    datei = forms.FileField(
        label="Datei",
        help_text=f"XLSX oder CSV, höchstens {MAX_DATEI // 1024 // 1024} MB.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"required": "Wählen Sie eine Datei aus."},
    )


class Tabellenseite(WagtailAdminTemplateMixin, View):
    """The frame of both pages: rights, title, breadcrumbs."""

    header_icon = "table"
    template_name = "leistungen/austausch/einlesen.html"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse before anything is read."""
        if not darf_einlesen(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Home, the list of services, this page."""
        liste = reverse(Leistung.snippet_viewset.get_url_name("list"))
        return [
            *self.breadcrumbs_items,
            {"url": liste, "label": "Leistungen"},
            {"url": "", "label": self.get_page_title()},
        ]


class EinlesenView(Tabellenseite):
    """First the file and its dry run, then the drafts."""

    page_title = "Tabelle einlesen"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Ask for a file."""
        return self._seite(Dateiform())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Show what the file changes, or write what was shown."""
        if "nutzlast" in request.POST:
            return self._uebernimm(request)
        form = Dateiform(request.POST, request.FILES)
        if not form.is_valid():
            return self._seite(form)
        datei = form.cleaned_data["datei"]
        try:
            if datei.size > MAX_DATEI:
                read_tabellen(datei.read(MAX_DATEI + 1))
            plan = probe(lies_saetze(read_tabellen(datei.read())), request.user)
        except Tabellenfehler as error:
            return self._seite(Dateiform(), fehler=error.meldungen, datei=datei.name)
        nutzlast = self._packe(plan, datei.name)
        return self._seite(
            Dateiform(), plan=plan, fehler=plan.fehler, datei=datei.name, nutzlast=nutzlast
        )

    def _uebernimm(self, request: HttpRequest) -> HttpResponse:
        try:
            daten = signing.loads(
                request.POST["nutzlast"], salt=self._salz(), max_age=MAX_ALTER_SEKUNDEN
            )
        except signing.BadSignature:
            messages.error(request, "Die Probe ist zu alt. Wählen Sie die Datei noch einmal aus.")
            return redirect("tabellen:einlesen")
        saetze = [Satz.aus_json(satz) for satz in daten["saetze"]]
        try:
            bericht = apply_saetze(saetze, user=request.user, datei=daten["datei"])
        except Tabellenfehler as error:
            return self._seite(Dateiform(), fehler=error.meldungen, datei=daten["datei"])
        messages.success(
            request,
            f"{bericht.zeilen} Zeilen übernommen: {bericht.leistungen} Leistungen haben einen "
            "neuen Entwurf. Veröffentlicht ist noch nichts.",
        )
        return redirect(Leistung.snippet_viewset.get_url_name("list"))

    def _packe(self, plan: Plan, name: str) -> str:
        """Return the changes for the next page; "" if there are none or one may not write them."""
        if plan.fehler or not plan.aendert:
            return ""
        nutzlast = signing.dumps(
            {"datei": name, "saetze": plan.nutzlast()}, salt=self._salz(), compress=True
        )
        if len(nutzlast) > MAX_NUTZLAST:
            plan.fehler.append(
                Meldung("", 0, "", "Das sind zu viele Änderungen auf einmal. Teilen Sie die Datei.")
            )
            return ""
        return nutzlast

    def _salz(self) -> str:
        return f"{_ZWECK}.{self.request.user.pk}"

    def _seite(
        self,
        form: Dateiform,
        *,
        plan: Plan | None = None,
        fehler: Any = (),
        datei: str = "",
        nutzlast: str = "",
    ) -> HttpResponse:
        seite: HttpResponse = self.render_to_response(
            self.get_context_data(
                form=form,
                plan=plan,
                leistungen=ansicht(plan) if plan and not fehler else (),
                fehler=list(fehler)[:MAX_MELDUNGEN],
                fehler_anzahl=len(fehler),
                konflikte=plan.konflikte[:MAX_MELDUNGEN] if plan else (),
                hinweise=plan.hinweise[:MAX_MELDUNGEN] if plan else (),
                datei=datei,
                nutzlast=nutzlast,
                blaetter=BLAETTER,
                blattnamen=", ".join(NACH_NAMEN),
            ),
            status=422 if fehler else 200,
        )
        return seite


class AusgebenView(Tabellenseite):
    """The services the list shows, as a file."""

    page_title = "Tabelle ausgeben"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Return XLSX, or with `?blatt=` one sheet as CSV; the rest filters like the list."""
        name = f"leistungen-{timezone.localdate().isoformat()}"
        leistungen = self._leistungen(request)
        blatt = NACH_NAMEN.get(request.GET.get("blatt", ""))
        if blatt is None:
            puffer = io.BytesIO()
            write_tabelle_xlsx(puffer, leistungen)
            return _datei(puffer.getvalue(), _XLSX, f"{name}.xlsx")
        text = io.StringIO(newline="")
        write_tabelle_csv(text, leistungen, blatt)
        return _datei(text.getvalue(), "text/csv; charset=utf-8", f"{name}-{blatt.name}.csv")

    def _leistungen(self, request: HttpRequest) -> QuerySet[Leistung]:
        """The services of the list with its filters and search, that this person may see."""
        liste = Leistung.snippet_viewset.index_view
        ansicht = liste.view_class(**liste.view_initkwargs)
        ansicht.setup(request)
        gezeigt = ansicht.search_queryset(ansicht.filter_queryset(ansicht.get_base_queryset()))
        policy = policy_registry.get_by_type(Leistung)
        erlaubt: QuerySet[Leistung] = policy.instances_user_has_any_permission_for(
            request.user, ["change", "view"]
        )
        return erlaubt.filter(pk__in=gezeigt.order_by().values("pk")).order_by(
            "bezeichnung_de", "pk"
        )


def _datei(inhalt: str | bytes, art: str, name: str) -> HttpResponse:
    antwort = HttpResponse(inhalt, content_type=art)
    antwort["Content-Disposition"] = f'attachment; filename="{name}"'
    return antwort
