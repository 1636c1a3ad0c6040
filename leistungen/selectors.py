"""Answers across models for pages, each with a known number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlsplit

from django.db.models import F
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import expand_db_html

from behoerden.models import Behoerde
from behoerden.ortsangabe import Ortsangabe
from behoerden.ortswahl import Ortsoption, ortswahl
from behoerden.selectors import AmtskarteDaten, behoerden_karten
from leistungen.ansprechpersonen import ansprechpersonen
from leistungen.auskunft import (
    Auskunft,
    Onlinezugang,
    Platz,
    Umfeld,
    auskuenfte,
    load_umfeld,
    onlinezugaenge,
)
from leistungen.domain.fakten import Vorbehalt, Zustand
from leistungen.domain.spur import VORBEHALT_SAETZE
from leistungen.models import Formular, Formularbindung, Leistung, Zustaendigkeit
from leistungen.models.leistung import ZIELGRUPPEN
from zufi.common.html import first_sentence, plain_text

__all__ = [
    "Leistungsseite",
    "Start",
    "Zustaendigkeitsblock",
    "leistungen_der_behoerde",
    "leistungsseite",
    "platz_von",
]

# Rich text of a page below the facts: field → heading, in the order of the page.
AKKORDEONS = (
    ("voraussetzungen", "Voraussetzungen"),
    ("hinweise", "Besonderheiten"),
    ("formulare_text", "Formulare"),
    ("handlungsgrundlagen", "Rechtsgrundlagen"),
    ("rechtsbehelf", "Rechtsbehelf"),
    ("weiterfuehrende_informationen", "Weiterführende Informationen"),
)
FAKTEN = (("kosten_text", "Kosten"), ("frist_text", "Frist"), ("dauer_text", "Dauer"))


@dataclass(frozen=True, slots=True)
class Zustaendigkeitsblock:
    """The office block of a page; `templates/components/_zustaendigkeit.html` documents it."""

    zustand: str
    karten: tuple[AmtskarteDaten, ...]
    orte: tuple[Ortsoption, ...]
    ort_name: str
    ort_text: str
    fehler_ort: str
    frage: str
    vorbehalte: tuple[str, ...]
    spur: tuple[str, ...]
    allgemeiner_kontakt: AmtskarteDaten | None
    formular_url: str
    nachfolge_unbekannt: bool = False
    id_praefix: str = ""
    label_id: str = ""


@dataclass(frozen=True, slots=True)
class Start:
    """How to begin; `templates/components/_start.html` documents it."""

    label: str = ""
    url: str = ""
    zeile: str = ""
    wartung: str = ""
    hinweis: str = ""
    formulare: tuple[dict[str, str], ...] = ()
    vor_ort: str = ""
    gilt_fuer: str = ""


@dataclass(frozen=True, slots=True)
class Leistungsseite:
    """Everything the page of a service shows."""

    titel: str
    url: str
    kurztext: str
    volltext: SafeString
    fakten: tuple[tuple[str, str], ...]
    unterlagen: SafeString
    ablauf: SafeString
    abschnitte: tuple[tuple[str, SafeString], ...]
    start: Start
    zustaendigkeit: Zustaendigkeitsblock
    ort: Ortsangabe
    leistungsschluessel: str
    stand: date | None
    zielgruppen: tuple[str, ...]
    lebenslagen: tuple[str, ...]


def platz_von(ort: Ortsangabe) -> Platz:
    """Return what the resolver needs of a place."""
    return Platz(
        gebiet_ids=ort.gebiet_ids,
        nachfolge_von=ort.nachfolge_von,
        nachfolge_unbekannt=ort.nachfolge_unbekannt,
    )


def leistungsseite(leistung: Leistung, ort: Ortsangabe, stichtag: date) -> Leistungsseite:
    """Return the page of a service for a place: at most ten queries beside the place's own."""
    umfeld = load_umfeld(platz_von(ort), stichtag)
    auskunft = auskuenfte({leistung.pk: leistung.titel}, umfeld)[leistung.pk]
    zugang = onlinezugaenge([leistung.pk], umfeld)[leistung.pk]
    url = reverse("leistungen:detail", args=[leistung.slug_de])
    schluessel = [s.schluessel for s in leistung.leistungsschluessel.all()]
    return Leistungsseite(
        titel=leistung.titel,
        url=url,
        kurztext=leistung.kurztext_de,
        volltext=_rich(leistung.volltext_de),
        fakten=tuple(
            (label, first_sentence(getattr(leistung, f"{name}_de")))
            for name, label in FAKTEN
            if getattr(leistung, f"{name}_de")
        ),
        unterlagen=_rich(leistung.unterlagen_text_de),
        ablauf=_rich(leistung.verfahrensablauf_de),
        abschnitte=(*_lange_fakten(leistung), *_abschnitte(leistung)),
        start=_start(leistung, zugang, umfeld, ort),
        zustaendigkeit=_block(auskunft, ort, url, ansprechpersonen(leistung.pk, umfeld), stichtag),
        ort=ort,
        leistungsschluessel=schluessel[0] if schluessel else "",
        stand=leistung.last_published_at.date() if leistung.last_published_at else None,
        zielgruppen=tuple(
            ZIELGRUPPEN[code] for code in leistung.zielgruppe_codes if code in ZIELGRUPPEN
        ),
        lebenslagen=tuple(str(kategorie) for kategorie in leistung.kategorien.all()),
    )


def _rich(html: str) -> SafeString:
    # The one reviewed place: the text was cleaned when it was saved (zufi.common.html).
    safe: SafeString = mark_safe(expand_db_html(html or ""))  # noqa: S308
    return safe


def _lange_fakten(leistung: Leistung) -> list[tuple[str, SafeString]]:
    """Facts of more than one sentence stand whole below."""
    return [
        (label, _rich(html))
        for name, label in FAKTEN
        if (html := getattr(leistung, f"{name}_de")) and plain_text(html) != first_sentence(html)
    ]


def _abschnitte(leistung: Leistung) -> list[tuple[str, SafeString]]:
    return [
        (heading, _rich(html))
        for name, heading in AKKORDEONS
        if (html := getattr(leistung, f"{name}_de"))
    ]


def _start(leistung: Leistung, zugang: Onlinezugang, umfeld: Umfeld, ort: Ortsangabe) -> Start:
    formulare = _formulare(leistung.pk, umfeld)
    if not zugang.dienste:
        hinweis = (
            "In manchen Gemeinden online möglich. Geben Sie Ihren Ort an."
            if zugang.je_nach_ort
            else ""
        )
        return Start(hinweis=hinweis, formulare=formulare)
    dienst = zugang.dienste[0]
    host = urlsplit(dienst.url).hostname or ""
    anmeldung = f" Anmeldung mit {dienst.anmeldung}." if dienst.anmeldung else ""
    return Start(
        label=str(dienst),
        url=dienst.url,
        zeile=f"Öffnet den Antragsdienst auf {host}.{anmeldung}",
        formulare=formulare,
        gilt_fuer=ort.name,
    )


def _formulare(leistung_id: int, umfeld: Umfeld) -> tuple[dict[str, str], ...]:
    bindungen = (
        Formularbindung.objects.gueltig_am(umfeld.stichtag)
        .in_gebieten(umfeld.gebiet_ids)
        .filter(leistung_id=leistung_id, formular__live=True)
        .select_related("formular")
    )
    formulare = {bindung.formular_id: bindung.formular for bindung in bindungen}
    return tuple(
        {
            "label": str(formular),
            "url": formular.url or formular.datei.url,
            "zusatz": _barrierefrei(formular),
        }
        for formular in formulare.values()
        if formular.is_sichtbar(umfeld.stichtag)
    )


def _barrierefrei(formular: Formular) -> str:
    return {"ja": "barrierefrei", "nein": "nicht barrierefrei"}.get(formular.barrierefrei, "")


def _block(
    auskunft: Auskunft, ort: Ortsangabe, url: str, personen: Mapping[int, str], stichtag: date
) -> Zustaendigkeitsblock:
    zustand = auskunft.ergebnis.zustand
    stellen = auskunft.fuehrende_stellen
    ids = [stelle.behoerde_id for stelle in stellen]
    kontakt = _allgemeiner_kontakt(auskunft, stichtag) if zustand is Zustand.KEINE_REGEL else None
    karten = behoerden_karten(
        [*ids, *([kontakt] if kontakt is not None else [])],
        stichtag,
        zustaendig_fuer=ort.name or (ort.text if ort.orte else ""),
        aendern_url=f"{url}#zustaendig" if ort.orte else "",
    )
    return Zustaendigkeitsblock(
        zustand=zustand.value,
        karten=tuple(
            replace(
                karten[stelle.behoerde_id],
                kriterium=stelle.bedingung,
                ansprechperson=personen.get(stelle.behoerde_id, ""),
            )
            for stelle in stellen
            if stelle.behoerde_id in karten
        ),
        orte=ortswahl(ort.orte),
        ort_name=ort.name or ort.text,
        ort_text=ort.text,
        fehler_ort=ort.fehler,
        frage=auskunft.frage,
        vorbehalte=_hinweise(auskunft, ort),
        spur=auskunft.spur,
        # A contact is never called responsible.
        allgemeiner_kontakt=(
            replace(karten[kontakt], zustaendig_fuer="", aendern_url="")
            if kontakt in karten
            else None
        ),
        formular_url=url,
        nachfolge_unbekannt=ort.nachfolge_unbekannt,
    )


def _hinweise(auskunft: Auskunft, ort: Ortsangabe) -> tuple[str, ...]:
    """What the place says of its succession is more exact than the general sentence."""
    if not ort.hinweis:
        return auskunft.vorbehalte
    allgemein = {
        VORBEHALT_SAETZE[Vorbehalt.NACHFOLGE],
        VORBEHALT_SAETZE[Vorbehalt.NACHFOLGE_UNBEKANNT],
    }
    return (ort.hinweis, *(satz for satz in auskunft.vorbehalte if satz not in allgemein))


def _allgemeiner_kontakt(auskunft: Auskunft, stichtag: date) -> int | None:
    """The general administration of the most specific area looked at; never called responsible."""
    gebiete = [gebiet for schritt in auskunft.ergebnis.spur for gebiet in schritt.gebiete]
    behoerden = {
        behoerde.hauptgebiet_id: behoerde.pk
        for behoerde in Behoerde.objects.filter(
            hauptgebiet_id__in=gebiete, live=True, art__ist_allgemeine_verwaltung=True
        ).order_by("-pk")
        if behoerde.is_gueltig(stichtag)
    }
    return next((behoerden[gebiet] for gebiet in gebiete if gebiet in behoerden), None)


def leistungen_der_behoerde(
    behoerde_id: int, limit: int | None = None
) -> Sequence[tuple[str, str]]:
    """Return title and address of the published services this authority is responsible for."""
    rows: Iterable[tuple[str, str, str]] = (
        Zustaendigkeit.objects.filter(behoerde_id=behoerde_id, leistung__live=True)
        .order_by(F("leistung__bezeichnung_de"))
        .values_list("leistung__slug_de", "leistung__bezeichnung_2_de", "leistung__bezeichnung_de")
        .distinct()[:limit]
    )
    return [
        (zweite or erste, reverse("leistungen:detail", args=[slug])) for slug, zweite, erste in rows
    ]
