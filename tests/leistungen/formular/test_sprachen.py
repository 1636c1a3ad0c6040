"""Tab "Sprachen": what is stale says so, and saving the form alone never settles it."""

from __future__ import annotations

import pytest
from django.test import Client

from leistungen.models import Leistung
from leistungen.uebersetzungen import uebersetzungen
from tests.leistungen.formular.browserform import form_url, lies_form, query

pytestmark = pytest.mark.django_db


def speichere(client: Client, pk: int, **werte: str) -> None:
    daten = lies_form(client, form_url(pk))
    daten |= {name: [wert] for name, wert in werte.items()}
    antwort = client.post(
        form_url(pk), query(daten).urlencode(), content_type="application/x-www-form-urlencoded"
    )
    assert antwort.status_code == 302


def stand(leistung: Leistung, teil: str) -> str:
    leistung.refresh_from_db()
    return uebersetzungen(leistung.get_latest_revision_as_object(), "en")[teil].stand.value


def test_changed_source_is_stale_until_somebody_says_it_fits(
    voll: Leistung, redaktion: Client
) -> None:
    assert stand(voll, "kurztext") == "aktuell"
    speichere(redaktion, voll.pk, kurztext_de="Melden Sie Ihren Hund in zwei Wochen an.")
    assert stand(voll, "kurztext") == "geaendert"

    html = redaktion.get(form_url(voll.pk)).content.decode()
    assert "Englisch: Quelle geändert seit" in html
    assert "<ins>Melden Sie Ihren Hund" in html
    assert 'value="kurztext|en"' in html
    speichere(redaktion, voll.pk)
    assert stand(voll, "kurztext") == "geaendert"

    speichere(redaktion, voll.pk, bestaetigte_uebersetzung="kurztext|en")
    assert stand(voll, "kurztext") == "aktuell"


def test_saving_rich_text_through_the_editor_keeps_a_translation_stale(
    voll: Leistung, redaktion: Client
) -> None:
    entwurf = voll.get_latest_revision_as_object()
    entwurf.volltext_de = "<p>Ein ganz anderer Text.</p>"
    entwurf.save_revision()
    assert stand(voll, "volltext") == "geaendert"
    speichere(redaktion, voll.pk)

    assert stand(voll, "volltext") == "geaendert"


def test_text_of_a_row_is_confirmed_too(voll: Leistung, redaktion: Client) -> None:
    entwurf = voll.get_latest_revision_as_object()
    zeile = entwurf.unterlagen.all()[0]
    teil = f"unterlagen:{zeile.uuid}"
    zeile.bezeichnung_de = "Reisepass"
    entwurf.save_revision()
    assert stand(voll, teil) == "geaendert"
    assert f'value="{teil}|en"' in redaktion.get(form_url(voll.pk)).content.decode()

    speichere(redaktion, voll.pk, bestaetigte_uebersetzung=f"{teil}|en")
    assert stand(voll, teil) == "aktuell"


def test_what_does_not_exist_is_not_confirmed(voll: Leistung, redaktion: Client) -> None:
    speichere(redaktion, voll.pk, bestaetigte_uebersetzung="objects|en")
    voll.refresh_from_db()

    assert "objects" not in voll.get_latest_revision_as_object().uebersetzungsstand
