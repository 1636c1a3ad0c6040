"""The run: every rule on every text it concerns, findings in a fixed order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

# Importing them registers their functions.
from leistungen.domain.qualitaet import (
    abgrenzung,
    angaben,
    auszeichnung,
    satzbau,
    sprachstil,
    struktur,
    vollstaendigkeit,
    wortwahl,
)
from leistungen.domain.qualitaet.kontext import Kontext
from leistungen.domain.qualitaet.regeln import MODULNAMEN, REGELN, SPRACHNAMEN, Regel
from leistungen.domain.qualitaet.register import PRUEFUNGEN
from leistungen.domain.qualitaet.werte import Befund, Fund, Textstand

__all__ = ["pruefe"]

_TEILE = (abgrenzung, angaben, auszeichnung, satzbau, sprachstil, struktur, vollstaendigkeit,
          wortwahl)  # fmt: skip
_MODULRANG = {modul: rang for rang, modul in enumerate(MODULNAMEN)}
_SPRACHRANG = {sprache: rang for rang, sprache in enumerate(SPRACHNAMEN)}

if fehlend := {regel.pruefung for regel in REGELN} - PRUEFUNGEN.keys():
    raise ValueError(f"regeln.toml nennt Prüfungen, die es nicht gibt: {sorted(fehlend)}")


def pruefe(stand: Textstand, regeln: Sequence[Regel] = REGELN) -> tuple[Befund, ...]:
    """Return every finding, each once: in the order of the page, the language, the passage.

    The same draft always gives the same findings. Nothing is read or written elsewhere.
    """
    kontext = Kontext.of(stand)
    zeilenrang = {zeile.uuid: rang for rang, zeile in enumerate(stand.zeilen)}
    einmal: dict[tuple[str, ...], Befund] = {}
    for _rang, befund in sorted(_befunde(kontext, regeln, zeilenrang), key=_reihenfolge):
        einmal.setdefault(_kennung(befund), befund)
    return tuple(einmal.values())


def _reihenfolge(paar: tuple[tuple[int, ...], Befund]) -> tuple[tuple[int, ...], str, str]:
    rang, befund = paar
    return rang, befund.zitat, befund.text


def _kennung(befund: Befund) -> tuple[str, ...]:
    return (
        befund.regel, befund.modul, befund.sprache, befund.zeile, befund.zitat, befund.text,
    )  # fmt: skip


def _befunde(
    kontext: Kontext, regeln: Sequence[Regel], zeilenrang: dict[str, int]
) -> Iterator[tuple[tuple[int, ...], Befund]]:
    for nummer, regel in enumerate(regeln):
        for fund in PRUEFUNGEN[regel.pruefung](kontext, regel):
            rang = (
                _MODULRANG.get(fund.modul, len(_MODULRANG)),
                zeilenrang.get(fund.zeile, -1),
                _SPRACHRANG.get(fund.sprache, -1),
                _stelle(kontext, fund),
                nummer,
            )
            yield rang, _befund(regel, fund)


def _stelle(kontext: Kontext, fund: Fund) -> int:
    stelle = kontext.texte.get((fund.modul, fund.sprache))
    return stelle.klartext.find(fund.zitat) if stelle is not None and not fund.zeile else 0


def _befund(regel: Regel, fund: Fund) -> Befund:
    return Befund(
        regel=regel.id,
        schwere=regel.schwere,
        modul=fund.modul,
        sprache=fund.sprache,
        params=fund.params,
        text=regel.text.format_map(fund.params),
        hinweis=regel.hinweis.format_map(fund.params),
        zitat=fund.zitat,
        zeile=fund.zeile,
    )
