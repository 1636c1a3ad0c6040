"""Chains of areas on plain values."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from behoerden.domain.gebiet import Glied, MitgliedFakt, VersionFakt, bezeichnung, build_kette

BUND, LAND, KREIS, VERBAND, GEMEINDE, ORTSTEIL, STADT, FINANZAMT, SCHULE = range(1, 10)
TAG = date(2026, 11, 24)
VERSIONEN = (
    VersionFakt(BUND, "bund", None),
    VersionFakt(LAND, "land", BUND),
    VersionFakt(KREIS, "landkreis", LAND),
    VersionFakt(VERBAND, "vg", KREIS),
    VersionFakt(GEMEINDE, "gemeinde", VERBAND),
    VersionFakt(ORTSTEIL, "ortsteil", GEMEINDE),
    VersionFakt(STADT, "kreisfreie_stadt", LAND),
)


def kette(gebiet: int, *mitglieder: MitgliedFakt, tag: date = TAG) -> list[tuple[int, int]]:
    return [(g.gebiet_id, g.rang) for g in build_kette(gebiet, tag, VERSIONEN, mitglieder)]


def test_chain_of_an_ortsteil_has_every_rank() -> None:
    assert kette(ORTSTEIL) == [
        (ORTSTEIL, 70),
        (GEMEINDE, 60),
        (VERBAND, 50),
        (KREIS, 40),
        (LAND, 20),
        (BUND, 10),
    ]


def test_kreisfreie_stadt_is_one_area_without_verband_and_kreis() -> None:
    assert kette(STADT) == [(STADT, 60), (LAND, 20), (BUND, 10)]


def test_own_area_ranks_five_below_the_member_that_reaches_it() -> None:
    assert kette(GEMEINDE, MitgliedFakt(FINANZAMT, KREIS))[2:4] == [(KREIS, 40), (FINANZAMT, 35)]


def test_highest_of_several_memberships_counts() -> None:
    wege = (MitgliedFakt(FINANZAMT, KREIS), MitgliedFakt(FINANZAMT, GEMEINDE, teilweise=True))

    glieder = build_kette(GEMEINDE, TAG, VERSIONEN, wege)

    assert Glied(FINANZAMT, 55, teilweise=True) in glieder
    assert [g.gebiet_id for g in glieder].count(FINANZAMT) == 1


def test_membership_counts_only_in_its_period() -> None:
    frueher = MitgliedFakt(SCHULE, GEMEINDE, bis=TAG - timedelta(days=1))

    assert (SCHULE, 55) not in kette(GEMEINDE, frueher)
    assert (SCHULE, 55) in kette(GEMEINDE, frueher, tag=TAG - timedelta(days=1))


def test_area_that_does_not_exist_on_the_day_has_no_chain() -> None:
    versionen = (*VERSIONEN[:4], VersionFakt(GEMEINDE, "gemeinde", VERBAND, ab=TAG))

    assert build_kette(GEMEINDE, TAG - timedelta(days=1), versionen, ()) == ()
    assert build_kette(GEMEINDE, TAG, versionen, ())[0] == Glied(GEMEINDE, 60)


def test_parent_follows_the_day() -> None:
    wechsel = date(2024, 1, 1)
    versionen = (
        *VERSIONEN[:4],
        VersionFakt(GEMEINDE, "gemeinde", VERBAND, bis=wechsel - timedelta(days=1)),
        VersionFakt(GEMEINDE, "gemeinde", KREIS, ab=wechsel),
    )

    vorher = build_kette(GEMEINDE, wechsel - timedelta(days=1), versionen, ())
    danach = build_kette(GEMEINDE, wechsel, versionen, ())

    assert VERBAND in {g.gebiet_id for g in vorher}
    assert VERBAND not in {g.gebiet_id for g in danach}


def test_own_area_is_no_place() -> None:
    assert build_kette(FINANZAMT, TAG, (VersionFakt(FINANZAMT, "eigenes_gebiet", None),), ()) == ()


def test_circle_of_wrong_parents_ends() -> None:
    kreis = (VersionFakt(KREIS, "landkreis", VERBAND), VersionFakt(VERBAND, "vg", KREIS))

    assert {g.gebiet_id for g in build_kette(VERBAND, TAG, kreis, ())} == {VERBAND, KREIS}


@given(
    st.permutations(VERSIONEN),
    st.lists(
        st.builds(
            MitgliedFakt,
            st.sampled_from([FINANZAMT, SCHULE]),
            st.integers(1, 7),
            st.booleans(),
            st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
            st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
        ),
        max_size=6,
    ),
    st.randoms(use_true_random=False),
)
def test_order_of_facts_is_irrelevant(
    versionen: list[VersionFakt], mitglieder: list[MitgliedFakt], zufall: st.DataObject
) -> None:
    gemischt = list(mitglieder)
    zufall.shuffle(gemischt)  # type: ignore[attr-defined]

    erste = build_kette(ORTSTEIL, TAG, VERSIONEN, mitglieder)
    zweite = build_kette(ORTSTEIL, TAG, versionen, gemischt)

    assert erste == zweite
    assert [g.rang for g in erste] == sorted((g.rang for g in erste), reverse=True)


def test_names_say_the_kind_where_it_is_not_in_them() -> None:
    assert bezeichnung("landkreis", "Sömmerda") == "Landkreis Sömmerda"
    assert bezeichnung("landkreis", "Ilm-Kreis") == "Ilm-Kreis"
    assert bezeichnung("vg", "Leinetal") == "VG Leinetal"
    assert bezeichnung("erfuellende_gemeinde", "Elxleben") == "Elxleben (erfüllende Gemeinde)"
