"""What the storm rages over: two authorities, one with 1,000 services; and who edits what."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from django.db import transaction

from behoerden.models import Behoerde, Behoerdenart, Gebiet, Gebietsart
from leistungen.models import Kategorie, Leistung, Onlinedienst
from leistungen.services import Regelangabe, set_zustaendigkeiten
from zufi.common.changes import announce
from zufi.common.text import slugify_de


@dataclass(frozen=True)
class Bestand:
    """Primary keys; each service belongs to one editor, so that every edit has one author."""

    leistungen: list[list[int]]
    grosse_behoerde: int  # responsible for all of them
    kleine_behoerde: int
    arten: list[int]
    gebiete: list[int]
    onlinedienste: list[int]
    kategorie: int
    konflikt: int  # the service whose document is refused

    def save(self, path: Path) -> None:
        """Write for the processes of the editors."""
        path.write_text(json.dumps(asdict(self)), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Bestand:
        """Return what `save` wrote."""
        return cls(**json.loads(path.read_text(encoding="utf-8")))


@transaction.atomic
def build(*, redaktionen: int, services: int) -> Bestand:
    """The objects exist, published and announced."""
    arten = [
        Behoerdenart.objects.create(slug=slug, name_de=name)
        for slug, name in (("standesamt", "Standesamt"), ("finanzamt", "Finanzamt"))
    ]
    gebiete = [Gebiet.objects.create(art=Gebietsart.GEMEINDE) for _ in range(3)]
    gross, klein = (_behoerde(name, arten[0]) for name in ("Großes Amt", "Kleines Amt"))
    kategorie = Kategorie.objects.create(
        slug="alltag", name_de="Alltag", klasse="lebenslage_buerger"
    )
    dienste = [_onlinedienst(number) for number in range(2)]
    rows = Leistung.objects.bulk_create(
        Leistung(
            bezeichnung_de=f"Dienst {number} anfang{number}x",
            slug_de=f"dienst-{number}",
            zielgruppe_codes=["001"],
            live=True,
        )
        for number in range(services + 1)
    )
    ids = [row.pk for row in rows]
    konflikt = ids.pop()
    for row in rows[:20]:
        row.kategorien.add(kategorie)
        row.save()
    set_zustaendigkeiten(
        leistung_ids=ids, regeln=[Regelangabe(pk, gebiete[0].pk, gross.pk) for pk in ids]
    )
    announce("leistung", [*ids, konflikt])
    return Bestand(
        leistungen=[ids[number::redaktionen] for number in range(redaktionen)],
        grosse_behoerde=gross.pk,
        kleine_behoerde=klein.pk,
        arten=[art.pk for art in arten],
        gebiete=[gebiet.pk for gebiet in gebiete],
        onlinedienste=[dienst.pk for dienst in dienste],
        kategorie=kategorie.pk,
        konflikt=konflikt,
    )


def _behoerde(name: str, art: Behoerdenart) -> Behoerde:
    row = Behoerde(name_de=name, slug=slugify_de(name), art=art)
    row.save()
    row.save_revision().publish()
    return row


def _onlinedienst(number: int) -> Onlinedienst:
    row = Onlinedienst(bezeichnung_de=f"Antrag {number}", url=f"https://antrag{number}.example/")
    row.save()
    row.save_revision().publish()
    return row
