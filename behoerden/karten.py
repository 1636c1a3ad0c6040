"""Cards of authorities: the contact data citizens see, at any place that names an office."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from behoerden.domain.oeffnungszeit import Zeitplan, Zeitzeile, kommende_ausnahmen, woche, zustand
from behoerden.models import Anschrift, Behoerde, Erreichbarkeit, Oeffnungszeit
from zufi.common.zeitraum import enthaelt, heute

KARTENDIENST = "https://www.openstreetmap.org/search"
KARTENDIENST_NAME = "OpenStreetMap"
# What a card asks of an authority; prefetched for many at once.
KINDER = ("anschriften", "erreichbarkeiten", "oeffnungszeiten", "oeffnungsausnahmen")
_BESUCH = (Anschrift.Typ.BESUCH, Anschrift.Typ.HAUS)  # where visitors go, the first that is known
# The hours that say whether it is open: the first kind that is known.
_OFFEN = (Oeffnungszeit.Art.OEFFNUNG, Oeffnungszeit.Art.BESUCH)


@dataclass(frozen=True, slots=True)
class AmtskarteDaten:
    """What `templates/components/_amtskarte.html` shows, and some more for whole pages.

    What is not known is empty. `anschrift` are the lines of the visitors' address, else of the
    postal one; `anschriften` are all of them with their kind.
    """

    name: str
    url: str
    slug: str
    kurzbeschreibung: str = ""
    zustaendig_fuer: str = ""
    aendern_url: str = ""
    kriterium: str = ""
    hinweis: str = ""
    hinweis_datum: date | None = None
    anschrift: tuple[str, ...] = ()
    anschriften: tuple[tuple[str, tuple[str, ...]], ...] = ()
    telefon: str = ""
    email: str = ""
    internet: str = ""
    termin_url: str = ""
    weg_url: str = ""
    weg_ziel: str = KARTENDIENST_NAME
    vcard_url: str = ""
    ansprechperson: str = ""
    zeiten_zustand: str = ""
    zeiten: tuple[Zeitzeile, ...] = ()
    zeiten_hinweise: tuple[str, ...] = ()
    ausnahmen: tuple[str, ...] = ()
    barrierefreiheit: tuple[tuple[str, str], ...] = ()
    gebiet_in_worten: str = ""


def behoerde_karte(
    behoerde: Behoerde,
    stichtag: date,
    *,
    jetzt: datetime | None = None,
    zustaendig_fuer: str = "",
    aendern_url: str = "",
    gebiet_in_worten: str = "",
) -> AmtskarteDaten:
    """Return the card of this authority, a draft included; four queries unless prefetched.

    Args:
        behoerde: the authority, with its children.
        stichtag: the day for which notices and hours are shown.
        jetzt: the moment for "jetzt geöffnet", by default now; on another day than `stichtag` the
            card says nothing about the moment.
        zustaendig_fuer: name of the place the card answers for.
        aendern_url: where the place can be changed.
        gebiet_in_worten: whom the authority serves, as a sentence.
    """
    anschriften = list(behoerde.anschriften.all())
    besuch = _visitors_address(anschriften)
    erste = besuch or (anschriften[0] if anschriften else None)
    kontakte = [kontakt for kontakt in behoerde.erreichbarkeiten.all() if kontakt.oeffentlich]
    hinweis_gilt = enthaelt(behoerde.hinweis_von, behoerde.hinweis_bis, stichtag)
    hinweis: str = behoerde.hinweis_de if hinweis_gilt else ""
    jetzt = jetzt or timezone.now()
    ist_heute = heute(jetzt) == stichtag
    zeiten = _leading_hours(behoerde)
    plan = zeitplan(behoerde, zeiten)
    url = reverse("behoerden:detail", args=[behoerde.slug]) if behoerde.slug else ""
    return AmtskarteDaten(
        name=str(behoerde),
        url=url,
        slug=behoerde.slug,
        kurzbeschreibung=behoerde.kurzbeschreibung_de,
        zustaendig_fuer=zustaendig_fuer,
        aendern_url=aendern_url,
        hinweis=hinweis,
        hinweis_datum=behoerde.hinweis_von if hinweis else None,
        anschrift=erste.zeilen if erste else (),
        anschriften=tuple((a.get_typ_display(), a.zeilen) for a in anschriften),
        telefon=_kennung(kontakte, Erreichbarkeit.Kanal.TELEFON),
        email=_kennung(kontakte, Erreichbarkeit.Kanal.EMAIL),
        internet=behoerde.internet,
        termin_url=behoerde.termin_url,
        weg_url=_weg_url(besuch) if besuch else "",
        vcard_url=reverse("behoerden:vcard", args=[behoerde.slug]) if behoerde.live else "",
        zeiten_zustand=zustand(plan, jetzt) if ist_heute else "",
        zeiten=woche(plan, stichtag, stichtag if ist_heute else None),
        zeiten_hinweise=hinweise_zu(zeiten, stichtag),
        ausnahmen=kommende_ausnahmen(plan, stichtag),
        barrierefreiheit=besuch.merkmale if besuch else (),
        gebiet_in_worten=gebiet_in_worten,
    )


def behoerden_karten(
    behoerde_ids: Iterable[int],
    stichtag: date,
    *,
    jetzt: datetime | None = None,
    zustaendig_fuer: str = "",
    aendern_url: str = "",
) -> dict[int, AmtskarteDaten]:
    """Return the cards of those authorities that citizens may see; five queries for any number."""
    ids = set(behoerde_ids)
    if not ids:
        return {}
    rows = Behoerde.objects.sichtbar_am(stichtag).filter(pk__in=ids)
    jetzt = jetzt or timezone.now()
    return {
        behoerde.pk: behoerde_karte(
            behoerde,
            stichtag,
            jetzt=jetzt,
            zustaendig_fuer=zustaendig_fuer,
            aendern_url=aendern_url,
        )
        for behoerde in rows.prefetch_related(*KINDER)
    }


def besuchsanschrift(behoerde: Behoerde) -> Anschrift | None:
    """Return where visitors go: the visitors' address, else the house address."""
    return _visitors_address(list(behoerde.anschriften.all()))


def zeitplan(behoerde: Behoerde, zeiten: Iterable[Oeffnungszeit]) -> Zeitplan:
    """Return these hours together with the exceptions of the authority."""
    return Zeitplan(
        tuple(zeit.als_regel for zeit in zeiten),
        tuple(ausnahme.als_ausnahme for ausnahme in behoerde.oeffnungsausnahmen.all()),
    )


def hinweise_zu(zeiten: Iterable[Oeffnungszeit], stichtag: date) -> tuple[str, ...]:
    """Return what is said beside hours that hold on the day, each text once."""
    gueltig = (zeit.hinweis_de for zeit in zeiten if zeit.is_gueltig(stichtag))
    return tuple(dict.fromkeys(hinweis for hinweis in gueltig if hinweis))


def _leading_hours(behoerde: Behoerde) -> list[Oeffnungszeit]:
    alle = list(behoerde.oeffnungszeiten.all())
    for art in _OFFEN:
        if zeiten := [zeit for zeit in alle if zeit.art == art]:
            return zeiten
    return []


def _visitors_address(anschriften: Iterable[Anschrift]) -> Anschrift | None:
    nach_typ = {anschrift.typ: anschrift for anschrift in reversed(list(anschriften))}
    return next((nach_typ[typ] for typ in _BESUCH if typ in nach_typ), None)


def _kennung(kontakte: Iterable[Erreichbarkeit], kanal: str) -> str:
    return next((kontakt.kennung for kontakt in kontakte if kontakt.kanal == kanal), "")


def _weg_url(besuch: Anschrift) -> str:
    """The position if it is known, else the address: both open on the same service."""
    ziel = f"{besuch.strasse} {besuch.hausnummer}, {besuch.plz} {besuch.ort}"
    if besuch.lat is not None and besuch.lon is not None:
        ziel = f"{besuch.lat},{besuch.lon}"
    return f"{KARTENDIENST}?{urlencode({'query': ziel})}"
