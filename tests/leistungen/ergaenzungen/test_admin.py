"""The admin of supplements: list, form with the inherited text, page to decide."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from leistungen.models import Ergaenzung
from tests.leistungen.ergaenzungen.conftest import aendere_land, ergaenze
from tests.leistungen.ergaenzungen.test_pruefen import NEUER_TEXT
from tests.welt import Welt

pytestmark = pytest.mark.django_db
LISTE = "/admin/snippets/leistungen/ergaenzung/"


def form_url(ergaenzung: Ergaenzung) -> str:
    return f"{LISTE}edit/{ergaenzung.pk}/"


def test_form_shows_the_inherited_text_and_only_the_text_fields(
    admin: Client, text: Ergaenzung
) -> None:
    html = admin.get(form_url(text)).content.decode()

    assert "Vom Land übernommen" in html
    assert "Das geht per Post." in html
    assert 'name="inhalt_de"' in html
    assert "gebuehren-TOTAL_FORMS" not in html


def test_form_of_costs_shows_only_the_rows_that_fit(admin: Client, kosten: Ergaenzung) -> None:
    html = admin.get(form_url(kosten)).content.decode()

    assert "gebuehren-TOTAL_FORMS" in html
    assert "fristen-TOTAL_FORMS" not in html
    assert 'name="inhalt_de"' not in html
    assert "90\u00a0€" in html


def test_form_shows_three_columns_once_the_text_changed(
    welt: Welt, admin: Client, text: Ergaenzung
) -> None:
    aendere_land(welt, volltext_de=NEUER_TEXT)
    html = admin.get(form_url(text)).content.decode()

    assert "Der allgemeine Text hat sich geändert." in html
    assert "<del>per Post.</del>" in html
    assert "<ins>nur noch online.</ins>" in html
    assert "In Erfurt auch online." in html


def test_saving_the_form_keeps_the_row_and_makes_a_draft(admin: Client, kosten: Ergaenzung) -> None:
    (zeile,) = kosten.gebuehren.all()
    daten: dict[str, Any] = {
        "modus": "ersetzen",
        "stellung": "danach",
        "begruendung": "",
        "gebuehren-TOTAL_FORMS": "1",
        "gebuehren-INITIAL_FORMS": "1",
        "gebuehren-MIN_NUM_FORMS": "0",
        "gebuehren-MAX_NUM_FORMS": "50",
        "gebuehren-0-id": str(zeile.pk),
        "gebuehren-0-uuid": str(zeile.uuid),
        "gebuehren-0-ORDER": "1",
        "gebuehren-0-art": "fix",
        "gebuehren-0-betrag": "120",
        "gebuehren-0-waehrung": "EUR",
    }
    answer = admin.post(form_url(kosten), daten)

    assert answer.status_code == 302, answer.content.decode()[:5000]
    kosten.refresh_from_db()
    entwurf = kosten.get_latest_revision_as_object()
    assert [(z.betrag, z.uuid) for z in entwurf.gebuehren.all()] == [(120, zeile.uuid)]
    assert kosten.gebuehren.all()[0].betrag == 108
    assert entwurf.leistung_id == kosten.leistung_id


def test_first_step_asks_what_it_is_about_and_leads_to_the_second(
    welt: Welt, admin: Client
) -> None:
    html = admin.get(f"{LISTE}add/").content.decode()
    assert 'name="inhalt_de"' not in html

    answer = admin.post(
        f"{LISTE}add/",
        {
            "leistung": welt.hund.pk,
            "gebiet": welt.erfurt.pk,
            "modul_code": "11",
            "modus": "ergaenzen",
            "stellung": "danach",
        },
    )

    ergaenzung = Ergaenzung.objects.get(modul_code="11")
    assert answer.url == form_url(ergaenzung)
    assert not ergaenzung.live


def test_hiding_without_a_reason_is_refused_in_german(welt: Welt, admin: Client) -> None:
    answer = admin.post(
        f"{LISTE}add/",
        {
            "leistung": welt.hund.pk,
            "gebiet": welt.erfurt.pk,
            "modul_code": "11",
            "modus": "ausblenden",
            "stellung": "danach",
        },
    )
    assert "Sagen Sie, warum der Text hier nicht gilt." in answer.content.decode()


def test_list_filters_by_what_has_to_be_checked(
    welt: Welt, admin: Client, text: Ergaenzung, kosten: Ergaenzung
) -> None:
    aendere_land(welt, volltext_de=NEUER_TEXT)
    ja = admin.get(LISTE, {"veraltet": "true"}).content.decode()
    nein = admin.get(LISTE, {"veraltet": "false"}).content.decode()

    assert form_url(text) in ja
    assert form_url(kosten) not in ja
    assert form_url(kosten) in nein
    assert form_url(text) not in nein


def test_list_costs_the_same_with_more_rows(
    welt: Welt, admin: Client, text: Ergaenzung, django_assert_max_num_queries: Any
) -> None:
    for gebiet in (welt.verband, welt.udestedt, welt.kleinmoelsen, welt.kreis):
        ergaenze(welt, gebiet=gebiet)
    admin.get(LISTE)
    with django_assert_max_num_queries(40):
        assert admin.get(LISTE).status_code == 200


def test_deciding_on_the_page_ends_the_task(welt: Welt, admin: Client, text: Ergaenzung) -> None:
    aendere_land(welt, volltext_de=NEUER_TEXT)
    liste = admin.get("/admin/ergaenzungen/pruefen/").content.decode()
    url = f"/admin/ergaenzungen/pruefen/{text.pk}/"
    assert url in liste
    html = admin.get(url).content.decode()
    gesehen = re.search(r'name="gesehen" value="(\w+)"', html)
    assert gesehen is not None

    answer = admin.post(url, {"was": "behalten", "gesehen": gesehen[1]})

    assert answer.url == "/admin/ergaenzungen/pruefen/"
    assert "Alles ist geprüft" in admin.get(answer.url).content.decode()


def test_taking_over_on_the_page_leads_to_the_draft(welt: Welt, admin: Client) -> None:
    eigene = ergaenze(welt, modus="ersetzen")
    aendere_land(welt, volltext_de=NEUER_TEXT)
    url = f"/admin/ergaenzungen/pruefen/{eigene.pk}/"
    gesehen = re.search(r'name="gesehen" value="(\w+)"', admin.get(url).content.decode())
    assert gesehen is not None

    answer = admin.post(url, {"was": "uebernehmen", "gesehen": gesehen[1]})

    assert answer.url == form_url(eigene)
    eigene.refresh_from_db()
    assert eigene.has_unpublished_changes


@pytest.mark.parametrize(
    "path", ["/admin/ergaenzungen/pruefen/", "/admin/ergaenzungen/pruefen/{}/"]
)
def test_person_without_the_right_is_sent_away(client: Client, text: Ergaenzung, path: str) -> None:
    from django.contrib.auth.models import Permission

    user = User.objects.create_user("fremd")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)

    assert client.get(path.format(text.pk)).status_code == 302
    assert client.post(path.format(text.pk), {"was": "behalten"}).status_code in {302, 405}
