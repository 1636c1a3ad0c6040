"""Packages of rules and bindings: exactly what is said, announced with the change."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from behoerden.models import Behoerde, Behoerdenart, Gebiet
from leistungen.models import Leistung, Onlinedienst, Onlinedienstbindung, Zustaendigkeit
from leistungen.services import (
    Bindungsangabe,
    DoppelteAngabe,
    FremdeLeistung,
    Regelangabe,
    bind_onlinedienste,
    set_zustaendigkeiten,
)

pytestmark = pytest.mark.django_db


class Welt:
    """Two services, two areas, two authorities."""

    def __init__(self) -> None:
        arten: dict[str, Any] = {"slug": "amt", "name_de": "Amt"}
        art = Behoerdenart.objects.create(**arten)
        self.land, self.kreis = (Gebiet.objects.create(art=a).pk for a in ("land", "landkreis"))
        self.amt, self.anderes = (
            Behoerde.objects.create(**{"slug": slug, "name_de": slug, "art": art}).pk
            for slug in ("amt", "anderes")
        )
        self.hund, self.katze = (
            Leistung.objects.create(**{"slug_de": slug, "bezeichnung_de": slug}).pk
            for slug in ("hund", "katze")
        )

    def regel(self, **mehr: Any) -> Regelangabe:
        felder = {"leistung_id": self.hund, "gebiet_id": self.land, "behoerde_id": self.amt}
        return Regelangabe(**{**felder, **mehr})


@pytest.fixture
def welt() -> Welt:
    return Welt()


def test_the_package_is_what_the_database_holds(welt: Welt, angesagt: list[Any]) -> None:
    set_zustaendigkeiten(leistung_ids=[welt.hund], regeln=[welt.regel()])
    bleibt = Zustaendigkeit.objects.get().pk
    angesagt.clear()

    ergebnis = set_zustaendigkeiten(
        leistung_ids=[welt.hund, welt.katze],
        regeln=[welt.regel(), welt.regel(gebiet_id=welt.kreis), welt.regel(leistung_id=welt.katze)],
    )

    assert (ergebnis.neu, ergebnis.unveraendert) == (2, 1)
    assert Zustaendigkeit.objects.filter(pk=bleibt).exists()
    assert angesagt == [("leistung", frozenset({welt.hund, welt.katze}))]


def test_missing_rules_are_removed_and_other_services_left_alone(welt: Welt) -> None:
    regeln = [welt.regel(), welt.regel(leistung_id=welt.katze)]
    set_zustaendigkeiten(leistung_ids=[welt.hund, welt.katze], regeln=regeln)

    ergebnis = set_zustaendigkeiten(leistung_ids=[welt.hund], regeln=[])

    assert ergebnis.entfernt == 1
    assert [regel.leistung_id for regel in Zustaendigkeit.objects.all()] == [welt.katze]


def test_effect_and_choice_change_in_place(welt: Welt) -> None:
    set_zustaendigkeiten(leistung_ids=[welt.hund], regeln=[welt.regel()])
    pk = Zustaendigkeit.objects.get().pk

    ergebnis = set_zustaendigkeiten(
        leistung_ids=[welt.hund], regeln=[welt.regel(wirkung="ergaenzt", wahl_erlaubt=True)]
    )

    regel = Zustaendigkeit.objects.get()
    assert (ergebnis.geaendert, regel.pk, regel.wirkung, regel.wahl_erlaubt) == (
        1,
        pk,
        "ergaenzt",
        True,
    )


def test_the_same_package_again_changes_and_announces_nothing(
    welt: Welt, angesagt: list[Any]
) -> None:
    set_zustaendigkeiten(leistung_ids=[welt.hund], regeln=[welt.regel()])
    angesagt.clear()

    ergebnis = set_zustaendigkeiten(leistung_ids=[welt.hund], regeln=[welt.regel()])

    assert (ergebnis.leistung_ids, angesagt) == (frozenset(), [])


def test_a_new_period_replaces_the_old_one_without_overlap(welt: Welt) -> None:
    set_zustaendigkeiten(leistung_ids=[welt.hund], regeln=[welt.regel()])

    set_zustaendigkeiten(
        leistung_ids=[welt.hund],
        regeln=[
            welt.regel(gueltig_bis=date(2026, 12, 31)),
            welt.regel(gueltig_ab=date(2027, 1, 1)),
        ],
    )

    assert Zustaendigkeit.objects.count() == 2


def test_contradicting_packages_are_refused(welt: Welt) -> None:
    with pytest.raises(FremdeLeistung):
        set_zustaendigkeiten(leistung_ids=[welt.katze], regeln=[welt.regel()])
    with pytest.raises(DoppelteAngabe):
        set_zustaendigkeiten(
            leistung_ids=[welt.hund], regeln=[welt.regel(), welt.regel(wirkung="ergaenzt")]
        )

    assert not Zustaendigkeit.objects.exists()


def test_statements_do_not_grow_with_the_package(welt: Welt) -> None:
    gebiete = [Gebiet.objects.create(art="gemeinde").pk for _ in range(60)]
    anzahlen = []
    for bis in (2, 60):
        regeln = [welt.regel(gebiet_id=pk) for pk in gebiete[:bis]]
        with CaptureQueriesContext(connection) as queries:
            set_zustaendigkeiten(leistung_ids=[welt.hund], regeln=regeln)
        anzahlen.append(len(queries))

    assert anzahlen[0] == anzahlen[1]


def test_onlinedienste_are_bound_like_rules(welt: Welt, angesagt: list[Any]) -> None:
    felder: dict[str, Any] = {"bezeichnung_de": "Hund online", "url": "https://online.example/"}
    dienst = Onlinedienst.objects.create(**felder).pk
    bindung = Bindungsangabe(welt.hund, welt.land, dienst)

    assert bind_onlinedienste(leistung_ids=[welt.hund], bindungen=[bindung]).neu == 1
    assert bind_onlinedienste(leistung_ids=[welt.hund], bindungen=[bindung]).unveraendert == 1
    assert angesagt == [("leistung", frozenset({welt.hund}))]
    assert bind_onlinedienste(leistung_ids=[welt.hund], bindungen=[]).entfernt == 1
    assert not Onlinedienstbindung.objects.exists()
