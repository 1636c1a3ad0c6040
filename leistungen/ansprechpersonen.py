"""Which published contact person an office names for a service in a place."""

from __future__ import annotations

from collections import defaultdict

from behoerden.selectors import kontaktperson_fuer
from leistungen.models import Kontaktzuordnung
from leistungen.umfeld import Umfeld

__all__ = ["ansprechpersonen"]


def ansprechpersonen(leistung_id: int, umfeld: Umfeld) -> dict[int, str]:
    """Return id of the authority → its contact persons for this service, in one line.

    The most specific area that names somebody counts. Two queries, one if nobody is named. Persons
    that are not to be published, or whose day of deletion has come, are left out.
    """
    if len(umfeld.kandidaten) != 1:
        return {}
    rang = {glied.gebiet_id: glied.rang for glied in umfeld.kandidaten[0].kette}
    rows = sorted(
        Kontaktzuordnung.objects.filter(leistung_id=leistung_id, gebiet_id__in=rang),
        key=lambda row: (-rang[row.gebiet_id], row.von_buchstabe, row.pk),
    )
    personen = kontaktperson_fuer((row.kontaktperson for row in rows), umfeld.stichtag)
    zeilen: dict[int, list[str]] = defaultdict(list)
    ebene: dict[int, int] = {}
    for row in rows:
        person = personen.get(row.kontaktperson)
        if person is None:
            continue
        if ebene.setdefault(person.behoerde_id, rang[row.gebiet_id]) == rang[row.gebiet_id]:
            zeilen[person.behoerde_id].append(f"{_buchstaben(row)}{person.zeile}")
    return {behoerde_id: "; ".join(teile) for behoerde_id, teile in zeilen.items()}


def _buchstaben(row: Kontaktzuordnung) -> str:
    if not row.von_buchstabe:
        return ""
    bereich = (
        row.von_buchstabe
        if row.von_buchstabe == row.bis_buchstabe
        else f"{row.von_buchstabe}–{row.bis_buchstabe}"
    )
    return f"Familienname {bereich}: "
