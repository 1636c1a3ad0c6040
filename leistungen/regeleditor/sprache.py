"""Rules as German sentences and phrases: where, in which role, since when, checked by whom."""

from __future__ import annotations

from datetime import date

from zufi.common.zeitraum import enthaelt

# Level of the rule's area → heading of its group, from the Land downwards.
EBENEN = {
    "land": "Land und Bund",
    "kreis": "Kreise und kreisfreie Städte",
    "verband": "Verbände",
    "gemeinde": "Gemeinden und Ortsteile",
    "bezirk": "Eigene Bezirke",
}
EBENE_DER_ART = {
    "bund": "land",
    "land": "land",
    "landkreis": "kreis",
    "kreisfreie_stadt": "kreis",
    "vg": "verband",
    "erfuellende_gemeinde": "verband",
    "gemeinde": "gemeinde",
    "ortsteil": "gemeinde",
    "eigenes_gebiet": "bezirk",
}
WAS = {
    "01": "zuständig",
    "02": "zuständig und Ansprechpunkt",
    "03": "Ansprechpunkt",
}
# Kind of area → preposition, and the name in a sentence; others are "in" their name.
ORTE_JE_ART = {
    "bund": ("in ganz", "Deutschland"),
    "land": ("in ganz", "{name}"),
    "vg": ("in der", "Verwaltungsgemeinschaft {name}"),
    "erfuellende_gemeinde": ("im Gebiet der erfüllenden Gemeinde", "{name}"),
    "eigenes_gebiet": ("im Bezirk", "{name}"),
    "ortsteil": ("im", "Ortsteil {name}"),
}


def wo(art: str, name: str, gemeinde: str = "") -> tuple[str, str]:
    """Return preposition and name of an area, as a sentence needs them.

    An Ortsteil is named with its `gemeinde`.

    >>> wo("landkreis", "Sömmerda")
    ('im', 'Landkreis Sömmerda')
    """
    if art == "landkreis":
        return "im", name if name.lower().endswith("kreis") else f"Landkreis {name}"
    if gemeinde:
        name = f"{name} ({gemeinde})"
    praeposition, muster = ORTE_JE_ART.get(art, ("in", "{name}"))
    return praeposition, muster.format(name=name)


def zeitraum(ab: date | None, bis: date | None) -> str:
    """Return a period in words, "" if it is open at both ends."""
    if ab and bis:
        return f"{ab:%d.%m.%Y} bis {bis:%d.%m.%Y}"
    if ab:
        return f"seit {ab:%d.%m.%Y}"
    return f"bis {bis:%d.%m.%Y}" if bis else ""


def geltung(ab: date | None, bis: date | None, heute: date) -> str:
    """Return "gilt", "kuenftig" or "abgelaufen"."""
    if enthaelt(ab, bis, heute):
        return "gilt"
    return "kuenftig" if ab is not None and ab > heute else "abgelaufen"


def regel_in_worten(
    behoerde: str,
    *,
    rolle: str,
    wirkung: str,
    bedingung: str,
    ab: date | None,
    bis: date | None,
) -> str:
    """Return a rule as a phrase for comparisons: authority first, then what is special."""
    teile = [behoerde]
    if rolle != "01":
        teile.append(WAS[rolle])
    if wirkung == "ergaenzt":
        teile.append("ergänzt")
    if bedingung:
        teile.append(f"bei {bedingung}")
    if spanne := zeitraum(ab, bis):
        teile.append(spanne)
    return ", ".join(teile)


def zahl(anzahl: int) -> str:
    """Return a number as people read it: 20.000."""
    return f"{anzahl:,}".replace(",", ".")
