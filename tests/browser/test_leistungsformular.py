"""A newcomer changes a fee with the keyboard alone; what the form adds is accessible."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from playwright.sync_api import Locator, Page, expect
from wagtail.models import GroupApprovalTask, Workflow, WorkflowContentType, WorkflowTask

from leistungen.models import Gebuehr, Leistung, Leistungsschluessel, Onlinedienst
from tests.browser.conftest import Beobachter
from tests.browser.test_public_pages import AXE, TAGS
from tests.welt import Welt, publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Rules about whole pages, and Wagtail's own findings (wagtail design 11).
NICHT_UNSERE = {"region", "landmark-unique", "page-has-heading-one", "heading-order"}
UNSERE = (".lf-reihe", ".lf-klappe", ".lf-satz", ".lf-hilfe", ".lf-beispiel", ".lf-zaehler",
          ".lf-codes", ".lf-bindungen", ".lf-sprachliste summary", ".lf-sprachkopf",
          ".lf-zeilensprachen", ".lf-pruefen", ".lf-pruefzeile", ".lf-vorschau-ort")  # fmt: skip


@pytest.fixture
def hund(welt: Welt) -> Leistung:
    """A service with a fee, ready to be submitted."""
    dienst = Onlinedienst.objects.get()
    dienst.vertrauensniveau = "20"
    publish(dienst)
    hund = welt.hund
    hund.typisierung_codes = ["5"]
    hund.redaktion = welt.stadtverwaltung
    hund.naechste_pruefung = date(2028, 11, 24)
    hund.leistungsschluessel = [Leistungsschluessel(schluessel="99050012000000", ist_primaer=True)]
    hund.gebuehren = [Gebuehr(art="fix", betrag=Decimal(28), beschreibung_de="bar oder Karte")]
    hund.volltext_de = "<p>Sie melden Ihren Hund an. Das geht auch online.</p>"
    hund.volltext_en = "<p>You register your dog.</p>"
    hund.save_revision().publish()
    ablauf = Workflow.objects.create(name="Freigabe")
    aufgabe = GroupApprovalTask.objects.create(name="Freigeben")
    aufgabe.groups.add(Group.objects.create(name="freigabe"))
    WorkflowTask.objects.create(workflow=ablauf, task=aufgabe, sort_order=1)
    typ = ContentType.objects.get_for_model(Leistung)
    WorkflowContentType.objects.update_or_create(content_type=typ, defaults={"workflow": ablauf})
    return hund


@pytest.fixture
def formular(hund: Leistung, live_server: Any, page: Page) -> Page:
    """The form of the service, for an editor who just signed in."""
    User.objects.create_superuser("redaktion", password="nur-im-test")
    page.goto(f"{live_server.url}/admin/")
    page.locator("[name=username]").fill("redaktion")
    page.locator("[name=password]").fill("nur-im-test")
    page.locator("button[type=submit]").click()
    page.goto(f"{live_server.url}/admin/snippets/leistungen/leistung/edit/{hund.pk}/")
    page.locator(".Draftail-Editor").first.wait_for()
    return page


def tab_to(page: Page, ziel: Locator, grenze: int = 150) -> None:
    """Press Tab until the element has the focus."""
    for _ in range(grenze):
        if ziel.evaluate("el => el === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Mit {grenze} Tabs nicht erreicht: {ziel}")


def test_fee_is_changed_previewed_and_submitted_with_the_keyboard(
    formular: Page, beobachter: Beobachter, hund: Leistung
) -> None:
    page = formular
    betrag = page.locator("[name=gebuehren-0-betrag]")
    satz = page.locator("[data-lf-satz=gebuehren]").first
    expect(satz).to_contain_text("28\u00a0€ (bar oder Karte)")
    tab_to(page, betrag)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("37")
    expect(satz).to_contain_text("37\u00a0€ (bar oder Karte)")

    knopf = page.locator("[data-side-panel-toggle=preview]")
    knopf.focus()
    page.keyboard.press("Enter")
    ort = page.locator("#lf-vorschau-ort")
    tab_to(page, ort)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("Erfurt")
    page.keyboard.press("Enter")
    expect(page.locator("#lf-vorschau-ort-meldung")).to_have_text("Die Vorschau zeigt Erfurt.")
    rahmen = page.frame_locator("#w-preview-iframe")
    expect(rahmen.locator("body")).to_contain_text("Stadtverwaltung Erfurt")
    expect(rahmen.locator("body")).to_contain_text("37\u00a0€ (bar oder Karte)")

    mehr = page.locator("footer .w-dropdown__toggle")
    mehr.focus()
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("button", name=re.compile("Freigabe")))
    page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_contain_text("eingereicht")
    hund.refresh_from_db()

    assert hund.current_workflow_state is not None
    assert hund.get_latest_revision_as_object().gebuehren.all()[0].betrag == 37
    assert beobachter.problems == []


def test_finding_comes_within_a_second_and_leads_to_its_words(formular: Page) -> None:
    page = formular
    kurztext = page.locator("[name=kurztext_de]")
    kurztext.fill("Das ist gut. Das hier ist noch XX offen.")
    zeile = page.locator("[data-lf-springe=kurztext_de][data-lf-zitat='XX']")
    zeile.wait_for(state="attached", timeout=2_000)  # one second on an idle machine
    page.locator("[data-lf-zum-pruefen]").press("Enter")
    zeile.first.press("Enter")

    expect(kurztext).to_be_focused()
    gewaehlt = kurztext.evaluate("el => el.value.slice(el.selectionStart, el.selectionEnd)")
    assert gewaehlt == "XX"


def test_counter_speaks_when_few_characters_are_left(formular: Page) -> None:
    feld = formular.locator("[name=bezeichnung_2_de]")
    feld.fill("Hund anmelden")
    zaehler = formular.locator("[data-lf-zaehler='80']").first
    expect(zaehler).to_have_text("13 von 80 Zeichen")
    feld.fill("x" * 65)
    expect(formular.locator("[data-lf-gemeldet]")).to_contain_text("Noch 15 Zeichen.")


def test_opening_a_translation_starts_its_editor_and_changes_nothing(formular: Page) -> None:
    page = formular
    page.get_by_role("tab", name="Sprachen").click()
    falte = page.locator("details.lf-sprachmodul").filter(has=page.locator("[name=volltext_en]"))
    assert falte.locator(".Draftail-Editor").count() == 0
    gesendet: list[str] = []
    page.on("request", lambda r: gesendet.append(r.url) if r.method == "POST" else None)
    falte.locator("summary").press("Enter")
    falte.locator(".Draftail-Editor").first.wait_for()
    page.wait_for_timeout(1_500)  # longer than the interval of autosave

    assert falte.locator("[contenteditable=true]").first.inner_text() == "You register your dog."
    assert [url for url in gesendet if "/edit/" in url] == []


def test_saving_while_autosave_is_under_way_is_no_conflict(formular: Page, hund: Leistung) -> None:
    for versuch in range(3):
        text = f"Melden Sie Ihren Hund an, Versuch {versuch}."
        formular.locator("[name=kurztext_de]").fill(text)
        formular.wait_for_timeout(200 * versuch + 350)
        formular.get_by_role("button", name=re.compile("Entwurf speichern")).click()
        expect(formular.locator(".messages")).to_contain_text("geändert")
        hund.refresh_from_db()
        assert hund.get_latest_revision_as_object().kurztext_de == text


def test_somebody_elses_save_is_still_seen_after_an_own_autosave(
    formular: Page, hund: Leistung
) -> None:
    # Wagtail remembers the form as loaded a moment after it is; what is typed before that is not
    # saved by itself, so a busy machine needs a second and a third word.
    with formular.expect_response(lambda antwort: antwort.request.method == "POST"
                                  and "/edit/" in antwort.url, timeout=60_000):  # fmt: skip
        for text in ("Mein", "Mein Text", "Mein Text."):
            formular.locator("[name=kurztext_de]").fill(text)
            formular.wait_for_timeout(4_000)
    hund.refresh_from_db()
    fremd = hund.get_latest_revision_as_object()
    fremd.kurztext_de = "Text der Kollegin."
    fremd.save_revision()
    formular.get_by_role("button", name=re.compile("Entwurf speichern")).click()

    expect(formular.locator("[name=trotzdem]")).to_be_visible()
    expect(formular.locator("[name=kurztext_de]")).to_have_value("Mein Text.")


@pytest.mark.parametrize(
    "reiter", ["Inhalt", "Online und Formulare", "Begriffe und Suche",
                                    "Sprachen", "Prüfung", "Verwaltung"])  # fmt: skip
def test_our_panels_are_accessible(formular: Page, reiter: str) -> None:
    page = formular
    page.get_by_role("tab", name=reiter, exact=True).click()
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    page.wait_for_timeout(500)
    page.evaluate(AXE)
    ergebnis = page.evaluate(
        "([tags, unsere]) => axe.run({include: unsere.filter(s => document.querySelector(s))},"
        " {runOnly: {type: 'tag', values: tags}})",
        [TAGS, list(UNSERE)],
    )
    verstoesse = [
        (fund["id"], [knoten["target"] for knoten in fund["nodes"]][:3])
        for fund in ergebnis["violations"]
        if fund["id"] not in NICHT_UNSERE
    ]

    assert verstoesse == []


def test_page_of_differences_is_accessible(
    formular: Page, live_server: Any, hund: Leistung
) -> None:
    entwurf = hund.get_latest_revision_as_object()
    entwurf.kurztext_de = "Anders als vorher."
    entwurf.save_revision()
    formular.goto(f"{live_server.url}/admin/leistungsformular/{hund.pk}/aenderungen/")
    formular.evaluate(AXE)
    ergebnis = formular.evaluate(
        "tags => axe.run('.lf-aenderungen', {runOnly: {type: 'tag', values: tags}})", TAGS
    )

    assert [fund["id"] for fund in ergebnis["violations"] if fund["id"] not in NICHT_UNSERE] == []
