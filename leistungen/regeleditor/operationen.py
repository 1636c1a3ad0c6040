"""The changes a package can make: what an editor said, as plain values that JSON can hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, ClassVar, Protocol

from leistungen.models import Zustaendigkeit
from leistungen.querysets import RegelQuerySet
from leistungen.regeleditor.plan import (
    Schritt,
    Wertebereiche,
    Zeile,
    beende,
    ersetze_behoerde,
    kopiere,
    setze,
    vergleiche,
)
from leistungen.regeleditor.zeilen import load_bereiche, load_zeilen

# More cells than this in one package cannot be read in a preview, nor taken back in a moment.
MAX_ZELLEN = 20_000


class Operation(Protocol):
    """What all changes can do."""

    art: ClassVar[str]

    @property
    def betroffen(self) -> RegelQuerySet:
        """The rows the change may touch."""

    def soll(self, ist: list[Zeile], bereiche: Wertebereiche) -> Iterable[Zeile]:
        """Return what those rows become."""


@dataclass(frozen=True, slots=True)
class Zuweisung:
    """These services × these areas → this authority; `ziele` pairs area and authority."""

    art: ClassVar[str] = "zuweisung"

    leistung_ids: tuple[int, ...]
    ziele: tuple[tuple[int, int], ...]
    rolle: str = "01"
    wirkung: str = "ersetzt"
    wahl_erlaubt: bool = False
    kriterium_id: int | None = None
    werte: tuple[str, ...] = ()
    hinweis: str = ""
    ab: date | None = None
    bis: date | None = None
    ersetzen: bool = True

    @property
    def betroffen(self) -> RegelQuerySet:
        """Rules of these services in these areas."""
        gebiete = [gebiet_id for gebiet_id, _ in self.ziele]
        return Zustaendigkeit.objects.filter(leistung_id__in=self.leistung_ids).in_gebieten(gebiete)

    def soll(self, ist: list[Zeile], bereiche: Wertebereiche) -> Iterable[Zeile]:
        """Every cell gets its rule."""
        zellen = _je_zelle(ist)
        for leistung_id in self.leistung_ids:
            for gebiet_id, behoerde_id in self.ziele:
                neu = Zeile(
                    leistung_id=leistung_id,
                    gebiet_id=gebiet_id,
                    behoerde_id=behoerde_id,
                    rolle=self.rolle,
                    wirkung=self.wirkung,
                    wahl_erlaubt=self.wahl_erlaubt,
                    kriterium_id=self.kriterium_id,
                    werte=tuple(sorted(self.werte)),
                    hinweis=self.hinweis,
                    gueltig_ab=self.ab,
                    gueltig_bis=self.bis,
                )
                yield from setze(
                    zellen[leistung_id, gebiet_id], neu, bereiche=bereiche, ersetzen=self.ersetzen
                )


@dataclass(frozen=True, slots=True)
class Kopie:
    """One service follows all rules of another from a day on."""

    art: ClassVar[str] = "kopie"

    von: int
    nach: int
    ab: date | None = None

    @property
    def betroffen(self) -> RegelQuerySet:
        """Rules of the service that changes."""
        return Zustaendigkeit.objects.filter(leistung_id=self.nach)

    def soll(self, ist: list[Zeile], bereiche: Wertebereiche) -> Iterable[Zeile]:
        """Return the rules of the model, for the other service."""
        vorbild = load_zeilen(Zustaendigkeit.objects.filter(leistung_id=self.von))
        return kopiere(vorbild, ist, self.nach, self.ab)


@dataclass(frozen=True, slots=True)
class Ersatz:
    """One authority takes over all rules of another from a day on."""

    art: ClassVar[str] = "ersatz"

    alt: int
    neu: int
    ab: date | None = None
    leistung_ids: tuple[int, ...] = ()

    @property
    def betroffen(self) -> RegelQuerySet:
        """Rules of both authorities: the new one may hold some already."""
        rows = Zustaendigkeit.objects.filter(behoerde_id__in=(self.alt, self.neu))
        return rows.filter(leistung_id__in=self.leistung_ids) if self.leistung_ids else rows

    def soll(self, ist: list[Zeile], bereiche: Wertebereiche) -> Iterable[Zeile]:
        """Each cell changes on its own."""
        for zeilen in _je_zelle(ist).values():
            yield from ersetze_behoerde(zeilen, self.alt, self.neu, self.ab, bereiche)


@dataclass(frozen=True, slots=True)
class Ende:
    """These rules hold up to a day, and no longer."""

    art: ClassVar[str] = "ende"

    regel_ids: tuple[int, ...]
    bis: date

    @property
    def betroffen(self) -> RegelQuerySet:
        """These rules."""
        return Zustaendigkeit.objects.filter(pk__in=self.regel_ids)

    def soll(self, ist: list[Zeile], bereiche: Wertebereiche) -> Iterable[Zeile]:
        """Each row ends."""
        return beende(ist, frozenset(self.regel_ids), self.bis)


ARTEN: Mapping[str, type[Any]] = {klasse.art: klasse for klasse in (Zuweisung, Kopie, Ersatz, Ende)}
TAGE = frozenset({"ab", "bis"})


def zellen_count(operation: Operation) -> int:
    """Return how many pairs of service and area the change may touch; at most one query."""
    if isinstance(operation, Zuweisung):
        return len(operation.leistung_ids) * len(operation.ziele)
    return operation.betroffen.count()


def plane(operation: Operation) -> tuple[Schritt, ...]:
    """Return what the change would do to the rows that are there now; two or three queries."""
    ist = load_zeilen(operation.betroffen)
    return vergleiche(ist, operation.soll(ist, load_bereiche()))


def to_json(operation: Any) -> dict[str, Any]:
    """Return the change as JSON can hold it."""
    werte = {
        name: wert.isoformat() if isinstance(wert, date) else wert
        for name, wert in asdict(operation).items()
    }
    return {"art": operation.art, **werte}


def from_json(daten: Mapping[str, Any]) -> Operation:
    """Return the change that `to_json` wrote."""
    werte = {name: _wert(name, wert) for name, wert in daten.items() if name != "art"}
    operation: Operation = ARTEN[daten["art"]](**werte)
    return operation


def _wert(name: str, wert: Any) -> Any:
    if name in TAGE:
        return date.fromisoformat(wert) if wert else None
    if isinstance(wert, list):
        return tuple(tuple(teil) if isinstance(teil, list) else teil for teil in wert)
    return wert


def _je_zelle(zeilen: Iterable[Zeile]) -> dict[tuple[int, int], list[Zeile]]:
    zellen: dict[tuple[int, int], list[Zeile]] = defaultdict(list)
    for zeile in zeilen:
        zellen[zeile.zelle].append(zeile)
    return zellen
