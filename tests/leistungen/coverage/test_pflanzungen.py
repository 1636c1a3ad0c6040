"""Planted faults are all found and nothing else is reported (issue 4, done 2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pytest
from django.utils import timezone

from editorial_workflows.demo.katalog import read_katalog
from leistungen.coverage import Art, Befund, Schwere, kurzbericht, prove
from leistungen.coverage.raum import load_raum
from leistungen.models import Leistung
from tests.leistungen.coverage.pflanzungen import TABELLE, Erwartung, make_feld

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "statistik")]
HINWEISE = {Art.ABLAUF, Art.FALSCHE_EBENE, Art.EBENE_PASST_NICHT}


def test_table_plants_at_least_forty_faults_of_every_kind() -> None:
    assert sum(len(orte) for *_, orte in TABELLE) >= 40
    assert {art for art, *_ in TABELLE} == set(Art)


def test_all_planted_faults_are_found_and_nothing_else() -> None:
    stichtag = timezone.localdate()
    vorher = {schluessel(befund) for befund in prove(stichtag).befunde}
    erwartet = gepflanzt()

    abdeckung = prove(stichtag)

    neu = [befund for befund in abdeckung.befunde if schluessel(befund) not in vorher]
    assert {schluessel(befund) for befund in neu} == set(erwartet)
    assert len(neu) == len(erwartet) >= 40
    for befund in neu:
        assert (befund.schwere is Schwere.HINWEIS) == (befund.art in HINWEISE)
        assert befund.text.endswith(".")


def test_short_report_tells_each_fault_to_the_editor_of_its_service() -> None:
    stichtag = timezone.localdate()
    erwartet = gepflanzt()
    for _, leistung_id, regeln, gemeinden in erwartet:
        texte = kurzbericht(leistung_id, stichtag)

        assert len(texte) == 1
        if not regeln:
            anzahl = "einer Gemeinde" if len(gemeinden) == 1 else f"{len(gemeinden)} Gemeinden"
            assert texte[0].startswith(f"In {anzahl} fehlt die Stelle: ")


Schluessel = tuple[Art, int, frozenset[int], frozenset[int]]


def schluessel(befund: Befund) -> Schluessel:
    return (
        befund.art,
        befund.leistung_id,
        frozenset(befund.regel_ids),
        frozenset(befund.gebiet_ids),
    )


def gepflanzt() -> list[Schluessel]:
    """Plant the whole table; return what must be found."""
    feld = make_feld(load_raum(timezone.localdate()))
    leistungen = je_ebene()
    found: list[Schluessel] = []
    for art, pflanze, ebene, orte in TABELLE:
        for ort in orte:
            leistung = next(leistungen[ebene])
            erwartung: Erwartung = pflanze(feld, leistung, ort)
            found.append((art, leistung.pk, erwartung.regeln, erwartung.gemeinden))
    return found


def je_ebene() -> dict[str, Iterator[Leistung]]:
    """Services with rules at one level only, in the order of the catalogue."""
    nach_slug = {leistung.slug_de: leistung for leistung in Leistung.objects.all()}
    gruppen: dict[str, list[Leistung]] = defaultdict(list)
    for eintrag in read_katalog():
        if len(eintrag.ebenen) == 1:
            gruppen[eintrag.ebenen[0]].append(nach_slug[eintrag.slug])
    return {ebene: iter(leistungen) for ebene, leistungen in gruppen.items()}
