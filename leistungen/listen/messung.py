"""What can be measured of one draft: readability, findings, state of the translations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from leistungen.domain.lesbarkeit import analyse
from leistungen.domain.qualitaet import Schwere
from leistungen.domain.uebersetzung import Stand, Uebersetzung
from leistungen.models import Leistung
from leistungen.qualitaet.stand import befunde
from leistungen.qualitaet.umfeld import Umfeld
from leistungen.uebersetzungen import SPRACHEN, uebersetzungen
from zufi.common.html import paragraphs

# Prose of the page in its order; structured rows and titles are no running text.
FLIESSTEXTE = (
    "kurztext",
    "volltext",
    "voraussetzungen",
    "unterlagen_text",
    "verfahrensablauf",
    "hinweise",
    "weiterfuehrende_informationen",
)


@dataclass(frozen=True, slots=True)
class Messung:
    """The figures of one draft."""

    lix: float | None
    amstad: float | None
    muss_count: int
    soll_count: int
    regeln: Mapping[str, int]
    uebersetzungen: Mapping[str, Mapping[str, str]]
    veraltet_seit: date | None

    def veraltet(self, sprache: str) -> int:
        """Parts whose German text changed after the translation was made."""
        return self._zahl(sprache, Stand.GEAENDERT)

    def fehlt(self, sprache: str) -> int:
        """Parts with a German text and no translation."""
        return self._zahl(sprache, Stand.FEHLT)

    def _zahl(self, sprache: str, stand: Stand) -> int:
        return sum(wert == stand for wert in self.uebersetzungen.get(sprache, {}).values())


def messe(leistung: Leistung, umfeld: Umfeld) -> Messung:
    """Return the figures of this draft; its rows are read if they are not loaded.

    Findings an editor let pass do not count.
    """
    lesbarkeit = analyse(fliesstext(leistung))
    je_sprache = {sprache: uebersetzungen(leistung, sprache) for sprache in SPRACHEN}
    gefunden = befunde(leistung, umfeld)
    return Messung(
        lix=lesbarkeit.lix if lesbarkeit else None,
        amstad=lesbarkeit.amstad if lesbarkeit else None,
        muss_count=sum(befund.schwere is Schwere.MUSS for befund in gefunden),
        soll_count=sum(befund.schwere is Schwere.SOLL for befund in gefunden),
        regeln=Counter(befund.regel for befund in gefunden),
        uebersetzungen={
            sprache: {
                teil: str(urteil.stand)
                for teil, urteil in urteile.items()
                if urteil.stand is not Stand.ENTFAELLT
            }
            for sprache, urteile in je_sprache.items()
        },
        veraltet_seit=min(
            (tag for urteile in je_sprache.values() for tag in _tage(urteile)), default=None
        ),
    )


def fliesstext(leistung: Leistung) -> str:
    """Return the German prose of the page, one line per block."""
    return "\n".join(
        absatz
        for name in FLIESSTEXTE
        for absatz in paragraphs(getattr(leistung, f"{name}_de") or "")
    )


def _tage(urteile: Mapping[str, Uebersetzung]) -> list[date]:
    """Days on which German texts changed that a translation does not follow yet."""
    return [
        date.fromisoformat(urteil.seit)
        for urteil in urteile.values()
        if urteil.stand is Stand.GEAENDERT and urteil.seit
    ]
