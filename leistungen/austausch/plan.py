"""What a table would change, field by field, before anything is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from leistungen.austausch.ausgabe import STAPEL, stand, zelltexte
from leistungen.austausch.blaetter import LEISTUNGEN
from leistungen.austausch.grenzen import UNVERAENDERT, Meldung
from leistungen.austausch.saetze import Satz
from leistungen.austausch.zellen import Art, Spalte, Zellfehler, als_text, als_wert, kurz, normal
from leistungen.codes import CODELISTEN, Werte, lade_codewerte
from leistungen.models import Leistung


class Was(StrEnum):
    """What happens to a row."""

    NEU = "neu"
    GEAENDERT = "geändert"
    ENTFERNT = "entfernt"


@dataclass(frozen=True, slots=True)
class Feldaenderung:
    """One cell: what is stored, what it becomes, and the value to store."""

    feld: str
    titel: str
    alt: str
    neu: str
    wert: Any


@dataclass(frozen=True, slots=True)
class Zeilenaenderung:
    """What one row of the file changes."""

    satz: Satz
    was: Was
    felder: tuple[Feldaenderung, ...]

    @property
    def bezeichnung(self) -> str:
        """Return the row's own words, so that a person knows which one it is."""
        worte = (f.neu or f.alt for f in self.felder)
        return kurz(next((wort for wort in worte if wort), ""))


@dataclass(frozen=True, slots=True)
class Leistungsplan:
    """Everything that changes in one service."""

    pk: int
    uuid: UUID
    titel: str
    zeilen: tuple[Zeilenaenderung, ...]


@dataclass
class Plan:
    """The dry run: changes, and everything that stands against them."""

    leistungen: list[Leistungsplan] = field(default_factory=list)
    fehler: list[Meldung] = field(default_factory=list)
    konflikte: list[Meldung] = field(default_factory=list)
    hinweise: list[Meldung] = field(default_factory=list)
    gelesen: int = 0

    @property
    def anzahl(self) -> Mapping[str, int]:
        """Return how many rows are new, changed and removed."""
        zeilen = [zeile.was for leistung in self.leistungen for zeile in leistung.zeilen]
        return {was.value: zeilen.count(was) for was in Was}

    @property
    def aendert(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.leistungen)

    def nutzlast(self) -> list[dict[str, Any]]:
        """Return the statements that change something, with the changed cells only."""
        return [
            zeile.satz.als_json([f.feld for f in zeile.felder if f.feld in zeile.satz.texte])
            for leistung in self.leistungen
            for zeile in leistung.zeilen
        ]


def build_plan(saetze: Sequence[Satz]) -> Plan:
    """Return what these statements change against the latest drafts; nothing is written.

    Two queries per 500 services. An untouched row never conflicts, whatever happened meanwhile.
    """
    plan = Plan(gelesen=len(saetze))
    je_leistung: dict[UUID, list[Satz]] = defaultdict(list)
    for satz in saetze:
        je_leistung[satz.leistung].append(satz)
    vergleich = _Vergleich(plan, lade_codewerte(set(CODELISTEN.values())))
    kennungen = list(je_leistung)
    for anfang in range(0, len(kennungen), STAPEL):
        teil = kennungen[anfang : anfang + STAPEL]
        geladen = {
            leistung.uuid: leistung
            for leistung in Leistung.objects.filter(uuid__in=teil).select_related("latest_revision")
        }
        for uuid in teil:
            if uuid in geladen:
                vergleich.leistung(geladen[uuid], je_leistung[uuid])
            else:
                plan.fehler.extend(
                    satz.meldung("Diese Leistung gibt es nicht.") for satz in je_leistung[uuid]
                )
    return plan


@dataclass
class _Vergleich:
    plan: Plan
    codelisten: Mapping[str, Werte]

    def leistung(self, leistung: Leistung, saetze: Iterable[Satz]) -> None:
        """Note what the statements change in this service."""
        revision = leistung.latest_revision
        inhalt = revision.content if revision is not None else leistung.serializable_data()
        zeilen = [
            aenderung
            for satz in saetze
            if (aenderung := self._satz(satz, _gespeichert(satz, inhalt))) is not None
        ]
        if zeilen:
            titel = str(inhalt.get("bezeichnung_2_de") or inhalt.get("bezeichnung_de") or "")
            self.plan.leistungen.append(
                Leistungsplan(leistung.pk, leistung.uuid, titel, tuple(zeilen))
            )

    def _satz(self, satz: Satz, gespeichert: Mapping[str, Any] | None) -> Zeilenaenderung | None:
        if satz.zeile is None and satz.blatt.relation:
            return self._neu(satz)
        if _ist_unberuehrt(satz):
            return None
        if gespeichert is None:
            self.plan.konflikte.append(
                satz.meldung("Diese Zeile hat inzwischen jemand gelöscht. Sie bleibt gelöscht.")
            )
            return None
        return self._bestehend(satz, zelltexte(gespeichert.get, satz.blatt))

    def _bestehend(self, satz: Satz, jetzt: Mapping[str, str]) -> Zeilenaenderung | None:
        felder = () if satz.loeschen else tuple(self._felder(satz, jetzt))
        if not felder and not satz.loeschen:
            return None
        if satz.stand != stand(jetzt):
            self.plan.konflikte.append(_konflikt(satz, felder))
            return None
        if satz.loeschen:
            titel = {spalte.feld: spalte.titel for spalte in satz.blatt.spalten}
            weg = tuple(
                Feldaenderung(f, titel[f], alt, "", None) for f, alt in jetzt.items() if alt
            )
            return Zeilenaenderung(satz, Was.ENTFERNT, weg)
        return Zeilenaenderung(satz, Was.GEAENDERT, felder)

    def _neu(self, satz: Satz) -> Zeilenaenderung | None:
        leer = {spalte.feld: "" for spalte in satz.blatt.spalten}
        gefuellt = {feld: text for feld, text in satz.texte.items() if text.strip()}
        if not gefuellt:
            self.plan.hinweise.append(satz.meldung("Die Zeile ist leer und wird übergangen."))
            return None
        felder = tuple(self._felder(satz, leer, gefuellt))
        return Zeilenaenderung(satz, Was.NEU, felder) if felder else None

    def _felder(
        self, satz: Satz, jetzt: Mapping[str, str], texte: Mapping[str, str] | None = None
    ) -> list[Feldaenderung]:
        geaendert = []
        for spalte in satz.blatt.spalten:
            text = (satz.texte if texte is None else texte).get(spalte.feld)
            alt = jetzt[spalte.feld]
            if text is None or text.strip() == UNVERAENDERT or normal(text, spalte.art) == alt:
                continue
            try:
                wert = als_wert(text, spalte)
            except Zellfehler as error:
                self.plan.fehler.append(satz.meldung(str(error), spalte.feld))
                continue
            neu = als_text(wert, spalte.art)
            if neu != alt:
                geaendert.append(Feldaenderung(spalte.feld, spalte.titel, alt, neu, wert))
                self._hinweise(satz, spalte, text, neu)
        return geaendert

    def _hinweise(self, satz: Satz, spalte: Spalte, text: str, neu: str) -> None:
        if spalte.art is Art.HTML and neu != normal(text, Art.HTML):
            self._merke(satz, spalte, "Der Text enthielt Formatierungen, die entfernt wurden.")
        werte = self.codelisten.get(spalte.list_uri, {}) if spalte.list_uri else {}
        for code in neu.split(", ") if werte and neu else ():
            if code not in werte:
                self._merke(
                    satz, spalte, f"„{kurz(code)}“ steht in keiner geltenden Liste. Er bleibt so."
                )

    def _merke(self, satz: Satz, spalte: Spalte, text: str) -> None:
        self.plan.hinweise.append(satz.meldung(text, spalte.feld))


def _gespeichert(satz: Satz, inhalt: Mapping[str, Any]) -> Mapping[str, Any] | None:
    if satz.blatt is LEISTUNGEN:
        return inhalt
    kennung = str(satz.zeile)
    zeilen = inhalt.get(satz.blatt.relation, ())
    return next((zeile for zeile in zeilen if str(zeile.get("uuid")) == kennung), None)


def _ist_unberuehrt(satz: Satz) -> bool:
    """Whether nobody touched the row since it was written out; only a full row can tell."""
    spalten = satz.blatt.spalten
    if satz.loeschen or any(spalte.feld not in satz.texte for spalte in spalten):
        return False
    texte = {s.feld: normal(satz.texte[s.feld], s.art) for s in spalten}
    return stand(texte) == satz.stand


def _konflikt(satz: Satz, felder: Sequence[Feldaenderung]) -> Meldung:
    anders = "; ".join(
        f"„{f.titel}“ jetzt „{kurz(f.alt, 60)}“, in der Datei „{kurz(f.neu, 60)}“"
        for f in felder[:3]
    )
    folge = f" ({anders})" if anders else ""
    return satz.meldung(
        f"Seit der Ausgabe hat sich diese Zeile geändert. Sie wird nicht überschrieben{folge}."
    )
