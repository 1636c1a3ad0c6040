"""The facts a question of responsibility is decided on: frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from behoerden.domain.gebiet import Glied
from zufi.common.zeitraum import enthaelt


class Slot(StrEnum):
    """What a rule fills: two roles of authorities, and the bindings that follow the same rules."""

    ZUSTAENDIG = "zustaendig"
    ANSPRECHPUNKT = "ansprechpunkt"
    ONLINEDIENST = "onlinedienst"
    FORMULAR = "formular"


# Code of the role → the slots a rule of this role fills.
SLOTS_DER_ROLLE: Mapping[str, tuple[Slot, ...]] = {
    "01": (Slot.ZUSTAENDIG,),
    "02": (Slot.ZUSTAENDIG, Slot.ANSPRECHPUNKT),
    "03": (Slot.ANSPRECHPUNKT,),
    Slot.ONLINEDIENST: (Slot.ONLINEDIENST,),
    Slot.FORMULAR: (Slot.FORMULAR,),
}


class Zustand(StrEnum):
    """The eight states of an answer (domain design 3.4), by precedence."""

    ORT_MEHRDEUTIG = "ORT_MEHRDEUTIG"
    ORT_FEHLT = "ORT_FEHLT"
    KEINE_REGEL = "KEINE_REGEL"
    VORBEHALT = "VORBEHALT"
    KRITERIUM = "KRITERIUM"
    WAHL = "WAHL"
    ORTSUNABHAENGIG = "ORTSUNABHAENGIG"
    EINDEUTIG = "EINDEUTIG"


class Urteil(StrEnum):
    """What became of a rule on the way."""

    JA = "JA"
    OFFEN = "OFFEN"
    NEIN = "NEIN"
    ABGELAUFEN = "ABGELAUFEN"
    ZIEL_OFFLINE = "ZIEL_OFFLINE"


class Vorbehalt(StrEnum):
    """Reservations that accompany an answer."""

    STRASSE_ENTSCHEIDET = "STRASSE_ENTSCHEIDET"
    NACHFOLGE = "NACHFOLGE"
    NACHFOLGE_UNBEKANNT = "NACHFOLGE_UNBEKANNT"
    MEHRERE_EINTRAEGE = "MEHRERE_EINTRAEGE"
    ZIEL_OFFLINE = "ZIEL_OFFLINE"
    AENDERUNG_AB = "AENDERUNG_AB"


@dataclass(frozen=True, slots=True)
class Regel:
    """One row of responsibility; the period is inclusive, None is open."""

    id: int
    gebiet_id: int
    rolle: str
    ziel_id: int
    ersetzt: bool = True
    kriterium: int | None = None
    werte: frozenset[str] = frozenset()
    ab: date | None = None
    bis: date | None = None
    wahl_erlaubt: bool = False
    verifiziert_am: date | None = None

    def gilt_am(self, stichtag: date) -> bool:
        """Whether the day lies in the period of the rule."""
        return enthaelt(self.ab, self.bis, stichtag)


@dataclass(frozen=True, slots=True)
class Ziel:
    """An authority or service a rule points to; `nachfolger` are its live successors."""

    id: int
    name: str
    live: bool = True
    nachfolger: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Kandidat:
    """A place that may be meant, with the areas above it, most specific first.

    `nachfolge_von` names the dissolved area whose successor this is; `gilt_bis` is the last day
    on which the chain stays as it is, None if no change is known.
    """

    gebiet_id: int
    kette: tuple[Glied, ...]
    nachfolge_von: str = ""
    nachfolge_unbekannt: bool = False
    gilt_bis: date | None = None


@dataclass(frozen=True, slots=True)
class Anfrage:
    """The question: a service on a day, with the answers given to criteria so far."""

    leistung_id: int
    stichtag: date
    antworten: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Treffer:
    """A target that answers, and the rule that says so."""

    regel_id: int
    ziel_id: int
    slot: Slot
    rolle: str
    gebiet_id: int
    rang: int
    geerbt: bool
    kriterium: int | None = None
    werte: frozenset[str] = frozenset()
    offen: bool = False
    gilt_sonst: bool = False
    wahl_erlaubt: bool = False
    verifiziert_am: date | None = None


@dataclass(frozen=True, slots=True)
class Befund:
    """What the walk decided about one rule."""

    regel_id: int
    urteil: Urteil


@dataclass(frozen=True, slots=True)
class Schritt:
    """One level of the walk: the areas looked at, each rule found there, whether it ended here."""

    slot: Slot
    rang: int
    gebiete: tuple[int, ...]
    befunde: tuple[Befund, ...]
    endet: bool


@dataclass(frozen=True, slots=True)
class Ergebnis:
    """The answer with its proof.

    `gilt_bis` is the last day up to which known facts leave the answer unchanged (None: no change
    known); `spur` holds the steps of the first candidate, `kandidaten` the places looked at.
    """

    zustand: Zustand
    treffer: tuple[Treffer, ...]
    vorbehalte: tuple[Vorbehalt, ...]
    spur: tuple[Schritt, ...]
    ortsabhaengig: bool
    gilt_bis: date | None
    kandidaten: tuple[int, ...] = ()

    @property
    def fuehrend(self) -> tuple[Treffer, ...]:
        """Hits of the leading slot: the responsible authorities, else the contact points."""
        for slot in (Slot.ZUSTAENDIG, Slot.ANSPRECHPUNKT):
            hits = tuple(treffer for treffer in self.treffer if treffer.slot is slot)
            if hits:
                return hits
        return ()
