"""Which levels of rules contradict the federal typing of a service; data, not logic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

# First character of the code → kinds of areas at which a responsible office makes no sense.
# Reading of the codes (domain design 11.4, unconfirmed, therefore only a hint): 1 the Bund
# executes · 2, 3 the Bund regulates, Land or Kommune executes · 4 the Land regulates · 5 the
# Kommune regulates and executes. 6–8 are information, not services. Own districts fit every type.
KOMMUNAL = frozenset(
    {"ortsteil", "gemeinde", "vg", "erfuellende_gemeinde", "landkreis", "kreisfreie_stadt"}
)
UNPASSEND: Mapping[str, frozenset[str]] = {
    "1": KOMMUNAL,
    "2": frozenset({"bund"}),
    "3": frozenset({"bund"}),
    "4": frozenset({"bund"}),
    "5": frozenset({"bund", "land"}),
}
AUFGABE: Mapping[str, str] = {
    "1": "eine Aufgabe des Bundes",
    "2": "eine Aufgabe von Land oder Kommune",
    "3": "eine Aufgabe von Land oder Kommune",
    "4": "eine Aufgabe des Landes",
    "5": "eine Aufgabe der Kommunen",
}


def erwartet_stelle(codes: Iterable[str]) -> bool:
    """Whether a service of these codes needs an office everywhere; without a code it does."""
    typen = {code[:1] for code in codes}
    return not typen or bool(typen & UNPASSEND.keys())


def unpassende_arten(codes: Iterable[str]) -> frozenset[str]:
    """Return the kinds of areas that contradict every code; none without a known code."""
    mengen = [UNPASSEND[code[:1]] for code in codes if code[:1] in UNPASSEND]
    return frozenset.intersection(*mengen) if mengen else frozenset()


def aufgabe(codes: Iterable[str]) -> str:
    """Return whose task it is, in words, by the first known code."""
    return next((AUFGABE[code[:1]] for code in codes if code[:1] in AUFGABE), "eine Aufgabe")
