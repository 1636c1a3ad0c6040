"""Builds the parts of a service's page from its layers; no query, no request."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.html import escape

from leistungen.domain.komposition import Block, Herkunft
from leistungen.models import Leistung
from leistungen.models.zeilen import UnterlageZeile
from leistungen.seite import zeilen
from leistungen.seite.schichten import ZEILENMODULE, Bloecke, Schichten
from leistungen.seite.texte import HTML_LANG, Text, Textblock, feldtext, rich, waehle
from leistungen.seite.worte import EBENE_IN_WORTEN, WORTE
from zufi.common.html import first_sentence, plain_text

# The accordion blocks, in the order of the page.
AKKORDEONS = (
    "voraussetzungen",
    "hinweise",
    "formulare_text",
    "handlungsgrundlagen",
    "rechtsbehelf",
    "weiterfuehrende_informationen",
)
FAKTEN = (
    ("kosten", "kosten_text", zeilen.kosten),
    ("frist", "frist_text", zeilen.frist),
    ("dauer", "dauer_text", zeilen.dauer),
)
# A fact with more sentences names the first ones; all of them stand below.
FAKT_SAETZE = 3


@dataclass(frozen=True, slots=True)
class Satz:
    """A sentence, its language if it is another than the page's, and its area if limited to one."""

    text: str
    lang: str = ""
    gebiet: str = ""


@dataclass(frozen=True, slots=True)
class Fakt:
    """A fact of a service, such as its costs."""

    bezeichnung: str
    saetze: tuple[Satz, ...]


@dataclass(frozen=True, slots=True)
class Unterlagenpunkt:
    """One document: name, explanation, whether it is only needed in some cases."""

    text: str
    zusatz: str = ""
    lang: str = ""
    gebiet: str = ""


@dataclass(frozen=True, slots=True)
class Verweis:
    """A link or, without address, a name."""

    text: str
    url: str = ""
    zusatz: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Abschnitt:
    """A block below the facts; any of its parts may be empty."""

    titel: str
    bloecke: tuple[Textblock, ...] = ()
    saetze: tuple[Satz, ...] = ()
    verweise: tuple[Verweis, ...] = ()


@dataclass(frozen=True, slots=True)
class Seiteninhalt:
    """All texts of a page, in one language, composed for one place."""

    sprache: str
    html_lang: str
    titel: Text
    kurz: tuple[Textblock, ...]
    fakten: tuple[Fakt, ...]
    unterlagen: tuple[Unterlagenpunkt, ...]
    unterlagen_text: tuple[Textblock, ...]
    ergebnisse: tuple[Unterlagenpunkt, ...]
    volltext: tuple[Textblock, ...]
    ablauf: tuple[Textblock, ...]
    abschnitte: tuple[Abschnitt, ...]
    herkunft: tuple[tuple[str, str], ...]

    @property
    def worte(self) -> dict[str, str]:
        """Headings in the language of the page."""
        return dict(WORTE[self.sprache])


def baue_inhalt(schichten: Schichten, sprache: str, stichtag: date) -> Seiteninhalt:
    """Return the texts of the page; what is missing in the language is German and says so."""
    leistung = schichten.leistung
    worte = WORTE[sprache]
    unterlagen = schichten.zeilen("dokument")
    return Seiteninhalt(
        sprache=sprache,
        html_lang=HTML_LANG[sprache],
        titel=_titel(leistung, sprache),
        kurz=_absaetze(schichten.text("kurztext"), sprache),
        fakten=tuple(_fakten(schichten, sprache, stichtag)),
        unterlagen=_unterlagen(unterlagen, "eingehend", sprache, stichtag),
        ergebnisse=_unterlagen(unterlagen, "ausgehend", sprache, stichtag),
        unterlagen_text=_bloecke(schichten.text("unterlagen_text"), sprache),
        volltext=_bloecke(schichten.text("volltext"), sprache),
        ablauf=_bloecke(schichten.text("verfahrensablauf"), sprache),
        abschnitte=(
            *_lange_fakten(schichten, sprache, stichtag),
            *(
                abschnitt
                for name in AKKORDEONS
                if (abschnitt := _abschnitt(schichten, name, worte[name], sprache))
            ),
        ),
        herkunft=_herkunft(schichten, sprache),
    )


def _titel(leistung: Leistung, sprache: str) -> Text:
    zweite = feldtext(leistung, "bezeichnung_2", sprache)
    erste = feldtext(leistung, "bezeichnung", sprache)
    return zweite if zweite and not (zweite.lang and not erste.lang) else erste


def _bloecke(bloecke: Bloecke, sprache: str) -> tuple[Textblock, ...]:
    """Return the blocks of a rich text module in the language."""
    fertig = []
    for block in bloecke:
        text = waehle(block.inhalt, sprache)
        if text:
            fertig.append(Textblock(rich(text.text), text.lang, block.herkunft.gebiet))
    return tuple(fertig)


def _absaetze(bloecke: Bloecke, sprache: str) -> tuple[Textblock, ...]:
    """Return the blocks of a plain text module; supplements to it are rich text."""
    return _bloecke(
        tuple(
            replace(
                block,
                inhalt={
                    lang: text if "<" in text else f"<p>{escape(text)}</p>"
                    for lang, text in block.inhalt.items()
                },
            )
            for block in bloecke
        ),
        sprache,
    )


def _saetze(bloecke: Bloecke, bauen: zeilen.Satz, sprache: str, stichtag: date) -> tuple[Satz, ...]:
    return tuple(
        Satz(text.text, text.lang, block.herkunft.gebiet)
        for block in bloecke
        for text in zeilen.gueltige_saetze(block.inhalt, bauen, sprache, stichtag)
    )


def _fakten(schichten: Schichten, sprache: str, stichtag: date) -> Iterable[Fakt]:
    for modul, feld, bauen in FAKTEN:
        saetze = _saetze(schichten.zeilen(modul), bauen, sprache, stichtag)
        if not saetze:
            saetze = tuple(
                Satz(first_sentence(block.html), block.lang, block.gebiet)
                for block in _bloecke(schichten.text(feld), sprache)
            )
        if saetze:
            yield Fakt(WORTE[sprache][modul], saetze[:FAKT_SAETZE])


def _lange_fakten(schichten: Schichten, sprache: str, stichtag: date) -> Iterable[Abschnitt]:
    """Facts with more to say than fits beside the title stand whole below."""
    for modul, feld, bauen in FAKTEN:
        saetze = _saetze(schichten.zeilen(modul), bauen, sprache, stichtag)
        texte = _bloecke(schichten.text(feld), sprache)
        lange = tuple(
            block
            for block in texte
            if saetze or plain_text(block.html) != first_sentence(block.html)
        )
        if lange or len(saetze) > FAKT_SAETZE:
            yield Abschnitt(WORTE[sprache][modul], lange, saetze if len(saetze) > 1 else ())


def _unterlagen(
    bloecke: Bloecke, richtung: str, sprache: str, stichtag: date
) -> tuple[Unterlagenpunkt, ...]:
    """Return the documents valid on the day, the general ones before those of some cases."""
    punkte = [
        (zeile.pflicht != UnterlageZeile.Pflicht.IMMER, _unterlage(zeile, block, sprache))
        for block in bloecke
        for zeile in block.inhalt
        if zeile.richtung == richtung and zeile.is_gueltig(stichtag)
    ]
    return tuple(punkt for _, punkt in sorted(punkte, key=lambda paar: paar[0]) if punkt.text)


def _unterlage(zeile: UnterlageZeile, block: Block[object], sprache: str) -> Unterlagenpunkt:
    text = feldtext(zeile, "bezeichnung", sprache)
    zusatz = feldtext(zeile, "beschreibung", "de" if text.lang else sprache)
    return Unterlagenpunkt(text.text, zusatz.text, text.lang, block.herkunft.gebiet)


def _abschnitt(schichten: Schichten, feld: str, titel: str, sprache: str) -> Abschnitt | None:
    bloecke = _bloecke(schichten.text(feld), sprache)
    verweise: tuple[Verweis, ...] = ()
    if feld == "handlungsgrundlagen":
        verweise = _rechtsgrundlagen(schichten.leistung, sprache)
    elif feld == "weiterfuehrende_informationen":
        verweise = _links(schichten.leistung, sprache)
    return Abschnitt(titel, bloecke, verweise=verweise) if bloecke or verweise else None


def _rechtsgrundlagen(leistung: Leistung, sprache: str) -> tuple[Verweis, ...]:
    lang = "de" if sprache == "en" else ""
    return tuple(
        Verweis(zeile.norm, zeile.url, feldtext(zeile, "text", sprache).text, lang)
        for zeile in leistung.rechtsgrundlagen.all()
    )


def _links(leistung: Leistung, sprache: str) -> tuple[Verweis, ...]:
    """Return the links whose target speaks the language, or German if it has none."""
    verweise = []
    for link in leistung.modullinks.all():
        titel = feldtext(link, "titel", sprache)
        zusatz = feldtext(link, "beschreibung", "de" if titel.lang else sprache)
        verweise.append(Verweis(titel.text, link.url, zusatz.text, titel.lang))
    return tuple(verweise)


def _herkunft(schichten: Schichten, sprache: str) -> tuple[tuple[str, str], ...]:
    """Return heading → who wrote it, for the modules not written by the Land alone."""
    worte = WORTE[sprache]
    namen = {"kurztext": worte["volltext"], **{name: worte[name] for name in AKKORDEONS}}
    namen |= {name: worte[name] for name in ("volltext", "verfahrensablauf")}
    namen["unterlagen_text"] = worte["unterlagen"]
    zeilen_ = [
        (worte[m] if m != "dokument" else worte["unterlagen"], schichten.zeilen(m))
        for m in ZEILENMODULE
    ]
    texte = [(titel, schichten.text(feld)) for feld, titel in namen.items()]
    quellen: dict[str, list[str]] = {}
    for titel, bloecke in (*texte, *zeilen_):
        for block in bloecke:
            wer = _wer(block.herkunft)
            if wer not in quellen.setdefault(titel, []):
                quellen[titel].append(wer)
    vorn = list(EBENE_IN_WORTEN.values())
    return tuple(
        (titel, _aufzaehlung(sorted(wer, key=lambda w: vorn.index(w) if w in vorn else len(vorn))))
        for titel, wer in quellen.items()
    )


def _wer(herkunft: Herkunft) -> str:
    return herkunft.gebiet or EBENE_IN_WORTEN.get(herkunft.ebene, herkunft.ebene)


def _aufzaehlung(namen: Sequence[str]) -> str:
    return namen[0] if len(namen) == 1 else f"{', '.join(namen[:-1])} und {namen[-1]}"
