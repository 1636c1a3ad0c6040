"""How large a table may be, and the error that says where it is wrong."""

from __future__ import annotations

from dataclasses import dataclass

MAX_DATEI = 20 * 1024 * 1024  # bytes as uploaded
MAX_ENTPACKT = 200 * 1024 * 1024  # bytes of all parts of an XLSX together: no zip bombs
MAX_TEILE = 200  # parts of an XLSX
MAX_ZEILEN = 50_000  # per sheet
MAX_SPALTEN = 200
MAX_ZELLE = 100_000  # characters of a cell; the longest rich text has a tenth of that
# Excel keeps no more characters of a cell; a longer text is not written into an XLSX.
EXCEL_ZELLE = 32_000
MAX_MELDUNGEN = 500  # shown; the rest is counted
# What the page of the dry run carries to the next one, signed and compressed (bytes).
MAX_NUTZLAST = 2 * 1024 * 1024
MAX_ALTER_SEKUNDEN = 24 * 60 * 60
# Stands in a cell that a table cannot hold; read in, it means: leave as it is.
UNVERAENDERT = "[unverändert: passt nicht in eine Tabelle]"


@dataclass(frozen=True, slots=True)
class Meldung:
    """A place in the table and what is to be said about it; row 1 holds the headings, 0 is none."""

    blatt: str
    zeile: int
    spalte: str
    text: str

    def __str__(self) -> str:
        ort = [f"Blatt {self.blatt}"] if self.blatt else []
        if self.zeile:
            ort.append(f"Zeile {self.zeile}")
        if self.spalte:
            ort.append(f"Spalte „{self.spalte}“")
        return f"{', '.join(ort)}: {self.text}" if ort else self.text


class Tabellenfehler(ValueError):
    """The table cannot be read or applied; carries every reason found."""

    def __init__(self, *meldungen: Meldung) -> None:
        self.meldungen = meldungen
        super().__init__("\n".join(str(meldung) for meldung in meldungen))
