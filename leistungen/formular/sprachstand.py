"""How the translations of a service stand, in words and side by side with the German text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString

from leistungen.domain.uebersetzung import Absatzaenderung, Stand, Uebersetzung
from leistungen.formular.leistungsform import BESTAETIGT
from leistungen.formular.wortvergleich import Teil, vergleiche_worte
from leistungen.models import Leistung
from leistungen.seite.texte import rich
from leistungen.uebersetzungen import SPRACHEN, textteile, uebersetzungen
from zufi.common.html import paragraphs
from zufi.common.sprachfest import LANGUAGE_LABELS

WORTE: Mapping[Stand, str] = {
    Stand.AKTUELL: "aktuell",
    Stand.GEAENDERT: "Quelle geändert",
    Stand.FEHLT: "fehlt",
    Stand.MASCHINELL: "maschinell",
    Stand.UNBEKANNT: "Stand unbekannt",
    Stand.ENTFAELLT: "kein deutscher Text",
}
# What an editor may settle by declaring that the translation fits.
BESTAETIGBAR = frozenset({Stand.GEAENDERT, Stand.MASCHINELL, Stand.UNBEKANNT})


@dataclass(frozen=True, slots=True)
class Sprachstand:
    """One part in one language."""

    teil: str
    sprache: str
    stand: Stand
    wort: str

    @property
    def label(self) -> str:
        """Name of the language."""
        return LANGUAGE_LABELS[self.sprache]

    @property
    def is_bestaetigbar(self) -> bool:
        """Whether the box "Übersetzung passt noch" is offered."""
        return self.stand in BESTAETIGBAR

    @property
    def feldname(self) -> str:
        """Name of the box."""
        return BESTAETIGT

    @property
    def wert(self) -> str:
        """Value of the box."""
        return f"{self.teil}|{self.sprache}"


@dataclass(frozen=True, slots=True)
class Aenderungen:
    """What changed in the German text since these languages were translated."""

    sprachen: str
    absaetze: tuple[tuple[Teil, ...], ...]


@dataclass(frozen=True, slots=True)
class Zeilenteil:
    """A structured row with its texts in all languages."""

    kennung: str
    art: str
    deutsch: str
    spalten: tuple[tuple[Sprachstand, str], ...]
    aenderungen: tuple[Aenderungen, ...]


class Sprachuebersicht:
    """The judgements of all parts, made once for a form."""

    def __init__(self, leistung: Leistung) -> None:
        self.leistung = leistung
        self._urteile = {sprache: uebersetzungen(leistung, sprache) for sprache in SPRACHEN}

    @classmethod
    def von(cls, leistung: Leistung) -> Sprachuebersicht:
        """Return the overview of this object; made at the first call."""
        merker: Any = leistung
        if "_sprachuebersicht" not in merker.__dict__:
            merker.__dict__["_sprachuebersicht"] = cls(leistung)
        uebersicht: Sprachuebersicht = merker.__dict__["_sprachuebersicht"]
        return uebersicht

    def urteil(self, teil: str, sprache: str) -> Uebersetzung | None:
        """Return the judgement; None for what nobody has to translate."""
        return self._urteile[sprache].get(teil)

    def stand(self, teil: str, sprache: str) -> Sprachstand | None:
        """Return the judgement in words; None for what nobody has to translate."""
        urteil = self.urteil(teil, sprache)
        if urteil is None:
            return None
        wort = WORTE[urteil.stand]
        if urteil.seit:
            wort = f"{wort} seit {date.fromisoformat(urteil.seit):%d.%m.%Y}"
        return Sprachstand(teil, sprache, urteil.stand, wort)

    def aenderungen(self, teil: str) -> tuple[Aenderungen, ...]:
        """Return what changed, once for languages translated from the same text."""
        gruppen: dict[tuple[Absatzaenderung, ...], list[str]] = {}
        for sprache in SPRACHEN:
            urteil = self.urteil(teil, sprache)
            if urteil is not None and urteil.aenderungen:
                gruppen.setdefault(urteil.aenderungen, []).append(LANGUAGE_LABELS[sprache])
        return tuple(
            Aenderungen(
                " und ".join(namen),
                tuple(vergleiche_worte(aenderung.alt, aenderung.neu) for aenderung in was),
            )
            for was, namen in gruppen.items()
        )

    def deutsch(self, feld: str) -> SafeString | str:
        """Return the German text to read: rich text as on the page, other text as it is."""
        text = getattr(self.leistung, f"{feld}_de") or ""
        return rich(text) if "<" in text else text

    def zeilen(self) -> tuple[Zeilenteil, ...]:
        """Return the rows with texts, in the order of the form."""
        return tuple(
            Zeilenteil(
                kennung=teil.schluessel.partition(":")[2],
                art=_art(teil.schluessel.partition(":")[0]),
                deutsch=" · ".join(teil.quelle),
                spalten=tuple(
                    (stand, " · ".join(paragraphs(teil.texte[sprache])))
                    for sprache in SPRACHEN
                    if (stand := self.stand(teil.schluessel, sprache))
                ),
                aenderungen=self.aenderungen(teil.schluessel),
            )
            for teil in textteile(self.leistung)
            if ":" in teil.schluessel and (teil.quelle or any(teil.texte.values()))
        )

    def zaehle(self) -> tuple[tuple[str, str], ...]:
        """Return language → "3 veraltet, 12 fehlen", for the head of the tab."""
        return tuple(
            (LANGUAGE_LABELS[sprache], _zaehlung(list(urteile.values())))
            for sprache, urteile in self._urteile.items()
        )


def _art(relation: str) -> str:
    model: Any = getattr(Leistung, relation).rel.related_model
    return str(model._meta.verbose_name)


def _zaehlung(urteile: list[Uebersetzung]) -> str:
    anzahl = {stand: sum(urteil.stand is stand for urteil in urteile) for stand in Stand}
    noetig = len(urteile) - anzahl[Stand.ENTFAELLT]
    teile = [f"{anzahl[Stand.AKTUELL]} von {noetig} aktuell"]
    for stand, wort in (
        (Stand.GEAENDERT, "veraltet"),
        (Stand.FEHLT, "fehlen"),
        (Stand.MASCHINELL, "maschinell"),
        (Stand.UNBEKANNT, "mit unbekanntem Stand"),
    ):
        if anzahl[stand]:
            teile.append(f"{anzahl[stand]} {wort}")
    return ", ".join(teile)
