"""Packages: entered as one, announced, logged, and taken back to the last column."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry

from behoerden.models import Behoerde, Behoerdenart, Gebiet
from leistungen.models import Kriterium, Leistung, Zustaendigkeit, Zustaendigkeitspaket
from leistungen.regeleditor import pakete
from leistungen.regeleditor.operationen import Ende, Ersatz, Kopie, Operation, Zuweisung
from leistungen.regeleditor.pakete import PaketFehler, StehtImWeg
from leistungen.regeleditor.plan import Schrittart
from zufi.common import changes

pytestmark = pytest.mark.django_db
TAG = date(2026, 6, 15)
EIN_TAG = timedelta(days=1)


class Welt:
    """Three services, four areas, three authorities, one question."""

    def __init__(self) -> None:
        arten: dict[str, Any] = {"slug": "amt", "name_de": "Amt"}
        art = Behoerdenart.objects.create(**arten)
        self.gebiete = [
            Gebiet.objects.create(art=art).pk
            for art in ("landkreis", "gemeinde", "gemeinde", "gemeinde")
        ]
        self.behoerden = [
            Behoerde.objects.create(**{"slug": slug, "name_de": slug, "art": art}).pk
            for slug in ("amt", "rathaus", "kreis")
        ]
        self.leistungen = [
            Leistung.objects.create(**{"slug_de": slug, "bezeichnung_de": slug}).pk
            for slug in ("hund", "katze", "maus")
        ]
        frage: dict[str, Any] = {"slug": "name", "frage_de": "Familienname?", "art": "buchstabe"}
        self.kriterium = Kriterium.objects.create(**frage).pk
        self.user = User.objects.create_user("redaktion")

    def regel(self, leistung: int = 0, gebiet: int = 0, behoerde: int = 0, **mehr: Any) -> int:
        """Store a rule and return its id."""
        return Zustaendigkeit.objects.create(
            leistung_id=self.leistungen[leistung],
            gebiet_id=self.gebiete[gebiet],
            behoerde_id=self.behoerden[behoerde],
            **mehr,
        ).pk

    def paket(self, operation: Operation) -> Zustaendigkeitspaket:
        """A draft."""
        return pakete.create_paket(titel="Probe", operation=operation, user=self.user)

    def eintragen(self, operation: Operation) -> Zustaendigkeitspaket:
        """An entered package."""
        paket = self.paket(operation)
        fingerabdruck = pakete.plan_paket(paket).fingerabdruck
        pakete.apply_paket(paket, user=self.user, fingerabdruck=fingerabdruck)
        return paket

    def zuweisung(self, **mehr: Any) -> Zuweisung:
        """The first two services × the first two areas → the second authority."""
        felder = {
            "leistung_ids": tuple(self.leistungen[:2]),
            "ziele": tuple((gebiet, self.behoerden[1]) for gebiet in self.gebiete[:2]),
        }
        return Zuweisung(**{**felder, **mehr})


@pytest.fixture
def welt() -> Welt:
    return Welt()


@pytest.fixture
def angesagt() -> Iterator[list[tuple[str, frozenset[int]]]]:
    gehoert: list[tuple[str, frozenset[int]]] = []
    changes.register("test", lambda kind, ids: gehoert.append((kind, ids)))
    yield gehoert
    changes._receivers.pop("test")


def bytes_der_tabelle() -> list[tuple[Any, ...]]:
    """Every column of every rule, as the database holds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM leistungen_zustaendigkeit t ORDER BY id")
        return cursor.fetchall()


def test_draft_changes_no_rule(welt: Welt, angesagt: list[Any]) -> None:
    welt.regel()
    vorher = bytes_der_tabelle()
    angesagt.clear()

    plan = pakete.plan_paket(welt.paket(welt.zuweisung()))

    assert (plan.anzahl(Schrittart.NEU), plan.anzahl(Schrittart.ENTFERNT)) == (4, 1)
    assert (bytes_der_tabelle(), angesagt) == (vorher, [])


def test_entering_writes_announces_and_logs_once(welt: Welt, angesagt: list[Any]) -> None:
    welt.regel()
    angesagt.clear()

    paket = welt.eintragen(welt.zuweisung())

    assert Zustaendigkeit.objects.filter(behoerde_id=welt.behoerden[1]).count() == 4
    assert not Zustaendigkeit.objects.filter(behoerde_id=welt.behoerden[0]).exists()
    assert angesagt == [("leistung", frozenset(welt.leistungen[:2]))]
    eintrag = ModelLogEntry.objects.get(action=pakete.EINTRAGEN)
    assert (eintrag.object_id, eintrag.user) == (str(paket.pk), welt.user)
    paket.refresh_from_db()
    assert paket.status == "angewendet"


def test_same_package_again_has_nothing_to_do(welt: Welt) -> None:
    welt.eintragen(welt.zuweisung())

    with pytest.raises(PaketFehler, match="ändert nichts"):
        welt.eintragen(welt.zuweisung())


def test_preview_that_has_aged_is_refused(welt: Welt) -> None:
    paket = welt.paket(welt.zuweisung())
    gesehen = pakete.plan_paket(paket).fingerabdruck
    welt.regel()

    with pytest.raises(PaketFehler, match="Inzwischen"):
        pakete.apply_paket(paket, user=welt.user, fingerabdruck=gesehen)
    assert Zustaendigkeit.objects.count() == 1


def zufallswelt(welt: Welt, zufall: Random) -> None:
    """Some rules, as far as the database allows them; no two ever meet."""
    for leistung in range(3):
        for gebiet in range(4):
            if zufall.random() < 0.8:
                mitte = TAG + zufall.randint(-50, 50) * EIN_TAG
                kriterium = zufall.random() < 0.3
                bedingung: dict[str, Any] = (
                    {"kriterium_id": welt.kriterium, "werte": ["A", "C"]} if kriterium else {}
                )
                for ab, bis in ((None, mitte), (mitte + EIN_TAG, None)):
                    welt.regel(
                        leistung,
                        gebiet,
                        zufall.randrange(3),
                        rolle=zufall.choice(["01", "02", "03"]),
                        wirkung=zufall.choice(["ersetzt", "ergaenzt"]),
                        gueltig_ab=ab,
                        gueltig_bis=bis,
                        verifiziert_am=TAG,
                        verifiziert_durch="Amt",
                        hinweis=zufall.choice(["", "nur vormittags"]),
                        **bedingung,
                    )


def zufallsoperation(welt: Welt, zufall: Random) -> Operation:
    ab = zufall.choice([None, TAG, TAG + 20 * EIN_TAG])
    eine, andere = zufall.sample(welt.leistungen, 2)
    alt, neu = zufall.sample(welt.behoerden, 2)
    bedingt = zufall.random() < 0.3
    ids = Zustaendigkeit.objects.values_list("pk", flat=True)
    return zufall.choice(
        [
            Kopie(eine, andere, ab),
            Ersatz(alt, neu, ab),
            Ende(tuple(zufall.sample(list(ids), 3)), TAG),
            welt.zuweisung(
                rolle=zufall.choice(["01", "02", "03"]),
                ab=ab,
                bis=zufall.choice([None, TAG + 40 * EIN_TAG]),
                ersetzen=zufall.random() < 0.7,
                kriterium_id=welt.kriterium if bedingt else None,
                werte=("A", "B") if bedingt else (),
            ),
        ]
    )


@pytest.mark.parametrize("saat", range(25))
def test_entering_and_taking_back_restores_every_byte(welt: Welt, saat: int) -> None:
    zufall = Random(saat)
    zufallswelt(welt, zufall)
    vorher = bytes_der_tabelle()
    paket = welt.paket(zufallsoperation(welt, zufall))
    plan = pakete.plan_paket(paket)
    if not plan.aenderungen:
        return
    pakete.apply_paket(paket, user=welt.user, fingerabdruck=plan.fingerabdruck)
    assert bytes_der_tabelle() != vorher

    pakete.undo_paket(paket, user=welt.user)

    assert bytes_der_tabelle() == vorher


def test_taking_back_is_announced_logged_and_done_once(welt: Welt, angesagt: list[Any]) -> None:
    paket = welt.eintragen(welt.zuweisung())
    angesagt.clear()

    pakete.undo_paket(paket, user=welt.user)

    assert angesagt == [("leistung", frozenset(welt.leistungen[:2]))]
    assert ModelLogEntry.objects.filter(action=pakete.ZURUECKNEHMEN).count() == 1
    with pytest.raises(PaketFehler, match="zurückgenommen"):
        pakete.undo_paket(paket, user=welt.user)


def test_rule_changed_since_stands_in_the_way(welt: Welt) -> None:
    paket = welt.eintragen(welt.zuweisung())
    regel = Zustaendigkeit.objects.order_by("pk")[0]
    regel.hinweis = "nachgetragen"
    regel.save()
    vorher = bytes_der_tabelle()

    with pytest.raises(StehtImWeg) as fehler:
        pakete.undo_paket(paket, user=welt.user)

    assert [zeile.id for zeile in fehler.value.zeilen] == [regel.pk]
    assert bytes_der_tabelle() == vorher


def test_rule_that_came_since_and_would_collide_stands_in_the_way(welt: Welt) -> None:
    welt.regel()
    paket = welt.eintragen(welt.zuweisung())
    neu = welt.regel()

    with pytest.raises(StehtImWeg) as fehler:
        pakete.undo_paket(paket, user=welt.user)

    assert [zeile.id for zeile in fehler.value.zeilen] == [neu]


def test_rule_deleted_since_stands_in_the_way(welt: Welt) -> None:
    paket = welt.eintragen(welt.zuweisung())
    Zustaendigkeit.objects.order_by("pk")[0].delete()

    with pytest.raises(StehtImWeg):
        pakete.undo_paket(paket, user=welt.user)


def test_authority_deleted_since_is_named(welt: Welt) -> None:
    welt.regel()
    paket = welt.eintragen(welt.zuweisung())
    Behoerde.objects.filter(pk=welt.behoerden[0]).delete()

    with pytest.raises(PaketFehler, match="Behörde"):
        pakete.undo_paket(paket, user=welt.user)


def test_rules_that_exclude_each_other_are_told_in_german(welt: Welt) -> None:
    welt.regel(rolle="02")
    welt.regel(rolle="03")
    paket = welt.paket(welt.zuweisung())
    plan = pakete.plan_paket(paket)
    vorher = bytes_der_tabelle()

    with pytest.raises(PaketFehler, match="schließen sich aus"):
        pakete.apply_paket(paket, user=welt.user, fingerabdruck=plan.fingerabdruck)
    assert bytes_der_tabelle() == vorher


def test_package_beyond_reading_is_refused(welt: Welt) -> None:
    ziele = tuple((gebiet, welt.behoerden[0]) for gebiet in range(20_001))

    with pytest.raises(PaketFehler, match=r"20\.001"):
        welt.paket(welt.zuweisung(leistung_ids=(welt.leistungen[0],), ziele=ziele))


def test_statements_do_not_grow_with_the_package(welt: Welt) -> None:
    gebiete = [Gebiet.objects.create(art="gemeinde").pk for _ in range(60)]
    anzahlen = []
    for leistung, bis in enumerate((2, 60)):
        ziele = tuple((gebiet, welt.behoerden[1]) for gebiet in gebiete[:bis])
        operation = welt.zuweisung(leistung_ids=(welt.leistungen[leistung],), ziele=ziele)
        with CaptureQueriesContext(connection) as queries:
            paket = welt.eintragen(operation)
            pakete.undo_paket(paket, user=welt.user)
        anzahlen.append(len(queries))

    assert abs(anzahlen[0] - anzahlen[1]) <= 1  # the content type of the log is cached
