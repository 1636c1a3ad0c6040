"""Stores the local supplements of the demo texts: examples of what municipalities add."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from behoerden.models import Gebietsschluessel
from editorial_workflows.demo import zeilen
from editorial_workflows.demo.behoerden import demo_uuid
from editorial_workflows.demo.html import absaetze
from editorial_workflows.demo.katalog import KatalogFehler
from editorial_workflows.demo.texte import Angaben, Leistungstext
from leistungen.models import (
    Ergaenzung,
    ErgaenzungBearbeitungsdauer,
    ErgaenzungFrist,
    ErgaenzungGebuehr,
    ErgaenzungUnterlage,
)
from zufi.common.changes import announce
from zufi.common.stapel import Stapelbericht, store_live


@transaction.atomic
def store_ergaenzungen(
    texte: Mapping[str, Leistungstext],
    *,
    leistung_ids: Mapping[str, int],
    ueberschreiben: bool = False,
) -> Stapelbericht:
    """Every supplement of the files is live; the services it belongs to are announced.

    Raises:
        KatalogFehler: a supplement names an area that does not exist.
    """
    paare = [(text.slug, angaben) for text in texte.values() for angaben in text.ergaenzungen]
    gebiete = _gebiete([angaben["ars"] for _, angaben in paare])
    bericht = store_live(
        [_ergaenzung(slug, angaben, leistung_ids[slug], gebiete) for slug, angaben in paare],
        kind=None,
        schluessel="uuid",
        ueberschreiben=ueberschreiben,
    )
    if bericht.geschrieben:
        announce("leistung", [leistung_ids[slug] for slug, _ in paare])
    return bericht


def _gebiete(schluessel: Sequence[str]) -> Mapping[str, int]:
    rows = Gebietsschluessel.objects.filter(
        typ="ars", wert__in=schluessel, gueltig_bis__isnull=True
    )
    return dict(rows.values_list("wert", "gebiet_id"))


def _ergaenzung(
    slug: str, angaben: Angaben, leistung_id: int, gebiete: Mapping[str, int]
) -> Ergaenzung:
    ars = angaben["ars"]
    if ars not in gebiete:
        raise KatalogFehler(f"„{slug}“: Das Gebiet {ars} der Ergänzung gibt es nicht.")
    modul = angaben["modul"]
    felder: dict[str, Any] = {
        "uuid": demo_uuid("ergaenzung", slug, ars, modul),
        "leistung_id": leistung_id,
        "gebiet_id": gebiete[ars],
        "modul_code": modul,
        "modus": angaben["modus"],
        "stellung": angaben.get("stellung", Ergaenzung.Stellung.DANACH.value),
        "inhalt_de": absaetze(angaben.get("text", ())),
        "begruendung": angaben.get("begruendung", ""),
        **_zeilen(modul, angaben.get("zeile", ())),
    }
    return Ergaenzung(**felder)


def _zeilen(modul: str, angaben: Sequence[Angaben]) -> dict[str, list[Any]]:
    if modul == "kosten":
        return {"gebuehren": [zeilen.gebuehr(ErgaenzungGebuehr, zeile) for zeile in angaben]}
    if modul == "frist":
        return {"fristen": [zeilen.frist(ErgaenzungFrist, zeile) for zeile in angaben]}
    if modul == "dauer":
        dauern = [zeilen.dauer(ErgaenzungBearbeitungsdauer, zeile) for zeile in angaben]
        return {"bearbeitungsdauern": dauern}
    if modul == "dokument":
        return {"unterlagen": list(zeilen.unterlagen(ErgaenzungUnterlage, angaben))}
    return {}
