"""Reforms as CSV: semicolons or commas, UTF-8, the columns of `domain.reform.SPALTEN`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from behoerden.domain.reform import PFLICHTSPALTEN, SPALTEN, Reformfehler, ReformUngueltig

MAX_BYTES = 2_000_000


def read_reform_csv(inhalt: bytes) -> list[dict[str, str]]:
    """Return the rows, only filled columns; what they say is checked by `parse_zeilen`.

    Raises:
        ReformUngueltig: not UTF-8, no head, an unknown column, a row of another length.
    """
    if len(inhalt) > MAX_BYTES:
        raise ReformUngueltig([Reformfehler(0, "Die Datei ist größer als 2 MB.")])
    try:
        text = inhalt.decode("utf-8-sig")
    except UnicodeDecodeError:
        fehler = Reformfehler(0, "Die Datei ist nicht in UTF-8 geschrieben.")
        raise ReformUngueltig([fehler]) from None
    kopf = text.split("\n", 1)[0]
    trennzeichen = ";" if ";" in kopf else ","
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=trennzeichen, strict=True)
    try:
        return list(_rows(reader))
    except csv.Error as error:
        fehler = Reformfehler(reader.line_num, f"Die Zeile ist unlesbar ({error}).")
        raise ReformUngueltig([fehler]) from None


def write_reform_csv(zeilen: Iterable[Mapping[str, str]]) -> str:
    """Return the rows as a file that `read_reform_csv` reads."""
    ausgabe = io.StringIO(newline="")
    writer = csv.DictWriter(ausgabe, SPALTEN, delimiter=";", lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(zeilen)
    return ausgabe.getvalue()


def _rows(reader: csv.DictReader[str]) -> Iterable[dict[str, str]]:
    spalten = [spalte.strip() for spalte in reader.fieldnames or ()]
    fehler = [
        Reformfehler(0, f"Die Spalte „{spalte}“ fehlt.")
        for spalte in PFLICHTSPALTEN
        if spalte not in spalten
    ]
    fehler += [
        Reformfehler(0, f"Die Spalte „{spalte}“ gibt es nicht. Erlaubt sind: {', '.join(SPALTEN)}.")
        for spalte in spalten
        if spalte not in SPALTEN
    ]
    if fehler:
        raise ReformUngueltig(fehler)
    reader.fieldnames = spalten
    for nummer, werte in enumerate(reader, start=1):
        if None in werte or None in werte.values():
            text = "Die Zahl der Spalten stimmt nicht."
            raise ReformUngueltig([Reformfehler(nummer, text)])
        yield {spalte: wert.strip() for spalte, wert in werte.items() if wert.strip()}
