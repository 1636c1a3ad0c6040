"""One draft as the rules ask for it; shared by all rules of a run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from leistungen.domain.qualitaet.regeln import Regel
from leistungen.domain.qualitaet.stellen import Stelle, lies_stellen
from leistungen.domain.qualitaet.werte import Textstand, Zeile


@dataclass(frozen=True)
class Kontext:
    """The draft, its texts read once, and questions about both."""

    stand: Textstand
    stellen: tuple[Stelle, ...]
    texte: Mapping[tuple[str, str], Stelle]

    @classmethod
    def of(cls, stand: Textstand) -> Kontext:
        """Return the context of a draft."""
        stellen = tuple(lies_stellen(stand))
        texte = {(st.modul, st.sprache): st for st in stellen if not st.zeile}
        return cls(stand, stellen, texte)

    def fuer(self, regel: Regel) -> Iterator[Stelle]:
        """Yield the texts this rule looks at."""
        for stelle in self.stellen:
            if stelle.modul in regel.module and stelle.sprache in regel.sprachen:
                yield stelle

    def hat_text(self, modul: str, sprache: str) -> bool:
        """Whether the module says something in this language."""
        stelle = self.texte.get((modul, sprache))
        return stelle is not None and bool(stelle.klartext)

    def hat_zeile(self, kind: str, sprache: str) -> bool:
        """Whether there is a row of this kind that readers of the language understand.

        Amounts and lengths of time need no translation; rows that are words alone do.
        """
        return any(
            sprache == "de" or not zeile.texte or _spricht(zeile, sprache)
            for zeile in self.zeilen(kind)
        )

    def zeilen(self, *kinds: str) -> Iterator[Zeile]:
        """Yield the rows of these kinds in their order."""
        return (zeile for zeile in self.stand.zeilen if zeile.kind in kinds)

    def kennt(self, name: str) -> bool:
        """Whether this detail was given at all."""
        return name in self.stand.angaben

    def angabe(self, name: str) -> Any:
        """Return a detail; None if it was not given."""
        return self.stand.angaben.get(name)

    def liste(self, name: str) -> Sequence[Any]:
        """Return a detail that is a list; empty if it was not given."""
        return self.angabe(name) or ()


def _spricht(zeile: Zeile, sprache: str) -> bool:
    return any(texte.get(sprache) for texte in zeile.texte.values())
