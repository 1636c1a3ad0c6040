"""A mark belongs to the transaction of the change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from leistungen.models import Leistung
from search.inhalte import read
from search.marks import mark_announced, mark_changed, mark_due
from search.models import SearchDokument
from tests.search.sync import objekte
from zufi.common import changes
from zufi.common.zeitraum import heute

pytestmark = pytest.mark.django_db(transaction=True)


class Abbruch(Exception):
    pass


def test_mark_is_rolled_back_with_the_change() -> None:
    service = objekte.leistung("Hund anmelden")
    version = objekte.row(service).version

    with pytest.raises(Abbruch):
        _rename_and_break_off(service)

    assert objekte.row(service).version == version
    assert Leistung.objects.get(pk=service.pk).bezeichnung_de == "Hund anmelden"


@transaction.atomic
def _rename_and_break_off(service: Leistung) -> None:
    version = objekte.row(service).version
    objekte.rename(service, "Katze anmelden")
    assert objekte.row(service).version == version + 1
    raise Abbruch


def test_mark_outside_a_transaction_is_refused() -> None:
    with pytest.raises(changes.OutsideTransaction):
        mark_changed("leistung", [1])
    with pytest.raises(changes.OutsideTransaction):
        changes.announce("leistung", [1])


def test_draft_does_not_mark_and_publishing_does() -> None:
    service = objekte.leistung(live=False)
    service.save_revision()
    assert not SearchDokument.objects.filter(kind="leistung").exists()

    objekte.publish(service)
    assert objekte.row(service).version == 1

    service.bezeichnung_de = "Entwurf"
    service.save_revision()
    assert objekte.row(service).version == 1

    service.unpublish()
    assert objekte.row(service).version == 2


def test_deletion_keeps_the_row_and_raises_its_version() -> None:
    service = objekte.leistung()
    primary_key = service.pk
    with transaction.atomic():
        service.delete()

    row = SearchDokument.objects.get(kind="leistung", object_id=primary_key)
    assert row.version == 2


def test_many_ids_take_one_statement_and_one_notify(
    django_assert_num_queries: object,
) -> None:
    with transaction.atomic(), django_assert_num_queries(2):  # type: ignore[operator]
        mark_changed("leistung", range(1, 5001))

    assert SearchDokument.objects.count() == 5000


def test_kind_without_documents_is_ignored() -> None:
    with transaction.atomic():
        mark_announced("formular", frozenset({1}))

    assert not SearchDokument.objects.exists()


def test_mark_revives_a_dead_row() -> None:
    service = objekte.leistung()
    SearchDokument.objects.update(dead=True, attempts=8, last_error="kaputt")

    objekte.rename(service, "Neu")

    row = objekte.row(service)
    assert (row.dead, row.attempts, row.last_error) == (False, 0, "")


def test_receiver_is_registered() -> None:
    assert "search" in changes.registered()


@pytest.mark.es
def test_day_on_which_a_binding_begins_marks_the_service(index: str) -> None:
    service, dienst = objekte.leistung(), objekte.onlinedienst()
    objekte.bind(service, objekte.gebiet(), dienst, gueltig_ab=date(2100, 3, 1))
    objekte.sync()
    assert objekte.row(service).naechste_aenderung == date(2100, 3, 1)

    # 23:30 in UTC is the next day in Berlin.
    assert mark_due(datetime(2100, 2, 28, 22, 30, tzinfo=UTC)) == 0
    assert mark_due(datetime(2100, 2, 28, 23, 30, tzinfo=UTC)) == 1
    assert objekte.pending() == [("leistung", service.pk)]


def test_due_documents_are_marked_once_only(index: str) -> None:
    service, dienst = objekte.leistung(), objekte.onlinedienst()
    objekte.bind(service, objekte.gebiet(), dienst, gueltig_ab=date(2100, 3, 1))
    objekte.sync()
    that_day = datetime(2100, 3, 1, tzinfo=UTC)

    assert mark_due(that_day) == 1
    version = objekte.row(service).version
    assert mark_due(that_day) == 0  # pending already; asked every 20 seconds
    assert objekte.row(service).version == version


def test_maintenance_begins_and_ends_without_a_write(index: str) -> None:
    """Nobody saves anything when the Wartung begins at three in the morning."""
    von, bis = timezone.now() + timedelta(hours=1), timezone.now() + timedelta(hours=2)
    service, area, dienst = objekte.leistung(), objekte.gebiet(), objekte.onlinedienst()
    objekte.bind(service, area, dienst)
    dienst.wartung_von, dienst.wartung_bis = von, bis
    objekte.publish(dienst)
    objekte.sync()
    assert objekte.row(service).naechster_moment == von

    def online_at(moment: datetime) -> list[int]:
        [inhalt] = read("leistung", [service.pk], heute(moment), moment).inhalte.values()
        return inhalt.online_in

    assert online_at(von - timedelta(seconds=1)) == [area.pk]
    assert online_at(von) == []
    assert online_at(bis) == [area.pk]
    assert mark_due(von - timedelta(seconds=1)) == 0
    assert mark_due(von) == 1


def test_maintenance_of_now_leaves_the_filter_and_comes_back(index: str) -> None:
    service, area, dienst = objekte.leistung(), objekte.gebiet(), objekte.onlinedienst()
    objekte.bind(service, area, dienst)
    objekte.sync()
    assert objekte.row(service).document["online_in"] == [area.pk]

    dienst.wartung_von = timezone.now() - timedelta(minutes=1)
    dienst.wartung_bis = timezone.now() + timedelta(hours=1)
    objekte.publish(dienst)
    objekte.sync()
    assert objekte.row(service).document["online_in"] == []
    assert objekte.row(service).naechster_moment == dienst.wartung_bis

    dienst.wartung_von = dienst.wartung_bis = None
    objekte.publish(dienst)
    objekte.sync()
    assert objekte.row(service).document["online_in"] == [area.pk]
    assert objekte.row(service).naechster_moment is None


def test_disturbed_online_service_is_not_offered(index: str) -> None:
    service, dienst = objekte.leistung(), objekte.onlinedienst()
    objekte.bind(service, objekte.gebiet(), dienst)
    dienst.status = "gestoert"
    objekte.publish(dienst)
    objekte.sync()

    assert objekte.row(service).document["online_in"] == []
