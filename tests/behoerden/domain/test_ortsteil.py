"""Which places become areas: certain ones, told apart from their Gemeinde, each once."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from behoerden.domain.gebietsdaten import GebietDaten, Kennung, NachfolgeDaten, VersionDaten
from behoerden.domain.ortsteil import build_ortsteile, heisst_wie_gemeinde, ortsteil_slug

TAG = date(2024, 1, 1)
A, B, ALT = (Kennung("ags", f"1606800{n}") for n in range(3))


def gebiet(kennung: Kennung, name: str, bis: date | None = None) -> GebietDaten:
    return GebietDaten(kennung, "gemeinde", (VersionDaten(name, name, None),), (), None, bis)


GEBIETE = {
    A: gebiet(A, "Adorf"),
    B: gebiet(B, "Bestadt, Stadt"),
    ALT: gebiet(ALT, "Altdorf", date(2023, 12, 31)),
}


def folge(nachfolger: Kennung | None) -> NachfolgeDaten:
    return NachfolgeDaten(ALT, nachfolger, TAG, True, "eingliederung", "hoch", "")


def test_place_of_one_gemeinde_is_an_ortsteil_once() -> None:
    (teil,) = build_ortsteile([("Weiler", A), ("Weiler", A)], (), GEBIETE)

    assert (teil.gemeinde, teil.slug, teil.ab, teil.war_gemeinde) == (A, "weiler", None, None)


def test_place_called_like_its_gemeinde_is_none() -> None:
    assert build_ortsteile([("Bestadt", B), ("Adorf", B)], (), GEBIETE)[0].name == "Adorf"
    assert heisst_wie_gemeinde("Mühlhausen", "Mühlhausen/Thüringen, Stadt")


def test_dissolved_gemeinde_lives_on_from_its_day() -> None:
    (teil,) = build_ortsteile([], [folge(A)], GEBIETE)

    assert (teil.gemeinde, teil.name, teil.ab, teil.war_gemeinde) == (A, "Altdorf", TAG, ALT)
    assert not teil.bekannt


def test_the_same_place_in_both_sources_is_one() -> None:
    (teil,) = build_ortsteile([("Altdorf", A)], [folge(A)], GEBIETE)

    assert (teil.war_gemeinde, teil.bekannt, teil.quelle) == (ALT, True, "geonames")


def test_open_successor_and_dissolved_gemeinde_make_none() -> None:
    assert build_ortsteile([("Weiler", ALT)], [folge(None)], GEBIETE) == ()


def test_namesakes_get_different_addresses() -> None:
    assert ortsteil_slug("Neudorf", {"neudorf"}, "Adorf") == "neudorf-adorf"
    assert ortsteil_slug("Neudorf", {"neudorf", "neudorf-adorf"}, "Adorf") == "neudorf-adorf-2"
    assert ortsteil_slug("Grüna") == "gruena"


@given(st.permutations([("Weiler", A), ("Hof", A), ("Hof", B), ("Altdorf", B)]))
def test_order_of_places_is_irrelevant(orte: list[tuple[str, Kennung]]) -> None:
    erwartet = build_ortsteile(sorted(orte), [folge(B)], GEBIETE)

    assert build_ortsteile(orte, [folge(B)], GEBIETE) == erwartet
    assert len({(teil.gemeinde, teil.slug) for teil in erwartet}) == len(erwartet) == 4


@given(st.text(max_size=150), st.sets(st.text(max_size=4), max_size=5))
def test_slug_is_never_empty_or_taken(name: str, belegt: set[str]) -> None:
    slug = ortsteil_slug(name, belegt)

    assert slug
    assert slug not in belegt
    assert len(slug) <= 120
