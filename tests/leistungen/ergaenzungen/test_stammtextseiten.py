"""The pages on which the Land decides about a new text of the Bund."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from leistungen.models import Leistung
from leistungen.stammtexte import adopt_stammtext, store_stammtext

pytestmark = pytest.mark.django_db

ERSTE = {"06": {"de": "<p>Eins.</p><p>Zwei.</p>"}, "16": {"de": "<p>Hinweis.</p>"}}
ZWEITE = {"06": {"de": "<p>Eins.</p><p>Zwei, geändert.</p>"}, "16": {"de": "<p>Hinweis.</p>"}}


@pytest.fixture
def leistung(db: None) -> Leistung:
    objekt = Leistung(
        bezeichnung_de="Hund anmelden", slug_de="hund", volltext_de="<p>Unser Text.</p>"
    )
    objekt.save()
    objekt.save_revision().publish()
    erster = store_stammtext(objekt, agency="B1", xzufi_id="1", version="1", module=ERSTE)
    adopt_stammtext(objekt, erster).publish()
    store_stammtext(objekt, agency="B1", xzufi_id="1", version="2", module=ZWEITE)
    return Leistung.objects.get(pk=objekt.pk)


@pytest.fixture
def redaktion(client: Client) -> Client:
    client.force_login(get_user_model().objects.create_superuser("chef", "c@zufi.example", "x"))
    return client


def neuester(leistung: Leistung) -> int:
    return int(leistung.stammtexte.order_by("-pk").values_list("pk", flat=True)[0])


def test_three_columns_and_a_decision_per_module(redaktion: Client, leistung: Leistung) -> None:
    html = redaktion.get(reverse("ergaenzungen:stammtext", args=[neuester(leistung)]))
    text = html.content.decode()

    assert "Unser Text." in text
    assert "<ins>geändert.</ins>" in text or "geändert" in text
    assert "Dieser Abschnitt ist beim Bund unverändert." in text
    assert '<option value="ersetzen" selected>unseren Text behalten</option>' in text


def test_taking_over_makes_a_draft_and_keeps_ours(redaktion: Client, leistung: Leistung) -> None:
    antwort = redaktion.post(
        reverse("ergaenzungen:stammtext", args=[neuester(leistung)]), {"modus-06": "ergaenzen"}
    )

    assert antwort.status_code == 302
    live = Leistung.objects.get(pk=leistung.pk)
    entwurf = live.get_latest_revision_as_object()
    assert live.stammtext.version == "1"
    assert entwurf.stammtext.version == "2"
    assert entwurf.modulmodi["06"] == "ergaenzen"
    assert entwurf.volltext_de == "<p>Unser Text.</p>"


def test_list_and_dashboard_name_what_waits(redaktion: Client, leistung: Leistung) -> None:
    assert "Hund anmelden" in redaktion.get(reverse("ergaenzungen:stammtexte")).content.decode()
    startseite = redaktion.get(reverse("wagtailadmin_home")).content.decode()
    assert "1 neuer Text des Bundes wartet auf eine Entscheidung" in startseite


def test_nothing_to_decide_is_taken_over_together(redaktion: Client, leistung: Leistung) -> None:
    Leistung.objects.filter(pk=leistung.pk).update(volltext_de="", modulmodi={})

    redaktion.post(reverse("ergaenzungen:stammtexte"))

    entwurf = Leistung.objects.get(pk=leistung.pk).get_latest_revision_as_object()
    assert entwurf.stammtext.version == "2"


def test_others_are_refused(client: Client, leistung: Leistung) -> None:
    user = get_user_model().objects.create_user("leser", "l@zufi.example", "x")
    client.force_login(user)

    for url in (
        reverse("ergaenzungen:stammtexte"),
        reverse("ergaenzungen:stammtext", args=[neuester(leistung)]),
    ):
        assert client.get(url).status_code in {302, 403}
        assert client.post(url).status_code in {302, 403}
    assert (
        Leistung.objects.get(pk=leistung.pk).get_latest_revision_as_object().stammtext.version
        == "1"
    )
