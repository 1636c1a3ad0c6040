"""A small Thüringen for tests of the whole path: real names and keys, invented offices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from behoerden.domain.ortsname import fold
from behoerden.domain.schluessel import ags_from_ars
from behoerden.models import (
    Anschrift,
    Behoerde,
    Behoerdenart,
    Erreichbarkeit,
    Gebiet,
    Gebietsart,
    Gebietsschluessel,
    Gebietsversion,
    Ortsname,
    PlzGemeinde,
    Postleitzahl,
)
from leistungen.models import (
    Begriff,
    Leistung,
    Onlinedienst,
    Onlinedienstbindung,
    Zustaendigkeit,
)


@dataclass(frozen=True)
class Welt:
    """Areas, offices and one service of this small Land."""

    bund: Gebiet
    land: Gebiet
    kreis: Gebiet
    verband: Gebiet
    udestedt: Gebiet
    kleinmoelsen: Gebiet
    erfurt: Gebiet
    stadtverwaltung: Behoerde
    verwaltungsgemeinschaft: Behoerde
    hund: Leistung


def publish(obj: Any) -> Any:
    """Publish the way editors do."""
    obj.save_revision().publish()
    obj.refresh_from_db()
    return obj


def gebiet(art: Gebietsart, name: str, ars: str = "", parent: Gebiet | None = None) -> Gebiet:
    """An area with name, parent, keys and the names people use."""
    area = Gebiet.objects.create(art=art)
    Gebietsversion.objects.create(gebiet=area, name=name, amtlicher_name=name, parent=parent)
    if ars:
        Gebietsschluessel.objects.create(gebiet=area, typ="ars", wert=ars)
    if art in {Gebietsart.GEMEINDE, Gebietsart.KREISFREIE_STADT}:
        Gebietsschluessel.objects.create(gebiet=area, typ="ags", wert=ags_from_ars(ars))
    formen = fold(name)
    Ortsname.objects.create(
        name=name, form_ae=formen.ae, form_a=formen.a, art="amtlich", gebiet=area
    )
    return area


def behoerde(
    name: str, slug: str, art: Behoerdenart, hauptgebiet: Gebiet | None = None
) -> Behoerde:
    """A published authority that can be reached."""
    obj = Behoerde(name_de=name, slug=slug, art=art, hauptgebiet=hauptgebiet)
    obj.anschriften = [Anschrift(strasse="Musterstraße", hausnummer="1", plz="99084", ort="Erfurt")]
    obj.erreichbarkeiten = [Erreichbarkeit(kanal="02", kennung="030 23125 001")]
    obj.save()
    return publish(obj)


def leistung(titel: str, slug: str, *begriffe: str, **fields: Any) -> Leistung:
    """A published service."""
    obj = Leistung(
        bezeichnung_de=titel, slug_de=slug, kurztext_de=f"{titel}: So geht es.", **fields
    )
    obj.begriffe = [Begriff(begriff_de=begriff) for begriff in begriffe]
    obj.save()
    return publish(obj)


@transaction.atomic
def build() -> Welt:
    """Build the small Land."""
    bund = gebiet(Gebietsart.BUND, "Deutschland")
    land = gebiet(Gebietsart.LAND, "Thüringen", "160000000000", bund)
    kreis = gebiet(Gebietsart.LANDKREIS, "Sömmerda", "160680000000", land)
    verband = gebiet(Gebietsart.VG, "Gramme-Vippach", "160685012000", kreis)
    udestedt = gebiet(Gebietsart.GEMEINDE, "Udestedt", "160685012055", verband)
    kleinmoelsen = gebiet(Gebietsart.GEMEINDE, "Kleinmölsen", "160685012030", verband)
    erfurt = gebiet(Gebietsart.KREISFREIE_STADT, "Erfurt", "160510000000", land)
    for plz, gemeinde in (("99198", udestedt), ("99198", kleinmoelsen), ("99084", erfurt)):
        zahl, _ = Postleitzahl.objects.get_or_create(plz=plz)
        PlzGemeinde.objects.create(plz=zahl, gemeinde=gemeinde, quelle="test")
    verwaltung = Behoerdenart.objects.create(
        slug="verwaltung", name_de="Verwaltung", ist_allgemeine_verwaltung=True
    )
    stadtverwaltung = behoerde("Stadtverwaltung Erfurt", "stadt-erfurt", verwaltung, erfurt)
    vg = behoerde("Verwaltungsgemeinschaft Gramme-Vippach", "vg-gramme", verwaltung, verband)
    hund = leistung("Hund zur Hundesteuer anmelden", "hundesteuer-anmelden", "Hund anmelden")
    for area, office in ((erfurt, stadtverwaltung), (verband, vg)):
        Zustaendigkeit.objects.create(leistung=hund, gebiet=area, behoerde=office)
    dienst = Onlinedienst(bezeichnung_de="Hund online anmelden", url="https://online.example/hund/")
    dienst.save()
    Onlinedienstbindung.objects.create(leistung=hund, gebiet=erfurt, onlinedienst=publish(dienst))
    return Welt(
        bund=bund,
        land=land,
        kreis=kreis,
        verband=verband,
        udestedt=udestedt,
        kleinmoelsen=kleinmoelsen,
        erfurt=erfurt,
        stadtverwaltung=stadtverwaltung,
        verwaltungsgemeinschaft=vg,
        hund=hund,
    )
