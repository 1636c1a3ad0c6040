"""The admin's lists and forms of services and rules."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from leistungen.models import Zustaendigkeit
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
