"""Contact persons: found by uuid while they may be shown, deleted everywhere on their day."""

from __future__ import annotations

import json
import logging
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Revision

from behoerden.kontakte import purge_kontaktpersonen
from behoerden.models import Behoerde, Kontaktperson
from behoerden.selectors import kontaktperson_fuer
from tests.behoerden.factories import KontaktpersonFactory, VollstaendigeBehoerdeFactory

pytestmark = pytest.mark.django_db
Ansage = list[tuple[str, frozenset[int]]]
NAME = "Unverwechselbar"


def heute() -> date:
    return timezone.localdate()


def amt_mit(*, tage: int, **felder: object) -> Behoerde:
    """A published authority with one person who is deleted in so many days."""
    person = KontaktpersonFactory.build(
        name=NAME, loeschen_am=heute() + timedelta(days=tage), **felder
    )
    behoerde: Behoerde = VollstaendigeBehoerdeFactory(veroeffentlicht=True, person=person)
    return behoerde


def names_anywhere() -> int:
    """How often the name is stored: live rows and revisions."""
    live = Kontaktperson.objects.filter(name=NAME).count()
    inhalte = Revision.objects.values_list("content", flat=True)
    return live + sum(json.dumps(inhalt).count(NAME) for inhalt in inhalte)


def test_person_is_found_by_the_uuid_that_survives_publishing() -> None:
    behoerde = amt_mit(tage=30)
    uuid = behoerde.kontaktpersonen.get().uuid
    behoerde.save_revision().publish()

    with CaptureQueriesContext(connection) as queries:
        gefunden = kontaktperson_fuer([uuid], heute())

    assert len(queries) == 1
    assert gefunden[uuid].zeile == (
        f"Frau Dr. {NAME}, Gewerbeanmeldungen, Raum 12, Telefon 030 23125 005"
    )
    assert gefunden[uuid].behoerde_id == behoerde.pk
    assert kontaktperson_fuer([], heute()) == {}


@pytest.mark.parametrize("grund", ["nicht öffentlich", "abgelaufen", "Behörde zurückgezogen"])
def test_person_that_may_not_be_shown_is_not_found(grund: str) -> None:
    behoerde = amt_mit(tage=30, veroeffentlichen=grund != "nicht öffentlich")
    uuid = behoerde.kontaktpersonen.get().uuid
    if grund == "Behörde zurückgezogen":
        behoerde.unpublish()
    stichtag = heute() + timedelta(days=30 if grund == "abgelaufen" else 0)

    assert kontaktperson_fuer([uuid], stichtag) == {}


def test_purge_deletes_live_rows_and_every_revision(
    angesagt: Ansage, caplog: pytest.LogCaptureFixture
) -> None:
    faellig, bleibt = amt_mit(tage=30), amt_mit(tage=31)
    faellig.save_revision()
    faellig.save_revision().publish()
    angesagt.clear()

    with caplog.at_level(logging.INFO, "behoerden.kontakte"):
        bericht = purge_kontaktpersonen(heute() + timedelta(days=30))

    assert (bericht.personen, bericht.fassungen, bericht.behoerden) == (1, 3, (faellig.pk,))
    assert angesagt == [("behoerde", frozenset({faellig.pk}))]
    assert list(Kontaktperson.objects.values_list("behoerde", flat=True)) == [bleibt.pk]
    assert names_anywhere() == 2  # row and revision of the other one
    meldungen = [r.getMessage() for r in caplog.records if r.name == "behoerden.kontakte"]
    assert len(meldungen) == 1
    assert NAME not in meldungen[0]


def test_after_the_purge_the_live_revision_holds_what_is_live() -> None:
    behoerde = amt_mit(tage=10)

    purge_kontaktpersonen(heute() + timedelta(days=10))
    behoerde.refresh_from_db()

    entwurf = behoerde.latest_revision.as_object()
    assert list(entwurf.kontaktpersonen.all()) == list(behoerde.kontaktpersonen.all()) == []
    assert entwurf.oeffnungszeiten.count() == 2
    behoerde.latest_revision.publish()
    assert names_anywhere() == 0


def test_second_purge_changes_and_announces_nothing(angesagt: Ansage) -> None:
    amt_mit(tage=10)
    tag = heute() + timedelta(days=10)
    purge_kontaktpersonen(tag)
    angesagt.clear()

    bericht = purge_kontaktpersonen(tag)

    assert (bericht.personen, bericht.fassungen, bericht.behoerden) == (0, 0, ())
    assert angesagt == []


def test_the_day_named_last_counts_for_all_copies() -> None:
    """Shortened: old revisions do not keep the person. Extended in a draft: nothing is lost."""
    kuerzer, laenger = amt_mit(tage=300), amt_mit(tage=10)
    for behoerde, tage in ((kuerzer, 10), (laenger, 300)):
        person = behoerde.kontaktpersonen.get()
        person.loeschen_am = heute() + timedelta(days=tage)
        behoerde.kontaktpersonen = [person]
        behoerde.save_revision()

    purge_kontaktpersonen(heute() + timedelta(days=10))

    assert list(Kontaktperson.objects.values_list("behoerde", flat=True)) == [laenger.pk]
    assert names_anywhere() == 3  # row and both revisions of the extended one


def test_person_removed_by_editors_leaves_old_revisions_on_its_day() -> None:
    behoerde = amt_mit(tage=10)
    behoerde.kontaktpersonen = []
    behoerde.save_revision().publish()
    assert names_anywhere() == 1

    purge_kontaktpersonen(heute() + timedelta(days=9))
    assert names_anywhere() == 1
    purge_kontaktpersonen(heute() + timedelta(days=10))

    assert names_anywhere() == 0


def test_command_reports_counts_and_can_look_first() -> None:
    amt_mit(tage=30)
    Kontaktperson.objects.update(loeschen_am=heute())
    ausgabe = StringIO()

    call_command("purge_kontaktpersonen", "--dry-run", stdout=ausgabe)
    assert Kontaktperson.objects.count() == 1
    assert "Zu löschen wären: 0 Kontaktpersonen" in ausgabe.getvalue()  # the draft says later

    for revision in Revision.objects.filter(content__has_key="kontaktpersonen"):
        for person in revision.content["kontaktpersonen"]:
            person["loeschen_am"] = heute().isoformat()
        revision.save(update_fields=["content"])
    ausgabe = StringIO()
    call_command("purge_kontaktpersonen", stdout=ausgabe)

    assert Kontaktperson.objects.count() == 0
    assert "Gelöscht: 1 Kontaktpersonen" in ausgabe.getvalue()
    assert NAME not in ausgabe.getvalue()
