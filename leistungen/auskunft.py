"""From the database to the resolver and back: who is responsible, for many services at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from behoerden.selectors import GebietInfo
from leistungen.domain.bedingung import Bedingung
from leistungen.domain.fakten import Anfrage, Ergebnis, Slot, Treffer, Ziel
from leistungen.domain.spur import ebene, erklaere, vorbehalt_saetze
from leistungen.domain.zustaendigkeit import AEMTER, find_zustaendige_stellen
from leistungen.models import Onlinedienst
from leistungen.regeln import Regelwerk, load_onlinedienste, load_zustaendigkeiten
from leistungen.umfeld import Platz, Umfeld, load_umfeld

__all__ = [
    "Auskunft",
    "Onlinezugang",
    "Platz",
    "Stelle",
    "Umfeld",
    "auskuenfte",
    "load_umfeld",
    "onlinezugaenge",
]

_KEINE_ANTWORTEN: Mapping[int, str] = {}


@dataclass(frozen=True, slots=True)
class Stelle:
    """An authority that answers; `bedingung` is "" where the place alone decides."""

    behoerde_id: int
    name: str
    slug: str
    rolle: str
    ebene: str
    gebiet: str
    geerbt: bool
    regel_id: int
    bedingung: str = ""
    verifiziert_am: date | None = None


@dataclass(frozen=True, slots=True)
class Auskunft:
    """The answer to one question, with its proof in German sentences."""

    ergebnis: Ergebnis
    stellen: tuple[Stelle, ...]
    spur: tuple[str, ...]
    vorbehalte: tuple[str, ...]
    orte: tuple[GebietInfo, ...]
    fragen: tuple[Bedingung, ...] = ()

    @property
    def fuehrende_stellen(self) -> tuple[Stelle, ...]:
        """Authorities of the leading slot in the order of the page, each once per condition."""
        ids = {treffer.regel_id for treffer in self.ergebnis.fuehrend}
        fuehrend = (stelle for stelle in self.stellen if stelle.regel_id in ids)
        einmal: dict[tuple[int, str], Stelle] = {}
        for stelle in fuehrend:
            einmal.setdefault((stelle.behoerde_id, stelle.bedingung), stelle)
        return tuple(einmal.values())

    @property
    def frage(self) -> str:
        """What decides besides the place, as a question; "" if nothing does."""
        return " ".join(dict.fromkeys(bedingung.frage for bedingung in self.fragen))


def auskuenfte(
    leistungen: Mapping[int, str],
    umfeld: Umfeld,
    antworten: Mapping[int, str] = _KEINE_ANTWORTEN,
) -> dict[int, Auskunft]:
    """Return the answer for each service (id → its title); one query for any number as a rule.

    One more is asked where the place has no rule of its own, two where an authority has ended.

    Args:
        leistungen: id of the service → title, as sentences name it.
        umfeld: the places asked for.
        antworten: id of a Kriterium → answer given by the asker.
    """
    werk = load_zustaendigkeiten(leistungen, umfeld)
    ziele = {
        pk: Ziel(
            id=pk,
            name=str(behoerde),
            live=behoerde.is_sichtbar(umfeld.stichtag),
            nachfolger=werk.nachfolger.get(pk, ()),
        )
        for pk, behoerde in werk.behoerden.items()
    }
    return {
        leistung_id: _in_worten(
            find_zustaendige_stellen(
                anfrage=Anfrage(leistung_id, umfeld.stichtag, antworten),
                kandidaten=umfeld.kandidaten,
                landeskette=umfeld.landeskette,
                regeln=werk.regeln[leistung_id],
                ziele=ziele,
                wertebereiche=werk.wertebereiche,
                ortsabhaengig=leistung_id in werk.ortsabhaengige,
                slots=AEMTER,
            ),
            titel,
            werk,
            umfeld,
        )
        for leistung_id, titel in leistungen.items()
    }


def _in_worten(ergebnis: Ergebnis, titel: str, werk: Regelwerk, umfeld: Umfeld) -> Auskunft:
    offen = [werk.bedingungen[hit.regel_id] for hit in ergebnis.fuehrend if hit.offen]
    return Auskunft(
        ergebnis=ergebnis,
        stellen=tuple(_stelle(treffer, werk, umfeld) for treffer in ergebnis.treffer),
        spur=erklaere(
            ergebnis,
            leistung=titel,
            ort=umfeld.ortsname or "Ihren Ort",
            gebiete={pk: umfeld.gebietsname(pk) for pk in umfeld.infos},
            ziele={pk: str(behoerde) for pk, behoerde in werk.behoerden.items()},
            bedingungen={pk: b.text for pk, b in werk.bedingungen.items()},
        ),
        vorbehalte=vorbehalt_saetze(ergebnis, ort=umfeld.ortsname),
        orte=umfeld.orte,
        fragen=tuple(dict.fromkeys(offen)),
    )


def _stelle(treffer: Treffer, werk: Regelwerk, umfeld: Umfeld) -> Stelle:
    behoerde = werk.behoerden[treffer.ziel_id]
    bedingung = werk.bedingungen.get(treffer.regel_id)
    return Stelle(
        behoerde_id=behoerde.pk,
        name=str(behoerde),
        slug=behoerde.slug,
        rolle=treffer.rolle,
        ebene=ebene(treffer.rang),
        gebiet=umfeld.gebietsname(treffer.gebiet_id).voll,
        geerbt=treffer.geerbt,
        regel_id=treffer.regel_id,
        bedingung=bedingung.text if bedingung else "",
        verifiziert_am=treffer.verifiziert_am,
    )


@dataclass(frozen=True, slots=True)
class Onlinezugang:
    """The online service of a service in a place; none at all, or where the place is not known."""

    dienste: tuple[Onlinedienst, ...]
    je_nach_ort: bool


def onlinezugaenge(leistung_ids: Iterable[int], umfeld: Umfeld) -> dict[int, Onlinezugang]:
    """Return per service what can be done online in this place; at most two queries.

    With several candidates only a service they all share is named.
    """
    ids = list(leistung_ids)
    werk = load_onlinedienste(ids, umfeld)
    ziele = {
        pk: Ziel(id=pk, name=str(dienst), live=dienst.is_sichtbar(umfeld.stichtag))
        for pk, dienst in werk.onlinedienste.items()
    }
    zugaenge = {}
    for leistung_id in ids:
        ergebnis = find_zustaendige_stellen(
            anfrage=Anfrage(leistung_id, umfeld.stichtag),
            kandidaten=umfeld.kandidaten,
            landeskette=umfeld.landeskette,
            regeln=werk.regeln[leistung_id],
            ziele=ziele,
            ortsabhaengig=leistung_id in werk.ortsabhaengige,
            slots=(Slot.ONLINEDIENST,),
        )
        zugaenge[leistung_id] = Onlinezugang(
            dienste=tuple(werk.onlinedienste[hit.ziel_id] for hit in ergebnis.treffer),
            je_nach_ort=not umfeld.kandidaten and ergebnis.ortsabhaengig,
        )
    return zugaenge
