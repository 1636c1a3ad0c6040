"""The list of services: tabs, columns, counts, export, and what it costs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from leistungen.listen.kennzahlen import refresh_kennzahlen
from leistungen.listen.reiter import REITER, zaehle
from leistungen.models import Leistung, Leistungsschluessel, Zustaendigkeit
from tests.welt import Welt, build, leistung, publish

pytestmark = pytest.mark.django_db
LISTE = "/admin/snippets/leistungen/leistung/"


@pytest.fixture
def welt(db: None) -> Welt:
    return build()


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("verwaltung"))
    return client


def rows(admin: Client, reiter: str) -> list[str]:
    answer = admin.get(LISTE, {"reiter": reiter})
    assert answer.status_code == 200
    return [row.titel for row in answer.context["object_list"]]


def test_every_tab_counts_what_it_lists(welt: Welt, admin: Client) -> None:
    leistung("Entwurf ohne Veröffentlichung", "entwurf")
    Leistung.objects.filter(slug_de="entwurf").update(live=False)
    refresh_kennzahlen()
    zahlen = zaehle(Leistung.objects.all(), timezone.localdate())

    for reiter in REITER:
        assert len(rows(admin, reiter.slug)) == zahlen[reiter.slug], reiter.slug
    assert zahlen["entwuerfe"] == 1
    assert zahlen["alle"] == Leistung.objects.count()


def test_tabs_are_links_with_counts_and_one_is_current(welt: Welt, admin: Client) -> None:
    html = admin.get(LISTE, {"reiter": "faellig"}).content.decode()

    for reiter in REITER:
        if reiter.fest:
            assert f"{reiter.titel} <span" in html
    assert html.count('aria-current="page">Fällig') == 1
    assert '<input type="hidden" name="reiter" value="faellig">' in html


def test_due_means_the_date_of_the_latest_draft(welt: Welt, admin: Client) -> None:
    welt.hund.naechste_pruefung = timezone.localdate() - timedelta(days=3)
    publish(welt.hund)
    assert rows(admin, "faellig") == [welt.hund.titel]

    entwurf = welt.hund.get_latest_revision_as_object()
    entwurf.naechste_pruefung = timezone.localdate() + timedelta(days=10)
    entwurf.save_revision()

    assert rows(admin, "faellig") == []
    assert rows(admin, "bald-faellig") == [welt.hund.titel]
    assert rows(admin, "entwuerfe") == [welt.hund.titel]


def test_hard_text_is_found_as_soon_as_it_is_saved(welt: Welt, admin: Client) -> None:
    welt.hund.volltext_de = (
        "<p>Die Anmeldung der Hundehaltung ist durch den Halter oder die Halterin innerhalb von "
        "zwei Wochen nach Beginn der Haltung unter Vorlage eines Nachweises über das Bestehen "
        "einer Haftpflichtversicherung sowie der Kennzeichnung des Tieres bei der zuständigen "
        "Gemeindeverwaltung schriftlich vorzunehmen.</p>"
    )
    welt.hund.kurztext_de = ""
    welt.hund.save_revision()

    assert rows(admin, "schwer") == [welt.hund.titel]


def test_changed_german_makes_the_english_stale(welt: Welt, admin: Client) -> None:
    welt.hund.kurztext_de, welt.hund.kurztext_en = "Melden Sie den Hund an.", "Register the dog."
    welt.hund.save_revision()
    assert rows(admin, "englisch") == []

    entwurf = welt.hund.get_latest_revision_as_object()
    entwurf.kurztext_de = "Melden Sie jeden Hund an."
    entwurf.save_revision()

    assert rows(admin, "englisch") == [welt.hund.titel]
    assert Leistung.objects.get(pk=welt.hund.pk).kennzahl.veraltet_seit == timezone.localdate()


def test_lost_rule_is_counted_when_the_tab_is_opened(welt: Welt, admin: Client) -> None:
    refresh_kennzahlen()
    vorher = Leistung.objects.get(pk=welt.hund.pk).kennzahl.ohne_stelle_count
    regel = Zustaendigkeit.objects.filter(leistung=welt.hund, gebiet=welt.erfurt).first()
    assert regel is not None
    regel.delete()
    assert rows(admin, "ohne-stelle") == [welt.hund.titel]
    kennzahl = Leistung.objects.get(pk=welt.hund.pk).kennzahl

    assert kennzahl.ohne_stelle_count > vorher
    assert kennzahl.ohne_stelle_seit == timezone.localdate()


def test_submitted_draft_waits_for_approval(welt: Welt, admin: Client) -> None:
    user = User.objects.get(username="verwaltung")
    aufgabe = GroupApprovalTask.objects.create(name="Freigabe", active=True)
    workflow = Workflow.objects.create(name="Vier Augen", active=True)
    WorkflowTask.objects.create(workflow=workflow, task=aufgabe, sort_order=0)
    welt.hund.save_revision()
    workflow.start(welt.hund, user)

    assert rows(admin, "freigabe") == [welt.hund.titel]
    assert "zur Freigabe" in admin.get(LISTE).content.decode()


def test_level_is_where_the_rules_stand(welt: Welt, admin: Client) -> None:
    html = admin.get(LISTE).content.decode()

    assert "Gemeinde" in html
    assert "veröffentlicht" in html


def test_search_stays_in_the_tab(welt: Welt, admin: Client) -> None:
    leistung("Hund abmelden", "hund-abmelden")
    html = admin.get(f"{LISTE}results/", {"reiter": "faellig", "q": "Hund"}).content.decode()

    assert "keine Leistung" in html
    assert f'href="{LISTE}"' in html


@pytest.mark.parametrize("suche", ["hunde", "Hund halt", "99", "hundesteuer"])
def test_search_finds_parts_of_words_titles_and_search_words(
    welt: Welt, admin: Client, suche: str
) -> None:
    dienst = leistung("Hundehaltung anzeigen", "hundehaltung", "Hundesteuer")
    Leistungsschluessel.objects.create(
        leistung=dienst, schluessel="99102003060000", ist_primaer=True
    )
    gefunden = admin.get(LISTE, {"q": suche}).context["object_list"]

    assert "Hundehaltung anzeigen" in [row.titel for row in gefunden]


def test_empty_tab_says_what_it_means(welt: Welt, admin: Client) -> None:
    html = admin.get(LISTE, {"reiter": "freigabe"}).content.decode()

    assert "Keine Leistung wartet auf eine Freigabe." in html


@pytest.mark.parametrize("reiter", ["alle", "faellig", "schwer", "englisch"])
def test_list_takes_ten_queries_for_any_number_of_rows(
    welt: Welt,
    admin: Client,
    reiter: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(12):
        leistung(f"Dienst {number}", f"dienst-{number}")
    refresh_kennzahlen()
    Leistung.objects.update(naechste_pruefung=timezone.localdate())
    admin.get(LISTE)
    # Ten, and the savepoint of ATOMIC_REQUESTS inside the transaction of the test.
    with django_assert_max_num_queries(12):
        assert admin.get(LISTE, {"reiter": reiter}).status_code == 200


def test_export_holds_the_rows_of_the_tab(welt: Welt, admin: Client) -> None:
    welt.hund.naechste_pruefung = timezone.localdate()
    publish(welt.hund)
    leistung("Nicht fällig", "nicht-faellig")
    answer = admin.get(LISTE, {"reiter": "faellig", "export": "csv"})
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]

    zeilen = text.splitlines()
    assert zeilen[0].startswith("Titel,Adresse der Seite,Ebene,Status")
    assert len(zeilen) == 2
    assert welt.hund.titel in zeilen[1]
    assert admin.get(LISTE, {"export": "xlsx"}).status_code == 200


def test_chooser_costs_the_same_with_more_rows(
    welt: Welt, admin: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        leistung(f"Dienst {number}", f"dienst-{number}")
    admin.get("/admin/snippets/choose/leistungen/leistung/")
    with django_assert_max_num_queries(8):
        answer = admin.get("/admin/snippets/choose/leistungen/leistung/")

    assert answer.status_code == 200
