"""The start page is a to-do list of what this user can do."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from editorial_workflows.dashboard.aufgaben import aufzaehlung, lade_aufgaben
from editorial_workflows.dashboard.entwuerfe import lade_entwuerfe
from leistungen.listen.kennzahlen import refresh_kennzahlen
from leistungen.models import Leistungskennzahl
from tests.welt import Welt, build, leistung, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def welt(db: None) -> Welt:
    return build()


@pytest.fixture
def user(db: None) -> User:
    return User.objects.create_superuser("verwaltung")


@pytest.fixture
def workflow(db: None) -> Workflow:
    gruppe = Group.objects.create(name="Freigabe")
    aufgabe = GroupApprovalTask.objects.create(name="Freigabe", active=True)
    aufgabe.groups.add(gruppe)
    workflow = Workflow.objects.create(name="Vier Augen", active=True)
    WorkflowTask.objects.create(workflow=workflow, task=aufgabe, sort_order=0)
    return workflow


def was(user: User) -> list[str]:
    return [aufgabe.was for aufgabe in lade_aufgaben(user, timezone.localdate())]


def test_nothing_to_do_says_so(welt: Welt, user: User, client: Client) -> None:
    Leistungskennzahl.objects.all().delete()
    client.force_login(user)
    html = client.get("/admin/").content.decode()

    assert "Alles erledigt." in html
    assert "Meine letzten Entwürfe" not in html
    assert "Alle Seiten durchsuchen" not in html


def test_each_kind_of_task_has_one_line(welt: Welt, user: User) -> None:
    heute = timezone.localdate()
    publish(welt.hund)
    Leistungskennzahl.objects.filter(leistung=welt.hund).update(
        naechste_pruefung=heute - timedelta(days=9),
        muss_count=2,
        muss_seit=heute,
        veraltet_en=1,
        veraltet_seit=heute,
        ohne_stelle_count=4,
        redaktion=welt.stadtverwaltung,
    )
    aufgaben = lade_aufgaben(user, heute)

    assert [aufgabe.was for aufgabe in aufgaben] == [
        "1 Prüfung ist fällig",
        "1 Text hat Fehler",
        "1 Leistung hat nicht überall eine zuständige Stelle",
        "1 englische Fassung ist veraltet",
    ]
    assert {aufgabe.wessen for aufgabe in aufgaben} == {welt.stadtverwaltung.name_de}
    assert aufgaben[0].seit == heute - timedelta(days=9)
    assert aufgaben[0].adresse.endswith("?reiter=faellig")


def test_draft_goes_to_the_approver_and_back(welt: Welt, user: User, workflow: Workflow) -> None:
    freigabe = User.objects.create_user("freigabe", first_name="Bo", last_name="Muster")
    freigabe.groups.add(Group.objects.get(name="Freigabe"))
    autor = User.objects.create_user("autor", first_name="Ada", last_name="Beispiel")
    Leistungskennzahl.objects.all().delete()
    welt.hund.save_revision(user=autor)
    stand = workflow.start(welt.hund, autor)
    Leistungskennzahl.objects.all().delete()
    (aufgabe,) = lade_aufgaben(freigabe, timezone.localdate())
    assert (aufgabe.was, aufgabe.wessen) == ("1 Text wartet auf Ihre Freigabe", "Ada Beispiel")
    assert f"/edit/{welt.hund.pk}/" in aufgabe.adresse
    assert was(autor) == []

    stand.current_task_state.reject(user=freigabe, comment="Bitte kürzen.")
    (aufgabe,) = lade_aufgaben(autor, timezone.localdate())
    assert (aufgabe.was, aufgabe.wessen) == ("1 Entwurf kam zurück", "von Bo Muster")
    assert "Bitte kürzen." in aufgabe.hinweis
    assert was(freigabe) == []


def test_user_without_rights_sees_no_tasks_of_others(welt: Welt) -> None:
    refresh_kennzahlen()
    niemand = User.objects.create_user("niemand")
    niemand.user_permissions.set(Permission.objects.filter(codename="access_admin"))

    assert was(niemand) == []


def test_own_drafts_newest_first(welt: Welt, user: User) -> None:
    for number in range(7):
        leistung(f"Dienst {number}", f"dienst-{number}").save_revision(user=user)
    welt.stadtverwaltung.save_revision(user=user)
    welt.hund.save_revision(user=User.objects.create_user("andere"))
    entwuerfe = lade_entwuerfe(user)

    assert [entwurf.titel for entwurf in entwuerfe] == [
        str(welt.stadtverwaltung), "Dienst 6", "Dienst 5", "Dienst 4", "Dienst 3",
    ]  # fmt: skip
    assert entwuerfe[0].art == "Behörde"


def test_start_page_costs_the_same_with_more_services(
    welt: Welt, user: User, client: Client, django_assert_max_num_queries: Any
) -> None:
    client.force_login(user)
    for number in range(12):
        publish(leistung(f"Dienst {number}", f"dienst-{number}"))
    refresh_kennzahlen()
    client.get("/admin/")
    with django_assert_max_num_queries(46):
        html = client.get("/admin/").content.decode()

    assert "Texte haben Fehler" in html
    assert 'id="aktualitaet-botschaft"' in html


def test_long_lists_of_names_are_counted() -> None:
    assert aufzaehlung(["A", "B", "C", "D"]) == "A, B und 2 weitere"
    assert aufzaehlung(["A"]) == "A"
