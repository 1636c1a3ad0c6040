"""Pages of the rule editor: sentences, tester, confirming; who may see and do what."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.models import ModelLogEntry

from behoerden.models import Gebietsart
from leistungen.models import Kriterium, Zustaendigkeit, Zustaendigkeitspaket
from leistungen.regeleditor.pruefung import PRUEFEN
from tests.welt import Welt, gebiet, leistung

pytestmark = pytest.mark.django_db
START = "/admin/"


def text(client: Client, url: str, **daten: Any) -> str:
    """The page as text in one line."""
    answer = client.get(url, daten)
    assert answer.status_code == 200, url
    ohne = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", ohne)


def seite(welt: Welt) -> str:
    return reverse("regeleditor:leistung", args=[welt.hund.pk])


def test_rules_are_sentences_grouped_by_level(welt: Welt, redaktion: Client) -> None:
    inhalt = text(redaktion, seite(welt))

    assert (
        "Für Hund zur Hundesteuer anmelden ist in der "
        "Verwaltungsgemeinschaft Gramme-Vippach zuständig : "
        "Verwaltungsgemeinschaft Gramme-Vippach"
    ).replace(" :", ":") in inhalt.replace(" :", ":")
    assert inhalt.index("Kreise und kreisfreie Städte Für") < inhalt.index("Verbände Für")
    assert "technisch abgedeckt, nicht fachlich geprüft" in inhalt


def test_condition_period_and_confirmation_are_part_of_the_sentence(
    welt: Welt, redaktion: Client
) -> None:
    frage: dict[str, Any] = {"slug": "n", "frage_de": "Familienname?", "art": "buchstabe"}
    Zustaendigkeit.objects.filter(gebiet=welt.erfurt).update(
        kriterium=Kriterium.objects.create(**frage),
        werte=list("ABCDEFGHIJK"),
        gueltig_ab=date(2025, 1, 1),
        verifiziert_am=date(2026, 3, 2),
        verifiziert_durch="Stadt Erfurt",
    )
    inhalt = text(redaktion, seite(welt))

    assert "(Familienname? A–K)" in inhalt
    assert "seit 01.01.2025" in inhalt
    assert "fachlich geprüft am 02.03.2026 durch Stadt Erfurt" in inhalt


@pytest.mark.parametrize(
    ("gesucht", "findet"),
    [("erfurt", "Stadtverwaltung Erfurt"), ("Gramme", "Gramme-Vippach"), ("99084", "Erfurt")],
)
def test_search_finds_area_authority_and_postcode(
    welt: Welt, redaktion: Client, gesucht: str, findet: str
) -> None:
    inhalt = text(redaktion, seite(welt), q=gesucht)

    assert "1 Regel" in inhalt
    assert findet in inhalt


def test_rules_of_another_day_are_shown_on_request(welt: Welt, redaktion: Client) -> None:
    gestern = timezone.localdate() - timedelta(days=1)
    Zustaendigkeit.objects.filter(gebiet=welt.erfurt).update(gueltig_bis=gestern)

    assert "1 Regel " in text(redaktion, seite(welt))
    assert "abgelaufen" in text(redaktion, seite(welt), alle="on")


def test_gap_is_told_on_the_page_of_the_rules(welt: Welt, redaktion: Client) -> None:
    Zustaendigkeit.objects.filter(gebiet=welt.erfurt).delete()

    assert "fehlt" in text(redaktion, seite(welt))


def test_tester_gives_the_answer_of_the_public_page_with_its_proof(
    welt: Welt, redaktion: Client
) -> None:
    inhalt = text(redaktion, reverse("regeleditor:testen"), leistung=welt.hund.pk, ort="Udestedt")
    oeffentlich = text(Client(), f"/leistung/{welt.hund.slug_de}/", ort="160685012055")

    assert "Genau eine Antwort." in inhalt
    satz = "Für Udestedt erledigt das die Verwaltungsgemeinschaft Gramme-Vippach."
    assert satz in inhalt
    assert satz in oeffentlich


def test_tester_asks_when_the_place_is_ambiguous(welt: Welt, redaktion: Client) -> None:
    zweites = gebiet(Gebietsart.GEMEINDE, "Udestedt", "160680000099", welt.kreis)
    url = reverse("regeleditor:tester", args=[welt.hund.pk])
    html = redaktion.get(url, {"ort": "Udestedt"}).content.decode()

    assert "Der Ort ist nicht eindeutig" in html
    assert 'href="?ort=160680000099"' in html
    assert zweites.pk


def test_tester_takes_answers_to_criteria(welt: Welt, redaktion: Client) -> None:
    frage: dict[str, Any] = {"slug": "n", "frage_de": "Familienname?", "art": "buchstabe"}
    kriterium = Kriterium.objects.create(**frage)
    Zustaendigkeit.objects.filter(gebiet=welt.erfurt).update(kriterium=kriterium, werte=["A"])
    url = reverse("regeleditor:testen")
    ort = {"leistung": welt.hund.pk, "ort": "Erfurt"}

    assert "Die Seite zeigt alle Fälle" in text(redaktion, url, **ort)
    beantwortet = text(redaktion, url, **ort, **{f"kriterium-{kriterium.pk}": "A"})
    assert "Genau eine Antwort." in beantwortet
    andere = text(redaktion, url, **ort, **{f"kriterium-{kriterium.pk}": "B"})
    assert "Keine Stelle ist eingetragen." in andere


def test_unknown_place_is_told(welt: Welt, redaktion: Client) -> None:
    inhalt = text(redaktion, reverse("regeleditor:testen"), leistung=welt.hund.pk, ort="Xyzstadt")

    assert "Wir finden „Xyzstadt“ nicht" in inhalt


def bestaetigen(client: Client, url: str, **daten: Any) -> Any:
    return client.post(
        url, {"am": "02.11.2026", "durch": "Stadt Erfurt", "quelle": "Schreiben", **daten}
    )


def test_marked_rules_are_confirmed_and_logged(welt: Welt, redaktion: Client) -> None:
    regel = Zustaendigkeit.objects.get(gebiet=welt.erfurt)

    answer = bestaetigen(redaktion, seite(welt), regeln=[regel.pk])

    assert answer.status_code == 302
    regel.refresh_from_db()
    assert (regel.verifiziert_am, regel.verifiziert_durch) == (date(2026, 11, 2), "Stadt Erfurt")
    assert Zustaendigkeit.objects.filter(verifiziert_am__isnull=True).count() == 1
    eintrag = ModelLogEntry.objects.get(action=PRUEFEN)
    assert eintrag.object_id == str(welt.hund.pk)


def test_all_rules_of_a_filter_are_confirmed_at_once(welt: Welt, redaktion: Client) -> None:
    katze = leistung("Katze anmelden", "katze-anmelden")
    Zustaendigkeit.objects.create(leistung=katze, gebiet=welt.erfurt, behoerde=welt.stadtverwaltung)
    url = f"{reverse('regeleditor:pruefung')}?behoerde={welt.stadtverwaltung.pk}"

    assert bestaetigen(redaktion, url, alle="on").status_code == 302
    geprueft = Zustaendigkeit.objects.filter(verifiziert_am__isnull=False)
    assert {regel.behoerde_id for regel in geprueft} == {welt.stadtverwaltung.pk}
    assert geprueft.count() == 2
    assert "0 Regeln" in text(redaktion, url)


@pytest.mark.parametrize(
    ("daten", "satz"),
    [
        ({}, "Markieren Sie mindestens eine Regel."),
        ({"alle": "on", "am": "01.01.2999"}, "Dieser Tag liegt in der Zukunft."),
        ({"alle": "on", "durch": ""}, "muss ausgefüllt werden"),
    ],
)
def test_confirming_needs_rules_a_past_day_and_an_office(
    welt: Welt, redaktion: Client, daten: dict[str, str], satz: str
) -> None:
    answer = bestaetigen(redaktion, seite(welt), **daten)

    assert satz in answer.content.decode()
    assert not Zustaendigkeit.objects.filter(verifiziert_am__isnull=False).exists()


def adressen(welt: Welt) -> dict[str, str]:
    """Every page of the editor."""
    paket = Zustaendigkeitspaket.objects.create(
        titel="Probe",
        operationen={"operation": {"art": "ende", "regel_ids": [], "bis": "2026-01-01"}},
    )
    ohne = ("pakete", "zuweisen", "kopieren", "ersetzen", "beenden", "testen", "pruefung")
    mit = ("paket", "bearbeiten", "eintragen", "zuruecknehmen", "verwerfen")
    return {
        **{name: reverse(f"regeleditor:{name}") for name in ohne},
        **{name: reverse(f"regeleditor:{name}", args=[paket.pk]) for name in mit},
        "leistung": seite(welt),
        "tester": reverse("regeleditor:tester", args=[welt.hund.pk]),
    }


def test_matrix_names_every_page(welt: Welt) -> None:
    from leistungen.regeleditor.urls import urlpatterns

    assert set(adressen(welt)) == {pattern.name for pattern in urlpatterns}


@pytest.mark.parametrize("methode", ["get", "post"])
def test_nobody_without_the_right_on_rules_comes_in(
    welt: Welt, fremde: Client, methode: str
) -> None:
    for name, url in adressen(welt).items():
        answer = getattr(fremde, methode)(url)
        assert (answer.status_code, answer.url) == (302, START), name
        answer = getattr(Client(), methode)(url)
        assert answer.url.startswith("/admin/login/"), name
    assert Zustaendigkeitspaket.objects.filter(status="entwurf").count() == 1


def test_whoever_may_only_look_cannot_act(welt: Welt, leser: Client) -> None:
    sehen = {"leistung", "tester", "testen", "pruefung", "pakete", "paket"}
    for name, url in adressen(welt).items():
        answer = leser.get(url)
        assert answer.status_code == (200 if name in sehen else 302), name
        assert leser.post(url, {"alle": "on"}).status_code == 302, name
    assert not Zustaendigkeit.objects.filter(verifiziert_am__isnull=False).exists()
    assert Zustaendigkeitspaket.objects.exists()
    assert 'name="regeln"' not in leser.get(seite(welt)).content.decode()


@pytest.mark.parametrize("name", ["leistung", "pruefung", "pakete", "zuweisen", "testen"])
def test_pages_cost_the_same_with_more_rules(
    welt: Welt, redaktion: Client, name: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    url = adressen(welt)[name] + "?stand=alle"
    redaktion.get(url)  # fills Django's caches of content types and permissions
    with CaptureQueriesContext(connection) as wenige:
        redaktion.get(url)
    for number in range(45):
        area = gebiet(Gebietsart.GEMEINDE, f"Ort {number}", f"1606800001{number:02}", welt.kreis)
        Zustaendigkeit.objects.create(
            leistung=welt.hund, gebiet=area, behoerde=welt.stadtverwaltung
        )
        Zustaendigkeitspaket.objects.create(titel=f"Paket {number}")
    with CaptureQueriesContext(connection) as viele:
        redaktion.get(url)

    assert len(viele) <= len(wenige) + 2  # the prover looks at what the new rules change
    assert len(viele) <= 28
