"""Generated data: as many as asked for, live, and good enough to ask questions of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from behoerden.models import Behoerde
from behoerden.selectors import find_orte
from leistungen.auskunft import Platz, auskuenfte, load_umfeld
from leistungen.domain.fakten import Zustand
from leistungen.models import Leistung, Zustaendigkeit

LEISTUNGEN, BEHOERDEN, REGELN = 60, 400, 2_000


def seed(*options: str, leistungen: int = LEISTUNGEN, regeln: int = REGELN) -> str:
    output = StringIO()
    call_command(
        "seed_scale",
        *options,
        leistungen=leistungen,
        behoerden=BEHOERDEN,
        zustaendigkeiten=regeln,
        stdout=output,
    )
    return output.getvalue()


@pytest.fixture(scope="module")
def daten(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """What the command printed; each test runs in a savepoint inside this transaction."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield seed()
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_as_many_as_asked_for(daten: str) -> None:
    assert Leistung.objects.filter(live=True).count() == LEISTUNGEN
    assert Behoerde.objects.filter(live=True).count() == BEHOERDEN
    assert Zustaendigkeit.objects.count() == REGELN
    assert "[5/5]" in daten
    assert "MB" in daten


@pytest.mark.django_db
def test_second_run_changes_nothing(daten: str) -> None:
    assert "nichts geändert" in seed()


@pytest.mark.django_db
def test_other_size_needs_a_new_database(daten: str) -> None:
    with pytest.raises(CommandError, match="schon Testdaten"):
        seed(regeln=REGELN + 1)


@pytest.mark.django_db
def test_every_object_says_that_it_is_test_data(daten: str) -> None:
    assert not Leistung.objects.exclude(hinweise_de__contains="Testdaten").exists()
    assert not Leistung.objects.exclude(slug_de__startswith="testdaten-").exists()
    assert not Behoerde.objects.exclude(kurzbeschreibung_de__startswith="Testdaten").exists()


@pytest.mark.django_db
def test_rows_keep_the_rules_of_their_forms(daten: str) -> None:
    for leistung in Leistung.objects.order_by("pk")[:3]:
        leistung.full_clean()
    for behoerde in Behoerde.objects.order_by("pk")[:3]:
        behoerde.full_clean()
    for regel in Zustaendigkeit.objects.order_by("pk")[::100]:
        regel.full_clean()


@pytest.mark.django_db
def test_most_questions_have_an_answer(daten: str) -> None:
    heute = timezone.localdate()
    leistungen = {leistung.pk: leistung.titel for leistung in Leistung.objects.all()}
    zustaende: Counter[Zustand] = Counter()
    for name in ("Udestedt", "Erfurt", "Uder"):
        ort = find_orte(name, heute).kandidaten[0]
        umfeld = load_umfeld(Platz(gebiet_ids=(ort.gebiet_id,)), heute)
        zustaende += Counter(
            auskunft.ergebnis.zustand for auskunft in auskuenfte(leistungen, umfeld).values()
        )

    assert zustaende[Zustand.EINDEUTIG] > 0.9 * zustaende.total()
