"""The verb that stores code lists: every version beside the others, codes never deleted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from leistungen.codelisten.datei import Dateifehler, Listendaten, Wertzeile, lies_datei
from leistungen.models import Codeliste, Codewert

ORDNER = Path(settings.BASE_DIR) / "fixtures" / "codelisten"
_FELDER = ("bezeichnung_de", "bezeichnung_en", "ersetzt_durch", "position", "ist_aktiv")


@dataclass(frozen=True, slots=True)
class Listenbericht:
    """What happened to one version of a list."""

    name: str
    version: str
    neu: int
    geaendert: int
    unveraendert: int
    entfallen: int
    ist_aktiv: bool

    @property
    def hat_geaendert(self) -> bool:
        """Whether anything was written."""
        return bool(self.neu or self.geaendert or self.entfallen)


def fixtures() -> Sequence[Path]:
    """Return the files that belong to the project."""
    return sorted(ORDNER.glob("*.csv"))


@transaction.atomic
def store_codelisten(
    dateien: Iterable[Path], *, aktivieren: bool = False
) -> Sequence[Listenbericht]:
    """Everything in these files is stored, or nothing; a second call changes nothing.

    A code that a file does not name any more stays and cannot be chosen anew. An empty label of a
    file keeps the label that is there. A version becomes the active one if its list has none yet,
    or with `aktivieren`.

    Raises:
        Dateifehler: something is wrong with a file, or two files hold the same version.
    """
    listen: dict[tuple[str, str], Listendaten] = {}
    for datei in dateien:
        for daten in lies_datei(datei):
            if (daten.list_uri, daten.version) in listen:
                doppelt = f"{daten.list_uri}, Version {daten.version}"
                raise Dateifehler(f"{datei.name}: {doppelt} steht in zwei Dateien.")
            listen[daten.list_uri, daten.version] = daten
    return [_store(daten, aktivieren=aktivieren) for daten in listen.values()]


def _store(daten: Listendaten, *, aktivieren: bool) -> Listenbericht:
    liste, _neu = Codeliste.objects.select_for_update().get_or_create(
        list_uri=daten.list_uri,
        version=daten.version,
        defaults={"name": daten.name, "quelle": daten.quelle},
    )
    aktive = Codeliste.objects.filter(list_uri=daten.list_uri, ist_aktiv=True)
    if not liste.ist_aktiv and (aktivieren or not aktive.exists()):
        aktive.update(ist_aktiv=False)
        liste.ist_aktiv = True
        liste.save(update_fields=["ist_aktiv"])
    vorhanden = {wert.code: wert for wert in liste.werte.all()}
    neu, geaendert = [], []
    for position, zeile in enumerate(daten.werte):
        wert = vorhanden.get(zeile.code)
        if wert is None:
            neu.append(_neuer_wert(liste, zeile, position))
        elif _uebernimm(wert, zeile, position):
            geaendert.append(wert)
    genannt = {zeile.code for zeile in daten.werte}
    weg = [w for w in vorhanden.values() if w.code not in genannt and w.ist_aktiv]
    for wert in weg:
        wert.ist_aktiv = False
    Codewert.objects.bulk_create(neu)
    Codewert.objects.bulk_update([*geaendert, *weg], _FELDER)
    return Listenbericht(
        name=liste.name,
        version=liste.version,
        neu=len(neu),
        geaendert=len(geaendert),
        unveraendert=len(daten.werte) - len(neu) - len(geaendert),
        entfallen=len(weg),
        ist_aktiv=liste.ist_aktiv,
    )


def _neuer_wert(liste: Codeliste, zeile: Wertzeile, position: int) -> Codewert:
    wert = Codewert(
        codeliste=liste,
        code=zeile.code,
        bezeichnung_de=zeile.bezeichnung_de,
        bezeichnung_en=zeile.bezeichnung_en,
        bezeichnung_de_simple="",
        ersetzt_durch=zeile.ersetzt_durch,
        position=position,
    )
    wert.normalise_texts()
    return wert


def _uebernimm(wert: Codewert, zeile: Wertzeile, position: int) -> bool:
    """Give the row what the file says; True if something is different."""
    soll: dict[str, Any] = {
        "bezeichnung_de": zeile.bezeichnung_de or wert.bezeichnung_de,
        "bezeichnung_en": zeile.bezeichnung_en or wert.bezeichnung_en,
        "ersetzt_durch": zeile.ersetzt_durch or wert.ersetzt_durch,
        "position": position,
        "ist_aktiv": True,
    }
    anders = {name: neu for name, neu in soll.items() if getattr(wert, name) != neu}
    for name, neu in anders.items():
        setattr(wert, name, neu)
    return bool(anders)
