"""The numbers of the report: rows of the matrix, sums, tiles and rows of the export."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from behoerden.models import Gebietsschluessel, Schluesseltyp
from leistungen.abdeckung.kacheln import Karte, make_karte, zustand
from leistungen.abdeckung.speicher import HOECHSTENS, SPEICHER, Teil
from leistungen.coverage.fakten import ART_NAMEN, Art, Bilanz
from leistungen.coverage.pruefung import Grundlage
from leistungen.coverage.raum import Flaeche
from leistungen.models import Leistung


@dataclass(frozen=True, slots=True)
class Zelle:
    """One cell of the matrix: a service in a Kreis."""

    kreis: str
    bilanz: Bilanz
    klasse: str
    zustand: str

    @property
    def text(self) -> str:
        """What stands in the cell: covered of expected, what is wrong in words."""
        if not self.bilanz.erwartet:
            return "–"
        teile = [f"{self.bilanz.belegt}/{self.bilanz.erwartet}"]
        if self.bilanz.konflikte:
            teile.append(f"{self.bilanz.konflikte} W")
        return " · ".join(teile)


@dataclass(frozen=True, slots=True)
class Zeile:
    """One row of the matrix; None for `gesamt` if the service is not proved yet."""

    leistung_id: int
    titel: str
    zellen: tuple[Zelle, ...]
    gesamt: Zelle | None
    befunde: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Exportzeile:
    """One row of the export: a service in a Kreis."""

    leistung: str
    slug: str
    kreis: str
    erwartet: int
    belegt: int
    luecken: int
    geprueft: int
    widersprueche: int
    befunde: str


class Bericht:
    """The report of a day on these services; those first in `ids` are proved first."""

    def __init__(
        self,
        stichtag: date,
        ids: Sequence[int],
        kreis_id: int | None = None,
        *,
        hoechstens: int = HOECHSTENS,
    ) -> None:
        self.ids = tuple(ids)
        self.kreis_id = kreis_id
        self.grundlage: Grundlage
        self.teile: Mapping[int, Teil]
        self.grundlage, self.teile = SPEICHER.teile_von(self.ids, stichtag, hoechstens=hoechstens)

    @property
    def kreise(self) -> tuple[Flaeche, ...]:
        """Columns of the matrix: all Kreise, or the chosen one."""
        alle = self.grundlage.raum.kreise
        return tuple(k for k in alle if self.kreis_id in (None, k.id))

    @property
    def offen(self) -> int:
        """Services whose proof waits for the next call."""
        return len(self.ids) - len(self.teile)

    def mit_befund(self, art: Art | None) -> list[int]:
        """Return the services with a finding of this kind, or any, in the chosen Kreis."""
        return [pk for pk in self.ids if pk in self.teile and any(self._befunde(pk, art))]

    def _befunde(self, leistung_id: int, art: Art | None = None) -> Iterable[Art]:
        for befund in self.teile[leistung_id].befunde:
            if (art is None or befund.art is art) and self._hier(befund.gebiet_ids):
                yield befund.art

    def _hier(self, gemeinden: Sequence[int]) -> bool:
        """Findings without Gemeinden belong to every Kreis."""
        if self.kreis_id is None or not gemeinden:
            return True
        kreis_von = self.grundlage.raum.kreis_von
        return any(kreis_von.get(pk) == self.kreis_id for pk in gemeinden)

    def summe(self, ids: Iterable[int]) -> tuple[Bilanz, tuple[tuple[str, int], ...]]:
        """Return all cells of these services together, and findings per kind by name."""
        ids = [pk for pk in ids if pk in self.teile]
        bilanz = sum(self.je_kreis(ids).values(), Bilanz())
        anzahl = Counter(art for pk in ids for art in self._befunde(pk))
        return bilanz, _benannt(anzahl)

    def je_kreis(self, ids: Iterable[int]) -> dict[int, Bilanz]:
        """Return the cells of these services by Kreis."""
        summen = {kreis.id: Bilanz() for kreis in self.kreise}
        for pk in ids:
            if pk in self.teile:
                for kreis_id, bilanz in self.teile[pk].bilanzen.items():
                    if kreis_id in summen:
                        summen[kreis_id] += bilanz
        return summen

    def karte(self, ids: Iterable[int]) -> Karte:
        """Return the tiles; one query for the keys."""
        kreise = self.kreise
        ars = dict(
            Gebietsschluessel.objects.filter(
                typ=Schluesseltyp.ARS, gebiet_id__in=[kreis.id for kreis in kreise]
            ).values_list("gebiet_id", "wert")
        )
        namen = [(kreis.id, ars.get(kreis.id, ""), kreis.titel) for kreis in kreise]
        return make_karte(namen, self.je_kreis(ids))

    def zeile(self, leistung: Leistung) -> Zeile:
        """Return the row of a service."""
        teil = self.teile.get(leistung.pk)
        if teil is None:
            return Zeile(leistung.pk, leistung.titel, (), None, ())
        zellen = [
            _zelle(kreis.titel, teil.bilanzen.get(kreis.id, Bilanz())) for kreis in self.kreise
        ]
        gesamt = sum((zelle.bilanz for zelle in zellen), Bilanz())
        return Zeile(
            leistung_id=leistung.pk,
            titel=leistung.titel,
            zellen=tuple(zellen),
            gesamt=_zelle("zusammen", gesamt),
            befunde=_benannt(Counter(self._befunde(leistung.pk))),
        )

    def exportzeilen(self, leistungen: Iterable[Leistung]) -> list[Exportzeile]:
        """Return one row per service and Kreis."""
        rows = []
        for leistung in leistungen:
            zeile = self.zeile(leistung)
            befunde = ", ".join(f"{name} ({zahl})" for name, zahl in zeile.befunde)
            rows += [
                Exportzeile(
                    leistung=zeile.titel,
                    slug=leistung.slug_de,
                    kreis=zelle.kreis,
                    erwartet=zelle.bilanz.erwartet,
                    belegt=zelle.bilanz.belegt,
                    luecken=zelle.bilanz.luecken,
                    geprueft=zelle.bilanz.geprueft,
                    widersprueche=zelle.bilanz.konflikte,
                    befunde=befunde,
                )
                for zelle in zeile.zellen
            ]
        return rows


def _zelle(kreis: str, bilanz: Bilanz) -> Zelle:
    return Zelle(kreis, bilanz, *zustand(bilanz))


def _benannt(anzahl: Mapping[Art, int]) -> tuple[tuple[str, int], ...]:
    return tuple((ART_NAMEN[art], anzahl[art]) for art in Art if anzahl.get(art))
