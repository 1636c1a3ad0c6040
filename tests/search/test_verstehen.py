"""What the result page makes of typing errors, places in the text, rules and rows of a service."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from behoerden.models import Gebietsart
from behoerden.ortsangabe import Ortsangabe
from leistungen.models import Begriff, Gebuehr, Rechtsgrundlage, Unterlage
from search import indices, vokabular
from search.inhalte import read
from search.models import Suchregel
from search.selectors import Suchergebnis, run_search
from tests.search.sync import objekte
from tests.search.sync.conftest import index, index_prefix  # noqa: F401 - fixtures
from tests.welt import gebiet

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.es]


@pytest.fixture
def dienste(index: str) -> None:  # noqa: F811 - the fixture
    """Two services in the live index."""
    with transaction.atomic():
        land = gebiet(Gebietsart.LAND, "Thüringen", "160000000000")
        gebiet(Gebietsart.KREISFREIE_STADT, "Gera", "160520000000", land)
        for ars in ("160650000001", "160650000002"):
            gebiet(Gebietsart.GEMEINDE, "Neustadt", ars, land)
    pass_ = objekte.leistung("Reisepass beantragen", live=False)
    pass_.unterlagen = [Unterlage(bezeichnung_de="biometrisches Lichtbild")]
    pass_.rechtsgrundlagen = [Rechtsgrundlage(norm="§ 6 Passgesetz (PassG)")]
    objekte.publish(pass_)
    gasthaus = objekte.leistung("Führerschein umtauschen", live=False)
    gasthaus.begriffe = [Begriff(begriff_de="Lappen")]
    objekte.publish(gasthaus)
    objekte.sync()
    indices.refresh(index)
    vokabular.forget()


def suche(text: str, **kwargs: Any) -> Suchergebnis:
    kwargs.setdefault("ort", Ortsangabe())
    return run_search(text, heute=timezone.localdate(), **kwargs)


def titel(text: str, **kwargs: Any) -> list[str]:
    return [treffer.titel for treffer in suche(text, **kwargs).treffer]


def test_correction_is_applied_said_and_undone(dienste: None, client: Client) -> None:
    page = client.get("/suche/", {"q": "führerschien umtauschen"}).content.decode()

    assert "Treffer für „führerschein umtauschen“" in page
    assert "Stattdessen nach „führerschien umtauschen“ suchen" in page
    assert "genau=1" in page
    undone = client.get("/suche/", {"q": "führerschien umtauschen", "genau": "1"})
    assert "Stattdessen nach" not in undone.content.decode()


@pytest.mark.parametrize("away", [False, True])
def test_both_engines_find_the_same(dienste: None, settings: Any, away: bool) -> None:
    if away:
        settings.ELASTICSEARCH_URL = "http://127.0.0.1:1"

    assert titel("reisepas") == ["Reisepass beantragen"]
    assert titel("Reisepass Ausstellung") == ["Reisepass beantragen"]
    assert titel("lichtbild") == ["Reisepass beantragen"]
    assert titel("§ 6 PassG") == ["Reisepass beantragen"]
    assert titel("pizza bestellen") == []


def test_place_in_the_text_becomes_the_place(dienste: None, client: Client) -> None:
    found = suche("reisepass gera")
    assert (found.ort.name, found.total) == ("Gera", 1)
    page = client.get("/suche/", {"q": "reisepass gera"}).content.decode()
    assert "Ort aus Ihrer Eingabe: <b>Gera</b>" in page
    assert "ortlos=1" in page
    undone = client.get("/suche/", {"q": "reisepass gera", "ortlos": "1"}).content.decode()
    assert "Ort aus Ihrer Eingabe" not in undone


def test_chosen_place_is_not_overruled(dienste: None) -> None:
    erfurt = Ortsangabe(text="Erfurt", ars="160510000000", orte=())

    assert suche("reisepass gera", ort=erfurt).ort is erfurt
    assert titel("reisepass gera", ort=erfurt) == ["Reisepass beantragen"]


def test_ambiguous_place_is_asked_and_postcode_elsewhere_said(
    dienste: None, client: Client
) -> None:
    page = client.get("/suche/", {"q": "reisepass neustadt"}).content.decode()
    assert "„neustadt“ passt zu 2\N{NO-BREAK SPACE}Orten" in page
    assert "Reisepass beantragen" in page
    page = client.get("/suche/", {"q": "reisepass 10115"}).content.decode()
    assert "liegt nicht in Thüringen" in page
    assert "Reisepass beantragen" in page


def test_rule_counts_without_a_new_index(dienste: None, client: Client) -> None:
    assert titel("fleppe tauschen") == []
    rule = Suchregel.objects.create(links="fleppe tauschen", rechts="Führerschein umtauschen")

    page = client.get("/suche/", {"q": "fleppe tauschen"}).content.decode()
    assert "Gesucht auch nach: Führerschein umtauschen" in page
    rule.ablauf = timezone.localdate() - timedelta(days=1)
    rule.save()
    assert titel("fleppe tauschen") == []


def test_rows_are_read_in_a_fixed_number_of_queries(
    dienste: None, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    first = objekte.leistung("Hund anmelden", live=False)
    first.gebuehren = [Gebuehr(art="frei", grund_de="Blindenhund", grund_en="guide dog")]
    objekte.publish(first)
    today = timezone.localdate()

    with django_assert_max_num_queries(20) as seen:
        inhalt = read("leistung", [first.pk], today).inhalte[first.pk]
    assert "Blindenhund" in inhalt.text
    assert "guide dog" in inhalt.text_en
    ids = [first.pk, *(objekte.leistung(f"Dienst {n}").pk for n in range(3))]
    with django_assert_num_queries(len(seen.captured_queries)):
        read("leistung", ids, today)
