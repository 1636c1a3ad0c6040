"""A small Land for tests of reforms: two Kreise, Verbände, and Gemeinden in and outside of them."""

from __future__ import annotations

from datetime import date, timedelta

from behoerden.domain.gebiet import Glied, build_kette
from behoerden.domain.reform_fakten import Fakten, Fassung, Leben, Mitglied, Schluessel

TAG = date(2027, 1, 1)
VORTAG = TAG - timedelta(days=1)
BUND, LAND, KREIS_1, KREIS_2 = 1, 2, 3, 4
VG_1, VG_2, GRUPPE, BEZIRK = 10, 11, 12, 13
# Gemeinden: 101–103 in VG_1, 104–105 in VG_2, 106–107 in the group that 106 administers, 108 free.
PARENTS = {
    LAND: BUND,
    KREIS_1: LAND,
    KREIS_2: LAND,
    VG_1: KREIS_1,
    VG_2: KREIS_2,
    GRUPPE: KREIS_1,
    101: VG_1,
    102: VG_1,
    103: VG_1,
    104: VG_2,
    105: VG_2,
    106: GRUPPE,
    107: GRUPPE,
    108: KREIS_2,
}
ARS = {
    BUND: "000000000000",
    LAND: "160000000000",
    KREIS_1: "160610000000",
    KREIS_2: "160620000000",
    VG_1: "160615001000",
    VG_2: "160625001000",
    GRUPPE: "160615051000",
    101: "160615001101",
    102: "160615001102",
    103: "160615001103",
    104: "160625001104",
    105: "160625001105",
    106: "160615051106",
    107: "160615051107",
    108: "160620108108",
}
ARTEN = {BUND: "bund", LAND: "land", KREIS_1: "landkreis", KREIS_2: "landkreis"}
ARTEN |= {VG_1: "vg", VG_2: "vg", GRUPPE: "erfuellende_gemeinde", BEZIRK: "eigenes_gebiet"}
GEMEINDEN = tuple(pk for pk in PARENTS if pk > 100)


def welt() -> Fakten:
    """All facts, open at both ends."""
    fassungen = {
        Fassung(
            pk,
            f"Ort {pk}",
            f"Ort {pk}",
            PARENTS.get(pk),
            106 if pk == GRUPPE else None,
            *("", "", ""),
            100 if pk > 100 else None,
            None,
            None,
            None,
        )
        for pk in (*ARS, BEZIRK)
    }
    schluessel = {Schluessel(pk, "ars", ars, None, None) for pk, ars in ARS.items()}
    schluessel |= {Schluessel(pk, "ags", ARS[pk][:5] + ARS[pk][9:], None, None) for pk in GEMEINDEN}
    schluessel |= {Schluessel(pk, "kreis", ARS[pk][:5], None, None) for pk in (KREIS_1, KREIS_2)}
    return Fakten(
        leben=frozenset(Leben(pk, ARTEN.get(pk, "gemeinde"), None, None) for pk in (*ARS, BEZIRK)),
        fassungen=frozenset(fassungen),
        schluessel=frozenset(schluessel),
        mitglieder=frozenset(Mitglied(BEZIRK, pk, False, "", None, None) for pk in (101, 102)),
    )


def kette(fakten: Fakten, gebiet: int, tag: date) -> tuple[Glied, ...]:
    """The chain of an area."""
    return build_kette(gebiet, tag, fakten.versionen(), fakten.mitgliedschaften())
