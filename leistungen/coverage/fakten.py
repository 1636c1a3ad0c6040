"""What the prover reports: findings, balances per Kreis, and the cells they come from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from leistungen.domain.fakten import Slot

# A confirmation by the authority counts this long (domain design 7.3: 12 months; unconfirmed).
GEPRUEFT_GILT = timedelta(days=365)
# An end within this time without a follow-up is told (domain design 3.6, ABLAUF).
ABLAUF_MELDEN = timedelta(days=60)


class Art(StrEnum):
    """Kinds of findings (domain design 3.6), in the order of reports."""

    LUECKE = "LUECKE"
    ZIEL_OFFLINE = "ZIEL_OFFLINE"
    ABGELAUFEN = "ABGELAUFEN"
    KONFLIKT = "KONFLIKT"
    UEBERLAPPUNG = "UEBERLAPPUNG"
    KRITERIUM_LUECKE = "KRITERIUM_LUECKE"
    TOTE_REGEL = "TOTE_REGEL"
    UNERREICHBAR = "UNERREICHBAR"
    FALSCHE_EBENE = "FALSCHE_EBENE"
    EBENE_PASST_NICHT = "EBENE_PASST_NICHT"
    ABLAUF = "ABLAUF"


# Kind → what editors read.
ART_NAMEN: Mapping[Art, str] = {
    Art.LUECKE: "Lücke",
    Art.ZIEL_OFFLINE: "Behörde nicht erreichbar",
    Art.ABGELAUFEN: "abgelaufene Regel",
    Art.KONFLIKT: "Widerspruch",
    Art.UEBERLAPPUNG: "doppelte Regel",
    Art.KRITERIUM_LUECKE: "Kriterium unvollständig",
    Art.TOTE_REGEL: "Regel ohne Gebiet oder Behörde",
    Art.UNERREICHBAR: "Regel ohne Wirkung",
    Art.FALSCHE_EBENE: "Regel zu weit unten",
    Art.EBENE_PASST_NICHT: "Ebene passt nicht zur Typisierung",
    Art.ABLAUF: "läuft bald ab",
}


class Schwere(StrEnum):
    """`fehler`: citizens or editors get a wrong answer; `hinweis`: worth a look."""

    FEHLER = "fehler"
    HINWEIS = "hinweis"


@dataclass(frozen=True, slots=True)
class Befund:
    """One cause, however many Gemeinden it touches; `gebiet_ids` are Gemeinden, by id.

    Where it touches no Gemeinde as a whole, `ortsteil_ids` are the Ortsteile.
    """

    art: Art
    schwere: Schwere
    leistung_id: int
    gebiet_ids: tuple[int, ...]
    regel_ids: tuple[int, ...]
    slot: Slot
    text: str
    ortsteil_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Bilanz:
    """Cells of one service in one Kreis; `geprueft` of the `belegt` are confirmed in time."""

    erwartet: int = 0
    belegt: int = 0
    geprueft: int = 0
    konflikte: int = 0

    @property
    def luecken(self) -> int:
        """Cells without an office, whatever the cause."""
        return self.erwartet - self.belegt

    def __add__(self, other: Bilanz) -> Bilanz:
        return Bilanz(
            self.erwartet + other.erwartet,
            self.belegt + other.belegt,
            self.geprueft + other.geprueft,
            self.konflikte + other.konflikte,
        )


@dataclass(frozen=True, slots=True)
class Zelltreffer:
    """An office in a cell and the rule that says so, as the resolver answers unasked criteria."""

    slot: Slot
    regel_id: int
    ziel_id: int
    rang: int


@dataclass(frozen=True, slots=True)
class Abdeckung:
    """The proof for a set of services on a day.

    `bilanzen` has a key (Leistung, Kreis) for every pair with expected cells; `zellen` a key
    (Leistung, Gemeinde) for every answered cell, only if asked for; Ortsteile where something else
    may hold have cells as well.
    """

    stichtag: date
    leistung_ids: tuple[int, ...]
    gemeinden: int
    befunde: tuple[Befund, ...]
    bilanzen: Mapping[tuple[int, int], Bilanz]
    zellen: Mapping[tuple[int, int], frozenset[Zelltreffer]] = field(default_factory=dict)

    @property
    def gesamt(self) -> Bilanz:
        """All cells together."""
        return sum(self.bilanzen.values(), Bilanz())

    @property
    def summe(self) -> dict[Art, int]:
        """Findings per kind, kinds without any left out, in the order of `Art`."""
        return zaehle(self.befunde)

    @property
    def hat_fehler(self) -> bool:
        """Whether a finding needs work before the data may be called complete."""
        return any(befund.schwere is Schwere.FEHLER for befund in self.befunde)


def zaehle(befunde: Iterable[Befund]) -> dict[Art, int]:
    """Return findings per kind, in the order of `Art`."""
    anzahl = Counter(befund.art for befund in befunde)
    return {art: anzahl[art] for art in Art if anzahl[art]}
