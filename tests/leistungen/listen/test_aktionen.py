"""Bulk actions write drafts, per object and with rights, or nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone

from leistungen.listen import aktionen
from leistungen.models import Leistung
from tests.welt import Welt, build, leistung, publish

pytestmark = pytest.mark.django_db
BASIS = "/admin/bulk/leistungen/leistung"
LISTE = "/admin/snippets/leistungen/leistung/"


@pytest.fixture
def welt(db: None) -> Welt:
    return build()


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("verwaltung"))
    return client


def test_deadline_moves_in_the_draft_only(welt: Welt, admin: Client) -> None:
    publish(welt.hund)
    tag = timezone.localdate() + timedelta(days=90)
    frage = admin.get(f"{BASIS}/frist_verschieben/", {"id": welt.hund.pk, "next": LISTE})
    answer = admin.post(
        f"{BASIS}/frist_verschieben/?id={welt.hund.pk}&next={LISTE}",
        {"naechste_pruefung": tag.isoformat()},
    )
    live = Leistung.objects.get(pk=welt.hund.pk)

    assert welt.hund.titel in frage.content.decode()
    assert answer.status_code == 302
    assert live.naechste_pruefung is None
    assert live.has_unpublished_changes
    assert live.get_latest_revision_as_object().naechste_pruefung == tag
    assert live.kennzahl.naechste_pruefung == tag


def test_deadline_in_the_past_is_refused_in_german(welt: Welt, admin: Client) -> None:
    answer = admin.post(
        f"{BASIS}/frist_verschieben/?id={welt.hund.pk}",
        {"naechste_pruefung": timezone.localdate().isoformat()},
    )

    assert "Wählen Sie einen Tag ab morgen" in answer.content.decode()
    assert not Leistung.objects.get(pk=welt.hund.pk).has_unpublished_changes


def test_assigning_what_is_assigned_already_writes_nothing(welt: Welt, admin: Client) -> None:
    welt.hund.redaktion = welt.stadtverwaltung
    publish(welt.hund)
    revision = welt.hund.latest_revision_id
    adresse = f"{BASIS}/redaktion_zuweisen/?id={welt.hund.pk}&next={LISTE}"
    admin.post(adresse, {"redaktion": welt.stadtverwaltung.pk})
    assert Leistung.objects.get(pk=welt.hund.pk).latest_revision_id == revision

    admin.post(adresse, {"redaktion": welt.verwaltungsgemeinschaft.pk})
    entwurf = Leistung.objects.get(pk=welt.hund.pk).get_latest_revision_as_object()
    assert entwurf.redaktion == welt.verwaltungsgemeinschaft


def test_locked_service_stays_as_it_is(welt: Welt, client: Client) -> None:
    user = User.objects.create_user("redaktion")
    user.user_permissions.set(
        Permission.objects.filter(codename__in=("access_admin", "change_leistung"))
    )
    client.force_login(user)
    Leistung.objects.filter(pk=welt.hund.pk).update(
        locked=True, locked_by=User.objects.create_user("andere"), locked_at=timezone.now()
    )
    tag = timezone.localdate() + timedelta(days=90)
    adresse = f"{BASIS}/frist_verschieben/?id={welt.hund.pk}&next={LISTE}"
    frage = client.get(adresse).content.decode()
    client.post(adresse, {"naechste_pruefung": tag.isoformat()})

    assert "Ihnen fehlt das Recht, oder jemand hat sie gesperrt" in frage
    assert not Leistung.objects.get(pk=welt.hund.pk).has_unpublished_changes


def test_too_many_are_refused_and_nothing_is_written(
    welt: Welt, admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aktionen, "HOECHSTENS", 2)
    ids = [leistung(f"Dienst {n}", f"dienst-{n}").pk for n in range(3)]
    frage = "&".join(f"id={pk}" for pk in ids)
    tag = timezone.localdate() + timedelta(days=90)
    adresse = f"{BASIS}/frist_verschieben/?{frage}&next={LISTE}"
    html = admin.get(adresse).content.decode()
    admin.post(adresse, {"naechste_pruefung": tag.isoformat()})

    assert "zu viele auf einmal" in html
    assert not any(
        Leistung.objects.filter(pk__in=ids, kennzahl__naechste_pruefung=tag).values_list("pk")
    )


def test_all_means_all_of_the_open_tab(welt: Welt, admin: Client) -> None:
    leistung("Entwurf", "entwurf")
    Leistung.objects.filter(slug_de="entwurf").update(live=False)
    antwort = admin.get(f"{BASIS}/frist_verschieben/?id=all&next={LISTE}%3Freiter%3Dentwuerfe")

    assert [eintrag["item"].titel for eintrag in antwort.context["items"]] == ["Entwurf"]


def test_all_of_a_search_means_what_was_found(welt: Welt, admin: Client) -> None:
    leistung("Katze anmelden", "katze")
    antwort = admin.get(f"{BASIS}/frist_verschieben/?id=all&next={LISTE}%3Fq%3Dkatze")

    assert [eintrag["item"].titel for eintrag in antwort.context["items"]] == ["Katze anmelden"]
