"""The findings of one draft as the form shows them: grouped, with the way to the place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from leistungen.domain.qualitaet import (
    MODULNAMEN,
    Ausnahme,
    Befund,
    Schwere,
    Textstand,
    inhalt_hash,
    pruefe,
)
from leistungen.models import Befundausnahme, Leistung
from leistungen.qualitaet.stand import textstand
from zufi.common.sprachfest import LANGUAGE_LABELS

# What a finding calls its place → the field or list of the form, where the names differ.
FELDER: Mapping[str, str] = {
    "redaktion_id": "redaktion",
    "hauptschluessel": "leistungsschluessel",
    "kosten": "gebuehren",
    "frist": "fristen",
    "dauer": "bearbeitungsdauern",
    "unterlage": "unterlagen",
    "begriff": "begriffe",
    "rechtsgrundlage": "rechtsgrundlagen",
    "link": "modullinks",
    "modulangabe": "modulangaben",
    "formulare": "online",
    "zustaendigkeit": "bezugsort_code",
    "sprachen": "bezeichnung_en",
    "codes": "typisierung_codes",
}


@dataclass(frozen=True, slots=True)
class Befundzeile:
    """One finding: what to say, where to jump, what would let it pass."""

    regel: str
    ort: str
    text: str
    hinweis: str
    zitat: str
    feld: str
    zeile: str
    modul: str
    sprache: str
    inhalt_hash: str


@dataclass(frozen=True, slots=True)
class Duldung:
    """A finding somebody let pass, with the reason reviewers see."""

    pk: int
    befund: Befundzeile
    grund: str
    von: str
    am: str


@dataclass(frozen=True, slots=True)
class Pruefbild:
    """All findings of a draft."""

    muss: tuple[Befundzeile, ...]
    soll: tuple[Befundzeile, ...]
    geduldet: tuple[Duldung, ...]
    is_vollstaendig: bool = True

    @property
    def zusammenfassung(self) -> str:
        """Return "3 Hinweise, 1 Fehler"; what blocks submission is a Fehler."""
        if not self.muss and not self.soll:
            return "Keine Hinweise, keine Fehler"
        return f"{_zahl(len(self.soll), 'Hinweis', 'Hinweise')}, {_zahl(len(self.muss), 'Fehler')}"


def pruefbild(leistung: Leistung, *, is_vollstaendig: bool = True) -> Pruefbild:
    """Return the findings of this draft, stored or not; one query for what was let pass.

    Args:
        leistung: with the texts and rows to judge.
        is_vollstaendig: False if something that was typed could not be read.
    """
    stand = textstand(leistung)
    duldungen = _duldungen(leistung)
    muss: list[Befundzeile] = []
    soll: list[Befundzeile] = []
    geduldet: list[Duldung] = []
    for befund in pruefe(stand):
        zeile = _zeile(stand, befund)
        if befund.schwere is Schwere.MUSS:
            muss.append(zeile)
        elif ausnahme := duldungen.get(Ausnahme.of(stand, befund)):
            geduldet.append(_duldung(ausnahme, zeile))
        else:
            soll.append(zeile)
    return Pruefbild(tuple(muss), tuple(soll), tuple(geduldet), is_vollstaendig)


def als_saetze(zeilen: Iterable[Befundzeile]) -> Sequence[str]:
    """Return the findings as sentences, with their place in front."""
    return [f"{zeile.ort}: {zeile.text}" for zeile in zeilen]


def _duldungen(leistung: Leistung) -> dict[Ausnahme, Befundausnahme]:
    if not leistung.pk:
        return {}
    return {
        Ausnahme(a.regel, a.modul, a.sprache, a.inhalt_hash, a.zitat): a
        for a in Befundausnahme.objects.filter(leistung_id=leistung.pk).select_related("von")
    }


def _duldung(ausnahme: Befundausnahme, zeile: Befundzeile) -> Duldung:
    von = ausnahme.von.get_full_name() or ausnahme.von.get_username() if ausnahme.von else "?"
    return Duldung(ausnahme.pk, zeile, ausnahme.grund, von, f"{ausnahme.am:%d.%m.%Y}")


def _zeile(stand: Textstand, befund: Befund) -> Befundzeile:
    sprache = befund.sprache or "de"
    name = MODULNAMEN.get(befund.modul, befund.modul)
    return Befundzeile(
        regel=befund.regel,
        ort=name if sprache == "de" else f"{name} ({LANGUAGE_LABELS[sprache]})",
        text=befund.text,
        hinweis=befund.hinweis,
        zitat=befund.zitat,
        feld=_feld(befund.modul, sprache),
        zeile=befund.zeile,
        modul=befund.modul,
        sprache=befund.sprache,
        inhalt_hash=inhalt_hash(stand, befund),
    )


def _feld(modul: str, sprache: str) -> str:
    """Return the name of the form's field or list that holds what the finding is about."""
    if hasattr(Leistung, f"{modul}_{sprache}"):
        return f"{modul}_{sprache}"
    return FELDER.get(modul, modul)


def _zahl(anzahl: int, einzahl: str, mehrzahl: str = "") -> str:
    return f"{anzahl} {einzahl if anzahl == 1 else mehrzahl or einzahl}"
