"""XLSX and CSV: rows of text out, rows of text in; nothing here knows what a Leistung is.

Files come from outside. An XLSX is opened only after its parts were counted, measured and searched
for document types; openpyxl then streams it, without formulas, through defusedxml.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from leistungen.austausch.grenzen import (
    MAX_DATEI,
    MAX_ENTPACKT,
    MAX_SPALTEN,
    MAX_TEILE,
    MAX_ZEILEN,
    MAX_ZELLE,
    UNVERAENDERT,
    Meldung,
    Tabellenfehler,
)
from leistungen.austausch.zellen import entpacke, entschaerfe, excel_wert, passt_in_excel

XLSX, CSV = "xlsx", "csv"
_ZIP = b"PK\x03\x04"
_STUECK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Zeile:
    """A row: its number in the file (headings are row 1) and heading → text."""

    nummer: int
    zellen: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Tabelle:
    """A sheet as read; a CSV file has no name of its own."""

    name: str
    kopf: tuple[str, ...]
    zeilen: tuple[Zeile, ...]


def write_xlsx(ziel: IO[bytes], blaetter: Iterable[tuple[str, Sequence[str], Any]]) -> None:
    """The file holds these sheets: name, headings, rows of text; every cell is text."""
    mappe = Workbook(write_only=True)
    for name, kopf, zeilen in blaetter:
        blatt = mappe.create_sheet(name)
        blatt.freeze_panes = "C2"
        blatt.append([_zelle(blatt, titel, fett=True) for titel in kopf])
        for zeile in zeilen:
            blatt.append(
                [_zelle(blatt, text if passt_in_excel(text) else UNVERAENDERT) for text in zeile]
            )
    mappe.save(ziel)


def _zelle(blatt: Any, text: str, *, fett: bool = False) -> Any:
    zelle = WriteOnlyCell(blatt, entschaerfe(text) if text else None)
    zelle.number_format = "@"  # text: Excel keeps leading zeros and long keys
    if fett:
        zelle.font = Font(bold=True)
    return zelle


def write_csv(ziel: IO[str], kopf: Sequence[str], zeilen: Iterable[Sequence[str]]) -> None:
    """The file holds one sheet, as German Excel opens it: semicolons, marked as UTF-8."""
    ziel.write("\ufeff")
    schreiber = csv.writer(ziel, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    schreiber.writerow(kopf)
    schreiber.writerows([entschaerfe(text) for text in zeile] for zeile in zeilen)


def read_tabellen(inhalt: bytes) -> tuple[Tabelle, ...]:
    """Return the sheets of an XLSX or CSV file; rows without any text are left out.

    Raises:
        Tabellenfehler: the file is no such file, too large, or a cell is.
    """
    if len(inhalt) > MAX_DATEI:
        raise _fehler(f"Die Datei ist größer als {MAX_DATEI // 1024 // 1024} MB.")
    if not inhalt.strip():
        raise _fehler("Die Datei ist leer.")
    if inhalt.startswith(_ZIP):
        return tuple(_read_xlsx(inhalt))
    return (_read_csv(inhalt),)


def _read_xlsx(inhalt: bytes) -> Iterator[Tabelle]:
    _pruefe_archiv(inhalt)
    try:
        mappe = load_workbook(io.BytesIO(inhalt), read_only=True, data_only=True, keep_links=False)
        roh = [(blatt.title, list(_zeilen(blatt))) for blatt in mappe.worksheets]
    except Tabellenfehler:
        raise
    except Exception as error:  # openpyxl raises whatever its parsers raise
        raise _fehler(
            "Die Datei lässt sich nicht lesen. Öffnen Sie sie in Excel und speichern Sie sie neu."
        ) from error
    for name, zeilen in roh:
        if zeilen:
            yield _tabelle(name, zeilen)


def _zeilen(blatt: Any) -> Iterator[tuple[int, list[str]]]:
    """Rows of a sheet as text; a formula counts as its last result, never as a formula."""
    blatt.reset_dimensions()
    for nummer, zeile in enumerate(blatt.iter_rows(values_only=True), start=1):
        if nummer > MAX_ZEILEN + 1:
            raise Tabellenfehler(
                Meldung(blatt.title, nummer, "", f"Das Blatt hat mehr als {MAX_ZEILEN} Zeilen.")
            )
        if any(wert is not None for wert in zeile[MAX_SPALTEN:]):
            raise Tabellenfehler(
                Meldung(blatt.title, nummer, "", f"Das Blatt hat mehr als {MAX_SPALTEN} Spalten.")
            )
        texte = [excel_wert(wert) for wert in zeile[:MAX_SPALTEN]]
        if any(texte):
            yield nummer, texte


def _pruefe_archiv(inhalt: bytes) -> None:
    """Refuse bombs: too many parts, too much when unpacked, document types with entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(inhalt)) as archiv:
            teile = archiv.infolist()
            if len(teile) > MAX_TEILE or sum(teil.file_size for teil in teile) > MAX_ENTPACKT:
                raise _fehler("Die Datei ist entpackt zu groß.")
            for teil in teile:
                _pruefe_teil(archiv, teil)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError) as error:
        raise _fehler("Die Datei ist beschädigt oder mit einem Kennwort geschützt.") from error


def _pruefe_teil(archiv: zipfile.ZipFile, teil: zipfile.ZipInfo) -> None:
    gelesen, rest = 0, b""
    with archiv.open(teil) as strom:
        while stueck := strom.read(_STUECK):
            gelesen += len(stueck)
            if gelesen > MAX_ENTPACKT:
                raise _fehler("Die Datei ist entpackt zu groß.")
            fenster = (rest + stueck).replace(b"\x00", b"").upper()
            if b"<!DOCTYPE" in fenster or b"<!ENTITY" in fenster:
                raise _fehler("Die Datei enthält eine Dokumenttyp-Angabe. Das ist nicht erlaubt.")
            rest = stueck[-32:]


def _read_csv(inhalt: bytes) -> Tabelle:
    try:
        text = inhalt.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _fehler(
            "Die Datei ist weder XLSX noch CSV in UTF-8. Wählen Sie in Excel beim Speichern "
            "„CSV UTF-8 (durch Trennzeichen getrennt)“."
        ) from error
    if "\x00" in text:
        raise _fehler("Die Datei ist keine Tabelle.")
    erste = text.split("\n", 1)[0]
    trenner = max((";", ",", "\t"), key=erste.count)
    zeilen: list[tuple[int, list[str]]] = []
    leser = csv.reader(io.StringIO(text, newline=""), delimiter=trenner, strict=True)
    nummer = 0
    try:
        for nummer, zeile in enumerate(leser, start=1):
            if nummer > MAX_ZEILEN + 1:
                raise Tabellenfehler(
                    Meldung("", nummer, "", f"Die Datei hat mehr als {MAX_ZEILEN} Zeilen.")
                )
            if any(zeile):
                zeilen.append((nummer, zeile))
    except csv.Error as error:
        grund = (
            f"Eine Zelle hat mehr als {MAX_ZELLE} Zeichen."
            if "field limit" in str(error)
            else "Die Anführungszeichen passen nicht zusammen."
        )
        raise Tabellenfehler(Meldung("", nummer + 1, "", grund)) from error
    return _tabelle("", zeilen)


def _tabelle(name: str, roh: Sequence[tuple[int, list[str]]]) -> Tabelle:
    kopf = tuple(text.strip() for text in roh[0][1])
    while kopf and not kopf[-1]:
        kopf = kopf[:-1]
    doppelt = {titel for titel in kopf if titel and kopf.count(titel) > 1}
    fehler = [Meldung(name, 1, titel, "Diese Spalte gibt es zweimal.") for titel in sorted(doppelt)]
    if len(kopf) > MAX_SPALTEN:
        fehler.append(Meldung(name, 1, "", f"Das Blatt hat mehr als {MAX_SPALTEN} Spalten."))
    zeilen = []
    for nummer, texte in roh[1:]:
        fehler.extend(_zellfehler(name, nummer, kopf, texte))
        paare = zip(kopf, [entpacke(text) for text in texte], strict=False)
        zeilen.append(Zeile(nummer, {titel: text for titel, text in paare if titel}))
    if fehler:
        raise Tabellenfehler(*fehler)
    return Tabelle(name, kopf, tuple(zeilen))


def _zellfehler(
    name: str, nummer: int, kopf: Sequence[str], texte: Sequence[str]
) -> Iterator[Meldung]:
    for position, text in enumerate(texte):
        titel = kopf[position] if position < len(kopf) else ""
        if len(text) > MAX_ZELLE:
            yield Meldung(
                name, nummer, titel, f"Die Zelle hat {len(text)} Zeichen, erlaubt sind {MAX_ZELLE}."
            )
        elif text.strip() and not titel:
            yield Meldung(name, nummer, "", "Eine Zelle steht in einer Spalte ohne Überschrift.")


def _fehler(text: str) -> Tabellenfehler:
    return Tabellenfehler(Meldung("", 0, "", text))
