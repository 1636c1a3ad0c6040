"""Previews for editors: the public page of a draft with or without a place, in print, as a result.

The sizes of devices are those of Wagtail's preview panel.
"""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone

from behoerden.ortsangabe import Ortsangabe, lies_ortsangabe
from behoerden.selectors import gebiet_infos
from leistungen.models import Ergaenzung, Leistung
from leistungen.seite.kinder import lade_kinder
from leistungen.selectors import Leistungsseite, leistungsseite
from leistungen.views import render_seite

# Name of the mode → label; see `render_leistung`.
MODI = (
    ("", "Ohne Ort"),
    ("ort", "Mit Ort …"),
    ("treffer", "Suchtreffer"),
    ("druck", "Druck"),
    ("de_simple", "Leichte Sprache"),
    ("en", "English"),
)
MIT_ORT = frozenset({"ort", "treffer", "druck"})
VORLAGEN = {
    "treffer": "leistungen/admin/vorschau_treffer.html",
    "druck": "leistungen/admin/vorschau_druck.html",
}
# The largest town of the Land stands for "a place" until an editor names another.
BEISPIELORT = "160510000000"
SESSION_ORT = "vorschau_ort"


def merke_ort(request: HttpRequest, ort: Ortsangabe) -> None:
    """Remember the place of the previews for this session."""
    request.session[SESSION_ORT] = ort.ars


def gemerkter_ort(request: HttpRequest, stichtag: date) -> Ortsangabe:
    """Return the place of the previews: the one remembered, else the largest town."""
    sitzung = getattr(request, "session", {})
    ars = str(sitzung.get(SESSION_ORT, BEISPIELORT))
    ort = lies_ortsangabe(ars, "", stichtag)
    return ort if ort.orte else lies_ortsangabe(BEISPIELORT, "", stichtag)


def render_leistung(request: HttpRequest, leistung: Leistung, modus: str) -> TemplateResponse:
    """Return this draft as citizens would meet it; `modus` is one of `MODI`."""
    heute = timezone.localdate()
    ort = gemerkter_ort(request, heute) if modus in MIT_ORT else Ortsangabe()
    sprache = modus if modus in {"en", "de_simple"} else "de"
    seite = leistungsseite(leistung, ort, heute, sprache=sprache)
    antwort = render_seite(request, seite, VORLAGEN.get(modus, "leistungen/detail.html"))
    if modus == "treffer" and antwort.context_data is not None:
        antwort.context_data |= {
            "kurztext": leistung.teaser_de or leistung.kurztext_de,
            "begriffe": ", ".join(b.begriff_de for b in leistung.begriffe.all() if b.begriff_de),
            "meta": _meta(seite),
        }
    return antwort


def _meta(seite: Leistungsseite) -> list[str]:
    """Return the lines below a result that depend on the place."""
    stellen = [f"Zuständig: {karte.name}" for karte in seite.zustaendigkeit.karten]
    return [*stellen, *(["Online möglich"] if seite.start.url else [])]


def render_ergaenzung(request: HttpRequest, ergaenzung: Ergaenzung) -> TemplateResponse:
    """Return the public page of the service for the area, with this draft in it."""
    heute = timezone.localdate()
    leistung = ergaenzung.leistung
    lade_kinder(leistung)
    info = gebiet_infos([ergaenzung.gebiet_id], heute).get(ergaenzung.gebiet_id)
    ort = lies_ortsangabe(info.adresse if info else "", "", heute)
    return render_seite(request, leistungsseite(leistung, ort, heute, entwurf=ergaenzung))
