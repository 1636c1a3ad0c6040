"""Lines of the register: what is read, what is refused and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from behoerden.domain.gebietsdaten import Kennung
from behoerden.domain.gv100ad import SatzFehler, build_gebietsdaten, read_saetze

DATEI = Path(__file__).parents[1] / "data" / "gv100ad_30112023_thueringen.txt"
ZEILEN = DATEI.read_text(encoding="utf-8").splitlines()
ERFURT = next(zeile for zeile in ZEILEN if zeile.startswith("60") and zeile[10:15] == "16051")


def test_whole_register_is_read() -> None:
    daten = build_gebietsdaten(read_saetze(ZEILEN, land="16"))

    arten = Counter(gebiet.art for gebiet in daten.gebiete.values())
    assert arten == {
        "bund": 1,
        "land": 1,
        "landkreis": 17,
        "kreisfreie_stadt": 5,
        "vg": 43,
        "erfuellende_gemeinde": 39,
        "gemeinde": 619,
    }
    assert (daten.stand, daten.plz, daten.vollstaendig) == (date(2023, 11, 30), None, True)


def test_fields_stand_at_their_positions() -> None:
    (satz,) = read_saetze([ERFURT], land="16")

    assert (satz.ars, satz.name, satz.kurzname) == ("160510000000", "Erfurt, Stadt", "Erfurt")
    assert (satz.flaeche_ha, satz.einwohner, satz.plz) == (26991, 214969, "99084")


def test_parents_follow_the_keys() -> None:
    gebiete = build_gebietsdaten(read_saetze(ZEILEN, land="16")).gebiete

    assert gebiete[Kennung("ags", "16068055")].versionen[0].parent == Kennung("ars", "160685012000")
    assert gebiete[Kennung("ags", "16076004")].versionen[0].parent == Kennung("ars", "160760000000")
    gruppe = gebiete[Kennung("ars", "160645052000")].versionen[0]
    assert gruppe.erfuellt_durch == Kennung("ags", "16064074")


def test_other_laender_pass_by() -> None:
    bayern = ERFURT[:10] + "09" + ERFURT[12:]

    assert [satz.kreis for satz in read_saetze([bayern, ERFURT, ""], land="16")] == ["16051"]


def test_lines_are_streamed() -> None:
    def endlos() -> Iterator[str]:
        while True:
            yield ERFURT

    saetze = read_saetze(endlos(), land="16")
    assert [next(saetze).nummer, next(saetze).nummer] == [1, 2]


@pytest.mark.parametrize(
    ("zeile", "grund"),
    [
        (ERFURT[:-1], "219 statt 220 Zeichen"),
        ("70" + ERFURT[2:], "Die Satzart „70“ gibt es nicht"),
        (ERFURT[:10] + "16x51" + ERFURT[15:], "Der Kreisschlüssel braucht 5 Ziffern"),
        (ERFURT[:15] + "0 0" + ERFURT[18:], "Der Gemeindeschlüssel braucht 3 Ziffern"),
        (ERFURT[:2] + "20231399" + ERFURT[10:], "Der Gebietsstand ist kein Tag: „20231399“"),
        (ERFURT[:2] + "20231231" + ERFURT[10:], "Der Gebietsstand ist 31.12.2023, vorher"),
        (ERFURT[:22] + " " * 50 + ERFURT[72:], "Der Name fehlt"),
        (ERFURT[:139] + "0000000000x" + ERFURT[150:], "Die Einwohnerzahl ist keine Zahl"),
        (ERFURT[:165] + "9908 " + ERFURT[170:], "Die Postleitzahl braucht 5 Ziffern"),
    ],
)
def test_broken_line_is_refused_with_number_and_reason(zeile: str, grund: str) -> None:
    with pytest.raises(SatzFehler, match=grund) as fehler:
        list(read_saetze([ERFURT, zeile], land="16"))

    assert fehler.value.nummer == 2


@pytest.mark.parametrize(
    ("streichen", "dazu", "grund"),
    [
        ("402023113016068 ", [], "Den Kreis 16068 gibt es nicht"),
        ("502023113016068   5012", [], "Den Verband 160685012 gibt es nicht"),
        ("-", [ERFURT], "kommt zweimal vor"),
        ("60202311301606407450", [], "erfüllende Gemeinde nicht eindeutig"),
    ],
)
def test_contradictions_are_refused(streichen: str, dazu: list[str], grund: str) -> None:
    zeilen = [zeile for zeile in ZEILEN if not zeile.startswith(streichen)] + dazu
    if len(zeilen) == len(ZEILEN):
        pytest.fail("the case removes nothing")

    with pytest.raises(SatzFehler, match=grund):
        build_gebietsdaten(read_saetze(zeilen, land="16"))


def test_file_without_gemeinden_of_the_land_is_refused() -> None:
    with pytest.raises(SatzFehler, match="nennt keine Gemeinde"):
        build_gebietsdaten(read_saetze(ZEILEN, land="09"))
