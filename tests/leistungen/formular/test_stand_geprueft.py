"""Two people at one object: nobody is overwritten unasked, nothing that was typed is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from leistungen.models import Formular, Leistung, Onlinedienst
from tests.leistungen.formular.browserform import felder, form_url, lies_form, query
from tests.welt import Welt, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def kollegin() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("kollegin"))
    return client


def post(client: Client, url: str, daten: dict[str, list[str]], **header: str) -> Any:
    return client.post(
        url,
        query(daten).urlencode(),
        content_type="application/x-www-form-urlencoded",
        headers=header,
    )


def objekte(welt: Welt) -> dict[str, tuple[Any, str, str]]:
    formular = Formular(bezeichnung_de="Antrag", url="https://formular.example/")
    formular.save()
    return {
        "leistung": (welt.hund, form_url(welt.hund.pk), "kurztext_de"),
        "onlinedienst": _snippet(Onlinedienst.objects.get(), "bezeichnung_de"),
        "formular": _snippet(publish(formular), "bezeichnung_de"),
        "behoerde": _snippet(welt.stadtverwaltung, "name_de"),
    }


def _snippet(objekt: Any, feld: str) -> tuple[Any, str, str]:
    app, name = objekt._meta.app_label, objekt._meta.model_name
    return objekt, f"/admin/snippets/{app}/{name}/edit/{objekt.pk}/", feld


@pytest.mark.parametrize("name", ["leistung", "onlinedienst", "formular", "behoerde"])
def test_stale_save_is_refused_with_a_choice(
    welt: Welt, redaktion: Client, kollegin: Client, name: str
) -> None:
    objekt, url, feld = objekte(welt)[name]
    meine = lies_form(redaktion, url)
    ihre = lies_form(kollegin, url)
    ihre[feld] = ["Text der Kollegin"]
    assert post(kollegin, url, ihre).status_code == 302
    meine[feld] = ["Mein Text"]

    antwort = post(redaktion, url, meine)
    html = antwort.content.decode()
    objekt.refresh_from_db()

    assert antwort.status_code == 200
    assert "Mein Text" in html
    assert "kollegin gespeichert" in html
    assert getattr(objekt.get_latest_revision_as_object(), feld) == "Text der Kollegin"

    # The form shown again is still stale: the next save is refused too, and so is autosave.
    noch_einmal = felder(html)
    assert post(redaktion, url, noch_einmal).status_code == 200
    auch = post(redaktion, url, noch_einmal | {"trotzdem": ["1"]}, accept="application/json")
    assert auch.status_code == 400
    objekt.refresh_from_db()
    assert getattr(objekt.get_latest_revision_as_object(), feld) == "Text der Kollegin"

    assert post(redaktion, url, noch_einmal | {"trotzdem": ["1"]}).status_code == 302
    objekt.refresh_from_db()
    assert getattr(objekt.get_latest_revision_as_object(), feld) == "Mein Text"
    fassungen = [getattr(r.as_object(), feld) for r in objekt.revisions.order_by("-created_at")]
    assert fassungen[:2] == ["Mein Text", "Text der Kollegin"]


def test_nobody_in_between_means_no_question(welt: Welt, redaktion: Client) -> None:
    url = form_url(welt.hund.pk)
    for text in ("Erster Satz.", "Zweiter Satz."):
        daten = lies_form(redaktion, url)
        daten["kurztext_de"] = [text]
        assert post(redaktion, url, daten).status_code == 302
    welt.hund.refresh_from_db()

    assert welt.hund.get_latest_revision_as_object().kurztext_de == "Zweiter Satz."


def test_autosave_stays_on(welt: Welt, redaktion: Client) -> None:
    html = redaktion.get(form_url(welt.hund.pk)).content.decode()

    assert "data-w-autosave-interval-value" in html
    assert Leistung._meta.model_name == "leistung"
