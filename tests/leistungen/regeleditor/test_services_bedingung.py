"""Whole sets of rules with conditions."""

from __future__ import annotations

from typing import Any

import pytest

from leistungen.models import Kriterium, Zustaendigkeit
from leistungen.services import Regelangabe, set_zustaendigkeiten
from tests.welt import Welt

pytestmark = pytest.mark.django_db


def test_condition_tells_rules_apart_and_equal_ones_stay(welt: Welt) -> None:
    frage: dict[str, Any] = {"slug": "n", "frage_de": "Familienname?", "art": "buchstabe"}
    kriterium = Kriterium.objects.create(**frage).pk
    ort = (welt.hund.pk, welt.erfurt.pk, welt.stadtverwaltung.pk)
    regeln = [
        Regelangabe(*ort, kriterium_id=kriterium, antworten=("B", "A")),
        Regelangabe(*ort, kriterium_id=kriterium, antworten=("C",)),
    ]

    erstes = set_zustaendigkeiten(leistung_ids=[welt.hund.pk], regeln=regeln)
    zweites = set_zustaendigkeiten(leistung_ids=[welt.hund.pk], regeln=regeln)

    assert (erstes.neu, zweites.unveraendert, zweites.neu) == (2, 2, 0)
    assert {tuple(regel.werte) for regel in Zustaendigkeit.objects.all()} == {("A", "B"), ("C",)}
    for regel in Zustaendigkeit.objects.all():
        regel.full_clean()
