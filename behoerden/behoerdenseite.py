"""What the public page of one authority shows; one dataclass per page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.urls import reverse

from behoerden.behoerdenfolge import nachfolger_von
from behoerden.domain.gebietsdaten import (
    BUND,
    GEMEINDE,
    KREISFREIE_STADT,
    LAND,
    LANDKREIS,
    VERBAENDE,
)
from behoerden.domain.gebietssatz import gebiet_satz
from behoerden.domain.kennungen import TELEFONISCH
from behoerden.domain.oeffnungszeit import Zeitzeile, woche
from behoerden.karten import (
    KINDER,
    AmtskarteDaten,
    behoerde_karte,
    besuchsanschrift,
    hinweise_zu,
    zeitplan,
)
from behoerden.ketten import GebietInfo, gebiet_infos
from behoerden.kontakte import KontaktpersonDaten, is_zeigbar, kontaktperson_daten
from behoerden.models import Anschrift, Behoerde, Behoerdenbeziehung, Oeffnungszeit
from behoerden.orte import gemeinden_below
from behoerden.querysets import BehoerdeQuerySet
from behoerden.registry import leistungen_of
from zufi.common.text import fold_umlaute

LEISTUNGEN_ZUERST = 20
KONTAKT = "Kontakt"
Link = tuple[str, str]  # label, address
# Heading above the other authority: seen from here, and seen from the other side.
BEZIEHUNGEN = {
    Behoerdenbeziehung.Typ.FACHAUFSICHT: ("Fachaufsicht", "Fachaufsicht über"),
    Behoerdenbeziehung.Typ.GEMEINSAM: ("Gemeinsame Einrichtung von", "Beteiligt an"),
    Behoerdenbeziehung.Typ.AUSSENSTELLE: ("Außenstelle von", "Außenstellen"),
}


@dataclass(frozen=True, slots=True)
class Zeitenblock:
    """Hours of another kind than opening: "Telefonzeiten"."""

    titel: str
    zeilen: tuple[Zeitzeile, ...]
    hinweise: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vorort:
    """Getting there and getting in, at the address visitors go to; what is unknown is empty."""

    anfahrt: str = ""
    haltestelle: str = ""
    linien: str = ""
    parken: str = ""
    barriere_hinweis: str = ""
    geprueft_am: date | None = None


@dataclass(frozen=True, slots=True)
class Behoerdenseite:
    """The page of an authority."""

    titel: str
    kurzbeschreibung: str
    karte: AmtskarteDaten  # headed "Kontakt": the page itself bears the name
    art: str
    anlaufstelle_fuer: str  # phrase after "für", "" if it is no general administration
    gebiet_in_worten: str
    gemeinden: tuple[str, ...]
    beschreibung: str  # rich text, cleaned when it was saved
    weitere_anschriften: tuple[tuple[str, tuple[str, ...]], ...]
    weitere_kontakte: tuple[tuple[str, str, str, str], ...]  # channel, text, address, words
    weitere_zeiten: tuple[Zeitenblock, ...]
    vorort: Vorort
    personen: tuple[KontaktpersonDaten, ...]
    uebergeordnet: Link | None
    nachgeordnete: tuple[Link, ...]
    beziehungen: tuple[tuple[str, tuple[Link, ...]], ...]
    leistungen: tuple[Link, ...]
    alle_leistungen_url: str
    endet_am: date | None
    nachfolger: tuple[Link, ...]
    stand: date | None


def mit_seite(rows: BehoerdeQuerySet) -> BehoerdeQuerySet:
    """Return the authorities with everything their page asks of them."""
    return rows.select_related("art", "uebergeordnet").prefetch_related(
        *KINDER,
        "kontaktpersonen",
        "beziehungen__andere",
        "beziehungen_zu__behoerde",
    )


def behoerdenseite(
    behoerde: Behoerde, stichtag: date, *, jetzt: datetime | None = None, alle: bool = False
) -> Behoerdenseite:
    """Return the page of this authority, a draft included; at most sixteen queries.

    Args:
        behoerde: the authority, with its children (`mit_seite` fetches them at once).
        stichtag: the day for which areas, hours and notices are shown.
        jetzt: the moment for "jetzt geöffnet", by default now.
        alle: all services instead of the first twenty.
    """
    infos = gebiet_infos([pk] if (pk := behoerde.hauptgebiet_id) else [], stichtag)
    info = infos.get(behoerde.hauptgebiet_id or 0)
    gemeinden = _gemeinden(info, stichtag) if info else ()
    fuer = gebiet_in_worten(info) if info else ""
    karte = behoerde_karte(behoerde, stichtag, jetzt=jetzt)
    leistungen = _leistungen(behoerde, alle=alle)
    mehr = not alle and len(leistungen) > LEISTUNGEN_ZUERST
    return Behoerdenseite(
        titel=karte.name,
        kurzbeschreibung=karte.kurzbeschreibung,
        karte=replace(karte, name=KONTAKT, url=""),
        art=str(behoerde.art) if behoerde.art_id else "",
        anlaufstelle_fuer=fuer,
        # Without members the phrase beside it says the same.
        gebiet_in_worten=behoerde.gebiet_text_de
        or (gebiet_satz(fuer, gemeinden) if gemeinden else ""),
        gemeinden=gemeinden,
        beschreibung=behoerde.beschreibung_de,
        weitere_anschriften=tuple(
            eintrag for eintrag in karte.anschriften if eintrag[1] != karte.anschrift
        ),
        weitere_kontakte=_other_channels(behoerde, {karte.telefon, karte.email}),
        weitere_zeiten=_other_hours(behoerde, stichtag),
        vorort=_on_site(besuchsanschrift(behoerde)),
        personen=tuple(
            kontaktperson_daten(person)
            for person in behoerde.kontaktpersonen.all()
            if is_zeigbar(person, stichtag)
        ),
        uebergeordnet=_link(behoerde.uebergeordnet, stichtag),
        nachgeordnete=_nachgeordnete(behoerde, stichtag),
        beziehungen=_beziehungen(behoerde, stichtag),
        leistungen=leistungen[:LEISTUNGEN_ZUERST] if mehr else leistungen,
        alle_leistungen_url=f"{karte.url}?alle=1#leistungen" if mehr else "",
        endet_am=behoerde.gueltig_bis,
        nachfolger=nachfolger_links(behoerde, stichtag),
        stand=behoerde.last_published_at.date() if behoerde.last_published_at else None,
    )


def nachfolger_links(behoerde: Behoerde, stichtag: date) -> tuple[Link, ...]:
    """Return the live authorities that took over on this day or before; two queries at most."""
    if not behoerde.pk:
        return ()
    ids = nachfolger_von([behoerde.pk], stichtag)[behoerde.pk]
    if not ids:
        return ()
    rows = Behoerde.objects.filter(pk__in=ids).only("name_de", "slug").order_by("name_de", "pk")
    return tuple(_as_link(row) for row in rows)


def gebiet_in_worten(info: GebietInfo) -> str:
    """Return an area as a phrase that follows "für": "die Gemeinde Udestedt (Landkreis …)"."""
    stadt = info.amtlicher_name.endswith(", Stadt")
    gruppe = f"{info.name} und die Gemeinden, für die {info.name} die Verwaltung führt"
    return {
        KREISFREIE_STADT: f"die kreisfreie Stadt {info.name}",
        GEMEINDE: f"die {'Stadt' if stadt else 'Gemeinde'} {info.name} ({info.kreis})",
        "vg": f"die Verwaltungsgemeinschaft {info.name} ({info.kreis})",
        "erfuellende_gemeinde": gruppe,
        LANDKREIS: f"den {info.label}",
        LAND: f"ganz {info.name}",
        BUND: f"ganz {info.name}",
    }.get(info.art, info.name)


def _gemeinden(info: GebietInfo, stichtag: date) -> tuple[str, ...]:
    """Names of the Gemeinden of a Verband, the one that leads it first; a Kreis has too many."""
    if info.art not in VERBAENDE:
        return ()
    namen = {g.name for g in gebiet_infos(gemeinden_below([info.id], stichtag), stichtag).values()}
    return tuple(sorted(namen, key=lambda name: (name != info.erfuellt_durch, fold_umlaute(name))))


def _leistungen(behoerde: Behoerde, *, alle: bool) -> tuple[Link, ...]:
    if not behoerde.pk:
        return ()
    return leistungen_of(behoerde.pk, None if alle else LEISTUNGEN_ZUERST + 1)


def _as_link(behoerde: Behoerde) -> Link:
    return str(behoerde), reverse("behoerden:detail", args=[behoerde.slug])


def _link(behoerde: Behoerde | None, stichtag: date) -> Link | None:
    if behoerde is None or not behoerde.is_sichtbar(stichtag):
        return None
    return _as_link(behoerde)


def _nachgeordnete(behoerde: Behoerde, stichtag: date) -> tuple[Link, ...]:
    if not behoerde.pk:
        return ()
    rows = Behoerde.objects.sichtbar_am(stichtag).filter(uebergeordnet_id=behoerde.pk)
    return tuple(_as_link(row) for row in rows.only("name_de", "slug").order_by("name_de", "pk"))


def _beziehungen(behoerde: Behoerde, stichtag: date) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    """Visible authorities under one heading per kind and direction; drafts are no relation."""
    gruppen: dict[str, list[Link]] = {}
    eigene = [(zeile, zeile.andere, 0) for zeile in behoerde.beziehungen.all()]
    fremde = (
        [(zeile, zeile.behoerde, 1) for zeile in behoerde.beziehungen_zu.all()]
        if behoerde.pk
        else []
    )
    for zeile, andere, seite in (*eigene, *fremde):
        link = _link(andere, stichtag) if zeile.is_gueltig(stichtag) else None
        if link:
            titel = BEZIEHUNGEN[Behoerdenbeziehung.Typ(zeile.typ)][seite]
            gruppen.setdefault(titel, []).append(link)
    return tuple((titel, tuple(sorted(set(links)))) for titel, links in gruppen.items())


def _other_channels(
    behoerde: Behoerde, auf_der_karte: Iterable[str]
) -> tuple[tuple[str, str, str, str], ...]:
    """Public channels the card does not show: channel, text, "tel" or "mail", words beside it."""
    schon = set(auf_der_karte)
    return tuple(
        (k.get_kanal_display(), k.kennung, _scheme(k.kanal), k.zusatz_de)
        for k in behoerde.erreichbarkeiten.all()
        if k.oeffentlich and k.kennung not in schon
    )


def _scheme(kanal: str) -> str:
    if kanal in TELEFONISCH - {"04"}:  # nobody calls a fax
        return "tel"
    return "mail" if kanal == "01" else ""


def _other_hours(behoerde: Behoerde, stichtag: date) -> tuple[Zeitenblock, ...]:
    """Tables of the kinds of hours the card does not show."""
    alle = list(behoerde.oeffnungszeiten.all())
    arten = [art for art in Oeffnungszeit.Art if any(zeit.art == art for zeit in alle)]
    fuehrend = {Oeffnungszeit.Art.OEFFNUNG, Oeffnungszeit.Art.BESUCH}
    auf_der_karte = next((art for art in arten if art in fuehrend), None)
    bloecke = []
    for art in arten:
        if art == auf_der_karte:
            continue
        zeiten = [zeit for zeit in alle if zeit.art == art]
        if zeilen := woche(zeitplan(behoerde, zeiten), stichtag):
            bloecke.append(Zeitenblock(str(art.label), zeilen, hinweise_zu(zeiten, stichtag)))
    return tuple(bloecke)


def _on_site(anschrift: Anschrift | None) -> Vorort:
    if anschrift is None:
        return Vorort()
    return Vorort(
        anfahrt=anschrift.anfahrt_de,
        haltestelle=anschrift.haltestelle,
        linien=anschrift.linien,
        parken=anschrift.parken_de,
        barriere_hinweis=anschrift.barriere_hinweis_de,
        geprueft_am=anschrift.geprueft_am,
    )
