"""The real areas of a day as the plan needs them, with districts of our own made of Kreise."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from behoerden.models import Gebiet, GebietMitglied, Gebietsart, Gebietsversion
from behoerden.models.gebiet import GEMEINDEARTEN, KREISARTEN, VERBANDSARTEN
from leistungen.skalierung.plan import Flaechen
from zufi.common.changes import announce

QUELLE = "testdaten"
BEZIRKE = 12


def load_flaechen(stichtag: date) -> Flaechen:
    """Return all areas that live on the day; two queries."""
    rows = (
        Gebietsversion.objects.gueltig_am(stichtag)
        .filter(gebiet__in=Gebiet.objects.gueltig_am(stichtag))
        .order_by("gebiet_id")
        .values_list("gebiet_id", "gebiet__art", "name", "parent_id")
    )
    art = {pk: kind for pk, kind, _name, _parent in rows}
    parent = {pk: oben for pk, _kind, _name, oben in rows}
    gemeinden = tuple(pk for pk, kind in art.items() if kind in GEMEINDEARTEN)
    verwaltung_von = {
        pk: parent[pk] if art.get(parent[pk]) in VERBANDSARTEN else pk for pk in gemeinden
    }
    bezirke = Gebiet.objects.filter(quelle=QUELLE).order_by("pk").values_list("pk", flat=True)
    return Flaechen(
        bund=next(pk for pk, kind in art.items() if kind == Gebietsart.BUND),
        land=next(pk for pk, kind in art.items() if kind == Gebietsart.LAND),
        kreis=tuple(pk for pk, kind in art.items() if kind in KREISARTEN),
        verwaltung=tuple(sorted(set(verwaltung_von.values()))),
        gemeinde=gemeinden,
        bezirk=tuple(bezirke),
        namen={pk: name for pk, _kind, name, _oben in rows},
        verwaltung_von=verwaltung_von,
    )


@transaction.atomic
def ensure_bezirke(stichtag: date) -> None:
    """The Kreise are divided among twelve districts of test data; existing ones stay."""
    if Gebiet.objects.filter(quelle=QUELLE).exists():
        return
    kreise = load_flaechen(stichtag).kreis
    neu = []
    for number in range(BEZIRKE):
        bezirk = Gebiet.objects.create(
            art=Gebietsart.EIGENES_GEBIET, slug=f"testdaten-bezirk-{number + 1}", quelle=QUELLE
        )
        Gebietsversion.objects.create(gebiet=bezirk, name=f"Bezirk {number + 1} (Testdaten)")
        GebietMitglied.objects.bulk_create(
            GebietMitglied(eigenes_gebiet=bezirk, mitglied_id=pk) for pk in kreise[number::BEZIRKE]
        )
        neu.append(bezirk.pk)
    announce("gebiet", neu)
