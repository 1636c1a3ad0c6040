"""Packages in the admin: draft, preview, enter, take back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin import messages

from leistungen.models import Zustaendigkeitspaket
from leistungen.regeleditor import pakete, vorschau
from leistungen.regeleditor.befunde import vergleiche_befunde
from leistungen.regeleditor.forms import (
    FORMULARE,
    EndeForm,
    ErsatzForm,
    KopieForm,
    PaketForm,
    ZuweisungForm,
)
from leistungen.regeleditor.pakete import PaketFehler, StehtImWeg
from leistungen.regeleditor.plan import Schritt, Schrittart
from leistungen.regeleditor.seiten import Regelseite
from leistungen.regeleditor.zeilen import load_zeilen

PRO_SEITE = 50
MAX_IM_WEG = 20
Status = Zustaendigkeitspaket.Status


class Paketseite(Regelseite):
    """Pages below the list of packages."""

    def pfad(self) -> list[tuple[str, str]]:
        """Rules, then packages."""
        return [*super().pfad(), (reverse("regeleditor:pakete"), "Sammeländerungen")]

    @cached_property
    def paket(self) -> Zustaendigkeitspaket:
        """The package of the address."""
        return get_object_or_404(Zustaendigkeitspaket, pk=self.kwargs["pk"])


class PaketlisteView(Regelseite):
    """All packages, the latest first."""

    template_name = "leistungen/regeleditor/pakete.html"
    page_title = "Sammeländerungen"
    header_icon = "list-ul"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show a page of packages."""
        rows = Zustaendigkeitspaket.objects.select_related("erstellt_von").defer(
            "protokoll", "operationen"
        )
        seite = Paginator(rows, PRO_SEITE).get_page(request.GET.get("p", 1))
        return self.antwort(self.get_context_data(seite=seite))


class PaketFormularView(Paketseite):
    """A form that ends in a draft; nothing changes yet."""

    template_name = "leistungen/regeleditor/formular.html"
    nur_mit_aenderungsrecht = True
    form_class: ClassVar[type[PaketForm]] = PaketForm
    einleitung: ClassVar[str] = ""

    def get_page_title(self) -> str:
        """What the form is for."""
        return str(getattr(self._form_class(), "titel_seite", ""))

    def get(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """Show the form: empty, with what the address proposes, or that of a draft."""
        if pk is None:
            return self._formular(self.form_class(initial=_initial(request.GET)))
        return self._formular(self._form_class()(_querydict(self.paket)))

    def post(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """Make the draft and go on to its preview; a list of rules alone only fills the form."""
        if "vorschau" not in request.POST:
            return self._formular(self._form_class()(initial=_initial(request.POST)))
        form = self._form_class()(request.POST)
        if not form.is_valid():
            return self._formular(form)
        daten = {
            name: request.POST.getlist(name)
            for name in request.POST
            if name not in {"csrfmiddlewaretoken", "vorschau"}
        }
        try:
            paket = pakete.create_paket(
                titel=form.titel_text,
                operation=form.operation(),
                user=request.user,  # type: ignore[arg-type]  # dispatch lets nobody else in
                formular=daten,
                paket=self.paket if pk is not None else None,
            )
        except PaketFehler as fehler:
            form.add_error(None, str(fehler))
            return self._formular(form)
        return redirect("regeleditor:paket", pk=paket.pk)

    def _form_class(self) -> type[PaketForm]:
        if "pk" not in self.kwargs:
            return self.form_class
        return FORMULARE[self.paket.operationen["operation"]["art"]]

    def _formular(self, form: PaketForm) -> HttpResponse:
        gruppen = [
            (titel, [form[name] for name in namen if not form[name].is_hidden])
            for titel, namen in getattr(form, "gruppen", ())
        ]
        return self.antwort(
            self.get_context_data(
                form=form,
                media=form.media,
                gruppen=gruppen,
                einleitung=self.einleitung,
                regeln=_regeln(form) if isinstance(form, EndeForm) else (),
            )
        )


class ZuweisungView(PaketFormularView):
    """Leistungen × Gebiete → Behörde."""

    form_class = ZuweisungForm
    einleitung = (
        "Diese Leistungen in diesen Gebieten bekommen diese Behörde. Im nächsten Schritt sehen "
        "Sie, was sich ändert; erst danach wird etwas eingetragen."
    )


class KopieView(PaketFormularView):
    """All rules of A for B."""

    form_class = KopieForm
    einleitung = "Eine Leistung bekommt alle Regeln einer anderen."


class ErsatzView(PaketFormularView):
    """X gives way to Y."""

    form_class = ErsatzForm
    einleitung = "Eine Behörde übernimmt alle Zuständigkeiten einer anderen."


class EndeView(PaketFormularView):
    """Rules end."""

    form_class = EndeForm
    einleitung = "Diese Regeln gelten nur noch bis zu einem Tag."


class PaketView(Paketseite):
    """What a package would do, did, or did once."""

    template_name = "leistungen/regeleditor/paket.html"

    def get_page_title(self) -> str:
        """Name the package."""
        return str(self.paket.titel)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the preview of a draft, or the record of what was entered."""
        return self._antwort()

    def _antwort(self, im_weg: tuple[str, ...] = (), status: int = 200) -> HttpResponse:
        entwurf = self.paket.status == Status.ENTWURF
        context: dict[str, Any] = {"paket": self.paket, "im_weg": im_weg, "entwurf": entwurf}
        schritte: tuple[Schritt, ...]
        if entwurf:
            plan = pakete.plan_paket(self.paket)
            schritte = plan.schritte
            context["fingerabdruck"] = plan.fingerabdruck
            context["anzahlen"] = _anzahlen({art.value: plan.anzahl(art) for art in Schrittart})
            context["aendert"] = bool(plan.aenderungen)
            context["befunde"] = vergleiche_befunde(plan, self._stichtag())
        else:
            schritte = pakete.protokoll_of(self.paket)
            context["anzahlen"] = _anzahlen(self.paket.wirkung)
        if "unveraendert" not in self.request.GET:
            schritte = tuple(s for s in schritte if s.art is not Schrittart.UNVERAENDERT)
        seite = vorschau.blaettere(schritte, self.request.GET.get("p", 1))
        context["seite"] = seite
        context["zellen"] = vorschau.in_namen(seite)
        context["mit_unveraenderten"] = "unveraendert" in self.request.GET
        return self.antwort(self.get_context_data(**context), status=status)

    def _stichtag(self) -> Any:
        heute = timezone.localdate()
        return max(heute, self.paket.wirksam_ab or heute)


class EintragenView(PaketView):
    """POST: the draft becomes true."""

    nur_mit_aenderungsrecht = True
    http_method_names = ["post"]  # noqa: RUF012 - Django reads it so

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Enter what the preview showed."""
        try:
            plan = pakete.apply_paket(
                self.paket,
                user=request.user,  # type: ignore[arg-type]  # dispatch lets nobody else in
                fingerabdruck=request.POST.get("fingerabdruck", ""),
            )
        except PaketFehler as fehler:
            messages.error(request, str(fehler))
        else:
            messages.success(
                request,
                f"Eingetragen: {len(plan.aenderungen)} Änderungen bei "
                f"{len(plan.leistung_ids)} Leistungen. Sie können sie hier zurücknehmen.",
            )
        return redirect("regeleditor:paket", pk=pk)


class ZuruecknehmenView(PaketView):
    """POST: every row is as before the package."""

    nur_mit_aenderungsrecht = True
    http_method_names = ["post"]  # noqa: RUF012 - Django reads it so

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take it back, or name the rules in the way."""
        try:
            pakete.undo_paket(self.paket, user=request.user)  # type: ignore[arg-type]  # see above
        except StehtImWeg as fehler:
            messages.error(request, str(fehler))
            return self._antwort(vorschau.zeilen_in_namen(fehler.zeilen[:MAX_IM_WEG]), status=409)
        except PaketFehler as fehler:
            messages.error(request, str(fehler))
        else:
            messages.success(request, "Zurückgenommen. Die Regeln sind wieder wie vorher.")
        return redirect("regeleditor:paket", pk=pk)


class VerwerfenView(Paketseite):
    """POST: the draft goes."""

    nur_mit_aenderungsrecht = True
    http_method_names = ["post"]  # noqa: RUF012 - Django reads it so

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Discard the draft."""
        try:
            pakete.discard_paket(self.paket)
        except PaketFehler as fehler:
            messages.error(request, str(fehler))
            return redirect("regeleditor:paket", pk=pk)
        messages.success(request, "Der Entwurf ist verworfen. An den Regeln ändert sich nichts.")
        return redirect("regeleditor:pakete")


def _anzahlen(wirkung: Mapping[str, int]) -> list[tuple[str, int]]:
    return [(text, wirkung.get(art.value, 0)) for art, text in vorschau.ARTEN.items()]


def _initial(daten: QueryDict) -> dict[str, Any]:
    """Proposals of an address; several values where the form wants several."""
    mehrfach = {"leistungen", "gebiete", "regeln"}
    return {
        name: [wert for wert in daten.getlist(name) if wert.isdecimal()]
        if name in mehrfach
        else daten[name]
        for name in daten
        if name not in {"csrfmiddlewaretoken", "alle", "am", "durch", "quelle"}
    }


def _querydict(paket: Zustaendigkeitspaket) -> QueryDict:
    daten = QueryDict(mutable=True)
    for name, werte in paket.operationen["formular"].items():
        daten.setlist(name, werte)
    return daten


def _regeln(form: PaketForm) -> tuple[str, ...]:
    """The rules that would end, in words."""
    werte = form["regeln"].value() or []
    ids = [int(getattr(wert, "pk", wert)) for wert in werte if str(wert).isdecimal()]
    zeilen = load_zeilen(pakete.regeln(ids[: vorschau.ZELLEN_PRO_SEITE]))
    return vorschau.zeilen_in_namen(zeilen)
