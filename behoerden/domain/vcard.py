"""Contact data as a vCard 3.0, the version every address book reads.

Source: RFC 2426; lines end in CRLF and are folded at 75 octets.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

MAX_OCTETS = 75


@dataclass(frozen=True, slots=True)
class Visitenkarte:
    """What a card holds; empty values are left out. `anschrift` is street, town, postcode."""

    name: str
    anschrift: tuple[str, str, str] | None = None
    telefon: str = ""
    email: str = ""
    internet: str = ""
    notiz: str = ""
    seite: str = ""


def build_vcard(karte: Visitenkarte) -> str:
    """Return the text of the file."""
    return "".join(f"{zeile}\r\n" for roh in _lines(karte) for zeile in _folded(roh))


def _lines(karte: Visitenkarte) -> Iterable[str]:
    yield "BEGIN:VCARD"
    yield "VERSION:3.0"
    yield f"N:{_escaped(karte.name)};;;;"
    yield f"FN:{_escaped(karte.name)}"
    yield f"ORG:{_escaped(karte.name)}"
    if karte.anschrift:
        strasse, ort, plz = map(_escaped, karte.anschrift)
        yield f"ADR;TYPE=WORK:;;{strasse};{ort};;{plz};Deutschland"
    for feld, wert in (
        ("TEL;TYPE=WORK,VOICE", karte.telefon),
        ("EMAIL;TYPE=INTERNET", karte.email),
        ("URL", karte.internet or karte.seite),
        ("NOTE", karte.notiz),
        ("SOURCE", karte.seite),
    ):
        if wert:
            yield f"{feld}:{_escaped(wert)}"
    yield "END:VCARD"


def _escaped(text: str) -> str:
    for zeichen in ("\\", ",", ";"):
        text = text.replace(zeichen, f"\\{zeichen}")
    return text.replace("\r\n", "\n").replace("\n", "\\n")


def _folded(zeile: str) -> Iterable[str]:
    """Cut between characters, never inside one; continuation lines begin with a blank."""
    teil = ""
    for zeichen in zeile:
        if len((teil + zeichen).encode()) > MAX_OCTETS:
            yield teil
            teil = " "
        teil += zeichen
    yield teil
