"""The admin's lists and forms of services and rules."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from leistungen.models import Kriterium, Zustaendigkeit
from search.models import SearchDokument
from tests.welt import Welt, build, leistung

pytestmark = pytest.mark.django_db


@pytest.fixture
def welt(db: None) -> Welt:
    return build()


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("verwaltung"))
    return client


def versions(kind: str = "leistung") -> dict[int, int]:
    return dict(
        SearchDokument.objects.filter(kind=kind).values_list("object_id", "version")  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("path", "queries"),
    [("/admin/snippets/leistungen/leistung/", 12), ("/admin/zustaendigkeiten/", 12)],
)
def test_list_costs_the_same_with_more_rows(
    welt: Welt,
    admin: Client,
    path: str,
    queries: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(12):
        service = leistung(f"Dienst {number}", f"dienst-{number}")
        Zustaendigkeit.objects.create(
            leistung=service, gebiet=welt.erfurt, behoerde=welt.stadtverwaltung
        )
    admin.get(path)  # fills Django's caches of content types and permissions
    with django_assert_max_num_queries(queries):
        assert admin.get(path).status_code == 200


def test_rule_written_in_the_admin_is_marked_for_the_search(welt: Welt, admin: Client) -> None:
    service = leistung("Neu", "neu")
    before = versions()
    answer = admin.post(
        "/admin/zustaendigkeiten/new/",
        {
            "leistung": service.pk,
            "gebiet": welt.erfurt.pk,
            "behoerde": welt.stadtverwaltung.pk,
            "rolle": "01",
            "wirkung": "ersetzt",
        },
    )

    assert answer.status_code == 302, answer.content.decode()[:2000]
    assert Zustaendigkeit.objects.filter(leistung=service).count() == 1
    assert versions()[service.pk] == before[service.pk] + 1


def test_moving_a_rule_marks_both_services(welt: Welt, admin: Client) -> None:
    service = leistung("Neu", "neu")
    regel = Zustaendigkeit.objects.filter(leistung=welt.hund).first()
    assert regel is not None
    before = versions()
    regel.leistung = service
    regel.save()

    assert versions()[service.pk] == before[service.pk] + 1
    assert versions()[welt.hund.pk] == before[welt.hund.pk] + 1


def test_same_rule_twice_is_refused_in_german(welt: Welt, admin: Client) -> None:
    data: dict[str, Any] = {
        "leistung": welt.hund.pk,
        "gebiet": welt.erfurt.pk,
        "behoerde": welt.stadtverwaltung.pk,
        "rolle": "01",
        "wirkung": "ersetzt",
    }
    html = admin.post("/admin/zustaendigkeiten/new/", data).content.decode()

    assert "Diese Zuständigkeit gibt es in dem Zeitraum schon." in html


def test_list_links_to_the_form(welt: Welt, admin: Client) -> None:
    regel = Zustaendigkeit.objects.first()
    assert regel is not None
    html = admin.get("/admin/zustaendigkeiten/").content.decode()

    assert f"/admin/zustaendigkeiten/edit/{regel.pk}/" in html


def test_preview_shows_the_draft_as_a_page(welt: Welt, admin: Client) -> None:
    welt.hund.bezeichnung_de = "Entwurf der Seite"
    welt.hund.save_revision()
    draft = welt.hund.get_latest_revision_as_object()
    answer = draft.make_preview_request(preview_mode="")

    assert answer.status_code == 200
    assert "Entwurf der Seite" in answer.render().content.decode()


LEISTUNG_FORM = "/admin/snippets/leistungen/leistung/edit/{}/"


def regel_daten(welt: Welt, **mehr: Any) -> dict[str, Any]:
    return {
        "leistung": welt.hund.pk,
        "gebiet": welt.erfurt.pk,
        "behoerde": welt.verwaltungsgemeinschaft.pk,
        "rolle": "01",
        "wirkung": "ersetzt",
        **mehr,
    }


def test_form_of_a_service_shows_count_findings_and_tester(welt: Welt, admin: Client) -> None:
    Zustaendigkeit.objects.filter(gebiet=welt.erfurt).delete()
    html = admin.get(LEISTUNG_FORM.format(welt.hund.pk)).content.decode()

    assert "1 Regel</strong> heute gültig, davon 0 fachlich geprüft" in html
    assert "fehlt" in html
    assert f'src="/admin/zustaendigkeiten/leistung/{welt.hund.pk}/tester/"' in html
    assert f'href="/admin/zustaendigkeiten/leistung/{welt.hund.pk}/"' in html


def test_form_of_a_service_lists_only_chosen_areas(welt: Welt, admin: Client) -> None:
    welt.hund.gueltigkeitsgebiete.set([welt.erfurt])
    welt.hund.save()
    html = " ".join(admin.get(LEISTUNG_FORM.format(welt.hund.pk)).content.decode().split())

    assert f'name="gueltigkeitsgebiete" value="{welt.erfurt.pk}" checked' in html
    assert "Udestedt" not in html


def test_rule_that_would_contradict_is_asked_about_once(welt: Welt, admin: Client) -> None:
    daten = regel_daten(welt)
    html = admin.post("/admin/zustaendigkeiten/new/", daten).content.decode()
    assert "Soll es trotzdem so sein?" in html
    assert Zustaendigkeit.objects.count() == 2
    gesehen = re.search(r'name="gesehen" value="(\w+)"', html)
    assert gesehen is not None

    answer = admin.post("/admin/zustaendigkeiten/new/", {**daten, "gesehen": gesehen[1]})

    assert answer.status_code == 302
    assert Zustaendigkeit.objects.count() == 3


def test_rule_with_a_condition_takes_ranges_of_letters(welt: Welt, admin: Client) -> None:
    frage: dict[str, Any] = {"slug": "n", "frage_de": "Familienname?", "art": "buchstabe"}
    kriterium = Kriterium.objects.create(**frage)
    regel = Zustaendigkeit.objects.get(gebiet=welt.erfurt)
    daten = regel_daten(welt, behoerde=welt.stadtverwaltung.pk, kriterium=kriterium.pk, werte="A–Z")

    answer = admin.post(f"/admin/zustaendigkeiten/edit/{regel.pk}/", daten)

    assert answer.status_code == 302, answer.content.decode()[:3000]
    regel.refresh_from_db()
    assert (len(regel.werte), regel.kriterium) == (26, kriterium)


def test_confirmed_rule_names_who_confirmed(welt: Welt, admin: Client) -> None:
    regel = Zustaendigkeit.objects.get(gebiet=welt.erfurt)
    daten = regel_daten(welt, behoerde=welt.stadtverwaltung.pk, verifiziert_am="01.11.2026")

    html = admin.post(f"/admin/zustaendigkeiten/edit/{regel.pk}/", daten).content.decode()

    assert "Nennen Sie, wer die Zuständigkeit geprüft hat." in html


def test_new_rule_of_a_service_leads_back_to_it(welt: Welt, admin: Client) -> None:
    seite = f"/admin/zustaendigkeiten/leistung/{welt.hund.pk}/"
    url = f"/admin/zustaendigkeiten/new/?leistung={welt.hund.pk}&next={seite}"
    html = admin.get(url).content.decode()
    assert "Hund zur Hundesteuer anmelden" in html

    ziel = re.search(r'id="w-editor-form"\s+action="([^"]+)"', html)
    assert ziel is not None
    answer = admin.post(
        ziel[1],
        regel_daten(welt, gebiet=welt.udestedt.pk, behoerde=welt.verwaltungsgemeinschaft.pk),
    )
    if answer.status_code == 200:  # the prover asks first
        gesehen = re.search(r'name="gesehen" value="(\w+)"', answer.content.decode())
        assert gesehen is not None, answer.content.decode()[:3000]
        daten = regel_daten(welt, gebiet=welt.udestedt.pk)
        answer = admin.post(ziel[1], {**daten, "gesehen": gesehen[1]})
    assert answer.url == seite


@pytest.mark.parametrize(
    "path",
    [
        "/admin/kriterien/",
        "/admin/kriterien/new/",
        "/admin/kontaktzuordnungen/",
        "/admin/kontaktzuordnungen/new/",
        "/admin/onlinedienstbindungen/",
        "/admin/formularbindungen/",
        "/admin/zustaendigkeiten/?geprueft=true",
    ],
)
def test_lists_and_forms_open(welt: Welt, admin: Client, path: str) -> None:
    assert admin.get(path).status_code == 200


def test_menu_gathers_what_belongs_to_responsibility(welt: Welt, admin: Client) -> None:
    html = admin.get("/admin/").content.decode()

    for label in ("Zuständigkeiten", "Alle Regeln", "Sammeländerungen", "Fachlich prüfen"):
        assert json.dumps(label) in html
