"""Which authorities and rules a generated Land has; pure, the same for the same seed.

Rules hang at the level where they hold, as editors would write them: at Verbände and Gemeinden
without one, at Kreise, at own districts, at the Land or the Bund. About one rule in two hundred is
missing, so that a prover has something to find.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from leistungen.skalierung.woerter import FAECHER

LUECKE = 0.005  # share of rules left out
WECHSEL = 0.01  # share of rules that replace an older one of another authority
GEPRUEFT = 0.6  # share of rules an authority has confirmed
NACH_BUCHSTABEN = 0.02  # share of services that one Kreis divides by family names
ANTEIL_GRUNDREGELN = 0.9  # share of the rules planned by pattern; contact points fill the rest
MAX_GEMEINDLICH = 0.9
WECHSELTAG = date(2025, 1, 1)
HAELFTEN = (tuple("ABCDEFGHIJKLM"), tuple("NOPQRSTUVWXYZ"))
# Where the rules of a service hang, besides those of the Gemeinden; weights add up to 1.
MUSTER: Mapping[str, float] = {"kreis": 0.55, "bezirk": 0.12, "land": 0.23, "bund": 0.1}
# Federal typing (domain design 11.4) that fits the pattern.
TYPISIERUNG: Mapping[str, str] = {
    "verwaltung": "5",
    "kreis": "3",
    "bezirk": "2",
    "land": "4",
    "bund": "1",
}


class PlanFehler(ValueError):
    """The numbers asked for contradict each other; the message is German."""


@dataclass(frozen=True, slots=True)
class Flaechen:
    """Ids of areas by what hangs there; `verwaltung`: one per general administration."""

    bund: int
    land: int
    kreis: tuple[int, ...]
    verwaltung: tuple[int, ...]
    gemeinde: tuple[int, ...]
    bezirk: tuple[int, ...]
    namen: Mapping[int, str]
    verwaltung_von: Mapping[int, int]  # Gemeinde → its area of administration

    def je_muster(self, muster: str) -> tuple[int, ...]:
        """Areas that carry a rule in this pattern."""
        ebenen = {"bund": (self.bund,), "land": (self.land,), "kreis": self.kreis}
        return {**ebenen, "bezirk": self.bezirk, "verwaltung": self.verwaltung}[muster]


@dataclass(frozen=True, slots=True)
class Stelle:
    """An authority; `fach` is "" for the head of an area, `oben` the number of that head."""

    name: str
    gebiet_id: int
    fach: str = ""
    oben: int | None = None


@dataclass(frozen=True, slots=True)
class Regel:
    """One row of responsibility; service and authority are numbers of their lists."""

    leistung: int
    gebiet_id: int
    stelle: int
    rolle: str = "01"
    wirkung: str = "ersetzt"
    werte: tuple[str, ...] = ()
    geprueft_am: date | None = None
    ab: date | None = None
    bis: date | None = None


def plan_stellen(flaechen: Flaechen, count: int) -> list[Stelle]:
    """Return so many authorities: heads of all areas first, then their departments.

    Raises:
        PlanFehler: not even Bund and Land would have one.
    """
    if count < 2:  # noqa: PLR2004 - Bund and Land
        raise PlanFehler("Es braucht mindestens 2 Behörden: eine des Bundes, eine des Landes.")
    koepfe = [
        Stelle("Bundesverwaltung", flaechen.bund),
        Stelle("Landesverwaltung", flaechen.land),
        *(Stelle(f"Kreisverwaltung {flaechen.namen[pk]}", pk) for pk in flaechen.kreis),
        *(Stelle(f"Bezirksamt {flaechen.namen[pk]}", pk) for pk in flaechen.bezirk),
        *(
            Stelle(f"Verwaltung {flaechen.namen[pk]}", pk)
            for pk in flaechen.verwaltung
            if pk not in flaechen.kreis
        ),
    ]
    stellen = koepfe[:count]
    runde = 0
    while len(stellen) < count:
        zusatz, fach = divmod(runde, len(FAECHER))
        name = FAECHER[fach] + (f", Außenstelle {zusatz}" if zusatz else "")
        for oben, kopf in enumerate(koepfe[2 : 2 + count - len(stellen)], start=2):
            ort = kopf.name.partition(" ")[2]
            stellen.append(Stelle(f"{name} {ort}", kopf.gebiet_id, "" if zusatz else name, oben))
        runde += 1
    return stellen


def plan_muster(flaechen: Flaechen, leistungen: int, regeln: int, rng: Random) -> list[str]:
    """Return the pattern of each service, so that the rules need about nine tenths of the number.

    Raises:
        PlanFehler: fewer rules than services, or more than there are places for.
    """
    if regeln < leistungen:
        raise PlanFehler("Es braucht mindestens so viele Zuständigkeiten wie Leistungen.")
    if regeln > leistungen * len(flaechen.gemeinde):
        raise PlanFehler(
            f"Auf {leistungen} Leistungen passen höchstens "
            f"{leistungen * len(flaechen.gemeinde)} Zuständigkeiten."
        )
    ohne = sum(weight * len(flaechen.je_muster(name)) for name, weight in MUSTER.items())
    je_leistung = ANTEIL_GRUNDREGELN * regeln / leistungen
    anteil = (je_leistung - ohne) / (len(flaechen.verwaltung) - ohne)
    anteil = min(max(anteil, 0), MAX_GEMEINDLICH)
    gewichte = {"verwaltung": anteil} | {name: w * (1 - anteil) for name, w in MUSTER.items()}
    gezogen = rng.choices(list(gewichte), list(gewichte.values()), k=leistungen)
    muster, rest = [], regeln
    for number, name in enumerate(gezogen):
        # Divided and replaced rules make a pattern longer than its areas: keep a little back.
        bedarf = len(flaechen.je_muster(name)) * 1.1 + 2
        frei = rest - (leistungen - number - 1)
        muster.append(name if bedarf <= frei else "land")
        rest -= int(bedarf) if bedarf <= frei else 1
    return muster


def plan_regeln(
    flaechen: Flaechen,
    muster: Sequence[str],
    stellen: Sequence[Stelle],
    count: int,
    rng: Random,
) -> Iterator[Regel]:
    """Yield exactly so many rules, those of one service together, contact points last."""
    sitz: dict[tuple[int, str], int] = {}
    for number, stelle in enumerate(stellen):
        sitz.setdefault((stelle.gebiet_id, stelle.fach), number)
    landesstelle = sitz[flaechen.land, ""]

    def stelle_fuer(gebiet_id: int, fach: str) -> int:
        kopf = sitz.get((gebiet_id, ""), landesstelle)
        return sitz.get((gebiet_id, fach), kopf)

    geschrieben = 0
    for leistung, name in enumerate(muster):
        fach = FAECHER[leistung % len(FAECHER)]
        geteilt = name == "kreis" and rng.random() < NACH_BUCHSTABEN
        frei = count - geschrieben - (len(muster) - leistung - 1)
        zeilen: list[Regel] = []
        for position, gebiet_id in enumerate(flaechen.je_muster(name)):
            if name not in {"land", "bund"} and rng.random() < LUECKE:
                continue
            regel = Regel(
                leistung, gebiet_id, stelle_fuer(gebiet_id, fach), geprueft_am=_geprueft(rng)
            )
            kopf = stelle_fuer(gebiet_id, "")
            if geteilt and position == 0:
                zeilen += [replace(regel, werte=werte) for werte in HAELFTEN]
            elif kopf != regel.stelle and rng.random() < WECHSEL:
                letzter = WECHSELTAG - timedelta(days=1)
                zeilen += [
                    replace(regel, stelle=kopf, bis=letzter, geprueft_am=None),
                    replace(regel, ab=WECHSELTAG),
                ]
            else:
                zeilen.append(regel)
        geschrieben += len(zeilen[:frei])
        yield from zeilen[:frei]
    for number in range(count - geschrieben):
        runde, leistung = divmod(number, len(muster))
        gemeinde = flaechen.gemeinde[(leistung * 7 + runde) % len(flaechen.gemeinde)]
        kopf = stelle_fuer(flaechen.verwaltung_von[gemeinde], "")
        yield Regel(leistung, gemeinde, kopf, rolle="03", wirkung="ergaenzt")


def _geprueft(rng: Random) -> date | None:
    if rng.random() >= GEPRUEFT:
        return None
    return WECHSELTAG + timedelta(days=rng.randint(0, 365))
