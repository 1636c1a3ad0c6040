"""What a reform does across the apps: "Was bricht am Stichtag?"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef

from behoerden.domain.gebietsdaten import GEMEINDEN
from behoerden.models import Gebiet, Gebietsart, Gebietsversion
from behoerden.orte import gemeinden_below
from behoerden.reform import Anwendung
from behoerden.reform_vorschau import Vorschau, build_vorschau
from editorial_workflows.reform.texte import Textstelle, find_texte
from editorial_workflows.reform.vergleich import Bruch, Vergleich, Zelle, compare
from editorial_workflows.reform.vorschlaege import Vorschlag
from leistungen.models import Zustaendigkeit

EIN_TAG = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Folgen:
    """Everything an editor looks at before a reform is applied.

    `entschieden` are rules on ended areas, each with what shall become of it; the comparison
    shows the state in which exactly that has been done.
    """

    gebiete: Vorschau
    entschieden: tuple[tuple[Vorschlag, str], ...]
    vergleich: Vergleich
    texte: tuple[Textstelle, ...]

    @property
    def verwaist(self) -> tuple[Zelle, ...]:
        """Answers that are lost."""
        return self.vergleich.mit(Bruch.VERWAIST)

    @property
    def doppelt(self) -> tuple[Zelle, ...]:
        """Answers that become several."""
        return self.vergleich.mit(Bruch.DOPPELT)

    @property
    def wechselt(self) -> tuple[Zelle, ...]:
        """Answers that name another authority."""
        return self.vergleich.mit(Bruch.WECHSELT)

    @property
    def zahlen(self) -> Mapping[str, int]:
        """Numbers for the head of the page, by German label."""
        arten = Counter(vorschlag.art for vorschlag, _ in self.entschieden)
        return {
            "Gebiete enden": len(self.gebiete.endet),
            "Gebiete beginnen": len(self.gebiete.beginnt),
            "Gebiete ändern sich": len(self.gebiete.aendert_sich),
            "Behörden verlieren ihr Hauptgebiet": len(self.gebiete.behoerden),
            "Zuständigkeiten an endenden Gebieten": arten["Zuständigkeit"],
            "Onlinedienste an endenden Gebieten": arten["Onlinedienst"],
            "Formulare an endenden Gebieten": arten["Formular"],
            "Auskünfte fallen weg": len(self.verwaist),
            "Auskünfte werden mehrdeutig": len(self.doppelt),
            "Auskünfte nennen eine andere Behörde": len(self.wechselt),
            "Texte prüfen": len(self.texte),
        }


def build_folgen(
    anwendung: Anwendung, entschieden: Iterable[tuple[Vorschlag, str]], tag: date
) -> Folgen:
    """Return the consequences; runs inside the transaction in which reform and rules are applied.

    The number of queries does not depend on the numbers of areas, rules and services.
    """
    gebiete = build_vorschau(anwendung, tag)
    namen = [zeile.titel.split(" (")[0] for zeile in gebiete.endet]
    namen += [
        zeile.titel.split(" (")[0]
        for zeile in gebiete.aendert_sich
        if any(angabe.startswith("Name:") for angabe in zeile.angaben)
    ]
    return Folgen(
        gebiete=gebiete,
        entschieden=tuple(entschieden),
        vergleich=compare(_paare(anwendung, tag), tag),
        texte=find_texte(anwendung.beendete, namen),
    )


def _paare(anwendung: Anwendung, tag: date) -> set[tuple[int, int]]:
    """Each touched Gemeinde on the day before, with the Gemeinde that it is on the day.

    One whose successor is open has no pair: nobody can be named for it. Ortsteile with rules of
    their own are compared, too.
    """
    vortag = tag - EIN_TAG
    folgen = anwendung.nachfolger
    beruehrt = {*anwendung.beendete, *anwendung.bewegte, *anwendung.beginnende}
    ziele = {ziel for ziel in folgen.values() if ziel is not None}
    orte = set(
        Gebiet.objects.filter(pk__in=beruehrt | ziele, art__in=GEMEINDEN).values_list(
            "pk", flat=True
        )
    )
    orte |= gemeinden_below(beruehrt, vortag) | gemeinden_below(beruehrt, tag)
    paare = set()
    for ort in orte - {*anwendung.beginnende}:
        neu = folgen.get(ort) if ort in anwendung.beendete else ort
        if neu is not None:
            paare.add((ort, neu))
    return paare | {(teil, teil) for teil in _ortsteile(orte, vortag) & _ortsteile(None, tag)}


def _ortsteile(gemeinden: Iterable[int] | None, tag: date) -> set[int]:
    """Ortsteile with rules that exist on the day, in these Gemeinden or anywhere."""
    rows = Gebietsversion.objects.gueltig_am(tag).filter(
        Exists(Zustaendigkeit.objects.filter(gebiet=OuterRef("gebiet"))),
        gebiet__art=Gebietsart.ORTSTEIL,
    )
    if gemeinden is not None:
        rows = rows.filter(parent_id__in=list(gemeinden))
    return set(rows.values_list("gebiet_id", flat=True))
