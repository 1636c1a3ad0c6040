"""The difference between register and database: what an import would do, and what it must ask."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from behoerden.domain.gebietsdaten import (
    GEMEINDEN,
    Bestand,
    GebietDaten,
    Gebietsdaten,
    Kennung,
    NachfolgeDaten,
    NameDaten,
    OrtsteilDaten,
    PlzDaten,
    SchluesselDaten,
    VersionDaten,
)
from behoerden.domain.ortsname import namen
from behoerden.domain.ortsteil import neue_ortsteile
from behoerden.domain.ortszuordnung import REGISTER

EIN_TAG = timedelta(days=1)

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
    vorher: VersionDaten
    version: VersionDaten
    umbenannt: bool
    verschoben: bool


@dataclass(frozen=True, slots=True)
class NeuerSchluessel:
    """An area has another key of this kind from `schluessel.ab` on."""

    kennung: Kennung
    vorher: str
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
    ortsteile_neu: tuple[OrtsteilDaten, ...] = ()
    fragen: tuple[str, ...] = ()
    veraltet: bool = False  # the database knows later changes that are in force

    @property
    def is_empty(self) -> bool:
        """Nothing would be written."""
        leer = Importplan(
            unveraendert=self.unveraendert, fragen=self.fragen, veraltet=self.veraltet
        )
        return self == leer


def build_plan(
    soll: Gebietsdaten, ist: Bestand, stand: date, heute: date | None = None
) -> Importplan:
    """Return what makes the database say what the register says.

    Areas are matched by their key for life, and compared as they are on the day `stand`: changes
    already entered for a later day stay. What a complete register no longer lists is ended, with
    an open successor; what another source leaves out is only asked about. Rows of editors are
    never touched.

    Args:
        soll: the files.
        ist: the database.
        stand: the day from which a change of an area already known holds.
        heute: if given, a complete register that is older than facts already in force writes
            nothing: where it differs, that is asked.
    """
    neu: list[GebietDaten] = []
    fassungen: list[NeueFassung] = []
    angaben: list[tuple[Kennung, VersionDaten]] = []
    schluessel: list[NeuerSchluessel] = []
    beendet: list[Ende] = []
    fragen: list[str] = []
    unveraendert = 0
    veraltet = soll.vollstaendig and _has_newer_facts(ist, stand, heute)
    for kennung, gebiet in soll.gebiete.items():
        bekannt = ist.gebiete.get(kennung)
        if bekannt is None:
            neu.append(_beginning(gebiet, stand) if soll.vollstaendig and ist.gebiete else gebiet)
            continue
        fassung = _neue_fassung(gebiet, bekannt, stand)
        wechsel = _neue_schluessel(gebiet, bekannt, stand)
        if (fassung or wechsel) and _has_later_facts(bekannt, stand):
            fragen.append(
                f"{bekannt.name} ({kennung.wert}): Für einen späteren Tag ist schon eine Änderung "
                "eingetragen, und das Verzeichnis sagt etwas anderes. Was gilt?"
            )
            fassung, wechsel = None, []
        andere_angaben = (
            not veraltet and fassung is None and _andere_angaben(gebiet, bekannt, stand)
        )
        endet = gebiet.bis is not None and bekannt.bis is None
        if fassung is not None:
            fassungen.append(fassung)
        if andere_angaben:
            aktuell = bekannt.version_am(stand)
            angaben.append((kennung, replace(gebiet.versionen[-1], bis=aktuell.bis)))
        schluessel += wechsel
        if endet and gebiet.bis is not None:
            beendet.append(Ende(kennung, gebiet.bis))
        unveraendert += not (fassung or wechsel or andere_angaben or endet)
    fehlende = list(_missing(soll, ist, stand))
    aufgeloest = [g for g in fehlende if soll.vollstaendig and not _has_later_facts(g, stand)]
    beendet += [Ende(gebiet.kennung, stand - EIN_TAG) for gebiet in aufgeloest]
    nachfolgen = (*soll.nachfolgen, *_open_successors(aufgeloest, ist, stand))
    alle_namen = soll.namen | _former_names(soll, ist)
    if veraltet:
        return Importplan(
            unveraendert=unveraendert,
            fragen=(*fragen, *_contradictions(neu, fassungen, schluessel, fehlende, stand)),
            veraltet=True,
        )
    return Importplan(
        neu=tuple(neu),
        fassungen=tuple(fassungen),
        angaben=tuple(angaben),
        schluessel=tuple(schluessel),
        beendet=tuple(beendet),
        unveraendert=unveraendert,
        nachfolgen=tuple(
            nachfolge
            for nachfolge in nachfolgen
            if (nachfolge.vorgaenger, nachfolge.nachfolger, nachfolge.wirksam_am)
            not in ist.nachfolgen
        ),
        plz_neu=frozenset() if soll.plz is None else soll.plz - ist.plz,
        plz_entfallen=frozenset() if soll.plz is None else ist.plz - soll.plz,
        namen_neu=alle_namen - ist.namen,
        namen_entfallen=frozenset(
            name for name in ist.namen - alle_namen if _speaks_about(soll, name)
        ),
        ortsteile_neu=neue_ortsteile(soll, ist),
        fragen=(
            *fragen,
            *_fehlende(fehlende, aufgeloest, stand),
            *_offene(soll.nachfolgen, soll),
        ),
    )


def _contradictions(
    neu: Iterable[GebietDaten],
    fassungen: Iterable[NeueFassung],
    schluessel: Iterable[NeuerSchluessel],
    fehlende: Iterable[GebietDaten],
    stand: date,
) -> Iterable[str]:
    """Where an older register tells another past than the database."""
    am = f"am {stand:%d.%m.%Y}"
    for gebiet in neu:
        yield f"{gebiet.name} ({gebiet.kennung.wert}) fehlt {am} in der Datenbank."
    for f in fassungen:
        yield (
            f"{f.version.amtlicher_name} ({f.kennung.wert}) heißt {am} in der Datenbank "
            f"{f.vorher.amtlicher_name} oder gehört woandershin. Seit wann ist das so?"
        )
    for s in schluessel:
        yield (
            f"{s.kennung.wert} hat {am} den Schlüssel {s.vorher}, "
            f"im Verzeichnis {s.schluessel.wert}."
        )
    for gebiet in fehlende:
        yield f"{gebiet.name} ({gebiet.kennung.wert}) steht {am} nicht im Verzeichnis."


def _beginning(gebiet: GebietDaten, stand: date) -> GebietDaten:
    """An area that a later register lists for the first time exists from that day on."""
    if gebiet.ab is not None:
        return gebiet
    return replace(
        gebiet,
        ab=stand,
        versionen=tuple(replace(v, ab=v.ab or stand) for v in gebiet.versionen),
        schluessel=tuple(replace(s, ab=s.ab or stand) for s in gebiet.schluessel),
    )


def _has_newer_facts(ist: Bestand, stand: date, heute: date | None) -> bool:
    """Something in force today began after the day of the register."""
    return heute is not None and any(
        version.ab is not None and stand < version.ab <= heute
        for gebiet in ist.gebiete.values()
        for version in gebiet.versionen
    )


def _has_later_facts(gebiet: GebietDaten, stand: date) -> bool:
    tage = [*(v.ab for v in gebiet.versionen), *(s.ab for s in gebiet.schluessel)]
    return any(ab is not None and ab > stand for ab in tage)


def _neue_fassung(soll: GebietDaten, ist: GebietDaten, stand: date) -> NeueFassung | None:
    neu, alt = soll.versionen[-1], ist.version_am(stand)
    umbenannt = (neu.name, neu.amtlicher_name) != (alt.name, alt.amtlicher_name)
    verschoben = (neu.parent, neu.erfuellt_durch) != (alt.parent, alt.erfuellt_durch)
    if soll.bis is not None or ist.bis is not None or not (umbenannt or verschoben):
        return None
    # A correction of what already began on this day or later keeps its beginning.
    ab = alt.ab if alt.ab is not None and alt.ab >= stand else neu.ab or stand
    return NeueFassung(soll.kennung, alt, replace(neu, ab=ab, bis=None), umbenannt, verschoben)


def _neue_schluessel(soll: GebietDaten, ist: GebietDaten, stand: date) -> list[NeuerSchluessel]:
    if soll.bis is not None or ist.bis is not None:
        return []
    neue = {s.typ: s for s in soll.schluessel}  # the last one of a kind is the current one
    return [
        NeuerSchluessel(
            soll.kennung, ist.wert_am(typ, stand), replace(s, ab=s.ab or stand, bis=None)
        )
        for typ, s in neue.items()
        if ist.wert_am(typ, stand) != s.wert
    ]


def _andere_angaben(soll: GebietDaten, ist: GebietDaten, stand: date) -> bool:
    return _angaben(soll.versionen[-1]) != _angaben(ist.version_am(stand))


def _angaben(version: VersionDaten) -> tuple[object, ...]:
    return tuple(getattr(version, feld) for feld in _OHNE_NEUE_FASSUNG)


def _missing(soll: Gebietsdaten, ist: Bestand, stand: date) -> Iterable[GebietDaten]:
    """Areas of the database that the source does not list and that exist on its day."""
    for kennung, gebiet in ist.gebiete.items():
        spaeter = gebiet.ab is not None and gebiet.ab > stand
        if kennung not in soll.gebiete and gebiet.bis is None and not spaeter:
            yield gebiet


def _open_successors(
    aufgeloest: Iterable[GebietDaten], ist: Bestand, stand: date
) -> Iterable[NachfolgeDaten]:
    bekannt = {vorgaenger for vorgaenger, _, _ in ist.nachfolgen}
    for gebiet in aufgeloest:
        if gebiet.kennung not in bekannt:
            yield NachfolgeDaten(
                vorgaenger=gebiet.kennung,
                nachfolger=None,
                wirksam_am=stand,
                datum_belegt=False,
                art="eingliederung",
                sicherheit="offen",
                beleg=f"Im Gemeindeverzeichnis mit Stand {stand:%d.%m.%Y} nicht mehr enthalten.",
            )


def _former_names(soll: Gebietsdaten, ist: Bestand) -> frozenset[NameDaten]:
    """Names that a Gemeinde had before: people keep looking for them."""
    amtlich = {(n.gebiet, n.name) for n in soll.namen}
    frueher = set()
    for kennung, gebiet in ist.gebiete.items():
        if gebiet.art not in GEMEINDEN or kennung not in soll.gebiete:
            continue
        for version in gebiet.versionen:
            for name in namen(version.amtlicher_name):
                if (kennung, name) not in amtlich:
                    frueher.add(NameDaten(name, "frueher", kennung, "", None, "hoch", REGISTER))
    return frozenset(frueher)


def _speaks_about(soll: Gebietsdaten, name: NameDaten) -> bool:
    """Only names of a source's own areas and of its own kind may go with it."""
    if soll.plz is None and name.quelle != REGISTER:
        return False
    return name.gebiet is None or name.gebiet in soll.gebiete


def _fehlende(
    fehlende: Iterable[GebietDaten], aufgeloest: Sequence[GebietDaten], stand: date
) -> Iterable[str]:
    for gebiet in fehlende:
        wer = f"{gebiet.name} ({gebiet.kennung.wert})"
        if gebiet in aufgeloest:
            yield (
                f"Zu welchem Gebiet gehört {wer}? Es ist spätestens seit {stand:%d.%m.%Y} "
                "aufgelöst; der Nachfolger bleibt offen."
            )
        else:
            yield (
                f"{wer} steht nicht mehr im Verzeichnis. "
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
