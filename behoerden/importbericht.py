"""What an import of the register did, in German lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from behoerden.domain.gebietsdaten import Kennung
from behoerden.domain.gebietsplan import ART_VERZEICHNIS, Importplan, NeueFassung

# More lines of one kind nobody reads; the numbers are complete.
MAX_ZEILEN = 40


def bericht(
    plan: Importplan, stand: date, namen: Mapping[Kennung, str], *, dry_run: bool
) -> list[str]:
    """Return numbers, the areas behind them, and what has to be asked.

    A first load names no area: all of them are new.
    """
    zeilen = [f"Gebiete, Stand {stand:%d.%m.%Y}" + (" – Probelauf" if dry_run else "")]
    zeilen += [f"  {name:<20}{zahl:>6}" for name, zahl in _zahlen(plan)]
    zeilen += [
        f"Postleitzahlen: {len(plan.plz_neu)} Paare neu, {len(plan.plz_entfallen)} entfallen",
        f"Ortsnamen: {len(plan.namen_neu)} neu, {len(plan.namen_entfallen)} entfallen",
        f"Nachfolgen: {len(plan.nachfolgen)} neu",
        f"Ortsteile: {len(plan.ortsteile_neu)} neu, "
        f"davon {sum(teil.war_gemeinde is not None for teil in plan.ortsteile_neu)} "
        "frühere Gemeinden",
    ]
    erster_lauf = not (plan.unveraendert or plan.fassungen or plan.schluessel or plan.beendet)
    if not erster_lauf:
        for titel, eintraege in _abschnitte(plan, namen):
            zeilen += _abschnitt(titel, eintraege)
    if plan.veraltet:
        zeilen.append(
            "Das Verzeichnis ist älter als Änderungen, die schon gelten. "
            "Es wird nur verglichen, nichts übernommen."
        )
    if plan.fragen:
        zeilen += ["Bitte klären:", *(f"  - {frage}" for frage in plan.fragen)]
    if dry_run:
        zeilen.append("Es wurde nichts geschrieben.")
    elif plan.is_empty:
        zeilen.append("Es gab nichts zu ändern.")
    return zeilen


def _zahlen(plan: Importplan) -> Iterator[tuple[str, int]]:
    aufgeloest = sum(gebiet.bis is not None for gebiet in plan.neu)
    bewegt = {f.kennung for f in plan.fassungen}
    yield "neu", len(plan.neu) - aufgeloest
    yield "früher, aufgelöst", aufgeloest
    yield "umbenannt", sum(fassung.umbenannt for fassung in plan.fassungen)
    yield "anders zugeordnet", sum(fassung.verschoben for fassung in plan.fassungen)
    yield "neuer Schlüssel", len(plan.schluessel)
    yield "  davon nur dieser", len({s.kennung for s in plan.schluessel} - bewegt)
    yield "beendet", len(plan.beendet)
    yield "andere Angaben", len(plan.angaben)
    yield "unverändert", plan.unveraendert


def _abschnitte(plan: Importplan, namen: Mapping[Kennung, str]) -> Iterator[tuple[str, list[str]]]:
    def wer(kennung: Kennung) -> str:
        return f"{namen[kennung]} ({kennung.wert})"

    nachfolger = {
        n.vorgaenger: wer(n.nachfolger) if n.nachfolger else "Nachfolger offen"
        for n in plan.nachfolgen
        if n.art != ART_VERZEICHNIS
    }
    yield "Neu", [wer(gebiet.kennung) for gebiet in plan.neu if gebiet.bis is None]
    yield (
        "Umbenannt",
        [
            f"{wer(f.kennung)}, bisher {f.vorher.amtlicher_name}"
            for f in plan.fassungen
            if f.umbenannt
        ],
    )
    yield (
        "Anders zugeordnet",
        [_umzug(f, namen) for f in plan.fassungen if f.verschoben],
    )
    yield (
        "Neuer Schlüssel",
        [
            f"{namen[s.kennung]}: {s.vorher or 'keiner'} → {s.schluessel.wert}"
            for s in plan.schluessel
        ],
    )
    yield (
        "Neue Ortsteile",
        [f"{teil.name}, {wer(teil.gemeinde)}" for teil in plan.ortsteile_neu],
    )
    yield (
        "Aufgelöst",
        [
            f"{wer(e.kennung)}, letzter Tag {e.bis:%d.%m.%Y}, {nachfolger.get(e.kennung, '–')}"
            for e in plan.beendet
        ],
    )


def _umzug(fassung: NeueFassung, namen: Mapping[Kennung, str]) -> str:
    def ziel(kennung: Kennung | None) -> str:
        return f"{namen[kennung]} ({kennung.wert})" if kennung else "–"

    text = f"{namen[fassung.kennung]}: {ziel(fassung.vorher.parent)}"
    return f"{text} → {ziel(fassung.version.parent)}"


def _abschnitt(titel: str, eintraege: Iterable[str]) -> list[str]:
    liste = sorted(eintraege)
    if not liste:
        return []
    zeilen = [f"{titel}:", *(f"  - {eintrag}" for eintrag in liste[:MAX_ZEILEN])]
    if len(liste) > MAX_ZEILEN:
        zeilen.append(f"  … und {len(liste) - MAX_ZEILEN} weitere")
    return zeilen
