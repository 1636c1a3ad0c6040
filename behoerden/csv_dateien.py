"""Strict reading of the project's CSV files: every error names file, line and value."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path


class DateiFehler(Exception):
    """A file of areas cannot be used; the message is German and names file and line."""

    def __init__(self, datei: str, zeile: int | None, text: str) -> None:
        stelle = f"{datei}, Zeile {zeile}" if zeile else datei
        super().__init__(f"{stelle}: {text}")


class Zeile:
    """One row, with readers that check what they return."""

    def __init__(self, datei: str, nummer: int, werte: dict[str, str]) -> None:
        self.datei = datei
        self.nummer = nummer
        self._werte = werte

    def fehler(self, text: str) -> DateiFehler:
        """Return the error of this row."""
        return DateiFehler(self.datei, self.nummer, text)

    def text(self, spalte: str) -> str:
        """Return the value, "" if empty."""
        return self._werte[spalte].strip()

    def name(self, spalte: str) -> str:
        """Return a value that must not be empty."""
        if not (wert := self.text(spalte)):
            raise self.fehler(f"„{spalte}“ ist leer.")
        return wert

    def ziffern(self, spalte: str, anzahl: int) -> str:
        """Return a key or postcode of that many digits."""
        wert = self.text(spalte)
        if not re.fullmatch(rf"[0-9]{{{anzahl}}}", wert):
            raise self.fehler(f"„{spalte}“ braucht {anzahl} Ziffern und ist „{wert}“.")
        return wert

    def ziffern_oder_leer(self, spalte: str, anzahl: int) -> str:
        """Return the same, or "" where the column is empty."""
        return self.ziffern(spalte, anzahl) if self.text(spalte) else ""

    def zahl(self, spalte: str) -> int | None:
        """Return a whole number; None where the column is empty."""
        wert = self.text(spalte)
        if wert and not (wert.isascii() and wert.isdigit()):
            raise self.fehler(f"„{spalte}“ ist keine Zahl: „{wert}“.")
        return int(wert) if wert else None

    def tag(self, spalte: str) -> date | None:
        """Return a day written as 2024-01-31; None where the column is empty."""
        wert = self.text(spalte)
        try:
            return date.fromisoformat(wert) if wert else None
        except ValueError:
            raise self.fehler(f"„{spalte}“ ist kein Tag: „{wert}“.") from None

    def wahl(self, spalte: str, erlaubt: Sequence[str]) -> str:
        """Return one of the allowed words."""
        wert = self.text(spalte)
        if wert not in erlaubt:
            raise self.fehler(f"„{spalte}“ ist „{wert}“, erlaubt ist {', '.join(erlaubt)}.")
        return wert


def read_csv(ordner: Path, datei: str, spalten: Sequence[str]) -> Iterator[Zeile]:
    """Yield the rows of a file that must have at least these columns and one row.

    Raises:
        DateiFehler: the file is missing, not UTF-8, lacks a column, is empty or cut off.
    """
    try:
        with (ordner / datei).open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            fehlend = [spalte for spalte in spalten if spalte not in (reader.fieldnames or ())]
            if fehlend:
                raise DateiFehler(datei, 1, f"Die Spalte „{fehlend[0]}“ fehlt.")
            leer = True
            for werte in reader:
                leer = False
                if None in werte or None in werte.values():
                    raise DateiFehler(datei, reader.line_num, "Die Zahl der Spalten stimmt nicht.")
                yield Zeile(datei, reader.line_num, werte)
    except FileNotFoundError:
        raise DateiFehler(datei, None, "Die Datei fehlt.") from None
    except UnicodeDecodeError:
        raise DateiFehler(datei, None, "Die Datei ist nicht in UTF-8 geschrieben.") from None
    except csv.Error as error:
        raise DateiFehler(datei, reader.line_num, f"Die Zeile ist unlesbar ({error}).") from None
    if leer:
        raise DateiFehler(datei, None, "Die Datei enthält keine Zeile.")
