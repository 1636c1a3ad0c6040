"""Previews for editors: the public page of a draft, with a place, in each language."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone

from behoerden.ortsangabe import Ortsangabe, lies_ortsangabe
from behoerden.selectors import gebiet_infos
from leistungen.models import Ergaenzung, Leistung
from leistungen.seite.kinder import lade_kinder
from leistungen.selectors import leistungsseite
from leistungen.views import render_seite

# Name of the mode → label; see `render_leistung`.
MODI = (
    ("", "Ohne Ort"),
    ("ort", "Mit Ort (Erfurt)"),
    ("en", "English"),
    ("de_simple", "Leichte Sprache"),
)
# The largest town of the Land stands for "a place"; nothing depends on it but the preview.
BEISPIELORT = "160510000000"


def render_leistung(request: HttpRequest, leistung: Leistung, modus: str) -> TemplateResponse:
    """Return the public page of this draft; `modus` is one of `MODI`."""
    heute = timezone.localdate()
    ort = lies_ortsangabe(BEISPIELORT, "", heute) if modus == "ort" else Ortsangabe()
    sprache = modus if modus in {"en", "de_simple"} else "de"
    return render_seite(request, leistungsseite(leistung, ort, heute, sprache=sprache))


def render_ergaenzung(request: HttpRequest, ergaenzung: Ergaenzung) -> TemplateResponse:
    """Return the public page of the service for the area, with this draft in it."""
    heute = timezone.localdate()
    leistung = ergaenzung.leistung
    lade_kinder(leistung)
    info = gebiet_infos([ergaenzung.gebiet_id], heute).get(ergaenzung.gebiet_id)
    ort = lies_ortsangabe(info.ars if info else "", "", heute)
    return render_seite(request, leistungsseite(leistung, ort, heute, entwurf=ergaenzung))
