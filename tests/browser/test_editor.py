"""The editor's path in a real browser: edit, publish, and the public site has it."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connections
from playwright.sync_api import Page, expect

from search.worker import Worker
from tests.browser.conftest import Beobachter
from tests.welt import Welt

pytestmark = [pytest.mark.browser, pytest.mark.es, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def worker(welt: Welt) -> Iterator[None]:
    """The real worker beside the site."""
    running = Worker()

    def run() -> None:
        running.run()
        connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    yield
    running.stop()
    thread.join(timeout=20)


@pytest.fixture
def editor(welt: Welt, live_server: Any, page: Page) -> Page:
    User.objects.create_superuser("redaktion", password="nur-im-test")
    page.goto(f"{live_server.url}/admin/")
    page.locator("[name=username]").fill("redaktion")
    page.locator("[name=password]").fill("nur-im-test")
    page.locator("button[type=submit]").click()
    return page


def open_form(page: Page, live_server: Any, welt: Welt) -> None:
    page.goto(f"{live_server.url}/admin/snippets/leistungen/leistung/edit/{welt.hund.pk}/")


def found(page: Page, live_server: Any, word: str, seconds: float = 3.0) -> bool:
    """Whether the public search finds the word within this time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        page.goto(f"{live_server.url}/suche/?q={word}")
        if page.locator(".zf-results li").count():
            return True
        time.sleep(0.2)
    return False


def test_menu_is_german_for_an_english_browser(
    editor: Page, beobachter: Beobachter, live_server: Any
) -> None:
    for role, label in (
        ("link", "Leistungen"),
        ("link", "Behörden"),
        ("button", "Zuständigkeiten"),
        ("link", "Gebiete"),
    ):
        name = re.compile(rf"^\s*{label}\s*$")
        expect(editor.get_by_role(role, name=name)).to_be_visible()  # type: ignore[arg-type]
    assert beobachter.foreign(live_server.url) == []


def test_published_title_is_found_within_three_seconds(
    editor: Page, worker: None, live_server: Any, welt: Welt
) -> None:
    open_form(editor, live_server, welt)
    editor.locator("[name=bezeichnung_de]").fill("Vierbeiner steuerlich melden")
    editor.locator("footer .w-dropdown__toggle").click()
    editor.get_by_role("button", name=re.compile("Veröffentlichen")).click()
    expect(editor.locator(".messages")).to_contain_text("veröffentlicht")

    assert found(editor, live_server, "vierbeiner")
    editor.goto(f"{live_server.url}/leistung/hundesteuer-anmelden/")
    expect(editor.get_by_role("heading", level=1)).to_have_text("Vierbeiner steuerlich melden")


def test_saved_draft_stays_private(
    editor: Page, worker: None, live_server: Any, welt: Welt
) -> None:
    open_form(editor, live_server, welt)
    editor.locator("[name=bezeichnung_de]").fill("Geheimer Entwurf")
    editor.get_by_role("button", name=re.compile("Entwurf speichern")).click()
    expect(editor.locator(".messages")).to_contain_text("geändert")
    welt.hund.refresh_from_db()

    assert welt.hund.has_unpublished_changes
    assert not found(editor, live_server, "geheimer", seconds=2)
    editor.goto(f"{live_server.url}/leistung/hundesteuer-anmelden/")
    expect(editor.get_by_role("heading", level=1)).to_have_text("Hund zur Hundesteuer anmelden")


def test_unpublished_service_is_gone(
    editor: Page, worker: None, live_server: Any, welt: Welt
) -> None:
    editor.goto(f"{live_server.url}/admin/snippets/leistungen/leistung/unpublish/{welt.hund.pk}/")
    editor.get_by_role("button", name=re.compile("nicht mehr|Veröffentlichung|Ja")).click()
    expect(editor.locator(".messages")).to_be_visible()
    answer = editor.goto(f"{live_server.url}/leistung/hundesteuer-anmelden/")

    assert answer is not None
    assert answer.status == 404
    assert not found(editor, live_server, "hundesteuer", seconds=1)
