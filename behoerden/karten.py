"""Cards of authorities: the contact data citizens see, at any place that names an office."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from behoerden.models import Anschrift, Behoerde, Erreichbarkeit
from zufi.common.zeitraum import enthaelt

KARTENDIENST = "https://www.openstreetmap.org/search"
KARTENDIENST_NAME = "OpenStreetMap"


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
    zeiten: tuple[dict[str, object], ...] = ()
    barrierefreiheit: tuple[tuple[str, str], ...] = ()
    gebiet_in_worten: str = ""


def behoerde_karte(
    behoerde: Behoerde,
    stichtag: date,
    *,
    zustaendig_fuer: str = "",
    aendern_url: str = "",
    gebiet_in_worten: str = "",
) -> AmtskarteDaten:
    """Return the card of this authority, a draft included; two queries unless prefetched."""
    anschriften = list(behoerde.anschriften.all())
    haus = next((a for a in anschriften if a.typ == Anschrift.Typ.HAUS), None)
    erste = haus or (anschriften[0] if anschriften else None)
    kontakte = [kontakt for kontakt in behoerde.erreichbarkeiten.all() if kontakt.oeffentlich]
    hinweis_gilt = enthaelt(behoerde.hinweis_von, behoerde.hinweis_bis, stichtag)
    hinweis: str = behoerde.hinweis_de if hinweis_gilt else ""
    return AmtskarteDaten(
        name=str(behoerde),
        url=reverse("behoerden:detail", args=[behoerde.slug]) if behoerde.slug else "",
        slug=behoerde.slug,
        kurzbeschreibung=behoerde.kurzbeschreibung_de,
        zustaendig_fuer=zustaendig_fuer,
        aendern_url=aendern_url,
        hinweis=hinweis,
        hinweis_datum=behoerde.hinweis_von if hinweis else None,
        anschrift=_zeilen(erste) if erste else (),
        anschriften=tuple((a.get_typ_display(), _zeilen(a)) for a in anschriften),
        telefon=_kennung(kontakte, Erreichbarkeit.Kanal.TELEFON),
        email=_kennung(kontakte, Erreichbarkeit.Kanal.EMAIL),
        internet=behoerde.internet,
        termin_url=behoerde.termin_url,
        weg_url=_weg_url(haus) if haus else "",
        gebiet_in_worten=gebiet_in_worten,
    )


def behoerden_karten(
    behoerde_ids: Iterable[int],
    stichtag: date,
    *,
    zustaendig_fuer: str = "",
    aendern_url: str = "",
) -> dict[int, AmtskarteDaten]:
    """Return the cards of those authorities that citizens may see; three queries for any number."""
    ids = set(behoerde_ids)
    if not ids:
        return {}
    rows = Behoerde.objects.sichtbar_am(stichtag).filter(pk__in=ids)
    return {
        behoerde.pk: behoerde_karte(
            behoerde, stichtag, zustaendig_fuer=zustaendig_fuer, aendern_url=aendern_url
        )
        for behoerde in rows.prefetch_related("anschriften", "erreichbarkeiten")
    }


def _zeilen(anschrift: Anschrift) -> tuple[str, ...]:
    zeilen = (
        anschrift.zusatz_de,
        f"{anschrift.strasse} {anschrift.hausnummer}".strip(),
        f"Postfach {anschrift.postfach}" if anschrift.postfach else "",
        f"{anschrift.plz} {anschrift.ort}".strip(),
    )
    return tuple(zeile for zeile in zeilen if zeile)


def _kennung(kontakte: Iterable[Erreichbarkeit], kanal: str) -> str:
    return next((kontakt.kennung for kontakt in kontakte if kontakt.kanal == kanal), "")


def _weg_url(haus: Anschrift) -> str:
    ziel = f"{haus.strasse} {haus.hausnummer}, {haus.plz} {haus.ort}"
    return f"{KARTENDIENST}?{urlencode({'query': ziel})}"
