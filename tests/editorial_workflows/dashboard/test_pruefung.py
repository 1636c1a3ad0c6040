"""A confirmed review is a fact of its own: no draft, no publication, and never by saving."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry, Revision

from editorial_workflows.models import Pruefung, PruefungBleibt
from editorial_workflows.pruefung.dienste import NichtVeroeffentlicht, confirm_pruefungen
from leistungen.models import Leistung
from tests.welt import Welt, build, leistung, publish

pytestmark = pytest.mark.django_db
LISTE = "/admin/snippets/leistungen/leistung/"


@pytest.fixture
def welt(db: None) -> Welt:
    return build()


@pytest.fixture
def user(db: None) -> User:
    return User.objects.create_superuser("verwaltung", first_name="Ada", last_name="Beispiel")


def test_confirming_moves_the_clock_and_nothing_else(welt: Welt, user: User) -> None:
    publish(welt.hund)
    vorher = Leistung.objects.get(pk=welt.hund.pk)
    jetzt = timezone.now()
    neu = confirm_pruefungen([welt.hund.pk], user=user, jetzt=jetzt)[welt.hund.pk]
    danach = Leistung.objects.get(pk=welt.hund.pk)
    pruefung = Pruefung.objects.get()

    assert danach.naechste_pruefung == neu == pruefung.naechste_am
    assert danach.latest_revision_id == vorher.latest_revision_id
    assert not danach.has_unpublished_changes
    assert danach.last_published_at == vorher.last_published_at
    assert (pruefung.von, pruefung.geprueft_am) == (user, jetzt)
    assert danach.kennzahl.geprueft_am == jetzt
    assert ModelLogEntry.objects.filter(action="editorial_workflows.pruefung").count() == 1


def test_publishing_the_draft_does_not_set_the_clock_back(welt: Welt, user: User) -> None:
    publish(welt.hund)
    entwurf = welt.hund.get_latest_revision_as_object()
    entwurf.kurztext_de = "Neu."
    entwurf.save_revision()
    neu = confirm_pruefungen([welt.hund.pk], user=user, jetzt=timezone.now())[welt.hund.pk]
    Leistung.objects.get(pk=welt.hund.pk).latest_revision.publish()
    danach = Leistung.objects.get(pk=welt.hund.pk)

    assert danach.naechste_pruefung == neu
    assert danach.kurztext_de == "Neu."


def test_same_text_has_the_same_hash_and_another_has_not(welt: Welt, user: User) -> None:
    publish(welt.hund)
    for _ in range(2):
        confirm_pruefungen([welt.hund.pk], user=user, jetzt=timezone.now())
    entwurf = Leistung.objects.get(pk=welt.hund.pk).get_latest_revision_as_object()
    entwurf.kurztext_de = "Neu."
    entwurf.save_revision().publish()
    confirm_pruefungen([welt.hund.pk], user=user, jetzt=timezone.now())
    dritte, zweite, erste = Pruefung.objects.all()

    assert erste.inhalt_hash == zweite.inhalt_hash != dritte.inhalt_hash


def test_saving_and_publishing_confirm_nothing(welt: Welt) -> None:
    publish(welt.hund)

    assert not Pruefung.objects.exists()
    assert Leistung.objects.get(pk=welt.hund.pk).kennzahl.geprueft_am is None


def test_only_public_text_is_confirmed(welt: Welt, user: User) -> None:
    entwurf = leistung("Entwurf", "entwurf")
    Leistung.objects.filter(pk=entwurf.pk).update(live=False)
    with pytest.raises(NichtVeroeffentlicht):
        confirm_pruefungen([welt.hund.pk, entwurf.pk], user=user, jetzt=timezone.now())

    assert not Pruefung.objects.exists()


def test_review_is_neither_changed_nor_deleted(welt: Welt, user: User) -> None:
    confirm_pruefungen([welt.hund.pk], user=user, jetzt=timezone.now())
    pruefung = Pruefung.objects.get()
    with pytest.raises(PruefungBleibt):
        pruefung.save()
    with pytest.raises(PruefungBleibt):
        pruefung.delete()


def test_one_button_leads_back_to_the_list(welt: Welt, user: User, client: Client) -> None:
    client.force_login(user)
    welt.hund.naechste_pruefung = timezone.localdate() - timedelta(days=1)
    publish(welt.hund)
    adresse = f"/admin/pruefungen/{welt.hund.pk}/"
    assert adresse in client.get(LISTE).content.decode()
    assert adresse in client.get(f"{LISTE}edit/{welt.hund.pk}/").content.decode()
    seite = client.get(adresse, {"next": f"{LISTE}?reiter=faellig"}).content.decode()
    antwort = client.post(adresse, {"next": f"{LISTE}?reiter=faellig"})

    assert "Ist der Inhalt aktuell?" in seite
    assert antwort.headers["Location"] == f"{LISTE}?reiter=faellig"
    assert Pruefung.objects.count() == 1
    assert "Ada Beispiel" in client.get(adresse).content.decode()


def test_bulk_action_confirms_the_chosen_ones(welt: Welt, user: User, client: Client) -> None:
    client.force_login(user)
    zweite = leistung("Zweite", "zweite")
    adresse = f"/admin/bulk/leistungen/leistung/pruefung_bestaetigen/?id={welt.hund.pk}"
    assert welt.hund.titel in client.get(f"{adresse}&id={zweite.pk}").content.decode()
    client.post(f"{adresse}&id={zweite.pk}&next={LISTE}")

    assert Pruefung.objects.count() == 2
    Leistung.objects.filter(pk=zweite.pk).update(live=False)
    client.post(f"{adresse}&id={zweite.pk}&next={LISTE}")
    assert Pruefung.objects.count() == 2  # nothing at all, if one of them is a draft


def test_confirming_needs_the_right_to_change(welt: Welt, client: Client) -> None:
    fremde = User.objects.create_user("fremde")
    fremde.user_permissions.set(
        Permission.objects.filter(codename__in=("access_admin", "view_leistung"))
    )
    client.force_login(fremde)
    antwort = client.post(f"/admin/pruefungen/{welt.hund.pk}/")

    assert antwort.status_code == 302
    assert not Pruefung.objects.exists()


def test_deleting_a_service_takes_its_reviews(welt: Welt, user: User) -> None:
    dienst = leistung("Weg", "weg")
    confirm_pruefungen([dienst.pk], user=user, jetzt=timezone.now())
    Leistung.objects.get(pk=dienst.pk).delete()

    assert not Pruefung.objects.exists()
    assert not Revision.objects.for_instance(dienst).exists()
