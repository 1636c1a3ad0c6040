"""The rules on whole services: the good one, and those with a planted defect each."""

from __future__ import annotations

from pathlib import Path

import pytest

from leistungen.domain.qualitaet import REGELN, klartext, pruefe
from tests.leistungen.domain.qualitaet.textdatei import SCHLECHT, lies

SCHLECHTE = sorted(SCHLECHT.glob("*.toml"))


def test_there_is_nothing_to_say_about_a_good_text() -> None:
    assert pruefe(lies().stand) == ()


@pytest.mark.parametrize("path", SCHLECHTE, ids=lambda path: path.stem)
def test_each_defect_is_found_and_nothing_else(path: Path) -> None:
    fall = lies(path)

    assert fall.erwartet
    assert fall.fehler(pruefe(fall.stand)) == []


@pytest.mark.parametrize("path", SCHLECHTE, ids=lambda path: path.stem)
def test_a_quote_stands_in_the_words_of_its_place(path: Path) -> None:
    stand = lies(path).stand
    zeilen = {zeile.uuid: zeile for zeile in stand.zeilen}

    for befund in pruefe(stand):
        if befund.zeile:
            felder = zeilen[befund.zeile].texte.items()
            texte = [klartext(befund.modul, t.get(befund.sprache, ""), f) for f, t in felder]
        else:
            text = stand.texte.get(befund.modul, {}).get(befund.sprache, "")
            texte = [klartext(befund.modul, text)]
        assert not befund.zitat or any(befund.zitat in text for text in texte)


def test_there_are_thirty_bad_texts_and_every_rule_is_broken_by_one() -> None:
    gefunden = {
        (befund.regel, befund.schwere) for path in SCHLECHTE for befund in pruefe(lies(path).stand)
    }

    assert len(SCHLECHTE) >= 30
    assert {(regel.id, regel.schwere) for regel in REGELN} == gefunden


def test_every_line_of_the_table_finds_something() -> None:
    """A line that finds nothing anywhere would be dead, or its words would lack a value."""
    staende = [lies(path).stand for path in SCHLECHTE]

    stumm = [
        (regel.id, regel.pruefung, sorted(regel.sprachen))
        for regel in REGELN
        if not any(pruefe(stand, [regel]) for stand in staende)
    ]

    assert stumm == []
