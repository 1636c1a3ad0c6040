"""The form of a service opens, saves and keeps everything it holds."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.utils import translation
from modelcluster.models import get_all_child_relations
from pytest_django import DjangoAssertNumQueries

from leistungen.formular.entwurf import form_class
from leistungen.models import Codeliste, Codewert, Leistung
from tests.leistungen.formular.browserform import felder, form_url, lies_form, neue_zeile, query
from tests.leistungen.formular.inhalt import inhalt, kennungen
from zufi.common.sprachfest import unsuffixed_fields

pytestmark = pytest.mark.django_db

FORM_URLENCODED = "application/x-www-form-urlencoded"


def speichere(client: Client, pk: int, daten: dict[str, list[str]], **header: str) -> Any:
    return client.post(
        form_url(pk), query(daten).urlencode(), content_type=FORM_URLENCODED, headers=header
    )


def editable(model: type[models.Model]) -> set[str]:
    """Fields an editor may fill; translated ones by their suffixed names."""
    alle = (*model._meta.concrete_fields, *model._meta.many_to_many)
    ohne = {*unsuffixed_fields(model), "sort_order", "id"}
    return {
        feld.name
        for feld in alle
        if feld.editable and feld.name not in ohne and type(feld).__name__ != "ParentalKey"
    }


def test_form_opens_with_36_texts_and_40_rows(
    voll: Leistung, redaktion: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    redaktion.get(form_url(voll.pk))  # fills Django's caches of content types and permissions
    with django_assert_max_num_queries(160):
        html = redaktion.get(form_url(voll.pk)).content.decode()

    assert html.count('data-lf-zeile="') >= 40
    assert "30\u00a0€ (für den 0. Hund)" in html


def test_every_field_of_the_models_is_in_the_form() -> None:
    form = form_class()
    fehlend = {f"leistung.{name}" for name in editable(Leistung) - set(form.base_fields)}
    for relation in get_all_child_relations(Leistung):
        name, model = relation.get_accessor_name(), relation.related_model
        if name in form.formsets:
            zeile = form.formsets[name].form.base_fields
            fehlend |= {f"{name}.{feld}" for feld in editable(model) - set(zeile)}
        elif model.__name__ not in {"Revision"}:
            fehlend.add(name)

    # Wagtail's own: the lock, the dates of publication and the workflow have their own places.
    assert {name for name in fehlend if "locked" not in name} <= {
        "leistung.expired",
        "leistung.first_published_at",
    }


@pytest.mark.parametrize("sprache", ["de", "en", "de-simple"])
def test_untouched_form_changes_nothing(voll: Leistung, redaktion: Client, sprache: str) -> None:
    vorher, zeilen = inhalt(voll), kennungen(voll)
    with translation.override(sprache):
        daten = lies_form(redaktion, form_url(voll.pk))
        antwort = speichere(redaktion, voll.pk, daten)
    voll.refresh_from_db()

    assert antwort.status_code == 302, antwort.content.decode()[:3000]
    assert kennungen(voll) == zeilen
    assert inhalt(voll) == vorher


def test_row_added_in_a_draft_keeps_its_uuid(voll: Leistung, redaktion: Client) -> None:
    daten = lies_form(redaktion, form_url(voll.pk))
    neue_zeile(daten, "gebuehren", art="fix", betrag="12", waehrung="EUR")
    speichere(redaktion, voll.pk, daten)
    voll.refresh_from_db()
    zuerst = kennungen(voll)["gebuehren"]
    for _ in range(2):
        speichere(redaktion, voll.pk, lies_form(redaktion, form_url(voll.pk)))
    voll.refresh_from_db()

    assert len(zuerst) == 6
    assert kennungen(voll)["gebuehren"] == zuerst
    voll.latest_revision.publish()
    assert [str(z.uuid) for z in Leistung.objects.get(pk=voll.pk).gebuehren.all()] == zuerst


def test_autosave_tells_the_page_the_uuid_of_a_new_row(voll: Leistung, redaktion: Client) -> None:
    daten = lies_form(redaktion, form_url(voll.pk))
    nummer = neue_zeile(daten, "begriffe", begriff_de="Wauwau", typ="002")
    antwort = speichere(redaktion, voll.pk, daten, accept="application/json").json()
    neu = antwort["field_updates"][f"begriffe-{nummer}-uuid"]
    daten |= {name: [str(wert)] for name, wert in antwort["field_updates"].items()}
    daten["overwrite_revision_id"] = [str(antwort["revision_id"])]
    zweite = speichere(redaktion, voll.pk, daten, accept="application/json")
    voll.refresh_from_db()

    assert zweite.status_code == 200
    assert f"begriffe-{nummer}-uuid" not in zweite.json()["field_updates"]
    assert kennungen(voll)["begriffe"][-1] == neu


def test_rows_moved_and_removed_keep_the_others(voll: Leistung, redaktion: Client) -> None:
    vorher = kennungen(voll)["unterlagen"]
    daten = lies_form(redaktion, form_url(voll.pk))
    for nummer in range(10):
        daten[f"unterlagen-{nummer}-ORDER"] = [str(10 - nummer)]
    daten["unterlagen-0-DELETE"] = ["1"]
    speichere(redaktion, voll.pk, daten)
    voll.refresh_from_db()

    assert kennungen(voll)["unterlagen"] == list(reversed(vorher[1:]))


def test_two_rows_never_share_a_uuid(voll: Leistung, redaktion: Client) -> None:
    daten = lies_form(redaktion, form_url(voll.pk))
    nummer = neue_zeile(daten, "begriffe", begriff_de="Wauwau", typ="002")
    daten[f"begriffe-{nummer}-uuid"] = daten["begriffe-0-uuid"]
    speichere(redaktion, voll.pk, daten)
    voll.refresh_from_db()

    assert len(set(kennungen(voll)["begriffe"])) == 6


def test_more_than_fifty_rows_are_refused(voll: Leistung, redaktion: Client) -> None:
    daten = lies_form(redaktion, form_url(voll.pk))
    for nummer in range(46):
        neue_zeile(daten, "begriffe", begriff_de=f"Noch ein Wort {nummer}", typ="001")
    antwort = speichere(redaktion, voll.pk, daten)

    assert antwort.status_code == 200
    assert "50" in antwort.content.decode()


def test_unknown_codes_are_shown_and_kept(voll: Leistung, redaktion: Client) -> None:
    liste = Codeliste.objects.create(
        list_uri="urn:de:fim:leika:typisierung", version="1", name="Typisierung", ist_aktiv=True
    )
    bekannt: dict[str, Any] = {"codeliste": liste, "code": "5", "bezeichnung_de": "Land"}
    Codewert.objects.create(**bekannt)
    niveau = Codeliste.objects.create(
        list_uri="urn:xoev-de:fim:codeliste:vertrauensniveau", version="1", name="N", ist_aktiv=True
    )
    Codewert.objects.create(codeliste=niveau, code="10")
    voll.typisierung_codes, voll.vertrauensniveau_code = ["4711", "5"], "77"
    voll.save_revision()
    html = redaktion.get(form_url(voll.pk)).content.decode()
    assert "4711 (unbekannt)" in html
    assert "77 (unbekannt)" in html
    assert "5 Land" in html

    speichere(redaktion, voll.pk, felder(html))
    voll.refresh_from_db()
    entwurf = voll.get_latest_revision_as_object()

    assert (entwurf.typisierung_codes, entwurf.vertrauensniveau_code) == (["5", "4711"], "77")


def test_codes_of_long_lists_are_added_in_a_field(voll: Leistung, redaktion: Client) -> None:
    voll.staat_codes = ["000"]
    voll.save_revision()
    daten = lies_form(redaktion, form_url(voll.pk))
    daten["staat_codes-weitere"] = ["121, 122; 121"]
    speichere(redaktion, voll.pk, daten)
    voll.refresh_from_db()

    assert voll.get_latest_revision_as_object().staat_codes == ["000", "121", "122"]


def test_copy_has_rows_of_its_own(voll: Leistung, redaktion: Client) -> None:
    url = f"/admin/snippets/leistungen/leistung/copy/{voll.pk}/"
    daten = lies_form(redaktion, url)
    daten |= {"slug_de": ["kopie"], "slug_en": [""], "slug_de_simple": [""]}
    antwort = redaktion.post(form_url(None), query(daten).urlencode(), content_type=FORM_URLENCODED)
    kopie = Leistung.objects.get(slug_de="kopie")

    assert antwort.status_code == 302
    assert kopie.gebuehren.count() == 5
    assert not set(kennungen(kopie)["gebuehren"]) & set(kennungen(voll)["gebuehren"])


def test_new_service_has_every_tab(redaktion: Client) -> None:
    html = redaktion.get(form_url(None)).content.decode()

    for tab in ("Inhalt", "Zuständigkeit", "Online und Formulare", "Begriffe und Suche",
                "Sprachen", "Prüfung", "Verwaltung"):  # fmt: skip
        assert tab in html


@pytest.mark.parametrize("pfad", ["onlinedienst", "formular"])
def test_forms_of_online_services_and_forms_open(welt: Any, redaktion: Client, pfad: str) -> None:
    html = redaktion.get(f"/admin/snippets/leistungen/{pfad}/add/").content.decode()

    assert ("wartung_von" in html) == (pfad == "onlinedienst")
    assert ('name="version"' in html) == (pfad == "formular")
