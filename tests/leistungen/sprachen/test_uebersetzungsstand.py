"""A save records from what each translation was made; its status follows from the texts."""

from __future__ import annotations

import pytest

from leistungen.domain.uebersetzung import Stand
from leistungen.models import Leistung, Unterlage
from leistungen.uebersetzungen import uebersetzungen

pytestmark = pytest.mark.django_db


@pytest.fixture
def leistung() -> Leistung:
    objekt = Leistung(bezeichnung_de="Hund anmelden", slug_de="hund")
    objekt.kurztext_de, objekt.kurztext_en = "Melden Sie Ihren Hund an.", "Register your dog."
    objekt.volltext_de = "<p>Eins.</p><p>Zwei.</p>"
    objekt.volltext_en = "<p>One.</p><p>Two.</p>"
    objekt.unterlagen = [Unterlage(bezeichnung_de="Ausweis", bezeichnung_en="ID card")]
    objekt.save()
    objekt.save_revision()
    return objekt


def entwurf(leistung: Leistung) -> Leistung:
    geladen: Leistung = Leistung.objects.get(pk=leistung.pk).get_latest_revision_as_object()
    return geladen


def test_new_texts_are_current_and_missing_ones_are_named(leistung: Leistung) -> None:
    stand = uebersetzungen(entwurf(leistung), "en")

    assert stand["kurztext"].stand is Stand.AKTUELL
    assert stand["bezeichnung"].stand is Stand.FEHLT
    assert uebersetzungen(entwurf(leistung), "de_simple")["kurztext"].stand is Stand.FEHLT


def test_a_changed_german_paragraph_makes_one_module_stale(leistung: Leistung) -> None:
    objekt = entwurf(leistung)
    objekt.volltext_de = "<p>Zwei.</p><p>Eins, aber neu.</p>"
    objekt.save_revision()

    stand = uebersetzungen(entwurf(leistung), "en")

    assert stand["kurztext"].stand is Stand.AKTUELL
    assert stand["volltext"].stand is Stand.GEAENDERT
    assert [(a.alt, a.neu) for a in stand["volltext"].aenderungen] == [("Eins.", "Eins, aber neu.")]


def test_a_changed_row_is_stale_by_itself(leistung: Leistung) -> None:
    objekt = entwurf(leistung)
    zeile = objekt.unterlagen.get()
    zeile.bezeichnung_de = "Personalausweis oder Reisepass"
    objekt.unterlagen = [zeile]
    objekt.save_revision()

    stand = uebersetzungen(entwurf(leistung), "en")

    assert stand[f"unterlagen:{zeile.uuid}"].stand is Stand.GEAENDERT


def test_reverting_brings_back_the_record_of_then(leistung: Leistung) -> None:
    alte_revision = Leistung.objects.get(pk=leistung.pk).latest_revision
    objekt = entwurf(leistung)
    objekt.volltext_de = "<p>Etwas ganz anderes.</p>"
    objekt.save_revision()
    veraltet = Leistung.objects.get(pk=leistung.pk).latest_revision

    alte_revision.as_object().save_revision()
    assert uebersetzungen(entwurf(leistung), "en")["volltext"].stand is Stand.AKTUELL

    veraltet.as_object().save_revision()
    assert uebersetzungen(entwurf(leistung), "en")["volltext"].stand is Stand.GEAENDERT


def test_an_editor_can_say_that_an_old_translation_still_fits(leistung: Leistung) -> None:
    objekt = entwurf(leistung)
    objekt.kurztext_de = "Bitte melden Sie Ihren Hund an."
    objekt.bestaetigte_uebersetzungen = {"kurztext": frozenset({"en"})}
    objekt.save_revision()

    assert uebersetzungen(entwurf(leistung), "en")["kurztext"].stand is Stand.AKTUELL


def test_what_a_machine_wrote_says_so_until_somebody_confirms_it(leistung: Leistung) -> None:
    objekt = entwurf(leistung)
    objekt.bezeichnung_en, objekt.maschinell = "Register a dog", True
    objekt.save_revision()

    assert uebersetzungen(entwurf(leistung), "en")["bezeichnung"].stand is Stand.MASCHINELL
    assert uebersetzungen(entwurf(leistung), "en")["kurztext"].stand is Stand.AKTUELL
