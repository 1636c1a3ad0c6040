"""Start page, results and suggestions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from behoerden.ortsangabe import Ortsangabe, lies_ortsangabe
from behoerden.ortswahl import ortswahl
from behoerden.selectors import suggest_orte
from leistungen.models import Leistung
from search.haeufig import HAEUFIG_GESUCHT
from search.selectors import Suchergebnis, run_search
from search.suggest import suggest_leistungen

MAX_QUERY = 200
MAX_PAGE = 10


@dataclass(frozen=True, slots=True)
class Suchweise:
    """What the citizen took back: the correction of typing errors, the place in the text."""

    genau: bool = False
    ohne_ort: bool = False


@require_safe
def start(request: HttpRequest) -> TemplateResponse:
    """The start page: what do you want to do, and where?"""
    leistungen = {
        leistung.slug_de: leistung
        for leistung in Leistung.objects.sichtbar_am(timezone.localdate()).filter(
            slug_de__in=list(HAEUFIG_GESUCHT)
        )
    }
    links = [
        (leistungen[slug].titel, reverse("leistungen:detail", args=[slug]), zeile)
        for slug, zeile in HAEUFIG_GESUCHT.items()
        if slug in leistungen
    ]
    return TemplateResponse(request, "search/start.html", {"links": links})


@require_safe
def suche(request: HttpRequest) -> HttpResponse:
    """The result page; all its state is in the address."""
    heute = timezone.localdate()
    q = " ".join(request.GET.get("q", "").split())
    ort_text = request.GET.get("ort", "")
    ort = lies_ortsangabe(ort_text, request.GET.get("ars", ""), heute)
    if ort.ars and ort_text != ort.ars and not ort.nachfolge_von:
        return redirect(_url(q, ort.ars))
    wie = Suchweise(
        genau=request.GET.get("genau") == "1", ohne_ort=request.GET.get("ortlos") == "1"
    )
    ergebnis = None
    if q:
        ergebnis = run_search(
            q[:MAX_QUERY],
            ort=ort,
            heute=heute,
            seite=_seite(request.GET.get("seite", "")),
            genau=wie.genau,
            ort_aus_text=not wie.ohne_ort,
        )
        ort = ergebnis.ort
    return TemplateResponse(request, "search/suche.html", _kontext(q, ort, ergebnis, wie))


def _kontext(
    q: str, ort: Ortsangabe, ergebnis: Suchergebnis | None, wie: Suchweise
) -> dict[str, object]:
    zusatz = f"?{urlencode({'ort': ort.adressteil})}" if ort.adressteil and not ort.fehler else ""
    weiter, zurueck = "", ""
    im_text = ergebnis is not None and ergebnis.ort_im_text is not None
    if ergebnis is not None:
        if ergebnis.seite < ergebnis.seiten:
            weiter = _url(q, ort.adressteil, ergebnis.seite + 1, wie)
        if ergebnis.seite > 1:
            zurueck = _url(q, ort.adressteil, ergebnis.seite - 1, wie)
    return {
        "q": q[:MAX_QUERY],
        "gekuerzt": len(q) > MAX_QUERY,
        "ort": ort,
        "ortswahl": ortswahl(ort.orte) if ort.is_mehrdeutig else (),
        "ergebnis": ergebnis,
        "ort_zusatz": zusatz,
        "weiter_url": weiter,
        "zurueck_url": zurueck,
        "ohne_ort_url": _url(q, "", wie=replace(wie, ohne_ort=wie.ohne_ort or im_text)),
        "genau_url": _url(q, ort.adressteil, wie=replace(wie, genau=True)),
        "meinten": [(text, _url(text, ort.adressteil)) for text in ergebnis.meinten]
        if ergebnis
        else [],
        "versteckt": [("q", q)] if q else [],
        "brotkrumen": [("Start", reverse("search:start")), ("Suche", "")],
    }


def _url(q: str, ort: str, seite: int = 1, wie: Suchweise = Suchweise()) -> str:
    query = {
        "q": q,
        "ort": ort,
        "seite": str(seite) if seite > 1 else "",
        "genau": "1" if wie.genau else "",
        "ortlos": "1" if wie.ohne_ort else "",
    }
    return f"{reverse('search:suche')}?{urlencode({k: v for k, v in query.items() if v})}"


def _seite(text: str) -> int:
    return min(max(int(text), 1), MAX_PAGE) if text.isdecimal() and len(text) < 4 else 1  # noqa: PLR2004


@require_safe
@cache_control(public=True, max_age=3600)
def vorschlaege(request: HttpRequest) -> JsonResponse:
    """Suggestions while typing; only things that exist, never logged."""
    q = request.GET.get("q", "")[:MAX_QUERY]
    heute = timezone.localdate()
    if request.GET.get("art") == "ort":
        items = [
            {"value": ort.label, "label": ort.label, "hint": ort.zeile, "ars": ort.adresse}
            for ort in suggest_orte(q, heute)
        ]
    else:
        items = [
            {"value": titel, "label": label, "hint": "", "ars": ""}
            for titel, label in suggest_leistungen(q, heute)
        ]
    return JsonResponse({"items": items})
