"""Faults to plant into the demo data, as a table: kind, what is done, to which service, where.

Each fault gets a service of its own, so that no fault hides or causes another one. Expected is
exactly one finding of the kind, that names `regeln` (where the fault leaves one) and Gemeinden.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from behoerden.models import Behoerde, Behoerdenart, Gebiet, Gebietsart, Gebietsversion
from leistungen.coverage import Art
from leistungen.coverage.raum import Raum
from leistungen.models import Kriterium, Leistung, Zustaendigkeit


@dataclass(frozen=True)
class Feld:
    """What planting needs: the areas, authorities that serve nothing yet, a criterion."""

    stichtag: date
    raum: Raum
    fremde: tuple[Behoerde, ...]
    entwurf: Behoerde
    beendet: Behoerde
    familienname: Kriterium
    unternehmen: Kriterium

    def gebiet(self, name: str) -> int:
        """Id of the only living area with this title."""
        (pk,) = [f.id for f in self.raum.flaechen.values() if f.titel == name]
        return pk

    def kinder(self, gebiet_id: int) -> list[int]:
        """Areas directly below."""
        return sorted(f.id for f in self.raum.flaechen.values() if f.parent_id == gebiet_id)

    def gemeinden(self, *gebiet_ids: int) -> frozenset[int]:
        """All Gemeinden of these areas."""
        return frozenset(g for pk in gebiet_ids for g in self.raum.gemeinden_von[pk])


@dataclass(frozen=True)
class Erwartung:
    """What the prover must say; `regeln` and `gemeinden` exactly."""

    regeln: frozenset[int]
    gemeinden: frozenset[int]


Pflanzer = Callable[[Feld, Leistung, str], Erwartung]


def zeile(leistung: Leistung, gebiet_id: int) -> Zustaendigkeit:
    """The only rule of the service for responsible offices at this area."""
    return leistung.zustaendigkeiten.get(gebiet_id=gebiet_id, rolle="01")


def regel(leistung: Leistung, gebiet_id: int, behoerde: Behoerde, **felder: Any) -> Zustaendigkeit:
    """A rule through the checks of the model."""
    row = Zustaendigkeit(leistung=leistung, gebiet_id=gebiet_id, behoerde=behoerde, **felder)
    row.full_clean()
    row.save()
    return row


def geloescht(feld: Feld, leistung: Leistung, wo: str) -> Erwartung:
    """A rule is missing."""
    zeile(leistung, feld.gebiet(wo)).delete()
    return Erwartung(frozenset(), feld.gemeinden(feld.gebiet(wo)))


def kreis_geloescht(feld: Feld, leistung: Leistung, wo: str) -> Erwartung:
    """All rules below a Kreis are missing."""
    kreis = feld.gebiet(wo)
    leistung.zustaendigkeiten.filter(gebiet_id__in=[kreis, *feld.kinder(kreis)]).delete()
    return Erwartung(frozenset(), feld.gemeinden(kreis))


def alles_geloescht(feld: Feld, leistung: Leistung, wo: str) -> Erwartung:
    """Nobody is responsible anywhere."""
    leistung.zustaendigkeiten.all().delete()
    return Erwartung(frozenset(), feld.gemeinden(feld.gebiet(wo)))


def nur_ansprechpunkt(feld: Feld, leistung: Leistung, wo: str) -> Erwartung:
    """A contact point is no responsible office."""
    row = zeile(leistung, feld.gebiet(wo))
    row.rolle = "03"
    row.save()
    return Erwartung(frozenset(), feld.gemeinden(row.gebiet_id))


def beginnt_erst(feld: Feld, leistung: Leistung, wo: str) -> Erwartung:
    """The rule starts tomorrow, today nobody is responsible."""
    row = zeile(leistung, feld.gebiet(wo))
    row.gueltig_ab = feld.stichtag + timedelta(days=1)
    row.save()
    return Erwartung(frozenset(), feld.gemeinden(row.gebiet_id))


def zweite_behoerde(feld: Feld, leistung: Leistung, wo: str) -> Erwartung:
    """Two authorities at one area."""
    row = zeile(leistung, feld.gebiet(wo))
    neu = regel(leistung, row.gebiet_id, feld.fremde[0])
    return Erwartung(frozenset({row.pk, neu.pk}), feld.gemeinden(row.gebiet_id))


def einseitige_wahl(feld: Feld, leistung: Leistung, wo: str) -> Erwartung:
    """A free choice that only one of two rules allows."""
    row = zeile(leistung, feld.gebiet(wo))
    neu = regel(leistung, row.gebiet_id, feld.fremde[0], wahl_erlaubt=True)
    return Erwartung(frozenset({row.pk, neu.pk}), feld.gemeinden(row.gebiet_id))


def doppelte_buchstaben(feld: Feld, leistung: Leistung, wo: str) -> Erwartung:
    """Two authorities both have the letter M."""
    gebiet = feld.gebiet(wo)
    zeile(leistung, gebiet).delete()
    kriterium = feld.familienname
    a = regel(leistung, gebiet, feld.fremde[0], kriterium=kriterium, werte=list("ABCDEFGHIJKLM"))
    b = regel(leistung, gebiet, feld.fremde[1], kriterium=kriterium, werte=list("MNOPQRSTUVWXYZ"))
    return Erwartung(frozenset({a.pk, b.pk}), feld.gemeinden(gebiet))


def zweiter_ansprechpunkt(feld: Feld, leistung: Leistung, wo: str) -> Erwartung:
    """Two contact points at one area."""
    gebiet = feld.gebiet(wo)
    neu = [regel(leistung, gebiet, behoerde, rolle="03") for behoerde in feld.fremde[:2]]
    return Erwartung(frozenset(row.pk for row in neu), feld.gemeinden(gebiet))


def andere_rolle(feld: Feld, leistung: Leistung, wo: str) -> Erwartung:
    """The same authority twice, once as both."""
    row = zeile(leistung, feld.gebiet(wo))
    neu = regel(leistung, row.gebiet_id, row.behoerde, rolle="02")
    return Erwartung(frozenset({row.pk, neu.pk}), feld.gemeinden(row.gebiet_id))


def ergaenzt_dasselbe(feld: Feld, leistung: Leistung, wo: str) -> Erwartung:
    """A member adds the authority that it inherits anyway."""
    row = zeile(leistung, feld.gebiet(wo))
    unten = feld.kinder(row.gebiet_id)[0]
    neu = regel(leistung, unten, row.behoerde, wirkung="ergaenzt")
    return Erwartung(frozenset({row.pk, neu.pk}), feld.gemeinden(unten))


def luecke_im_alphabet(feld: Feld, leistung: Leistung, wo: str) -> Erwartung:
    """Nobody has the letter L."""
    gebiet = feld.gebiet(wo)
    zeile(leistung, gebiet).delete()
    kriterium = feld.familienname
    a = regel(leistung, gebiet, feld.fremde[0], kriterium=kriterium, werte=list("ABCDEFGHIJK"))
    b = regel(leistung, gebiet, feld.fremde[1], kriterium=kriterium, werte=list("MNOPQRSTUVWXYZ"))
    return Erwartung(frozenset({a.pk, b.pk}), feld.gemeinden(gebiet))


def luecke_in_auswahl(feld: Feld, leistung: Leistung, wo: str) -> Erwartung:
    """Only companies have an office."""
    row = zeile(leistung, feld.gebiet(wo))
    row.kriterium, row.werte = feld.unternehmen, ["Unternehmen"]
    row.save()
    return Erwartung(frozenset({row.pk}), feld.gemeinden(row.gebiet_id))


def nicht_veroeffentlicht(feld: Feld, leistung: Leistung, wo: str) -> Erwartung:
    """The authority is a draft."""
    row = zeile(leistung, feld.gebiet(wo))
    row.behoerde = feld.entwurf
    row.save()
    return Erwartung(frozenset({row.pk}), feld.gemeinden(row.gebiet_id))


def behoerde_beendet(feld: Feld, leistung: Leistung, wo: str) -> Erwartung:
    """The authority has ended, nobody followed."""
    row = zeile(leistung, feld.gebiet(wo))
    row.behoerde = feld.beendet
    row.save()
    return Erwartung(frozenset({row.pk}), feld.gemeinden(row.gebiet_id))


def gebiet_aufgeloest(feld: Feld, leistung: Leistung, wo: str) -> Erwartung:
    """A rule still hangs at a Gemeinde that was dissolved."""
    gebiet = Gebiet.objects.filter(art=wo, gueltig_bis__lt=feld.stichtag).order_by("pk")[0]
    neu = regel(leistung, gebiet.pk, feld.fremde[0])
    return Erwartung(frozenset({neu.pk}), frozenset())


def bezirk_ohne_mitglieder(feld: Feld, leistung: Leistung, wo: str) -> Erwartung:
    """An own district nobody belongs to."""
    gebiet = Gebiet.objects.create(art=Gebietsart.EIGENES_GEBIET)
    Gebietsversion.objects.create(gebiet=gebiet, name=wo)
    neu = regel(leistung, gebiet.pk, feld.fremde[0])
    return Erwartung(frozenset({neu.pk}), frozenset())


def abgelaufen(feld: Feld, leistung: Leistung, wo: str) -> Erwartung:
    """The rule ended yesterday."""
    row = zeile(leistung, feld.gebiet(wo))
    row.gueltig_bis = feld.stichtag - timedelta(days=1)
    row.save()
    return Erwartung(frozenset({row.pk}), feld.gemeinden(row.gebiet_id))


def kreis_abgelaufen(feld: Feld, leistung: Leistung, wo: str) -> Erwartung:
    """All rules below a Kreis ended on the same day: one cause."""
    kreis = feld.gebiet(wo)
    rows = leistung.zustaendigkeiten.filter(gebiet_id__in=feld.kinder(kreis))
    ids = frozenset(rows.values_list("pk", flat=True))
    rows.update(gueltig_bis=feld.stichtag - timedelta(days=100))
    return Erwartung(ids, feld.gemeinden(kreis))


def laeuft_ab(feld: Feld, leistung: Leistung, wo: str) -> Erwartung:
    """The rule ends in thirty days."""
    row = zeile(leistung, feld.gebiet(wo))
    row.gueltig_bis = feld.stichtag + timedelta(days=30)
    row.save()
    return Erwartung(frozenset({row.pk}), feld.gemeinden(row.gebiet_id))


def ueberdeckt(feld: Feld, leistung: Leistung, wo: str) -> Erwartung:
    """A wide rule although everything below has one of its own."""
    gebiet = feld.gebiet(wo)
    neu = regel(leistung, gebiet, feld.fremde[0])
    return Erwartung(frozenset({neu.pk}), feld.gemeinden(gebiet))


def zu_tief(feld: Feld, leistung: Leistung, wo: str) -> Erwartung:
    """The row of an area is copied to each member instead."""
    row = zeile(leistung, feld.gebiet(wo))
    neu = [regel(leistung, pk, row.behoerde) for pk in feld.kinder(row.gebiet_id)]
    row.delete()
    return Erwartung(frozenset(r.pk for r in neu), feld.gemeinden(row.gebiet_id))


def falsche_ebene(feld: Feld, leistung: Leistung, wo: str) -> Erwartung:
    """One office for everybody at a level that contradicts the typing."""
    leistung.zustaendigkeiten.all().delete()
    neu = regel(leistung, feld.gebiet(wo), feld.fremde[0])
    return Erwartung(frozenset({neu.pk}), feld.gemeinden(neu.gebiet_id))


def stelle_daneben(feld: Feld, leistung: Leistung, wo: str) -> Erwartung:
    """One area has an office of its own although the typing says otherwise."""
    neu = regel(leistung, feld.gebiet(wo), feld.fremde[0])
    return Erwartung(frozenset({neu.pk}), feld.gemeinden(neu.gebiet_id))


# Kind, planting, level of the catalogue (one service each, in its order), areas.
TABELLE: tuple[tuple[Art, Pflanzer, str, tuple[str, ...]], ...] = (
    (Art.LUECKE, geloescht, "gemeinde", ("VG Gramme-Vippach", "Erfurt")),
    (Art.LUECKE, geloescht, "kreis", ("Landkreis Sömmerda", "Jena")),
    (Art.LUECKE, kreis_geloescht, "gemeinde", ("Landkreis Eichsfeld",)),
    (Art.LUECKE, alles_geloescht, "kreis", ("Thüringen",)),
    (Art.LUECKE, nur_ansprechpunkt, "standesamt", ("Weimar",)),
    (Art.LUECKE, beginnt_erst, "kreis", ("Landkreis Gotha",)),
    (Art.KONFLIKT, zweite_behoerde, "gemeinde", ("Gera", "VG Leinetal")),
    (Art.KONFLIKT, zweite_behoerde, "kreis", ("Ilm-Kreis", "Suhl")),
    (Art.KONFLIKT, einseitige_wahl, "kreis", ("Landkreis Greiz",)),
    (Art.KONFLIKT, doppelte_buchstaben, "kreis", ("Landkreis Nordhausen",)),
    (Art.KONFLIKT, zweiter_ansprechpunkt, "gemeinde", ("Erfurt",)),
    (Art.UEBERLAPPUNG, andere_rolle, "gemeinde", ("Erfurt", "VG Gramme-Vippach")),
    (Art.UEBERLAPPUNG, andere_rolle, "kreis", ("Landkreis Hildburghausen",)),
    (Art.UEBERLAPPUNG, ergaenzt_dasselbe, "kreis", ("Landkreis Sonneberg",)),
    (Art.UEBERLAPPUNG, ergaenzt_dasselbe, "gemeinde", ("VG Gramme-Vippach",)),
    (Art.KRITERIUM_LUECKE, luecke_im_alphabet, "kreis", ("Landkreis Sömmerda", "Erfurt")),
    (Art.KRITERIUM_LUECKE, luecke_in_auswahl, "gemeinde", ("Gera", "VG Leinetal")),
    (Art.ZIEL_OFFLINE, nicht_veroeffentlicht, "gemeinde", ("Erfurt", "VG Gramme-Vippach")),
    (Art.ZIEL_OFFLINE, nicht_veroeffentlicht, "kreis", ("Landkreis Greiz",)),
    (Art.TOTE_REGEL, behoerde_beendet, "kreis", ("Landkreis Altenburger Land", "Weimar")),
    (Art.TOTE_REGEL, gebiet_aufgeloest, "gemeinde", ("gemeinde", "erfuellende_gemeinde")),
    (Art.TOTE_REGEL, bezirk_ohne_mitglieder, "gemeinde", ("Leerer Bezirk",)),
    (Art.ABGELAUFEN, abgelaufen, "gemeinde", ("Jena", "VG Gramme-Vippach")),
    (Art.ABGELAUFEN, abgelaufen, "kreis", ("Wartburgkreis",)),
    (Art.ABGELAUFEN, kreis_abgelaufen, "standesamt", ("Landkreis Sömmerda",)),
    (Art.ABLAUF, laeuft_ab, "kreis", ("Saale-Orla-Kreis",)),
    (Art.ABLAUF, laeuft_ab, "standesamt", ("Erfurt",)),
    (Art.UNERREICHBAR, ueberdeckt, "gemeinde", ("Landkreis Sömmerda", "Thüringen")),
    (Art.UNERREICHBAR, ueberdeckt, "kreis", ("Thüringen",)),
    (Art.FALSCHE_EBENE, zu_tief, "gemeinde", ("VG Gramme-Vippach",)),
    (Art.FALSCHE_EBENE, zu_tief, "kreis", ("Landkreis Sömmerda",)),
    (Art.FALSCHE_EBENE, zu_tief, "land", ("Thüringen",)),
    (Art.EBENE_PASST_NICHT, falsche_ebene, "kreis", ("Deutschland",)),
    (Art.EBENE_PASST_NICHT, falsche_ebene, "gemeinde", ("Deutschland",)),
    (Art.EBENE_PASST_NICHT, falsche_ebene, "gemeinde_satzung", ("Thüringen",)),
    (Art.EBENE_PASST_NICHT, stelle_daneben, "bund", ("Erfurt",)),
)


def make_feld(raum: Raum) -> Feld:
    """Add the authorities and criteria the faults need."""
    art = Behoerdenart.objects.order_by("pk")[0]

    def behoerde(slug: str, **felder: Any) -> Behoerde:
        return Behoerde.objects.create(name_de=slug.title(), slug=slug, art=art, **felder)

    return Feld(
        stichtag=raum.stichtag,
        raum=raum,
        fremde=(behoerde("fremdes-amt", live=True), behoerde("zweites-amt", live=True)),
        entwurf=behoerde("amt-im-entwurf", live=False),
        beendet=behoerde(
            "beendetes-amt", live=True, gueltig_bis=raum.stichtag - timedelta(days=10)
        ),
        familienname=Kriterium.objects.create(
            slug="test-name", frage_de="Womit beginnt Ihr Familienname?", art="buchstabe"
        ),
        unternehmen=Kriterium.objects.create(
            slug="test-art",
            frage_de="Wofür fragen Sie?",
            art="auswahl",
            optionen=["Unternehmen", "Privatperson"],
        ),
    )
