"""A service becomes plain values: saved or not, with its rows, codes and translations."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leistungen.domain.qualitaet import inhalt_hash, pruefe
from leistungen.models import (
    Befundausnahme,
    Begriff,
    Codeliste,
    Codewert,
    Freigabe,
    Gebuehr,
    Leistung,
    Leistungsschluessel,
    Onlinedienstbindung,
    Unterlage,
)
from leistungen.qualitaet.stand import befunde, textstand
from leistungen.qualitaet.umfeld import lade_umfeld
from tests.welt import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def leistung() -> Leistung:
    objekt = Leistung(
        bezeichnung_de="Hund anmelden",
        bezeichnung_en="Register a dog",
        slug_de="hund",
        hinweise_de="<p>Gegebenenfalls hilft das Amt.</p>",
        hinweise_en="<p>The office helps.</p>",
        typisierung_codes=["3", "unbekannt"],
        naechste_pruefung=date(2027, 1, 1),
    )
    objekt.gebuehren = [Gebuehr(art="frei", beschreibung_de="bar oder Karte")]
    objekt.unterlagen = [Unterlage(bezeichnung_de="Vollmacht", pflicht="02")]
    objekt.begriffe = [Begriff(begriff_de="Hundesteuer")]
    objekt.leistungsschluessel = [Leistungsschluessel(schluessel="99102013000000")]
    return objekt


def regeln(leistung: Leistung) -> list[tuple[str, str]]:
    return [(befund.regel, befund.modul) for befund in befunde(leistung)]


def test_an_unsaved_service_with_its_rows_is_judged(leistung: Leistung) -> None:
    stand = textstand(leistung)

    assert stand.texte["bezeichnung"] == {
        "de": "Hund anmelden", "en": "Register a dog", "de_simple": "",
    }  # fmt: skip
    assert [(zeile.kind, zeile.werte.get("pflicht")) for zeile in stand.zeilen] == [
        ("kosten", None), ("unterlage", "02"), ("begriff", None),
    ]  # fmt: skip
    assert regeln(leistung) == [
        ("Q-TXT-2", "hinweise"),
        ("Q-MOD-3", "unterlage"),
        ("Q-STR-1", "hauptschluessel"),  # there is a key, but none is the primary one
        ("Q-STR-1", "redaktion_id"),
        ("Q-LNG-1", "sprachen"),
    ]


def test_a_saved_service_gives_the_same_values_as_in_memory(leistung: Leistung) -> None:
    vorher = textstand(leistung)
    leistung.save()

    nachher = textstand(Leistung.objects.get(pk=leistung.pk))

    assert nachher == vorher


def test_a_code_is_unknown_only_to_a_list_that_was_read_in(leistung: Leistung) -> None:
    assert not textstand(leistung).angaben["unbekannte_codes"]
    liste = Codeliste.objects.create(
        list_uri="urn:de:fim:leika:typisierung", version="1", name="Typisierung", ist_aktiv=True
    )
    Codewert.objects.create(codeliste=liste, code="3")

    assert textstand(leistung).angaben["unbekannte_codes"] == (("Typisierung", "unbekannt"),)
    assert ("Q-CODE-1", "codes") in regeln(leistung)


def test_a_gold_status_needs_its_approval(leistung: Leistung) -> None:
    leistung.status_bibliothek_code = "6"
    assert ("Q-FRG-1", "freigaben") in regeln(leistung)

    leistung.freigaben = [Freigabe(am=date(2026, 1, 1), durch_de="Ministerium")]

    assert ("Q-FRG-1", "freigaben") not in regeln(leistung)


def test_a_changed_german_paragraph_is_counted(leistung: Leistung) -> None:
    leistung.save()
    leistung.save_revision()
    entwurf = Leistung.objects.get(pk=leistung.pk).get_latest_revision_as_object()
    entwurf.hinweise_de = "<p>Das Amt hilft Ihnen.</p><p>Rufen Sie an.</p>"

    texte = [(b.modul, b.text) for b in befunde(entwurf) if b.sprache == "en"]

    assert ("hinweise", "Englisch ist älter als Deutsch: 2 Absätze veraltet.") in texte


def test_rows_outside_of_the_service_are_seen() -> None:
    build()
    bindung = Onlinedienstbindung.objects.select_related("leistung", "onlinedienst").first()
    assert bindung is not None

    angaben = textstand(bindung.leistung).angaben

    assert [dienst["uuid"] for dienst in angaben["online"]] == [bindung.onlinedienst.uuid]  # type: ignore[attr-defined]
    assert angaben["hat_zustaendigkeit"] is True


def test_an_accepted_finding_is_silent_until_the_text_changes(leistung: Leistung) -> None:
    leistung.save()
    stand = textstand(leistung)
    befund = next(befund for befund in pruefe(stand) if befund.regel == "Q-TXT-2")
    Befundausnahme.objects.create(
        leistung=leistung,
        regel=befund.regel,
        modul=befund.modul,
        sprache=befund.sprache,
        inhalt_hash=inhalt_hash(stand, befund),
        zitat=befund.zitat,
        grund="So heißt es im Gesetz.",
        von=get_user_model().objects.create(username="redaktion"),
    )
    assert ("Q-TXT-2", "hinweise") not in regeln(leistung)

    leistung.hinweise_de += "<p>Rufen Sie an.</p>"

    assert ("Q-TXT-2", "hinweise") in regeln(leistung)


def test_the_surroundings_of_many_take_six_queries(leistung: Leistung) -> None:
    leistung.save()
    with CaptureQueriesContext(connection) as queries:
        lade_umfeld([leistung.pk, None, leistung.pk + 1])

    assert len(queries) == 6


def test_rows_in_memory_cost_no_query(leistung: Leistung) -> None:
    leistung.save()
    leistung.save_revision()
    entwurf = Leistung.objects.get(pk=leistung.pk).get_latest_revision_as_object()
    umfeld = lade_umfeld([entwurf.pk])

    with CaptureQueriesContext(connection) as queries:
        befunde(entwurf, umfeld)

    assert len(queries) == 0
