"""Dated facts about areas as sets of tuples, and a change that can be taken back exactly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, NamedTuple, Self

from behoerden.domain.gebiet import MitgliedFakt, VersionFakt


class Leben(NamedTuple):
    """An area exists; new areas have negative numbers until they are stored."""

    gebiet: int
    art: str
    ab: date | None
    bis: date | None


class Fassung(NamedTuple):
    """Name and parent of an area in a period."""

    gebiet: int
    name: str
    amtlicher_name: str
    parent: int | None
    erfuellt_durch: int | None
    textkennzeichen: str
    sitz: str
    sitz_plz: str
    einwohner: int | None
    flaeche_ha: int | None
    ab: date | None
    bis: date | None


class Schluessel(NamedTuple):
    """A key of an area in a period."""

    gebiet: int
    typ: str
    wert: str
    ab: date | None
    bis: date | None


class Nachfolge(NamedTuple):
    """An area took over another one; None is not known yet."""

    vorgaenger: int
    nachfolger: int | None
    wirksam_am: date
    datum_belegt: bool
    art: str
    sicherheit: str
    beleg: str


class Mitglied(NamedTuple):
    """An area belongs to an own area in a period."""

    eigenes_gebiet: int
    mitglied: int
    teilweise: bool
    grenze: str
    ab: date | None
    bis: date | None


# Columns that hold the number of an area.
GEBIETSSPALTEN = frozenset(
    {
        "gebiet",
        "parent",
        "erfuellt_durch",
        "vorgaenger",
        "nachfolger",
        "eigenes_gebiet",
        "mitglied",
    }
)
TAGESSPALTEN = frozenset({"ab", "bis", "wirksam_am"})


@dataclass(frozen=True, slots=True)
class Fakten:
    """Everything dated about areas."""

    leben: frozenset[Leben] = frozenset()
    fassungen: frozenset[Fassung] = frozenset()
    schluessel: frozenset[Schluessel] = frozenset()
    nachfolgen: frozenset[Nachfolge] = frozenset()
    mitglieder: frozenset[Mitglied] = frozenset()

    def __or__(self, other: Fakten) -> Fakten:
        return Fakten(*(getattr(self, f.name) | getattr(other, f.name) for f in fields(self)))

    def __sub__(self, other: Fakten) -> Fakten:
        return Fakten(*(getattr(self, f.name) - getattr(other, f.name) for f in fields(self)))

    def renumbered(self, nummern: Mapping[int, int]) -> Fakten:
        """Return the same facts with other numbers of areas; those not named stay."""

        def row(fakt: Any) -> Any:
            anders = {
                spalte: nummern[getattr(fakt, spalte)]
                for spalte in fakt._fields
                if spalte in GEBIETSSPALTEN and getattr(fakt, spalte) in nummern
            }
            return fakt._replace(**anders)

        return Fakten(
            *(frozenset(row(fakt) for fakt in getattr(self, f.name)) for f in fields(self))
        )

    def as_json(self) -> dict[str, list[list[Any]]]:
        """Return plain lists, sorted; `from_json` reads them."""
        return {
            f.name: sorted(
                ([_plain(wert) for wert in fakt] for fakt in getattr(self, f.name)), key=repr
            )
            for f in fields(self)
        }

    @classmethod
    def from_json(cls, daten: Mapping[str, Iterable[Iterable[Any]]]) -> Self:
        """Return the facts that `as_json` wrote."""
        return cls(
            *(
                frozenset(_row(klasse, werte) for werte in daten.get(name, ()))
                for name, klasse in KLASSEN.items()
            )
        )

    def versionen(self) -> tuple[VersionFakt, ...]:
        """Return what `build_kette` needs to know about areas."""
        arten = {leben.gebiet: leben.art for leben in self.leben}
        return tuple(
            VersionFakt(f.gebiet, arten[f.gebiet], f.parent, f.ab, f.bis) for f in self.fassungen
        )

    def mitgliedschaften(self) -> tuple[MitgliedFakt, ...]:
        """Return what `build_kette` needs to know about own areas."""
        return tuple(
            MitgliedFakt(m.eigenes_gebiet, m.mitglied, m.teilweise, m.ab, m.bis)
            for m in self.mitglieder
        )


KLASSEN: Mapping[str, Any] = {
    "leben": Leben,
    "fassungen": Fassung,
    "schluessel": Schluessel,
    "nachfolgen": Nachfolge,
    "mitglieder": Mitglied,
}


@dataclass(frozen=True, slots=True)
class Aenderung:
    """Facts that go and facts that come; a fact whose end changes is in both."""

    weg: Fakten
    neu: Fakten

    def apply(self, fakten: Fakten) -> Fakten:
        """Return the facts after the change."""
        return (fakten - self.weg) | self.neu

    def revert(self, fakten: Fakten) -> Fakten:
        """Return the facts before the change."""
        return (fakten - self.neu) | self.weg


def _plain(wert: Any) -> Any:
    return wert.isoformat() if isinstance(wert, date) else wert


def _row(klasse: Any, werte: Iterable[Any]) -> Any:
    return klasse(
        *(
            date.fromisoformat(wert) if spalte in TAGESSPALTEN and wert else wert
            for spalte, wert in zip(klasse._fields, werte, strict=True)
        )
    )
