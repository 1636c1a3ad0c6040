"""Which authority does somebody in … see? The answer of the public page, with its proof."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from behoerden.ortsangabe import Ortsangabe, lies_ortsangabe
from leistungen.auskunft import Stelle, auskuenfte, load_umfeld
from leistungen.domain.fakten import Zustand
from leistungen.models import Kriterium, Leistung
from leistungen.selectors import platz_von

# State of the answer → what it means for whoever asks.
ZUSTAENDE: Mapping[Zustand, str] = {
    Zustand.ORT_MEHRDEUTIG: "Der Ort ist nicht eindeutig: Die Seite fragt nach.",
    Zustand.ORT_FEHLT: "Ohne Ort gibt es keine Antwort: Die Seite fragt nach dem Ort.",
    Zustand.KEINE_REGEL: "Keine Stelle ist eingetragen.",
    Zustand.VORBEHALT: "Es gibt eine Antwort mit Vorbehalt.",
    Zustand.KRITERIUM: "Außer dem Ort entscheidet noch etwas: Die Seite zeigt alle Fälle.",
    Zustand.WAHL: "Mehrere Stellen stehen zur Wahl.",
    Zustand.ORTSUNABHAENGIG: "Eine Stelle für das ganze Land.",
    Zustand.EINDEUTIG: "Genau eine Antwort.",
}


@dataclass(frozen=True, slots=True)
class Ortswahl:
    """A place that may be meant."""

    ars: str
    name: str
    zusatz: str


@dataclass(frozen=True, slots=True)
class Kriteriumsfrage:
    """A question that may decide, with its answers and the one given."""

    name: str
    frage: str
    antworten: tuple[str, ...]
    gewaehlt: str


@dataclass(frozen=True, slots=True)
class Testantwort:
    """What the public page would say, and why."""

    ort: Ortsangabe
    zustand: str
    zustand_text: str
    stellen: tuple[Stelle, ...]
    spur: tuple[str, ...]
    vorbehalte: tuple[str, ...]
    orte: tuple[Ortswahl, ...]
    gilt_bis: date | None


def kriteriumsfragen(
    leistung: Leistung, antworten: Mapping[int, str]
) -> tuple[Kriteriumsfrage, ...]:
    """Return the closed questions the rules of this service ask; one query."""
    kriterien = Kriterium.objects.filter(zustaendigkeiten__leistung=leistung).distinct()
    return tuple(
        Kriteriumsfrage(
            name=f"kriterium-{kriterium.pk}",
            frage=str(kriterium),
            antworten=tuple(sorted(bereich)),
            gewaehlt=antworten.get(kriterium.pk, ""),
        )
        for kriterium in kriterien
        if (bereich := kriterium.wertebereich)
    )


def teste(
    leistung: Leistung, text: str, stichtag: date, antworten: Mapping[int, str]
) -> Testantwort:
    """Return what somebody in this place would be told on this day; the engine of the public page.

    Args:
        leistung: any service, published or not.
        text: place as people type it, or a key.
        stichtag: the day asked for.
        antworten: id of a Kriterium → answer.
    """
    ort = lies_ortsangabe(text, "", stichtag)
    umfeld = load_umfeld(platz_von(ort), stichtag)
    auskunft = auskuenfte({leistung.pk: leistung.titel}, umfeld, antworten)[leistung.pk]
    zustand = auskunft.ergebnis.zustand
    return Testantwort(
        ort=ort,
        zustand=zustand.value,
        zustand_text=ZUSTAENDE[zustand],
        stellen=auskunft.stellen,
        spur=auskunft.spur,
        vorbehalte=auskunft.vorbehalte,
        orte=tuple(
            Ortswahl(
                info.adresse,
                info.label if info.gemeinde else info.name,
                " · ".join(t for t in (info.kreis, info.verband) if t),
            )
            for info in auskunft.orte
            if zustand is Zustand.ORT_MEHRDEUTIG
        ),
        gilt_bis=auskunft.ergebnis.gilt_bis,
    )
