"""What publishing a draft would change for citizens: the public page now and then, word by word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from behoerden.models import Gebiet
from behoerden.selectors import load_ketten
from leistungen.domain.uebersetzung import Stand
from leistungen.formular.wortvergleich import GLEICH, Teil, vergleiche_absaetze
from leistungen.models import Ergaenzung, Leistung
from leistungen.models.leistung import TEXTMODULE
from leistungen.seite.aufbau import (
    Satz,
    Unterlagenpunkt,
    Verweis,
    baue_inhalt,
)
from leistungen.seite.schichten import CODE_DES_FELDES, Schichten
from leistungen.seite.texte import Textblock
from leistungen.seite.worte import WORTE
from leistungen.uebersetzungen import SPRACHEN, uebersetzungen
from zufi.common.html import paragraphs
from zufi.common.sprachfest import LANGUAGE_LABELS

Absaetze = tuple[str, ...]

# Heading on the page → code of the module a Kommune may supplement.
_MODULE = {
    "Kosten": "kosten",
    "Frist": "frist",
    "Dauer": "dauer",
    "Das brauchen Sie": "dokument",
    "Kurztext": "05",
    **{
        WORTE["de"][feld]: CODE_DES_FELDES[feld]
        for feld in TEXTMODULE.values()
        if feld in WORTE["de"]
    },
}
_GEMEINDEN = ("gemeinde", "kreisfreie_stadt")


@dataclass(frozen=True, slots=True)
class Abschnittsvergleich:
    """One section of the page in one language; paragraphs of words with what happened to them."""

    titel: str
    absaetze: tuple[tuple[Teil, ...], ...]


@dataclass(frozen=True, slots=True)
class Sprachvergleich:
    """The sections that differ in one language."""

    sprache: str
    lang: str
    abschnitte: tuple[Abschnittsvergleich, ...]


@dataclass(frozen=True, slots=True)
class Veraltung:
    """Parts of a language that no longer follow the German text once this is published."""

    sprache: str
    anzahl: int


@dataclass(frozen=True, slots=True)
class Vergleich:
    """Everything the page "Was ändert sich?" shows."""

    is_neu: bool
    sprachen: tuple[Sprachvergleich, ...]
    gemeinden: int
    eigene: int
    veraltet: tuple[Veraltung, ...]

    @property
    def is_leer(self) -> bool:
        """Whether citizens would see no difference."""
        return not self.sprachen


def vergleiche(entwurf: Leistung, stichtag: date) -> Vergleich:
    """Return the difference between the live page and this draft, without a place.

    A service that is not public yet is compared with an empty page.
    """
    live = Leistung.objects.select_related("stammtext").filter(pk=entwurf.pk, live=True).first()
    alt = live or Leistung()
    sprachen = tuple(_sprachen(alt, entwurf, stichtag))
    deutsche = next((s.abschnitte for s in sprachen if s.lang == "de"), ())
    return Vergleich(
        is_neu=live is None,
        sprachen=sprachen,
        gemeinden=_gemeinden(entwurf, stichtag),
        eigene=_eigene(entwurf, [abschnitt.titel for abschnitt in deutsche]),
        veraltet=tuple(_veraltungen(live, entwurf)),
    )


def abschnitte(leistung: Leistung, sprache: str, stichtag: date) -> dict[str, Absaetze]:
    """Return heading → paragraphs of the public page; targets of links stand behind their text."""
    inhalt = baue_inhalt(Schichten(leistung, {}), sprache, stichtag)
    worte = WORTE[sprache]
    teile: dict[str, Absaetze] = {
        "Titel": (inhalt.titel.text,),
        "Kurztext": _bloecke(inhalt.kurz),
        **{fakt.bezeichnung: _saetze(fakt.saetze) for fakt in inhalt.fakten},
        worte["unterlagen"]: (*_punkte(inhalt.unterlagen), *_bloecke(inhalt.unterlagen_text)),
        worte["volltext"]: _bloecke(inhalt.volltext),
        worte["verfahrensablauf"]: _bloecke(inhalt.ablauf),
        worte["ergebnis"]: _punkte(inhalt.ergebnisse),
    }
    for abschnitt in inhalt.abschnitte:
        alle = (
            *_saetze(abschnitt.saetze),
            *_bloecke(abschnitt.bloecke),
            *map(_verweis, abschnitt.verweise),
        )
        vorher = teile.get(abschnitt.titel, ())
        teile[abschnitt.titel] = (*vorher, *(absatz for absatz in alle if absatz not in vorher))
    return {titel: absaetze for titel, absaetze in teile.items() if any(absaetze)}


def _sprachen(alt: Leistung, neu: Leistung, stichtag: date) -> Iterable[Sprachvergleich]:
    deutsch: Sequence[Abschnittsvergleich] = ()
    for lang in ("de", *SPRACHEN):
        verglichen = _vergleiche_teile(
            abschnitte(alt, lang, stichtag), abschnitte(neu, lang, stichtag)
        )
        # Where a translation is missing the German text stands; its change is told already.
        bekannt = {abschnitt.absaetze for abschnitt in deutsch}
        eigene = [abschnitt for abschnitt in verglichen if abschnitt.absaetze not in bekannt]
        if lang == "de":
            deutsch = eigene
        if eigene:
            yield Sprachvergleich(LANGUAGE_LABELS[lang], lang, tuple(eigene))


def _vergleiche_teile(
    alt: Mapping[str, Absaetze], neu: Mapping[str, Absaetze]
) -> list[Abschnittsvergleich]:
    titel = dict.fromkeys((*neu, *alt))
    verglichen = [
        Abschnittsvergleich(t, vergleiche_absaetze(alt.get(t, ()), neu.get(t, ()))) for t in titel
    ]
    return [
        abschnitt
        for abschnitt in verglichen
        if any(teil.art != GLEICH for absatz in abschnitt.absaetze for teil in absatz)
    ]


def _bloecke(bloecke: Iterable[Textblock]) -> Absaetze:
    return tuple(absatz for block in bloecke for absatz in paragraphs(block.html))


def _saetze(saetze: Iterable[Satz]) -> Absaetze:
    return tuple(satz.text for satz in saetze)


def _punkte(punkte: Iterable[Unterlagenpunkt]) -> Absaetze:
    return tuple(
        f"{punkt.text} – {punkt.zusatz}" if punkt.zusatz else punkt.text for punkt in punkte
    )


def _verweis(verweis: Verweis) -> str:
    text = f"{verweis.text} – {verweis.zusatz}" if verweis.zusatz else verweis.text
    return f"{text} [{verweis.url}]" if verweis.url else text


def _gemeinden(leistung: Leistung, stichtag: date) -> int:
    """Return in how many Gemeinden the text holds: all of the Land, or those of its areas."""
    gemeinden = Gebiet.objects.filter(art__in=_GEMEINDEN)
    gemeinden = gemeinden.exclude(gueltig_bis__lt=stichtag).exclude(gueltig_ab__gt=stichtag)
    gebiete = [gebiet.pk for gebiet in leistung.gueltigkeitsgebiete.all()]
    if not gebiete:
        return gemeinden.count()
    ketten = load_ketten(list(gemeinden.values_list("pk", flat=True)), stichtag)
    return sum(any(g.gebiet_id in gebiete for g in kette) for kette in ketten.values())


def _eigene(leistung: Leistung, titel: Sequence[str]) -> int:
    """Return how many areas have a text of their own for a section that changes."""
    codes = [_MODULE[t] for t in titel if t in _MODULE]
    if not codes or leistung.pk is None:
        return 0
    rows = Ergaenzung.objects.filter(leistung_id=leistung.pk, live=True, modul_code__in=codes)
    return rows.values("gebiet_id").distinct().count()


def _veraltungen(live: Leistung | None, entwurf: Leistung) -> Iterable[Veraltung]:
    """Languages with parts that were up to date and will not be."""
    for sprache in SPRACHEN:
        vorher = uebersetzungen(live, sprache) if live else {}
        anzahl = sum(
            urteil.stand is Stand.GEAENDERT
            and (teil not in vorher or vorher[teil].stand is not Stand.GEAENDERT)
            for teil, urteil in uebersetzungen(entwurf, sprache).items()
        )
        if anzahl:
            yield Veraltung(LANGUAGE_LABELS[sprache], anzahl)
