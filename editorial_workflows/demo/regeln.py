"""Who is responsible at which level: the column `ebene` of the catalogue as rules of the demo.

Simplified for the demonstration, no legal advice. Rules are stored where they hold (Verband,
verbandsfreie Gemeinde, Kreis, own district, Land, Bund), never copied downwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from editorial_workflows.demo.aemter import Amt
from editorial_workflows.demo.katalog import Eintrag

ZUSTAENDIG, ANSPRECHPUNKT = "01", "03"
ERSETZT, ERGAENZT = "ersetzt", "ergaenzt"


@dataclass(frozen=True, slots=True)
class Vorschrift:
    """Everybody with this task is responsible in the area where he has it."""

    aufgabe: str
    rolle: str = ZUSTAENDIG
    wirkung: str = ERSETZT
    wahl_erlaubt: bool = False
    hinweis: str = ""


@dataclass(frozen=True, slots=True)
class Regel:
    """One row of responsibility, still without database ids of service and authority."""

    gebiet_id: int
    amt: str
    rolle: str
    wirkung: str
    wahl_erlaubt: bool
    hinweis: str


# Level of the catalogue → task that carries the responsibility.
EBENEN: Mapping[str, str] = {
    "gemeinde": "verwaltung",
    "gemeinde_satzung": "verwaltung",
    "standesamt": "standesamt",
    "kreis": "kreisverwaltung",
    "strassenverkehr": "kreisverwaltung",
    "bauaufsicht": "kreisverwaltung",
    "jobcenter": "jobcenter",
    "finanzamt": "finanzamt",
    "amtsgericht": "amtsgericht",
    "land": "landesverwaltung",
    "kammer": "kammer",
    "pflegekasse": "pflegekasse",
    "beitragsservice": "beitragsservice",
}
# Where one level has several authorities, the service decides.
AUFGABE_DER_LEISTUNG: Mapping[tuple[str, str], str] = {
    ("bund", "fuehrungszeugnis"): "justizregister",
    ("bund", "gewerbezentralregister-auskunft"): "justizregister",
    ("bund", "kindergeld"): "familienkasse",
    ("bund", "kinderzuschlag"): "familienkasse",
    ("bund", "altersrente"): "rentenversicherung",
    ("bund", "erwerbsminderungsrente"): "rentenversicherung",
    ("bund", "hinterbliebenenrente"): "rentenversicherung",
    ("bund", "drohne-registrieren"): "luftfahrt",
    ("land", "liegenschaftskataster"): "kataster",
    ("amtsgericht", "handelsregister-auszug"): "registergericht",
}
# Citizens may choose between these: the only services with two responsible authorities. The
# Standesamt adds to the Jugendamt of the Kreis instead of replacing it.
FREIE_WAHL: Mapping[str, tuple[Vorschrift, ...]] = {
    "vaterschaft-anerkennen": (
        Vorschrift("standesamt", wirkung=ERGAENZT, wahl_erlaubt=True),
        Vorschrift("kreisverwaltung", wahl_erlaubt=True, hinweis="Dort hilft Ihnen das Jugendamt."),
    )
}
# Reading of the federal typing (domain design 11.4): 1 Bund · 2, 3 Bund regulates, Land or Kommune
# executes · 4 Land · 5 Kommune.
TYPISIERUNG: Mapping[str, str] = {
    "bund": "1",
    "pflegekasse": "1",
    "finanzamt": "2",
    "amtsgericht": "2",
    "kammer": "2",
    "gemeinde": "3",
    "standesamt": "3",
    "kreis": "3",
    "strassenverkehr": "3",
    "jobcenter": "3",
    "bauaufsicht": "4",
    "land": "4",
    "beitragsservice": "4",
    "gemeinde_satzung": "5",
}


class UnbekannteEbene(ValueError):
    """The catalogue names a level, or a service of the Bund, that no authority serves."""

    def __init__(self, eintrag: Eintrag, ebene: str) -> None:
        super().__init__(f"Für „{eintrag.slug}“ fehlt eine Behörde der Ebene „{ebene}“.")


def vorschriften(eintrag: Eintrag) -> tuple[Vorschrift, ...]:
    """Return what holds for a service: the first level is responsible, others are contact points.

    Raises:
        UnbekannteEbene: the plan has no task for the level.
    """
    if eintrag.slug in FREIE_WAHL:
        return FREIE_WAHL[eintrag.slug]
    rollen = (ZUSTAENDIG, *[ANSPRECHPUNKT] * len(eintrag.ebenen))
    return tuple(
        Vorschrift(_aufgabe(eintrag, ebene), rolle=rolle)
        for ebene, rolle in zip(eintrag.ebenen, rollen, strict=False)
    )


def plan_regeln(eintrag: Eintrag, aemter: Iterable[Amt]) -> tuple[Regel, ...]:
    """Return the rules of a service: one per authority that has the task, in its area."""
    aemter = list(aemter)
    return tuple(
        Regel(
            gebiet_id=amt.aufgaben[vorschrift.aufgabe],
            amt=amt.slug,
            rolle=vorschrift.rolle,
            wirkung=vorschrift.wirkung,
            wahl_erlaubt=vorschrift.wahl_erlaubt,
            hinweis=vorschrift.hinweis,
        )
        for vorschrift in vorschriften(eintrag)
        for amt in aemter
        if vorschrift.aufgabe in amt.aufgaben
    )


def _aufgabe(eintrag: Eintrag, ebene: str) -> str:
    aufgabe = AUFGABE_DER_LEISTUNG.get((ebene, eintrag.slug)) or EBENEN.get(ebene)
    if aufgabe is None:
        raise UnbekannteEbene(eintrag, ebene)
    return aufgabe
