"""Public pages in a browser: accessible, private, usable without script and on a phone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Beobachter
from tests.welt import Welt

pytestmark = [pytest.mark.browser, pytest.mark.es, pytest.mark.django_db(transaction=True)]

AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text("utf8")
TAGS = [
    "wcag2a",
    "wcag2aa",
    "wcag21a",
    "wcag21aa",
    "wcag22aa",
    "EN-301-549",
    "best-practice",
]
PATHS = {
    "start": "/",
    "treffer": "/suche/?q=hund+anmelden&ort=160510000000",
    "keine_treffer": "/suche/?q=quantenphysik",
    "ohne_suchwort": "/suche/",
    "ort_unbekannt": "/suche/?q=hund&ort=Erfrt",
    "ort_mehrdeutig": "/suche/?q=hund&ort=99198",
    "leistung": "/leistung/hundesteuer-anmelden/",
    "leistung_mit_ort": "/leistung/hundesteuer-anmelden/?ort=160685012055",
    "leistung_ort_unbekannt": "/leistung/hundesteuer-anmelden/?ort=Erfrt",
    "a_bis_z": "/leistungen/",
    "behoerden": "/behoerden/",
    "behoerde": "/behoerde/stadt-erfurt/",
    "nicht_gefunden": "/leistung/gibt-es-nicht/",
}
BREITEN = [1280, 390, 320]


def violations(page: Page) -> list[Any]:
    page.evaluate(AXE)  # over the debugging protocol: a strict policy does not block it
    result = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS
    )
    return [
        (found["id"], found["impact"], [node["target"] for node in found["nodes"]])
        for found in result["violations"]
    ]


def test_pages_are_accessible_and_private(
    welt: Welt, live_server: Any, page: Page, beobachter: Beobachter
) -> None:
    failures: list[Any] = []
    for name, path in PATHS.items():
        for width in BREITEN:
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(live_server.url + path)
            fits = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            headings = page.locator("h1").count()
            failures += [(name, width, violation) for violation in violations(page)]
            failures += [] if fits else [(name, width, "scrolls sideways")]
            failures += [] if headings == 1 else [(name, width, f"{headings} h1")]
    expected = [text for text in beobachter.problems if "404" not in text]

    assert failures == []
    assert expected == []
    assert beobachter.foreign(live_server.url) == []
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_search_works_without_script(welt: Welt, live_server: Any, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, locale="de-DE")
    page = context.new_page()
    page.goto(live_server.url)
    page.get_by_label("Was möchten Sie erledigen?").fill("hund anmelden")
    page.get_by_label("Ort oder Postleitzahl").fill("erfurt")
    page.get_by_role("button", name="Suchen").click()
    page.get_by_role("link", name="Hund zur Hundesteuer anmelden").click()

    assert page.url.endswith("/leistung/hundesteuer-anmelden/?ort=160510000000")
    assert page.get_by_role("link", name="Stadtverwaltung Erfurt").is_visible()
    assert page.get_by_role("link", name="Hund online anmelden").is_visible()
    context.close()


def test_ambiguous_postcode_with_one_office_is_answered(
    welt: Welt, live_server: Any, page: Page
) -> None:
    page.goto(f"{live_server.url}/leistung/hundesteuer-anmelden/?ort=99198")

    assert page.get_by_role("link", name="Verwaltungsgemeinschaft Gramme-Vippach").is_visible()


def test_place_is_suggested_while_typing(welt: Welt, live_server: Any, page: Page) -> None:
    page.goto(live_server.url)
    page.get_by_label("Ort oder Postleitzahl").press_sequentially("udes")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    assert page.get_by_label("Ort oder Postleitzahl").input_value() == "Udestedt"
