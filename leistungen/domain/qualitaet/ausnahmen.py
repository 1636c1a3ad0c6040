"""Findings an editor let pass ("passt so"); they end when the text changes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from leistungen.domain.qualitaet.stellen import is_html
from leistungen.domain.qualitaet.werte import Befund, Schwere, Textstand
from zufi.common.html import paragraphs

# A quote is stored no longer than this; longer ones are compared by their beginning.
ZITAT_LAENGE = 500


@dataclass(frozen=True, slots=True)
class Ausnahme:
    """One finding that is accepted; `inhalt_hash` is of the text it was about."""

    regel: str
    modul: str
    sprache: str
    inhalt_hash: str
    zitat: str = ""

    @classmethod
    def of(cls, stand: Textstand, befund: Befund) -> Ausnahme:
        """Return the exception that covers this finding as long as its text stays."""
        return cls(
            befund.regel,
            befund.modul,
            befund.sprache,
            inhalt_hash(stand, befund),
            befund.zitat[:ZITAT_LAENGE],
        )


def inhalt_hash(stand: Textstand, befund: Befund) -> str:
    """Return the identity of the text a finding is about.

    Marks of the editor and bold type do not count, targets of links do. A finding about something
    that is missing has the identity of the empty text.
    """
    if befund.zeile:
        teile = [
            f"{zeile.kind}.{feld}={text}"
            for zeile in stand.zeilen
            if zeile.uuid == befund.zeile
            for feld, sprachen in sorted(zeile.texte.items())
            if (text := sprachen.get(befund.sprache, ""))
        ]
    else:
        text = stand.texte.get(befund.modul, {}).get(befund.sprache, "")
        teile = list(paragraphs(text)) if is_html(befund.modul) else text.splitlines()
    inhalt = "\n".join(" ".join(teil.split()) for teil in teile)
    return hashlib.sha256(inhalt.strip().encode(errors="replace")).hexdigest()


def ohne_ausnahmen(
    stand: Textstand, befunde: Iterable[Befund], ausnahmen: Iterable[Ausnahme]
) -> tuple[Befund, ...]:
    """Return the findings nobody accepted; a muss cannot be accepted."""
    akzeptiert = frozenset(ausnahmen)
    return tuple(
        befund
        for befund in befunde
        if befund.schwere is Schwere.MUSS
        or not akzeptiert
        or Ausnahme.of(stand, befund) not in akzeptiert
    )
