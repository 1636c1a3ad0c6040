"""Scheduled publishing and expiry."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from editorial_workflows.faellig import publish_due
from leistungen.models import Leistung
from search.models import SearchDokument
from tests.welt import leistung

pytestmark = pytest.mark.django_db


def schedule(obj: Leistung, titel: str, minutes: int) -> None:
    obj.bezeichnung_de = titel
    obj.go_live_at = timezone.now() + timedelta(minutes=minutes)
    obj.save_revision().publish()
    obj.refresh_from_db()


def due(minutes: int = 0) -> Any:
    """Run when this time has passed: Wagtail looks at the clock, too."""
    later = timezone.now() + timedelta(minutes=minutes)
    with time_machine.travel(later):
        return publish_due(later)


def test_planned_title_goes_live_when_its_time_has_come() -> None:
    service = leistung("Alt", "dienst")
    schedule(service, "Neu", minutes=10)
    assert due().veroeffentlicht == 0
    version = SearchDokument.objects.get(kind="leistung", object_id=service.pk).version

    assert due(minutes=11).veroeffentlicht == 1
    service.refresh_from_db()
    assert service.bezeichnung_de == "Neu"
    assert SearchDokument.objects.get(kind="leistung", object_id=service.pk).version > version


def test_expired_service_leaves_the_site() -> None:
    service = leistung("Bald vorbei", "dienst")
    service.expire_at = timezone.now() + timedelta(minutes=5)
    service.save_revision().publish()

    assert due().abgelaufen == 0
    assert due(minutes=6).abgelaufen == 1
    service.refresh_from_db()
    assert not service.live
    assert due(minutes=7).abgelaufen == 0


def test_one_bad_object_stops_nobody() -> None:
    taken = leistung("Belegt", "belegt")
    bad = leistung("Schlecht", "schlecht")
    good = leistung("Gut", "gut")
    schedule(bad, "Schlecht neu", minutes=1)
    revision = bad.scheduled_revision
    assert revision is not None
    revision.content["slug_de"] = taken.slug_de
    revision.save()
    schedule(good, "Gut neu", minutes=1)

    bericht = due(minutes=2)
    good.refresh_from_db()
    assert good.bezeichnung_de == "Gut neu"
    assert bericht.veroeffentlicht == 1
    assert len(bericht.fehler) == 1


def test_command_names_what_failed() -> None:
    taken = leistung("Belegt", "belegt")
    bad = leistung("Schlecht", "schlecht")
    schedule(bad, "Schlecht neu", minutes=1)
    revision = bad.scheduled_revision
    assert revision is not None
    revision.content["slug_de"] = taken.slug_de
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.save()

    with pytest.raises(CommandError, match="Diese Adresse ist schon vergeben"):
        call_command("publish_due")
