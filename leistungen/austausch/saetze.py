"""Rows of a file become statements about services: which object, which cells, on which basis."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from leistungen.austausch.blaetter import (
    BLAETTER,
    LEISTUNG,
    LOESCHEN,
    NACH_NAMEN,
    STAND,
    ZEILE,
    Blatt,
)
from leistungen.austausch.dateien import Tabelle, Zeile
from leistungen.austausch.grenzen import Meldung, Tabellenfehler
from leistungen.austausch.zellen import Zellfehler, kennung, kurz

_JA = frozenset({"ja", "x", "wahr", "true", "1"})
_NEIN = frozenset({"", "nein", "falsch", "false", "0"})


@dataclass(frozen=True, slots=True)
class Satz:
    """What one row says; `zeile` is None for a service and for a new row.

    `texte`: field → text of the cell, only the columns the file has.
    """

    blatt: Blatt
    nummer: int
    leistung: UUID
    zeile: UUID | None
    stand: str
    texte: Mapping[str, str]
    loeschen: bool = False

    def meldung(self, text: str, feld: str = "") -> Meldung:
        """Return a message about this row."""
        titel = next((s.titel for s in self.blatt.spalten if s.feld == feld), "")
        return Meldung(self.blatt.name, self.nummer, titel, text)

    def als_json(self, felder: Sequence[str]) -> dict[str, Any]:
        """Return the statement with these cells only, for the way through a form."""
        return {
            "b": self.blatt.name,
            "n": self.nummer,
            "l": str(self.leistung),
            "z": str(self.zeile or ""),
            "s": self.stand,
            "t": {feld: self.texte[feld] for feld in felder},
            "x": self.loeschen,
        }

    @classmethod
    def aus_json(cls, daten: Mapping[str, Any]) -> Satz:
        """Return what `als_json` was given."""
        return cls(
            NACH_NAMEN[daten["b"]],
            int(daten["n"]),
            UUID(daten["l"]),
            UUID(daten["z"]) if daten["z"] else None,
            daten["s"],
            daten["t"],
            bool(daten["x"]),
        )


def lies_saetze(tabellen: Sequence[Tabelle]) -> tuple[Satz, ...]:
    """Return the statements of all sheets.

    Raises:
        Tabellenfehler: a sheet or column is unknown, an identity is missing, wrong or there twice.
    """
    fehler: list[Meldung] = []
    saetze: list[Satz] = []
    for tabelle in tabellen:
        blatt = _blatt(tabelle, fehler)
        felder = _kopf(tabelle, blatt, fehler) if blatt else None
        if blatt is None or felder is None:
            continue
        for zeile in tabelle.zeilen:
            try:
                saetze.append(_satz(blatt, felder, zeile))
            except Zellfehler as error:
                fehler.append(Meldung(blatt.name, zeile.nummer, "", str(error)))
    fehler.extend(_doppelte(saetze))
    if not tabellen:
        fehler.append(Meldung("", 0, "", "Die Datei hat keine Zeilen."))
    if fehler:
        raise Tabellenfehler(*fehler)
    return tuple(saetze)


def _blatt(tabelle: Tabelle, fehler: list[Meldung]) -> Blatt | None:
    if tabelle.name:
        blatt = NACH_NAMEN.get(tabelle.name)
    else:
        passend = [b for b in BLAETTER if _erkannt(b, tabelle.kopf)]
        blatt = passend[0] if len(passend) == 1 else None
    if blatt is None:
        namen = ", ".join(NACH_NAMEN)
        grund = (
            f"Dieses Blatt kennen wir nicht. Es gibt: {namen}."
            if tabelle.name
            else f"Aus den Überschriften geht nicht hervor, welches Blatt das ist: {namen}?"
        )
        fehler.append(Meldung(tabelle.name, 1, "", grund))
    return blatt


def _erkannt(blatt: Blatt, kopf: Sequence[str]) -> bool:
    titel = next(s.titel for s in blatt.spalten if s.feld == blatt.erkennung)
    return titel in kopf or blatt.erkennung in kopf


def _kopf(tabelle: Tabelle, blatt: Blatt, fehler: list[Meldung]) -> Mapping[str, str] | None:
    """Return heading → field; None if the headings are wrong."""
    felder = {spalte.titel: spalte.feld for spalte in blatt.spalten}
    felder |= {spalte.feld: spalte.feld for spalte in blatt.spalten}
    bekannt = blatt.verwaltung
    falsch = [
        Meldung(blatt.name, 1, kurz(titel), "Diese Spalte kennen wir nicht.")
        for titel in tabelle.kopf
        if titel and titel not in felder and titel not in bekannt
    ]
    noetig = (LEISTUNG, STAND, *((ZEILE,) if blatt.relation else ()))
    falsch += [
        Meldung(blatt.name, 1, titel, "Diese Spalte fehlt.")
        for titel in noetig
        if titel not in tabelle.kopf
    ]
    fehler.extend(falsch)
    gefunden = {titel: felder[titel] for titel in tabelle.kopf if titel in felder}
    return None if falsch else gefunden


def _satz(blatt: Blatt, felder: Mapping[str, str], zeile: Zeile) -> Satz:
    leistung = zeile.zellen.get(LEISTUNG, "").strip()
    if not leistung:
        raise Zellfehler("Die Kennung der Leistung fehlt.")
    eigene = zeile.zellen.get(ZEILE, "").strip() if blatt.relation else ""
    loeschen = zeile.zellen.get(LOESCHEN, "").strip().lower() if blatt.relation else ""
    if loeschen not in _JA | _NEIN:
        raise Zellfehler(f"In der Spalte „{LOESCHEN}“ steht „{kurz(loeschen)}“ statt „ja“.")
    stand = zeile.zellen.get(STAND, "").strip()
    if (eigene or not blatt.relation) and not stand:
        raise Zellfehler(
            "Der Stand fehlt. Ohne ihn ist nicht zu sehen, ob sich inzwischen etwas geändert hat."
        )
    if loeschen in _JA and not eigene:
        raise Zellfehler("Eine neue Zeile lässt sich nicht löschen.")
    return Satz(
        blatt,
        zeile.nummer,
        kennung(leistung),
        kennung(eigene) if eigene else None,
        stand,
        {feld: zeile.zellen.get(titel, "") for titel, feld in felder.items()},
        loeschen in _JA,
    )


def _doppelte(saetze: Sequence[Satz]) -> Iterator[Meldung]:
    gesehen: dict[tuple[str, UUID], int] = {}
    for satz in saetze:
        wer = satz.zeile if satz.blatt.relation else satz.leistung
        if wer is None:
            continue
        erste = gesehen.setdefault((satz.blatt.name, wer), satz.nummer)
        if erste != satz.nummer:
            yield satz.meldung(f"Diese Kennung steht schon in Zeile {erste}.")
