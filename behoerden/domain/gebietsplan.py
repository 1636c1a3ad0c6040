"""The difference between register and database: what an import would do, and what it must ask."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from behoerden.domain.gebietsdaten import (
    Bestand,
    GebietDaten,
    Gebietsdaten,
    Kennung,
    NachfolgeDaten,
    NameDaten,
    PlzDaten,
    SchluesselDaten,
    VersionDaten,
)

_OHNE_NEUE_FASSUNG = (
    "textkennzeichen",
    "sitz",
    "sitz_plz",
    "einwohner",
    "flaeche_ha",
)


@dataclass(frozen=True, slots=True)
class NeueFassung:
    """An area has another name, parent or administration from `version.ab` on."""

    kennung: Kennung
    version: VersionDaten
    umbenannt: bool
    verschoben: bool


@dataclass(frozen=True, slots=True)
class NeuerSchluessel:
    """An area has another key of this kind from `schluessel.ab` on."""

    kennung: Kennung
    schluessel: SchluesselDaten


@dataclass(frozen=True, slots=True)
class Ende:
    """An area ends; `bis` is its last day."""

    kennung: Kennung
    bis: date


@dataclass(frozen=True, slots=True)
class Importplan:
    """Every change an import would make; applying it makes the next plan empty."""

    neu: tuple[GebietDaten, ...] = ()
    fassungen: tuple[NeueFassung, ...] = ()
    angaben: tuple[tuple[Kennung, VersionDaten], ...] = ()  # same version, other seat, population …
    schluessel: tuple[NeuerSchluessel, ...] = ()
    beendet: tuple[Ende, ...] = ()
    unveraendert: int = 0
    nachfolgen: tuple[NachfolgeDaten, ...] = ()
    plz_neu: frozenset[PlzDaten] = frozenset()
    plz_entfallen: frozenset[PlzDaten] = frozenset()
    namen_neu: frozenset[NameDaten] = frozenset()
    namen_entfallen: frozenset[NameDaten] = frozenset()
    fragen: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing would be written."""
        return self == replace(Importplan(), unveraendert=self.unveraendert, fragen=self.fragen)


def build_plan(soll: Gebietsdaten, ist: Bestand, stand: date) -> Importplan:
    """Return what makes the database say what the register says.

    Areas are matched by their key for life. What the register no longer lists is not ended but
    asked about, unless the file of changes dates its end. Rows of editors are never touched.

    Args:
        soll: the files.
        ist: the database.
        stand: the day from which a change of an area already known holds.
    """
    neu: list[GebietDaten] = []
    fassungen: list[NeueFassung] = []
    angaben: list[tuple[Kennung, VersionDaten]] = []
    schluessel: list[NeuerSchluessel] = []
    beendet: list[Ende] = []
    unveraendert = 0
    for kennung, gebiet in soll.gebiete.items():
        bekannt = ist.gebiete.get(kennung)
        if bekannt is None:
            neu.append(gebiet)
            continue
        fassung = _neue_fassung(gebiet, bekannt, stand)
        wechsel = _neue_schluessel(gebiet, bekannt, stand)
        andere_angaben = fassung is None and _angaben(gebiet) != _angaben(bekannt)
        endet = gebiet.bis is not None and bekannt.bis is None
        if fassung is not None:
            fassungen.append(fassung)
        if andere_angaben:
            angaben.append((kennung, gebiet.versionen[-1]))
        schluessel += wechsel
        if endet and gebiet.bis is not None:
            beendet.append(Ende(kennung, gebiet.bis))
        unveraendert += not (fassung or wechsel or andere_angaben or endet)
    return Importplan(
        neu=tuple(neu),
        fassungen=tuple(fassungen),
        angaben=tuple(angaben),
        schluessel=tuple(schluessel),
        beendet=tuple(beendet),
        unveraendert=unveraendert,
        nachfolgen=tuple(
            nachfolge
            for nachfolge in soll.nachfolgen
            if (nachfolge.vorgaenger, nachfolge.nachfolger, nachfolge.wirksam_am)
            not in ist.nachfolgen
        ),
        plz_neu=soll.plz - ist.plz,
        plz_entfallen=ist.plz - soll.plz,
        namen_neu=soll.namen - ist.namen,
        namen_entfallen=ist.namen - soll.namen,
        fragen=(*_fehlende(soll, ist), *_offene(soll.nachfolgen, soll)),
    )


def _neue_fassung(soll: GebietDaten, ist: GebietDaten, stand: date) -> NeueFassung | None:
    neu, alt = soll.versionen[-1], ist.versionen[-1]
    umbenannt = (neu.name, neu.amtlicher_name) != (alt.name, alt.amtlicher_name)
    verschoben = (neu.parent, neu.erfuellt_durch) != (alt.parent, alt.erfuellt_durch)
    if soll.bis is not None or ist.bis is not None or not (umbenannt or verschoben):
        return None
    # A correction of what already began on this day or later keeps its beginning.
    ab = alt.ab if alt.ab is not None and alt.ab >= stand else neu.ab or stand
    return NeueFassung(soll.kennung, replace(neu, ab=ab, bis=None), umbenannt, verschoben)


def _neue_schluessel(soll: GebietDaten, ist: GebietDaten, stand: date) -> list[NeuerSchluessel]:
    if soll.bis is not None or ist.bis is not None:
        return []
    neue = {s.typ: s for s in soll.schluessel}  # the last one of a kind is the current one
    return [
        NeuerSchluessel(soll.kennung, replace(s, ab=s.ab or stand, bis=None))
        for typ, s in neue.items()
        if ist.wert(typ) != s.wert
    ]


def _angaben(gebiet: GebietDaten) -> tuple[object, ...]:
    version = gebiet.versionen[-1]
    return tuple(getattr(version, feld) for feld in _OHNE_NEUE_FASSUNG)


def _fehlende(soll: Gebietsdaten, ist: Bestand) -> Iterable[str]:
    for kennung, gebiet in ist.gebiete.items():
        if kennung not in soll.gebiete and gebiet.bis is None:
            yield (
                f"{gebiet.name} ({kennung.wert}) steht nicht mehr im Verzeichnis. "
                "Wann und wohin ging das Gebiet? Es bleibt bis zur Klärung bestehen."
            )


def _offene(nachfolgen: Iterable[NachfolgeDaten], soll: Gebietsdaten) -> Iterable[str]:
    """Only the changes of the last years are asked about; the old ones have no other source."""
    for nachfolge in nachfolgen:
        if nachfolge.art == ART_VERZEICHNIS:
            continue
        name = soll.gebiete[nachfolge.vorgaenger].name
        if nachfolge.nachfolger is None:
            yield f"Zu welcher Gemeinde gehört {name} ({nachfolge.vorgaenger.wert})?"
        if not nachfolge.datum_belegt:
            yield (
                f"Seit wann ist {name} ({nachfolge.vorgaenger.wert}) aufgelöst? "
                f"Belegt ist nur: spätestens am {nachfolge.wirksam_am:%d.%m.%Y}."
            )


# Ended keys of the register since 2018, whose successor is only known by the name of the place.
ART_VERZEICHNIS = "verzeichnis"
