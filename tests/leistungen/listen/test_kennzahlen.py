"""Figures follow what is saved; a fault in them never costs a text."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from wagtail.models import Revision

from leistungen.listen.balken import Wert, querbalken, saeulen
from leistungen.listen.kennzahlen import inhalt_hash, refresh_kennzahlen, veraltete
from leistungen.models import Leistung, Leistungskennzahl
from tests.welt import Welt, build, leistung, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def welt(db: None) -> Welt:
    return build()


def test_command_computes_what_is_missing(welt: Welt) -> None:
    Leistungskennzahl.objects.all().delete()
    ausgabe = io.StringIO()
    call_command("refresh_kennzahlen", "--nur-veraltete", stdout=ausgabe)
    call_command("refresh_kennzahlen", "--nur-veraltete", stdout=ausgabe)

    assert Leistungskennzahl.objects.count() == Leistung.objects.count()
    assert "Kennzahlen von 0 Leistungen" in ausgabe.getvalue()
    assert veraltete() == []


def test_refresh_takes_the_same_queries_for_more_services(
    welt: Welt, django_assert_max_num_queries: Any
) -> None:
    for number in range(10):
        publish(leistung(f"Dienst {number}", f"dienst-{number}"))
    # One per service for its topics; everything else once.
    with django_assert_max_num_queries(Leistung.objects.count() + 60):
        refresh_kennzahlen()


def test_nightly_run_keeps_the_day_a_fault_appeared(welt: Welt) -> None:
    refresh_kennzahlen()
    kennzahl = Leistungskennzahl.objects.get(leistung=welt.hund)
    assert kennzahl.muss_count > 0  # no key, no review date
    seit = kennzahl.muss_seit
    Leistungskennzahl.objects.update(muss_seit=seit.replace(year=seit.year - 1))
    refresh_kennzahlen()

    assert Leistungskennzahl.objects.get(leistung=welt.hund).muss_seit.year == seit.year - 1


def test_hash_ignores_the_clock_and_sees_the_text(welt: Welt) -> None:
    welt.hund.save_revision()
    inhalt = Revision.objects.get(pk=welt.hund.latest_revision_id).content

    assert inhalt_hash(inhalt) == inhalt_hash({**inhalt, "naechste_pruefung": "2030-01-01"})
    assert inhalt_hash(inhalt) != inhalt_hash({**inhalt, "kurztext_de": "anders"})


def test_unreadable_draft_is_saved_all_the_same(welt: Welt) -> None:
    kaputt = Revision(
        content_object=welt.hund,
        base_content_type=welt.hund.get_base_content_type(),
        content={"pk": welt.hund.pk, "gebuehren": 7},
        object_str="kaputt",
    )
    kaputt.save()

    assert Revision.objects.filter(pk=kaputt.pk).exists()


def test_reports_show_rules_and_translations(welt: Welt, client: Client) -> None:
    client.force_login(User.objects.create_superuser("verwaltung"))
    refresh_kennzahlen()
    html = client.get("/admin/berichte/textqualitaet/").content.decode()
    gefiltert = client.get("/admin/berichte/textqualitaet/", {"regel": "Q-STR-1"})
    uebersetzungen = client.get("/admin/berichte/uebersetzungen/").content.decode()

    assert "Pflichtangaben" in html
    assert 'role="img"' in html
    assert welt.hund.titel in gefiltert.content.decode()
    assert "Englisch" in uebersetzungen
    for export in ("csv", "xlsx"):
        assert client.get(f"/admin/berichte/textqualitaet/?export={export}").status_code == 200
        assert client.get(f"/admin/berichte/uebersetzungen/?export={export}").status_code == 200


def test_reports_need_a_right(welt: Welt, client: Client) -> None:
    client.force_login(User.objects.create_user("niemand"))

    assert client.get("/admin/berichte/textqualitaet/").status_code == 302


def test_bars_are_in_proportion() -> None:
    stehend = saeulen([Wert("a", 4), Wert("b", 2), Wert("c", 0)], "x")
    liegend = querbalken([Wert(str(n), n) for n in range(20, 0, -1)], "x")

    assert stehend.balken[0].hoehe == 2 * stehend.balken[1].hoehe
    assert stehend.balken[2].hoehe == 0
    assert len(liegend.balken) == 10
    assert liegend.summe == sum(range(11, 21))
    assert saeulen([], "leer").summe == 0
