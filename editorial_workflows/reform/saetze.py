"""Operations as German sentences, and messages in the words of the form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from behoerden.domain.reform import (
    AufloesungVerband,
    Eingliederung,
    GruendungVerband,
    Neubildung,
    Operation,
    Reformfehler,
    Schluesselwechsel,
    Umbenennung,
    Umgliederung,
)
from editorial_workflows.reform.forms import SPALTENNAMEN

_SPALTE = re.compile(r"„([a-z_]+)“")


def schluessel_of(operationen: Iterable[Operation]) -> set[str]:
    """Return every key of an existing area that the operations name."""
    werte: set[str] = set()
    for o in operationen:
        for feld in ("gebiet", "ziel", "erfuellt_durch"):
            werte.add(getattr(o, feld, ""))
        if isinstance(o, Neubildung):
            werte.update(o.gebiete)
    return werte - {""}


def neue_namen(operationen: Iterable[Operation]) -> dict[str, str]:
    """Return the names of the areas that begin, by their new key."""
    return {
        o.ars: o.neuer_name for o in operationen if isinstance(o, Neubildung | GruendungVerband)
    }


def beschreibe(operation: Operation, namen: Mapping[str, str]) -> str:
    """Return what the operation does, in one sentence."""

    def wer(schluessel: str) -> str:
        return namen.get(schluessel, schluessel)

    match operation:
        case Eingliederung(gebiet=gebiet, ziel=ziel):
            wohin = wer(ziel) if ziel else "einer noch offenen Gemeinde"
            satz = f"{wer(gebiet)} geht in {wohin} auf."
        case Neubildung(gebiete=gebiete, neuer_name=name, ars=ars):
            satz = f"{', '.join(map(wer, gebiete))} bilden die neue Gemeinde {name} ({ars})."
        case Umgliederung(gebiet=gebiet, ziel=ziel, ars=ars):
            neu = f" und bekommt den Schlüssel {ars}" if ars else ""
            satz = f"{wer(gebiet)} gehört dann zu {wer(ziel)}{neu}."
        case Umbenennung(gebiet=gebiet, neuer_name=name):
            satz = f"{wer(gebiet)} heißt dann {name}."
        case Schluesselwechsel(gebiet=gebiet, ars=ars):
            satz = f"{wer(gebiet)} bekommt den Schlüssel {ars}."
        case AufloesungVerband(gebiet=gebiet, ziel=ziel):
            folge = f"; die Aufgaben gehen an {wer(ziel)}" if ziel else ""
            satz = f"{wer(gebiet)} wird aufgelöst{folge}."
        case GruendungVerband(neuer_name=name, ars=ars, verbandsart=art):
            was = "Verwaltungsgemeinschaft" if art == "vg" else "Gruppe der erfüllenden Gemeinde"
            satz = f"Die {was} {name} ({ars}) entsteht."
    return satz


def meldungen(fehler: Iterable[Reformfehler]) -> list[str]:
    """Return the messages with the labels of the form instead of the names of columns."""
    return [
        _SPALTE.sub(lambda fund: f"„{SPALTENNAMEN.get(fund[1], fund[1])}“", str(eintrag))
        for eintrag in fehler
    ]
