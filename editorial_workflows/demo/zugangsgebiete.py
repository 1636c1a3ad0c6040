"""Where the demo offers an online service: the whole Land, or a part that the name decides."""

from __future__ import annotations

from zlib import crc32

from editorial_workflows.demo.katalog import Eintrag
from editorial_workflows.demo.land import Land

# Levels whose authority is the same everywhere: an online service then serves everybody.
LANDESWEIT = frozenset({"bund", "land", "kammer", "pflegekasse", "beitragsservice"})
KOMMUNAL = frozenset({"gemeinde", "gemeinde_satzung", "standesamt"})


def plan_zugangsgebiete(eintrag: Eintrag, land: Land) -> tuple[int, ...]:
    """Return the areas where the service can be used online; the same name, the same areas.

    A third of the services is online in the whole Land, the others in all kreisfreie Städte and
    about half of the Kreise, or a third of the Verbände and verbandsfreie Gemeinden.
    """
    if eintrag.ebenen[0] in LANDESWEIT or _zahl(eintrag.slug) % 3 == 0:
        return (land.land.id,)
    if eintrag.ebenen[0] in KOMMUNAL:
        gebiete, teiler = land.verwaltungsgebiete, 3
    else:
        gebiete, teiler = land.kreise, 2
    return tuple(
        gebiet.id
        for gebiet in gebiete
        if gebiet.art == "kreisfreie_stadt" or _zahl(eintrag.slug + gebiet.ars) % teiler == 0
    )


def _zahl(text: str) -> int:
    return crc32(text.encode())
