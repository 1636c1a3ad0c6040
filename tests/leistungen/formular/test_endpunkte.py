"""What the form asks while somebody types: right, without a trace, and only for those allowed."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from leistungen.models import Befundausnahme, Leistung
from tests.leistungen.formular.browserform import form_url, lies_form, query
from tests.welt import Welt

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}


def frage(client: Client, name: str, daten: Any, **kwargs: Any) -> Any:
    return client.post(
        reverse(f"leistungsformular:{name}", kwargs=kwargs),
        query(daten).urlencode() if isinstance(daten, dict) else daten,
        content_type="application/x-www-form-urlencoded",
        headers=JSON,
    )


def zeile(relation: str, **werte: str) -> dict[str, list[str]]:
    kopf = {"relation": relation, "formular": "x-3", **{f"x-3-{n}": w for n, w in werte.items()}}
    return {name: [wert] for name, wert in kopf.items()}


@pytest.mark.parametrize(
    ("relation", "werte", "satz"),
    [
        ("gebuehren", {"art": "fix", "betrag": "37", "beschreibung_de": "bar oder Karte",
                       "waehrung": "EUR"}, "37\u00a0€ (bar oder Karte)"),
        ("gebuehren", {"art": "frei", "waehrung": "EUR"}, "kostenfrei"),
        ("fristen", {"dauer": "2", "einheit": "WOCHE", "typ_text_de": "Meldefrist"},
         "Meldefrist: 2\u00a0Wochen"),
        ("bearbeitungsdauern", {"dauer": "1", "einheit": "TAG"}, "1\u00a0Tag"),
        ("unterlagen", {"bezeichnung_de": "Ausweis", "richtung": "eingehend", "pflicht": "01"},
         "Ausweis"),
        ("rechtsgrundlagen", {"norm": "§ 1 Gesetz", "url": "https://gesetz.example/"},
         "§ 1 Gesetz (https://gesetz.example/)"),
        ("modullinks", {"titel_de": "Hundesteuer", "url": "https://a.example/", "sprache": "de",
                        "modul_code": "15"}, "Hundesteuer (https://a.example/)"),
        ("begriffe", {"begriff_de": "Wauwau", "typ": "001"}, "auch bekannt als: Wauwau"),
    ],
)  # fmt: skip
def test_row_is_told_as_on_the_page(
    redaktion: Client, relation: str, werte: dict[str, str], satz: str
) -> None:
    antwort = frage(redaktion, "satz", zeile(relation, **werte)).json()

    assert antwort == {"satz": satz, "fehler": ""}


def test_row_that_cannot_be_saved_says_why(redaktion: Client) -> None:
    antwort = frage(redaktion, "satz", zeile("gebuehren", art="fix", waehrung="EUR")).json()

    assert "Ein fester Betrag braucht genau einen Betrag." in antwort["fehler"]


def test_list_that_does_not_exist_is_refused(redaktion: Client) -> None:
    assert frage(redaktion, "satz", zeile("objects")).status_code == 400


def test_findings_follow_what_is_typed_and_nothing_is_stored(
    voll: Leistung, redaktion: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    daten = lies_form(redaktion, form_url(voll.pk))
    daten["kurztext_de"] = ["XX fehlt noch."]
    revisionen = voll.revisions.count()
    with django_assert_max_num_queries(90):
        antwort = frage(redaktion, "pruefen", daten, pk=voll.pk).json()
    voll.refresh_from_db()

    assert 'data-lf-springe="kurztext_de"' in antwort["html"]
    assert "Fehler" in antwort["zusammenfassung"]
    assert antwort["muss"] >= 1
    assert voll.revisions.count() == revisionen
    assert "XX" not in voll.get_latest_revision_as_object().kurztext_de


def test_findings_of_a_form_with_a_mistake_are_found_all_the_same(
    voll: Leistung, redaktion: Client
) -> None:
    daten = lies_form(redaktion, form_url(voll.pk))
    daten |= {"kurztext_de": ["XX fehlt noch."], "gebuehren-0-betrag": ["viel"]}
    antwort = frage(redaktion, "pruefen", daten, pk=voll.pk).json()

    assert "kurztext_de" in antwort["html"]
    assert "noch nicht lesbar" in antwort["html"]


def test_new_service_is_checked_too(redaktion: Client) -> None:
    daten = lies_form(redaktion, form_url(None))
    daten["bezeichnung_de"] = ["Lorem ipsum"]

    assert frage(redaktion, "pruefen_neu", daten).json()["muss"] >= 1


def ersten_hinweis(client: Client, pk: int) -> dict[str, list[str]]:
    from bs4 import BeautifulSoup

    html = BeautifulSoup(client.get(form_url(pk)).content.decode(), "html.parser")
    hinweis = html.find("details", class_="lf-passt")
    assert hinweis is not None
    nummer = hinweis.find("button")["value"]  # type: ignore[index, union-attr]
    daten = {e["name"]: [e.get("value", "")] for e in hinweis.find_all("input")}
    return {"passt-so": [nummer], **daten}


def test_hint_is_let_pass_with_a_reason_and_shown_again(voll: Leistung, redaktion: Client) -> None:
    voll.bezeichnung_2_de = "Die Hundehaltung"
    voll.save_revision()
    daten = ersten_hinweis(redaktion, voll.pk)
    ohne = frage(redaktion, "ausnahme", daten, pk=voll.pk)
    assert (ohne.status_code, Befundausnahme.objects.count()) == (400, 0)

    daten[f"passt-so-{daten['passt-so'][0]}-grund"] = ["So heißt es im Gesetz."]
    assert frage(redaktion, "ausnahme", daten, pk=voll.pk).status_code == 200
    html = redaktion.get(form_url(voll.pk)).content.decode()
    assert "„So heißt es im Gesetz.“ – redaktion" in html

    ausnahme = Befundausnahme.objects.get()
    frage(redaktion, "ausnahme_zurueck", {}, pk=voll.pk, ausnahme_pk=ausnahme.pk)
    assert not Befundausnahme.objects.exists()
    assert "Hinweis als passend markiert" in _verlauf(redaktion, voll)


def _verlauf(client: Client, leistung: Leistung) -> str:
    url = f"/admin/snippets/leistungen/leistung/history/{leistung.pk}/"
    return str(client.get(url).content.decode())


def test_what_must_be_mended_cannot_be_let_pass(voll: Leistung, redaktion: Client) -> None:
    daten = {"passt-so": ["1"], "passt-so-1-regel": ["Q-STR-3"], "passt-so-1-grund": ["egal"]}
    antwort = frage(redaktion, "ausnahme", daten, pk=voll.pk)

    assert antwort.status_code == 400
    assert not Befundausnahme.objects.exists()


@pytest.fixture
def nur_lesend(client: Client) -> Client:
    user = User.objects.create_user("lesend")
    gruppe = Group.objects.create(name="lesend")
    gruppe.permissions.add(Permission.objects.get(codename="access_admin"))
    user.groups.add(gruppe)
    client.force_login(user)
    return client


PFADE = ("satz", "pruefen_neu", "pruefen", "ausnahme", "ausnahme_zurueck", "vorschau_ort")


@pytest.mark.parametrize("name", PFADE)
def test_nobody_without_the_right_is_answered(
    voll: Leistung, nur_lesend: Client, name: str
) -> None:
    kwargs: dict[str, int] = {}
    if name in {"pruefen", "ausnahme", "ausnahme_zurueck"}:
        kwargs["pk"] = voll.pk
    if name == "ausnahme_zurueck":
        kwargs["ausnahme_pk"] = 1
    antwort = frage(nur_lesend, name, {}, **kwargs)

    assert antwort.status_code in {302, 403}
    seite = nur_lesend.get(reverse("leistungsformular:aenderungen", args=[voll.pk]))
    assert seite.status_code == 302


def test_request_without_csrf_token_is_refused(voll: Leistung) -> None:
    streng = Client(enforce_csrf_checks=True)
    streng.force_login(User.objects.create_superuser("streng"))

    assert frage(streng, "pruefen", {}, pk=voll.pk).status_code == 403


def vorschau(client: Client, pk: int, modus: str) -> str:
    """What the preview panel shows: it sends the form first, then asks for the page."""
    url = f"/admin/snippets/leistungen/leistung/preview/{pk}/"
    frage_form = query(lies_form(client, form_url(pk))).urlencode()
    client.post(url, frage_form, content_type="application/x-www-form-urlencoded")
    return str(client.get(f"{url}?mode={modus}").content.decode())


def test_place_of_the_preview_is_remembered(welt: Welt, redaktion: Client) -> None:
    antwort = frage(redaktion, "vorschau_ort", {"ort": ["Udestedt"]})
    assert antwort.json() == {"ort": "Udestedt"}

    assert "Verwaltungsgemeinschaft Gramme-Vippach" in vorschau(redaktion, welt.hund.pk, "ort")
    assert frage(redaktion, "vorschau_ort", {"ort": ["Atlantis"]}).status_code == 400


@pytest.mark.parametrize(
    ("modus", "wort"),
    [
        ("treffer", "auch bekannt als: Hund anmelden"),
        ("druck", "druckvorschau.js"),
        ("ort", "Stadtverwaltung Erfurt"),
        ("en", 'lang="en"'),
        ("de_simple", 'lang="de-simple"'),
    ],
)
def test_every_preview_shows_its_side_of_the_draft(
    welt: Welt, redaktion: Client, modus: str, wort: str
) -> None:
    assert wort in vorschau(redaktion, welt.hund.pk, modus)
