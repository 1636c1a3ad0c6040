"""A rule at an Ortsteil wins there and only there: resolver, SQL, page, command and findings."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from behoerden.bezirke.lesen import Mitglied
from behoerden.bezirke.services import save_bezirk
from behoerden.models import Behoerde, Behoerdenart, Gebiet
from behoerden.ortsteile.services import create_ortsteil, end_ortsteil
from leistungen.auskunft import Auskunft, Platz, auskuenfte, load_umfeld
from leistungen.coverage import Art, Befund, prove
from leistungen.models import Kriterium, Zustaendigkeit
from tests.welt import Welt, behoerde, build, leistung

pytestmark = pytest.mark.django_db
ADRESSE = "160510000000.vieselbach"


@pytest.fixture
def welt(db: None) -> Welt:
    return build()


@pytest.fixture
def vieselbach(welt: Welt) -> Gebiet:
    return create_ortsteil(gemeinde=welt.erfurt, name="Vieselbach")


@pytest.fixture
def ortsamt(welt: Welt) -> Behoerde:
    return behoerde("Ortsamt Vieselbach", "ortsamt", Behoerdenart.objects.get())


def regel(welt: Welt, gebiet: Gebiet, amt: Behoerde, **felder: Any) -> Zustaendigkeit:
    row: Zustaendigkeit = Zustaendigkeit.objects.create(
        leistung=felder.pop("leistung", welt.hund), gebiet=gebiet, behoerde=amt, **felder
    )
    return row


def frage(welt: Welt, gebiet: Gebiet) -> Auskunft:
    umfeld = load_umfeld(Platz((gebiet.pk,)), timezone.localdate())
    return auskuenfte({welt.hund.pk: welt.hund.titel}, umfeld)[welt.hund.pk]


def aemter(welt: Welt, gebiet: Gebiet) -> list[str]:
    return [stelle.name for stelle in frage(welt, gebiet).stellen]


def befunde(welt: Welt, *arten: Art) -> list[Befund]:
    gefunden = prove(timezone.localdate(), [welt.hund.pk]).befunde
    return [befund for befund in gefunden if not arten or befund.art in arten]


def test_rule_at_an_ortsteil_wins_there_and_only_there(
    welt: Welt, vieselbach: Gebiet, ortsamt: Behoerde, client: Client
) -> None:
    assert aemter(welt, vieselbach) == ["Stadtverwaltung Erfurt"]
    regel(welt, vieselbach, ortsamt)

    assert aemter(welt, vieselbach) == ["Ortsamt Vieselbach"]
    assert aemter(welt, welt.erfurt) == ["Stadtverwaltung Erfurt"]
    zellen = prove(timezone.localdate(), [welt.hund.pk], mit_zellen=True).zellen
    for gebiet in (vieselbach, welt.erfurt):
        (zelle,) = zellen[welt.hund.pk, gebiet.pk]
        assert zelle.regel_id == frage(welt, gebiet).stellen[0].regel_id
    for ort, amt in ((ADRESSE, "Ortsamt Vieselbach"), ("Erfurt", "Stadtverwaltung Erfurt")):
        (antwort,) = kommando(ort)["treffer"]
        assert antwort["behoerde"] == amt
        seite = client.get(
            reverse("leistungen:detail", args=[welt.hund.slug_de]), {"ort": ort}, follow=True
        )
        assert amt in seite.content.decode()


def kommando(ort: str, *mehr: str) -> Any:
    output = StringIO()
    call_command(
        "find_behoerde", "hundesteuer-anmelden", "--ort", ort, "--json", *mehr, stdout=output
    )
    return json.loads(output.getvalue())


def test_answer_names_the_ortsteil_and_says_why(
    welt: Welt, vieselbach: Gebiet, ortsamt: Behoerde
) -> None:
    regel(welt, vieselbach, ortsamt)

    antwort = kommando("Vieselbach")

    assert antwort["orte"] == [
        {
            "ars": ADRESSE,
            "name": "Vieselbach",
            "kreis": "kreisfreie Stadt",
            "verband": "",
            "gemeinde": "Erfurt",
        }
    ]
    assert antwort["treffer"][0]["ebene"] == "ortsteil"
    assert antwort["treffer"][0]["gebiet"] == "Ortsteil Vieselbach"
    assert "Für den Ortsteil Vieselbach gilt eine eigene Regel." in antwort["spur"]


def test_page_goes_on_with_the_canonical_address(
    welt: Welt, vieselbach: Gebiet, ortsamt: Behoerde, client: Client
) -> None:
    regel(welt, vieselbach, ortsamt)
    url = reverse("leistungen:detail", args=[welt.hund.slug_de])

    weiter = client.get(url, {"ort": "Vieselbach"})
    seite = client.get(url, {"ort": ADRESSE})

    assert weiter["Location"] == f"{url}?ort={ADRESSE}"
    assert seite.status_code == 200
    assert "Vieselbach (Erfurt)" in seite.content.decode()


def test_rules_at_ortsteile_leave_a_complete_proof_complete(
    welt: Welt, vieselbach: Gebiet, ortsamt: Behoerde
) -> None:
    vorher = prove(timezone.localdate(), [welt.hund.pk])
    regel(welt, vieselbach, ortsamt)
    nachher = prove(timezone.localdate(), [welt.hund.pk])

    assert nachher.befunde == vorher.befunde == ()
    assert (nachher.bilanzen, nachher.gemeinden) == (vorher.bilanzen, vorher.gemeinden)


def test_gap_says_that_a_rule_holds_in_an_ortsteil_only(
    welt: Welt, vieselbach: Gebiet, ortsamt: Behoerde
) -> None:
    Zustaendigkeit.objects.filter(gebiet=welt.erfurt).delete()
    regel(welt, vieselbach, ortsamt)

    (befund,) = befunde(welt)

    assert (befund.art, befund.gebiet_ids) == (Art.LUECKE, (welt.erfurt.pk,))
    assert befund.text == (
        "In einer Gemeinde fehlt die Stelle: Erfurt. "
        "Eine Stelle gilt dort nur in Ortsteilen: Ortsteil Vieselbach (Erfurt)."
    )


def test_rule_at_an_ended_ortsteil_is_dead(
    welt: Welt, vieselbach: Gebiet, ortsamt: Behoerde
) -> None:
    row = regel(welt, vieselbach, ortsamt)
    end_ortsteil(ortsteil=vieselbach, letzter_tag=timezone.localdate() - timedelta(days=1))

    (befund,) = befunde(welt)

    assert (befund.art, befund.regel_ids) == (Art.TOTE_REGEL, (row.pk,))
    assert befund.text.startswith("Die Regel für „Ortsteil Vieselbach (Erfurt)“ gilt für niemanden")


def test_conflict_and_double_in_an_ortsteil_are_found(
    welt: Welt, vieselbach: Gebiet, ortsamt: Behoerde
) -> None:
    regel(welt, vieselbach, ortsamt)
    zweite = regel(welt, vieselbach, welt.verwaltungsgemeinschaft)

    (konflikt,) = befunde(welt)
    assert (konflikt.art, konflikt.gebiet_ids, konflikt.ortsteil_ids) == (
        Art.KONFLIKT,
        (),
        (vieselbach.pk,),
    )
    assert konflikt.text.endswith("Das gilt in einem Ortsteil: Ortsteil Vieselbach (Erfurt).")
    assert prove(timezone.localdate(), [welt.hund.pk]).gesamt.konflikte == 0

    Zustaendigkeit.objects.filter(gebiet=vieselbach).exclude(pk=zweite.pk).delete()
    Zustaendigkeit.objects.filter(pk=zweite.pk).update(
        wirkung="ergaenzt", behoerde=welt.stadtverwaltung
    )
    (doppelt,) = befunde(welt)
    assert (doppelt.art, doppelt.ortsteil_ids) == (Art.UEBERLAPPUNG, (vieselbach.pk,))


def test_fault_of_the_gemeinde_is_told_once(
    welt: Welt, vieselbach: Gebiet, ortsamt: Behoerde
) -> None:
    regel(welt, vieselbach, ortsamt, wirkung="ergaenzt")
    regel(welt, welt.erfurt, behoerde("Zweites Amt", "zweites-amt", Behoerdenart.objects.get()))

    (befund,) = befunde(welt)

    assert (befund.art, befund.gebiet_ids) == (Art.KONFLIKT, (welt.erfurt.pk,))
    assert "in einer Gemeinde: Erfurt." in befund.text


def test_unpublished_office_and_missing_letters_in_an_ortsteil_are_found(
    welt: Welt, vieselbach: Gebiet, ortsamt: Behoerde
) -> None:
    frage_ = Kriterium.objects.create(slug="n", frage_de="Familienname?", art="buchstabe")
    regel(welt, vieselbach, ortsamt, kriterium=frage_, werte=list("ABC"))
    (luecke,) = befunde(welt)
    assert (luecke.art, luecke.ortsteil_ids) == (Art.KRITERIUM_LUECKE, (vieselbach.pk,))

    Zustaendigkeit.objects.filter(gebiet=vieselbach).delete()
    regel(welt, vieselbach, ortsamt)
    Behoerde.objects.filter(pk=ortsamt.pk).update(live=False)
    (offline,) = befunde(welt)
    assert (offline.art, offline.ortsteil_ids) == (Art.ZIEL_OFFLINE, (vieselbach.pk,))
    assert "in einem Ortsteil eingetragen" in offline.text


def test_district_of_ortsteile_is_no_dead_area(
    welt: Welt, vieselbach: Gebiet, ortsamt: Behoerde
) -> None:
    bezirk = save_bezirk(name="Schulbezirk", mitglieder=[Mitglied(vieselbach.pk)], ab=None)
    regel(welt, bezirk, ortsamt)

    assert befunde(welt) == []
    assert aemter(welt, vieselbach) == ["Ortsamt Vieselbach"]
    regel(welt, vieselbach, welt.stadtverwaltung)
    (befund,) = befunde(welt)
    assert (befund.art, befund.ortsteil_ids) == (Art.UNERREICHBAR, (vieselbach.pk,))


def test_service_with_rules_in_ortsteile_only_asks_for_the_place(
    welt: Welt, vieselbach: Gebiet, ortsamt: Behoerde
) -> None:
    markt = leistung("Wochenmarkt", "wochenmarkt")
    regel(welt, vieselbach, ortsamt, leistung=markt)
    umfeld = load_umfeld(Platz((welt.udestedt.pk,)), timezone.localdate())

    assert auskuenfte({markt.pk: "Markt"}, umfeld)[markt.pk].ergebnis.zustand == "KEINE_REGEL"
    assert len(prove(timezone.localdate(), [markt.pk]).befunde[0].gebiet_ids) == 3
