"""The admin: lists, search, chooser, rights on areas, and publishing by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from behoerden.models import MERKMALE, Behoerde, Behoerdenart, Behoerdennachfolge
from tests.behoerden.factories import (
    BehoerdeFactory,
    BehoerdenartFactory,
    VollstaendigeBehoerdeFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gebiete")]
# Fields of the form that stay empty.
LEER = (
    "uebergeordnet",
    "hauptgebiet",
    "hinweis_von",
    "hinweis_bis",
    "internet",
    "termin_url",
    "gueltig_ab",
    "gueltig_bis",
    "naechste_pruefung",
    "go_live_at",
    "expire_at",
)
ZEITEN_UND_PERSONEN = ("oeffnungszeiten", "oeffnungsausnahmen", "kontaktpersonen", "beziehungen")
Ansage = list[tuple[str, frozenset[int]]]


def html(client: Client, url: str, **query: str) -> str:
    answer = client.get(url, query)
    assert answer.status_code == 200, answer
    return str(answer.content.decode())


def inline(prefix: str, *rows: dict[str, str]) -> dict[str, str]:
    """Form data of child rows."""
    data = {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": "0"}
    data |= {f"{prefix}-MIN_NUM_FORMS": "0", f"{prefix}-MAX_NUM_FORMS": "50"}
    for number, row in enumerate(rows):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
        data |= {f"{prefix}-{number}-ORDER": str(number + 1), f"{prefix}-{number}-id": ""}
    return data


def ohne_zeilen(*prefixes: str) -> dict[str, str]:
    """Form data of lists that stay empty."""
    return {name: wert for prefix in prefixes for name, wert in inline(prefix).items()}


def form(art: Behoerdenart, **values: str) -> dict[str, str]:
    """What the browser posts for a new authority."""
    texte = ("name", "kurzname", "synonyme", "kurzbeschreibung", "hinweis", "gebiet_text")
    data = {f"{name}_{lang}": "" for name in texte for lang in ("de", "en", "de_simple")}
    data |= {f"beschreibung_{lang}": "null" for lang in ("de", "en", "de_simple")}
    data |= dict.fromkeys(LEER, "")
    haus = {"typ": "hausanschrift", "strasse": "Am Markt", "plz": "99084", "ort": "Erfurt"}
    haus |= dict.fromkeys(MERKMALE, "keine_angabe")
    data |= inline("anschriften", {**haus, "hausnummer": "", "postfach": "", "zusatz_de": ""})
    data |= inline(
        "erreichbarkeiten", {"kanal": "02", "kennung": "030 23125 001", "oeffentlich": "on"}
    )
    data |= ohne_zeilen(*ZEITEN_UND_PERSONEN)
    return {**data, "art": str(art.pk), **values}


def test_menu_is_german(redaktion: Client) -> None:
    text = html(redaktion, reverse("wagtailadmin_home"))

    for label in ("Behörden", "Behördenarten", "Gebiete"):
        assert json.dumps(label) in text


def test_authority_is_created_and_published_by_hand(redaktion: Client, angesagt: Ansage) -> None:
    art = BehoerdenartFactory()
    url = reverse(Behoerde.snippet_viewset.get_url_name("add"))
    daten = form(art, name_de="Bürgeramt Erfurt", slug="buergeramt-erfurt")

    redaktion.post(url, daten)
    entwurf = Behoerde.objects.get(slug="buergeramt-erfurt")
    assert (entwurf.live, angesagt) == (False, [])

    bearbeiten = reverse(Behoerde.snippet_viewset.get_url_name("edit"), args=[entwurf.pk])
    revision = entwurf.latest_revision
    kinder: dict[str, Any] = ohne_zeilen("anschriften", "erreichbarkeiten")
    redaktion.post(bearbeiten, {**daten, **kinder, "action-publish": "1"})

    entwurf.refresh_from_db()
    assert entwurf.live
    assert entwurf.latest_revision != revision
    assert ("behoerde", frozenset({entwurf.pk})) in angesagt


def test_form_is_german_and_has_no_list_of_all_areas(redaktion: Client) -> None:
    text = html(redaktion, reverse(Behoerde.snippet_viewset.get_url_name("add")))

    for wort in ("So heißt die Behörde nach außen.", "Gebiet wählen", "Anschriften", "Kontaktweg"):
        assert wort in text
    assert "Gramme-Vippach" not in text


def test_list_of_authorities_takes_few_queries(
    redaktion: Client, gebiet_id: Callable[[str], int]
) -> None:
    url = reverse(Behoerde.snippet_viewset.get_url_name("list"))
    art = BehoerdenartFactory(name_de="Standesamt")
    for _ in range(3):
        BehoerdeFactory(art=art, hauptgebiet_id=gebiet_id("16051000"), veroeffentlicht=True)
    html(redaktion, url)
    with CaptureQueriesContext(connection) as wenige:
        html(redaktion, url)
    for _ in range(10):
        BehoerdeFactory(art=art, hauptgebiet_id=gebiet_id("16068055"))

    with CaptureQueriesContext(connection) as viele:
        text = html(redaktion, url)

    assert len(viele) == len(wenige)
    assert len(viele) <= 16  # one of them: since when each is in the search
    assert "veröffentlicht" in text
    assert "Entwurf" in text


def test_authorities_are_searched_and_filtered(redaktion: Client) -> None:
    url = reverse(Behoerde.snippet_viewset.get_url_name("list"))
    art = BehoerdenartFactory()
    BehoerdeFactory(name_de="Finanzamt Gera", art=art, veroeffentlicht=True)
    BehoerdeFactory(name_de="Jobcenter Jena")

    gesucht = html(redaktion, url, q="finanz")
    gefiltert = html(redaktion, url, art=str(art.pk))
    live = html(redaktion, url, live="true")

    for text in (gesucht, gefiltert, live):
        assert "Finanzamt Gera" in text
        assert "Jobcenter Jena" not in text


@pytest.mark.parametrize("q", ["Udest", "160685012055", "16068055", "vippach"])
def test_areas_are_found_by_name_and_key(redaktion: Client, q: str) -> None:
    with CaptureQueriesContext(connection) as queries:
        text = html(redaktion, reverse("gebiete:index"), q=q)

    assert "Gramme-Vippach" in text
    assert "Stotternheim" not in text
    assert len(queries) <= 13


def test_list_of_areas_takes_few_queries(redaktion: Client) -> None:
    html(redaktion, reverse("gebiete:index"))

    with CaptureQueriesContext(connection) as queries:
        text = html(redaktion, reverse("gebiete:index"), p="3")

    assert "Landkreis" in text
    assert len([q for q in queries if "SAVEPOINT" not in q["sql"]]) <= 12


def test_area_shows_its_facts(redaktion: Client, gebiet_id: Callable[[str], int]) -> None:
    text = html(redaktion, reverse("gebiete:inspect", args=[gebiet_id("16061039")]))

    for wort in ("Glasehausen", "160615009039", "bis 31.12.2023", "Heilbad Heiligenstadt"):
        assert wort in text


def test_nobody_edits_areas_and_readers_may_look(client: Client) -> None:
    leser = User.objects.create_user("leser", password="x")
    leser.user_permissions.add(
        *Permission.objects.filter(codename__in=["access_admin", "view_gebiet"])
    )
    client.force_login(leser)

    text = html(client, reverse("gebiete:index"))

    assert "Gebiet hinzufügen" not in text
    with pytest.raises(Exception, match="edit"):
        reverse("gebiete:edit", args=[1])
    assert client.get(reverse("gebiete:inspect", args=[1])).status_code in {200, 404}


def test_without_permission_areas_are_refused(client: Client) -> None:
    fremd = User.objects.create_user("fremd", password="x")
    fremd.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(fremd)

    assert client.get(reverse("gebiete:index")).status_code == 302


def test_chooser_finds_areas_by_name_key_and_postcode(
    redaktion: Client, gebiet_id: Callable[[str], int]
) -> None:
    ergebnisse = reverse("gebiet_chooser:choose_results")

    for q in ("udest", "160685012055", "99198 udest"):
        with CaptureQueriesContext(connection) as queries:
            text = html(redaktion, ergebnisse, q=q)
        assert "Udestedt" in text
        assert len(queries) <= 12
    assert "Elxleben (erfüllende Gemeinde)" in html(redaktion, ergebnisse, q="elxleben")
    hohes_kreuz = html(redaktion, ergebnisse, q="hohes")  # dissolved, lives on as an Ortsteil
    assert hohes_kreuz.count("Hohes Kreuz") == hohes_kreuz.count("Ortsteil Hohes Kreuz") == 1
    gewaehlt = redaktion.get(reverse("gebiet_chooser:chosen", args=[gebiet_id("16068055")]))
    assert "Udestedt" in gewaehlt.json()["result"]["title"]


def test_changed_kind_is_announced(angesagt: Ansage) -> None:
    art = BehoerdenartFactory()
    assert angesagt == []

    art.name_de = "Neu"
    art.save()

    assert angesagt == [("behoerdenart", frozenset({art.pk}))]


def test_unpublishing_and_deleting_are_announced_and_drafts_are_not(angesagt: Ansage) -> None:
    behoerde = BehoerdeFactory(veroeffentlicht=True)
    angesagt.clear()

    behoerde.save_revision()
    assert angesagt == []
    behoerde.unpublish()
    pk = behoerde.pk
    behoerde.delete()

    assert angesagt == [("behoerde", frozenset({pk}))] * 2


def test_circle_of_superior_authorities_is_refused() -> None:
    oben = BehoerdeFactory(veroeffentlicht=True)
    unten = BehoerdeFactory(uebergeordnet=oben, veroeffentlicht=True)
    oben.uebergeordnet = unten

    with pytest.raises(ValidationError, match="nicht selbst übergeordnet"):
        oben.full_clean()


def test_hours_are_refused_with_an_example_and_stored_as_osm(redaktion: Client) -> None:
    url = reverse(Behoerde.snippet_viewset.get_url_name("add"))
    daten = form(BehoerdenartFactory(), name_de="Amt mit Zeiten", slug="amt-mit-zeiten")
    zeile = {"art": "oeffnung", "gueltig_ab": "", "gueltig_bis": "", "hinweis_de": ""}

    falsch = redaktion.post(
        url, {**daten, **inline("oeffnungszeiten", {**zeile, "regel": "Di 9 bis 12"})}
    )
    assert "„Tu 09:00-12:00“" in falsch.content.decode()
    assert not Behoerde.objects.filter(slug="amt-mit-zeiten").exists()

    redaktion.post(
        url, {**daten, **inline("oeffnungszeiten", {**zeile, "regel": "Di 09:00-12:00"})}
    )
    behoerde = Behoerde.objects.get(slug="amt-mit-zeiten")
    assert [z.regel for z in behoerde.oeffnungszeiten.all()] == ["Tu 09:00-12:00"]
    bearbeiten = reverse(Behoerde.snippet_viewset.get_url_name("edit"), args=[behoerde.pk])
    assert "Gespeichert ist: Montag geschlossen; Dienstag 9–12 Uhr" in html(redaktion, bearbeiten)


def test_form_of_a_full_authority_has_no_giant_list(redaktion: Client) -> None:
    for _ in range(30):
        BehoerdeFactory()
    behoerde = VollstaendigeBehoerdeFactory(
        name_de="Volles Amt", andere=BehoerdeFactory(name_de="Aufsichtsamt")
    )
    bearbeiten = reverse(Behoerde.snippet_viewset.get_url_name("edit"), args=[behoerde.pk])
    html(redaktion, bearbeiten)
    with CaptureQueriesContext(connection) as wenige:
        text = html(redaktion, bearbeiten)
    for _ in range(30):
        BehoerdeFactory()

    with CaptureQueriesContext(connection) as viele:
        html(redaktion, bearbeiten)

    assert "Aufsichtsamt" in text
    assert "Stadtverwaltung Musterstadt" not in text
    assert len(viele) == len(wenige) <= 50


def test_successors_are_entered_and_listed(redaktion: Client, angesagt: Ansage) -> None:
    alt, neu = BehoerdeFactory(name_de="Altes Amt"), BehoerdeFactory(name_de="Neues Amt")
    daten = {"vorgaenger": str(alt.pk), "nachfolger": str(neu.pk), "wirksam_am": "2026-01-01"}

    redaktion.post(reverse("behoerdennachfolgen:add"), daten)
    selbst = redaktion.post(
        reverse("behoerdennachfolgen:add"), {**daten, "nachfolger": str(alt.pk)}
    )

    assert Behoerdennachfolge.objects.count() == 1
    assert angesagt == [("behoerde", frozenset({alt.pk, neu.pk}))]
    assert "Eine Behörde folgt nicht auf sich selbst." in selbst.content.decode()
    liste = html(redaktion, reverse("behoerdennachfolgen:index"))
    assert "Altes Amt" in liste
    assert "Neues Amt" in liste
