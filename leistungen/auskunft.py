"""From the database to the resolver and back: who is responsible, for many services at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from behoerden.domain.gebiet import Glied
from behoerden.models import Behoerde, Gebiet, Gebietsart
from behoerden.selectors import GebietInfo, gebiet_infos, load_ketten
from leistungen.domain.fakten import (
    Anfrage,
    Ergebnis,
    Kandidat,
    Regel,
    Slot,
    Treffer,
    Ziel,
)
from leistungen.domain.spur import Gebietsname, ebene, erklaere, vorbehalt_saetze
from leistungen.domain.zustaendigkeit import AEMTER, find_zustaendige_stellen
from leistungen.models import Onlinedienst, Onlinedienstbindung, Wirkung, Zustaendigkeit

LANDESRANG = 20
# Stands for a place whose area is not known; no area has this id.
UNBEKANNT = 0


@dataclass(frozen=True, slots=True)
class Platz:
    """The places an asker may mean; `nachfolge_von` names the dissolved area they succeed."""

    gebiet_ids: tuple[int, ...] = ()
    nachfolge_von: str = ""
    nachfolge_unbekannt: bool = False


@dataclass(frozen=True, slots=True)
class Stelle:
    """An authority that answers."""

    behoerde_id: int
    name: str
    slug: str
    rolle: str
    ebene: str
    gebiet: str
    geerbt: bool
    regel_id: int


@dataclass(frozen=True, slots=True)
class Auskunft:
    """The answer to one question, with its proof in German sentences."""

    ergebnis: Ergebnis
    stellen: tuple[Stelle, ...]
    spur: tuple[str, ...]
    vorbehalte: tuple[str, ...]
    orte: tuple[GebietInfo, ...]

    @property
    def fuehrende_stellen(self) -> tuple[Stelle, ...]:
        """Authorities of the leading slot, each once."""
        ids = {treffer.regel_id for treffer in self.ergebnis.fuehrend}
        return tuple(
            {s.behoerde_id: s for s in reversed(self.stellen) if s.regel_id in ids}.values()
        )[::-1]


@dataclass(frozen=True, slots=True)
class Umfeld:
    """Chains and names of the places asked for; loaded once, used for every service."""

    kandidaten: tuple[Kandidat, ...]
    landeskette: tuple[Glied, ...]
    infos: Mapping[int, GebietInfo]
    stichtag: date

    @property
    def gebiet_ids(self) -> frozenset[int]:
        """All areas whose rules may answer."""
        glieder = [glied for ort in self.kandidaten for glied in ort.kette]
        return frozenset(glied.gebiet_id for glied in (*glieder, *self.landeskette))

    @property
    def orte(self) -> tuple[GebietInfo, ...]:
        """The places asked for, by name."""
        orte = (self.infos[o.gebiet_id] for o in self.kandidaten if o.gebiet_id in self.infos)
        return tuple(sorted(orte, key=lambda info: (info.name, info.kreis, info.ars)))

    @property
    def ortsname(self) -> str:
        """Name of the only place, else ""."""
        return self.orte[0].name if len(self.kandidaten) == len(self.orte) == 1 else ""


def load_umfeld(platz: Platz, stichtag: date) -> Umfeld:
    """Return chains and names of these places; two queries, three without a place."""
    start = platz.gebiet_ids or tuple(
        Gebiet.objects.filter(art=Gebietsart.LAND).values_list("pk", flat=True)
    )
    ketten = load_ketten(start, stichtag)
    landeskette = tuple(
        glied for glied in next(iter(ketten.values()), ()) if glied.rang <= LANDESRANG
    )
    kandidaten = tuple(
        Kandidat(
            gebiet_id=gebiet_id,
            kette=ketten.get(gebiet_id, ()),
            nachfolge_von=platz.nachfolge_von,
        )
        for gebiet_id in platz.gebiet_ids
    )
    if platz.nachfolge_unbekannt:  # only what holds everywhere is certain
        kandidaten = (Kandidat(UNBEKANNT, landeskette, nachfolge_unbekannt=True),)
    ids = {glied.gebiet_id for kette in ketten.values() for glied in kette}
    return Umfeld(
        kandidaten=kandidaten,
        landeskette=landeskette,
        infos=gebiet_infos(ids | set(platz.gebiet_ids), stichtag),
        stichtag=stichtag,
    )


def auskuenfte(leistungen: Mapping[int, str], umfeld: Umfeld) -> dict[int, Auskunft]:
    """Return the answer for each service (id → its title); two queries for any number of them."""
    regeln = _load_regeln(leistungen)
    behoerden = {
        behoerde.pk: behoerde
        for behoerde in Behoerde.objects.filter(
            pk__in={regel.ziel_id for je_leistung in regeln.values() for regel in je_leistung}
        ).only("pk", "name_de", "slug", "live", "gueltig_ab", "gueltig_bis")
    }
    ziele = {
        pk: Ziel(id=pk, name=str(behoerde), live=behoerde.is_sichtbar(umfeld.stichtag))
        for pk, behoerde in behoerden.items()
    }
    return {
        leistung_id: _in_worten(
            find_zustaendige_stellen(
                anfrage=Anfrage(leistung_id=leistung_id, stichtag=umfeld.stichtag),
                kandidaten=umfeld.kandidaten,
                landeskette=umfeld.landeskette,
                regeln=regeln.get(leistung_id, []),
                ziele=ziele,
                slots=AEMTER,
            ),
            titel,
            behoerden,
            umfeld,
        )
        for leistung_id, titel in leistungen.items()
    }


def _in_worten(
    ergebnis: Ergebnis, titel: str, behoerden: Mapping[int, Behoerde], umfeld: Umfeld
) -> Auskunft:
    return Auskunft(
        ergebnis=ergebnis,
        stellen=tuple(_stelle(treffer, behoerden, umfeld) for treffer in ergebnis.treffer),
        spur=erklaere(
            ergebnis,
            leistung=titel,
            ort=umfeld.ortsname or "Ihren Ort",
            gebiete={pk: _gebietsname(info) for pk, info in umfeld.infos.items()},
            ziele={pk: str(behoerde) for pk, behoerde in behoerden.items()},
        ),
        vorbehalte=vorbehalt_saetze(ergebnis, ort=umfeld.ortsname),
        orte=umfeld.orte,
    )


def _stelle(treffer: Treffer, behoerden: Mapping[int, Behoerde], umfeld: Umfeld) -> Stelle:
    behoerde = behoerden[treffer.ziel_id]
    return Stelle(
        behoerde_id=behoerde.pk,
        name=str(behoerde),
        slug=behoerde.slug,
        rolle=treffer.rolle,
        ebene=ebene(treffer.rang),
        gebiet=_gebietsname(umfeld.infos[treffer.gebiet_id]).voll,
        geerbt=treffer.geerbt,
        regel_id=treffer.regel_id,
    )


def _gebietsname(info: GebietInfo) -> Gebietsname:
    return Gebietsname(name=info.name, art=info.art, erfuellt_durch=info.erfuellt_durch)


def _load_regeln(leistung_ids: Iterable[int]) -> dict[int, list[Regel]]:
    """All rules of these services; those outside the place decide whether a place matters."""
    regeln: dict[int, list[Regel]] = defaultdict(list)
    rows = Zustaendigkeit.objects.filter(leistung_id__in=list(leistung_ids)).values_list(
        "pk",
        "leistung_id",
        "gebiet_id",
        "rolle",
        "behoerde_id",
        "wirkung",
        "wahl_erlaubt",
        "gueltig_ab",
        "gueltig_bis",
    )
    for pk, leistung_id, gebiet_id, rolle, behoerde_id, wirkung, wahl, ab, bis in rows:
        regeln[leistung_id].append(
            Regel(
                id=pk,
                gebiet_id=gebiet_id,
                rolle=rolle,
                ziel_id=behoerde_id,
                ersetzt=wirkung == Wirkung.ERSETZT,
                wahl_erlaubt=wahl,
                ab=ab,
                bis=bis,
            )
        )
    return regeln


@dataclass(frozen=True, slots=True)
class Onlinezugang:
    """The online service of a service in a place; none at all, or where the place is not known."""

    dienste: tuple[Onlinedienst, ...]
    je_nach_ort: bool


def onlinezugaenge(leistung_ids: Iterable[int], umfeld: Umfeld) -> dict[int, Onlinezugang]:
    """Return per service what can be done online in this place; two queries for any number.

    With several candidates only a service they all share is named.
    """
    ids = list(leistung_ids)
    regeln: dict[int, list[Regel]] = defaultdict(list)
    for bindung in Onlinedienstbindung.objects.filter(leistung_id__in=ids):
        regeln[bindung.leistung_id].append(
            Regel(
                id=bindung.pk,
                gebiet_id=bindung.gebiet_id,
                rolle=Slot.ONLINEDIENST,
                ziel_id=bindung.onlinedienst_id,
                ab=bindung.gueltig_ab,
                bis=bindung.gueltig_bis,
            )
        )
    dienste = Onlinedienst.objects.in_bulk(
        {regel.ziel_id for je_leistung in regeln.values() for regel in je_leistung}
    )
    ziele = {
        pk: Ziel(id=pk, name=str(dienst), live=dienst.is_sichtbar(umfeld.stichtag))
        for pk, dienst in dienste.items()
    }
    return {
        leistung_id: _onlinezugang(leistung_id, regeln[leistung_id], ziele, dienste, umfeld)
        for leistung_id in ids
    }


def _onlinezugang(
    leistung_id: int,
    regeln: Sequence[Regel],
    ziele: Mapping[int, Ziel],
    dienste: Mapping[int, Onlinedienst],
    umfeld: Umfeld,
) -> Onlinezugang:
    ergebnis = find_zustaendige_stellen(
        anfrage=Anfrage(leistung_id=leistung_id, stichtag=umfeld.stichtag),
        kandidaten=umfeld.kandidaten,
        landeskette=umfeld.landeskette,
        regeln=regeln,
        ziele=ziele,
        slots=(Slot.ONLINEDIENST,),
    )
    return Onlinezugang(
        dienste=tuple(dienste[treffer.ziel_id] for treffer in ergebnis.treffer),
        je_nach_ort=not umfeld.kandidaten and ergebnis.ortsabhaengig,
    )
