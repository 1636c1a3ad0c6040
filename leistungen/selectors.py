"""Answers across models for pages, each with a known number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode, urlsplit

from django.db.models import F
from django.urls import reverse
from django.utils import timezone

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
from leistungen.domain.betrieb import stoerung_satz
from leistungen.domain.fakten import Vorbehalt, Zustand
from leistungen.domain.spur import VORBEHALT_SAETZE
from leistungen.models import Ergaenzung, Formular, Formularbindung, Leistung, Zustaendigkeit
from leistungen.models.leistung import ZIELGRUPPEN
from leistungen.seite.aufbau import Seiteninhalt, baue_inhalt
from leistungen.seite.schichten import lade_schichten
from zufi.common.html import plain_text

__all__ = [
    "Leistungsseite",
    "Start",
    "Zustaendigkeitsblock",
    "leistungen_der_behoerde",
    "leistungsseite",
    "platz_von",
]

MAX_VERWANDTE = 5


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
    """Everything the page of a service shows; `inhalt` holds its texts."""

    inhalt: Seiteninhalt
    url: str
    start: Start
    zustaendigkeit: Zustaendigkeitsblock
    ort: Ortsangabe
    leistungsschluessel: str
    stand: date | None
    zielgruppen: tuple[str, ...]
    lebenslagen: tuple[str, ...]
    verwandte: tuple[tuple[str, str], ...]

    @property
    def titel(self) -> str:
        """Title in the language of the page, else in German."""
        return self.inhalt.titel.text

    @property
    def kurztext(self) -> str:
        """First words about the service, without markup."""
        return plain_text(self.inhalt.kurz[0].html) if self.inhalt.kurz else ""


def platz_von(ort: Ortsangabe) -> Platz:
    """Return what the resolver needs of a place."""
    return Platz(
        gebiet_ids=ort.gebiet_ids,
        nachfolge_von=ort.nachfolge_von,
        nachfolge_unbekannt=ort.nachfolge_unbekannt,
    )


def leistungsseite(
    leistung: Leistung,
    ort: Ortsangabe,
    stichtag: date,
    *,
    sprache: str = "de",
    entwurf: Ergaenzung | None = None,
) -> Leistungsseite:
    """Return the page of a service for a place.

    Args:
        leistung: live, with its rows in memory (`lade_kinder`), or a draft.
        ort: the place asked for.
        stichtag: the day for which the page is true.
        sprache: "de", "en" or "de_simple"; what is missing in it stands in German, marked.
        entwurf: a local supplement shown as if it were published (preview).
    """
    umfeld = load_umfeld(platz_von(ort), stichtag)
    auskunft = auskuenfte({leistung.pk: leistung.titel}, umfeld)[leistung.pk]
    zugang = onlinezugaenge([leistung.pk], umfeld)[leistung.pk]
    kette = umfeld.kandidaten[0].kette if len(umfeld.kandidaten) == 1 else umfeld.landeskette
    schichten = lade_schichten(leistung, kette, umfeld.infos, stichtag, entwurf)
    url = reverse("leistungen:detail", args=[leistung.slug_de])
    return Leistungsseite(
        inhalt=baue_inhalt(schichten, sprache, stichtag),
        url=url,
        start=_start(leistung, zugang, umfeld, ort),
        zustaendigkeit=_block(auskunft, ort, url, ansprechpersonen(leistung.pk, umfeld), stichtag),
        ort=ort,
        leistungsschluessel=_hauptschluessel(leistung),
        stand=leistung.last_published_at.date() if leistung.last_published_at else None,
        zielgruppen=tuple(
            ZIELGRUPPEN[code] for code in leistung.zielgruppe_codes if code in ZIELGRUPPEN
        ),
        lebenslagen=tuple(str(kategorie) for kategorie in leistung.kategorien.all()),
        verwandte=_verwandte(leistung, ort, stichtag),
    )


def _hauptschluessel(leistung: Leistung) -> str:
    schluessel = sorted(leistung.leistungsschluessel.all(), key=lambda s: not s.ist_primaer)
    return schluessel[0].schluessel if schluessel else ""


def _verwandte(leistung: Leistung, ort: Ortsangabe, stichtag: date) -> tuple[tuple[str, str], ...]:
    """Return title and address of the related services that are public; no row, no query."""
    ids = [zeile.andere_id for zeile in leistung.verwandte.all()][:MAX_VERWANDTE]
    if not ids:
        return ()
    andere = {
        andere.pk: andere
        for andere in Leistung.objects.sichtbar_am(stichtag)
        .filter(pk__in=ids)
        .only("bezeichnung_de", "bezeichnung_2_de", "slug_de")
    }
    zusatz = f"?{urlencode({'ort': ort.adressteil})}" if ort.adressteil else ""
    return tuple(
        (andere[pk].titel, reverse("leistungen:detail", args=[andere[pk].slug_de]) + zusatz)
        for pk in ids
        if pk in andere
    )


def _start(leistung: Leistung, zugang: Onlinezugang, umfeld: Umfeld, ort: Ortsangabe) -> Start:
    formulare = _formulare(leistung.pk, umfeld)
    if not zugang.dienste:
        hinweis = (
            "In manchen Gemeinden online möglich. Geben Sie Ihren Ort an."
            if zugang.je_nach_ort
            else ""
        )
        return Start(hinweis=hinweis, formulare=formulare)
    jetzt = timezone.now()
    dienst = next((d for d in zugang.dienste if d.is_nutzbar(jetzt)), zugang.dienste[0])
    if stoerung := stoerung_satz(dienst.betrieb, jetzt):
        return Start(wartung=stoerung, formulare=formulare, gilt_fuer=ort.name)
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
