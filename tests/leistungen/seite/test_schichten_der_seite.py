"""The page composes its texts for the place, says where they come from, and marks German."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leistungen.ergaenzungen.erbe import vergleiche_mit_heute
from leistungen.models import (
    Ergaenzung,
    ErgaenzungGebuehr,
    Frist,
    Gebuehr,
    Leistung,
    Modullink,
    Onlinedienst,
    Rechtsgrundlage,
    Stammtext,
    Unterlage,
    VerwandteLeistung,
)
from leistungen.vorschau import render_leistung
from tests.welt import Welt, build, leistung, publish

pytestmark = pytest.mark.django_db

ERFURT = "160510000000"
HEUTE = timezone.localdate()


@pytest.fixture
def welt(db: None) -> Welt:
    gebaut = build()
    hund = gebaut.hund
    hund.volltext_de = "<p>Allgemeiner Text.</p>"
    hund.verfahrensablauf_de = "<ol><li>Anmelden</li></ol>"
    hund.gebuehren = [Gebuehr(art="fix", betrag=Decimal("37"), beschreibung_de="bar oder Karte")]
    hund.unterlagen = [
        Unterlage(bezeichnung_de="Bei Vertretung: Vollmacht", pflicht="02"),
        Unterlage(bezeichnung_de="Nachweis der Haftpflicht", bezeichnung_en="Proof of insurance"),
    ]
    hund.rechtsgrundlagen = [Rechtsgrundlage(norm="Satzung", url="https://recht.example/satzung")]
    publish(hund)
    return gebaut


def ergaenzung(welt: Welt, modul: str, **felder: Any) -> Ergaenzung:
    gebiet = felder.pop("gebiet", welt.erfurt)
    objekt = Ergaenzung(leistung=welt.hund, gebiet=gebiet, modul_code=modul, **felder)
    objekt.save()
    publish(objekt)
    return objekt


def seite(client: Client, **query: str) -> str:
    answer = client.get("/leistung/hundesteuer-anmelden/", query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def test_rows_read_as_sentences_the_general_document_first(welt: Welt, client: Client) -> None:
    html = seite(client)

    assert "37 € (bar oder Karte)" in html
    assert html.index("Nachweis der Haftpflicht") < html.index("Bei Vertretung: Vollmacht")
    assert '<a href="https://recht.example/satzung">Satzung</a>' in html


def test_a_planned_fee_is_announced_with_its_day(welt: Welt, client: Client) -> None:
    welt.hund.gebuehren = [
        Gebuehr(art="fix", betrag=Decimal("37"), gueltig_bis=HEUTE + timedelta(days=9)),
        Gebuehr(art="fix", betrag=Decimal("46"), gueltig_ab=HEUTE + timedelta(days=10)),
        Gebuehr(art="fix", betrag=Decimal("29"), gueltig_bis=HEUTE - timedelta(days=1)),
    ]
    publish(welt.hund)

    html = seite(client)

    assert "37 €" in html
    assert f"Ab {(HEUTE + timedelta(days=10)).day}." in html
    assert "29 €" not in html


def test_a_supplement_is_shown_in_its_area_only_and_marked(welt: Welt, client: Client) -> None:
    ergaenzung(welt, "06", inhalt_de="<p>In Erfurt gibt es Marken im Bürgeramt.</p>")

    in_erfurt, sonst = seite(client, ort=ERFURT), seite(client, ort="160685012055")

    assert "Allgemeiner Text." in in_erfurt
    assert "Gilt für Erfurt:" in in_erfurt
    assert "Marken im Bürgeramt" in in_erfurt
    assert "Land Thüringen und Erfurt" in in_erfurt
    assert "Marken im Bürgeramt" not in sonst
    assert "Marken im Bürgeramt" not in seite(client)


def test_a_supplement_of_the_verband_reaches_its_members(welt: Welt, client: Client) -> None:
    ergaenzung(welt, "06", gebiet=welt.verband, inhalt_de="<p>Bei uns.</p>", modus="ersetzen")

    html = seite(client, ort="160685012055")

    assert "Bei uns." in html
    assert "Allgemeiner Text." not in html


def test_rows_are_replaced_as_a_list(welt: Welt, client: Client) -> None:
    zeile = ErgaenzungGebuehr(art="fix", betrag=Decimal("5"))
    ergaenzung(welt, "kosten", modus="ersetzen", gebuehren=[zeile])

    html = seite(client, ort=ERFURT)

    assert "5 €" in html
    assert "37 €" not in html


def test_hiding_needs_a_reason_and_hides(welt: Welt, client: Client) -> None:
    ergaenzung(welt, "11", modus="ausblenden", begruendung="Hier übernimmt das der Verein.")

    assert "<h2>So geht es</h2>" not in seite(client, ort=ERFURT)
    assert "<h2>So geht es</h2>" in seite(client)


def test_an_expired_or_unpublished_supplement_is_not_shown(welt: Welt, client: Client) -> None:
    alt = ergaenzung(welt, "06", inhalt_de="<p>Vorbei.</p>")
    Ergaenzung.objects.filter(pk=alt.pk).update(gueltig_bis=date(2020, 1, 1))
    entwurf = Ergaenzung(
        leistung=welt.hund, gebiet=welt.erfurt, modul_code="16", inhalt_de="<p>Entwurf.</p>"
    )
    entwurf.save()
    entwurf.save_revision()

    html = seite(client, ort=ERFURT)

    assert "Vorbei." not in html
    assert "Entwurf." not in html


def test_the_text_of_the_bund_stands_until_the_land_decides_otherwise(
    welt: Welt, client: Client
) -> None:
    stammtext = Stammtext.objects.create(
        leistung=welt.hund, agency="B100019", xzufi_id="1", version="1",
        module={"06": {"de": "<p>Text des Bundes.</p>"}},
    )  # fmt: skip
    welt.hund.stammtext = stammtext
    publish(welt.hund)
    assert "Text des Bundes." in seite(client)
    assert "Allgemeiner Text." not in seite(client)

    welt.hund.modulmodi = {"06": "ergaenzen"}
    publish(welt.hund)
    html = seite(client)

    assert html.index("Text des Bundes.") < html.index("Allgemeiner Text.")
    assert "Bund und Land Thüringen" in html


def test_a_changed_text_above_makes_the_supplement_stale(welt: Welt) -> None:
    lokal = ergaenzung(welt, "06", inhalt_de="<p>Lokal.</p>")
    assert not vergleiche_mit_heute([lokal])[lokal.pk].aenderungen

    welt.hund.volltext_de = "<p>Allgemeiner Text, jetzt neu.</p>"
    publish(welt.hund)
    lokal = Ergaenzung.objects.get(pk=lokal.pk)
    vergleich = vergleiche_mit_heute([lokal])[lokal.pk]

    assert vergleich.basis == ("Allgemeiner Text.",)
    assert vergleich.heute == ("Allgemeiner Text, jetzt neu.",)
    assert lokal.inhalt_de == "<p>Lokal.</p>"

    lokal.basis_bestaetigt = True
    publish(lokal)
    assert not vergleiche_mit_heute([lokal])[lokal.pk].aenderungen


def preview(welt: Welt, modus: str) -> str:
    request = RequestFactory().get("/")
    antwort = render_leistung(request, welt.hund, modus).render()
    return " ".join(antwort.content.decode().replace("\u00a0", " ").split())


def test_german_under_an_english_heading_is_marked(welt: Welt) -> None:
    html = preview(welt, "en")

    assert "<h2>What you need</h2>" in html
    assert "Proof of insurance" in html
    assert '<li lang="de"> Bei Vertretung: Vollmacht' in html
    assert 'lang="de"> <p class="zf-sprachhinweis" lang="en">Only available in German:</p>' in html
    assert '<dd lang="de"> 37 € (bar oder Karte)' in html


def test_a_translated_row_speaks_the_language_of_the_page(welt: Welt) -> None:
    zeile = welt.hund.gebuehren.get()
    zeile.beschreibung_en = "cash or card"
    welt.hund.gebuehren = [zeile]
    welt.hund.fristen = [Frist(dauer=2, einheit="WOCHE")]
    publish(welt.hund)

    html = preview(welt, "en")

    assert "€37 (cash or card)" in html
    assert "2 weeks" in html
    assert "Das brauchen Sie" in preview(welt, "de_simple")


def test_preview_with_a_place_names_its_office(welt: Welt) -> None:
    assert "Stadtverwaltung Erfurt" in preview(welt, "ort")
    assert "Stadtverwaltung Erfurt" not in preview(welt, "")


def test_more_rows_cost_no_more_queries(welt: Welt, client: Client) -> None:
    seite(client, ort=ERFURT)  # warms caches of content types and sites
    with CaptureQueriesContext(
        connection,
    ) as vorher:
        seite(client, ort=ERFURT)

    hund: Leistung = welt.hund
    hund.gebuehren = [Gebuehr(art="fix", betrag=Decimal(n)) for n in range(9)]
    hund.modullinks = [Modullink(url=f"https://a.example/{n}", titel_de="Mehr") for n in range(9)]
    publish(hund)
    with CaptureQueriesContext(connection) as nachher:
        seite(client, ort=ERFURT)

    assert len(nachher) == len(vorher)


def test_related_services_are_linked_if_they_are_public(welt: Welt, client: Client) -> None:
    pass_ = leistung("Reisepass beantragen", "reisepass")
    entwurf = Leistung(bezeichnung_de="Geheim", slug_de="geheim")
    entwurf.save()
    welt.hund.verwandte = [VerwandteLeistung(andere=pass_), VerwandteLeistung(andere=entwurf)]
    publish(welt.hund)

    html = seite(client, ort=ERFURT)

    assert f'href="/leistung/reisepass/?ort={ERFURT}"' in html
    assert "Geheim" not in html


def test_a_service_under_maintenance_has_no_dead_button(welt: Welt, client: Client) -> None:
    dienst = Onlinedienst.objects.get()
    dienst.wartung_von = timezone.now() - timedelta(hours=1)
    publish(dienst)

    html = seite(client, ort=ERFURT)

    assert "Der Dienst wird gewartet." in html
    assert "https://online.example/hund/" not in html
