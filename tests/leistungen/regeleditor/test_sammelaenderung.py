"""The way of a package through the admin: form, preview, enter, take back."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from behoerden.models import Behoerde, Gebiet, Gebietsart
from leistungen.models import Kategorie, Kriterium, Zustaendigkeit, Zustaendigkeitspaket
from leistungen.regeleditor.forms import lies_werte
from leistungen.regeleditor.gebietswahl import gebiete_der_wahl
from leistungen.regeleditor.widgets import GebieteAuswahl
from tests.welt import Welt, behoerde, gebiet, leistung

pytestmark = pytest.mark.django_db


def zuweisung(welt: Welt, **mehr: Any) -> dict[str, Any]:
    """A filled form: the dog tax in Erfurt goes to the Verwaltungsgemeinschaft."""
    return {
        "vorschau": "1",
        "leistungen": [welt.hund.pk],
        "gebietswahl": "gewaehlte",
        "gebiete": [welt.erfurt.pk],
        "ziel": "behoerde",
        "behoerde": welt.verwaltungsgemeinschaft.pk,
        "rolle": "01",
        "wirkung": "ersetzt",
        "vorhandene": "ersetzen",
        **mehr,
    }


def entwurf(client: Client, name: str, daten: dict[str, Any]) -> Zustaendigkeitspaket:
    """Send a form and return the draft it made."""
    answer = client.post(reverse(f"regeleditor:{name}"), daten)
    assert answer.status_code == 302, answer.content.decode()
    return Zustaendigkeitspaket.objects.latest("pk")


def schritt(client: Client, name: str, paket: Zustaendigkeitspaket, **daten: Any) -> Any:
    return client.post(reverse(f"regeleditor:{name}", args=[paket.pk]), daten)


def vorschau(client: Client, paket: Zustaendigkeitspaket) -> Any:
    return client.get(reverse("regeleditor:paket", args=[paket.pk]))


def test_from_form_to_preview_to_rules_and_back(welt: Welt, redaktion: Client) -> None:
    paket = entwurf(redaktion, "zuweisen", zuweisung(welt))
    seite = vorschau(redaktion, paket)
    html = seite.content.decode()
    assert "Stadtverwaltung Erfurt" in html
    assert "Verwaltungsgemeinschaft Gramme-Vippach" in html
    assert Zustaendigkeit.objects.get(gebiet=welt.erfurt).behoerde == welt.stadtverwaltung

    schritt(redaktion, "eintragen", paket, fingerabdruck=seite.context["fingerabdruck"])
    regel = Zustaendigkeit.objects.get(gebiet=welt.erfurt)
    assert regel.behoerde == welt.verwaltungsgemeinschaft
    assert "Zurücknehmen" in vorschau(redaktion, paket).content.decode()

    schritt(redaktion, "zuruecknehmen", paket)
    assert Zustaendigkeit.objects.get(gebiet=welt.erfurt).behoerde == welt.stadtverwaltung


def test_preview_tells_what_the_prover_would_find(welt: Welt, redaktion: Client) -> None:
    regel = Zustaendigkeit.objects.get(gebiet=welt.erfurt)
    daten = {"vorschau": "1", "regeln": [regel.pk], "bis": "01.01.2026"}

    html = vorschau(redaktion, entwurf(redaktion, "beenden", daten)).content.decode()

    assert "Das käme hinzu:" in html
    assert Zustaendigkeit.objects.get(gebiet=welt.erfurt).gueltig_bis is None


def test_stale_preview_is_refused_and_nothing_written(welt: Welt, redaktion: Client) -> None:
    paket = entwurf(redaktion, "zuweisen", zuweisung(welt))

    schritt(redaktion, "eintragen", paket, fingerabdruck="alt")

    paket.refresh_from_db()
    assert paket.status == "entwurf"
    assert Zustaendigkeit.objects.get(gebiet=welt.erfurt).behoerde == welt.stadtverwaltung


def test_rules_in_the_way_are_named(welt: Welt, redaktion: Client) -> None:
    paket = entwurf(redaktion, "zuweisen", zuweisung(welt))
    marke = vorschau(redaktion, paket).context["fingerabdruck"]
    schritt(redaktion, "eintragen", paket, fingerabdruck=marke)
    regel = Zustaendigkeit.objects.get(gebiet=welt.erfurt)
    regel.behoerde = welt.stadtverwaltung
    regel.save()

    answer = schritt(redaktion, "zuruecknehmen", paket)

    assert answer.status_code == 409
    assert "Erfurt: Stadtverwaltung Erfurt" in answer.content.decode()


def test_draft_can_be_changed_and_discarded(welt: Welt, redaktion: Client) -> None:
    paket = entwurf(redaktion, "zuweisen", zuweisung(welt))
    url = reverse("regeleditor:bearbeiten", args=[paket.pk])
    html = " ".join(redaktion.get(url).content.decode().split())
    assert f'name="gebiete" value="{welt.erfurt.pk}" checked' in html

    redaktion.post(url, zuweisung(welt, titel="Anders", gebiete=[welt.verband.pk]))
    paket.refresh_from_db()
    assert paket.titel == "Anders"
    assert paket.operationen["operation"]["ziele"] == [
        [welt.verband.pk, welt.verwaltungsgemeinschaft.pk]
    ]

    schritt(redaktion, "verwerfen", paket)
    assert not Zustaendigkeitspaket.objects.exists()


def test_areas_are_typed_as_names_and_keys(welt: Welt, redaktion: Client) -> None:
    namen = "Udestedt; 160685012030; landkreis sömmerda"
    daten = zuweisung(welt, gebiete=[], **{"gebiete-namen": namen})

    paket = entwurf(redaktion, "zuweisen", daten)

    ziele = {ziel for ziel, _ in paket.operationen["operation"]["ziele"]}
    assert ziele == {welt.udestedt.pk, welt.kleinmoelsen.pk, welt.kreis.pk}


@pytest.mark.parametrize(
    ("mehr", "satz"),
    [
        ({"gebiete": [], "gebiete-namen": "Nirgendwo"}, "„Nirgendwo“ finden wir nicht."),
        ({"gebiete": [], "gebiete-namen": "Doppelort"}, "bezeichnet mehrere Gebiete"),
        ({"gebiete": []}, "Wählen Sie mindestens ein Gebiet."),
        ({"leistungen": []}, "Wählen Sie mindestens eine Leistung."),
        ({"leistungen-namen": "Unsinn"}, "„Unsinn“ finden wir nicht."),
        ({"behoerde": ""}, "Wählen Sie eine Behörde."),
        ({"werte": "A"}, "Kriterium und Werte gehören zusammen"),
        ({"ab": "02.01.2026", "bis": "01.01.2026"}, "Das Ende der Gültigkeit liegt vor"),
        ({"ziel": "verwaltung", "gebiete-namen": "Udestedt"}, "allgemeine Verwaltung"),
    ],
)
def test_what_cannot_be_resolved_is_named(
    welt: Welt, redaktion: Client, mehr: dict[str, Any], satz: str
) -> None:
    for ars in ("160680000098", "160680000099"):
        gebiet(Gebietsart.GEMEINDE, "Doppelort", ars, welt.kreis)

    answer = redaktion.post(reverse("regeleditor:zuweisen"), zuweisung(welt, **mehr))

    assert answer.status_code == 200
    assert satz in answer.content.decode()
    assert not Zustaendigkeitspaket.objects.exists()


def test_letters_are_typed_as_ranges(welt: Welt, redaktion: Client) -> None:
    frage: dict[str, Any] = {"slug": "n", "frage_de": "Familienname?", "art": "buchstabe"}
    kriterium = Kriterium.objects.create(**frage)

    paket = entwurf(redaktion, "zuweisen", zuweisung(welt, kriterium=kriterium.pk, werte="A–C, M"))

    assert paket.operationen["operation"]["werte"] == ["A", "B", "C", "M"]
    assert lies_werte("x - z, Privatperson") == ("X", "Y", "Z", "Privatperson")


def test_whole_lebenslage_goes_into_the_package(welt: Welt, redaktion: Client) -> None:
    kategorie = Kategorie.objects.create(**{"name_de": "Tiere", "slug": "tiere"})
    katze = leistung("Katze anmelden", "katze-anmelden")
    katze.kategorien.add(kategorie)
    katze.save()

    paket = entwurf(redaktion, "zuweisen", zuweisung(welt, lebenslage=kategorie.pk))

    ids = paket.operationen["operation"]["leistung_ids"]
    assert ids == sorted([welt.hund.pk, katze.pk])


def test_each_area_gets_its_own_administration(welt: Welt, redaktion: Client) -> None:
    behoerde("Landratsamt Sömmerda", "lra", welt.stadtverwaltung.art, welt.kreis)

    paket = entwurf(redaktion, "zuweisen", zuweisung(welt, gebietswahl="kreise", ziel="verwaltung"))

    ziele = dict(paket.operationen["operation"]["ziele"])
    assert ziele == {
        welt.kreis.pk: Behoerde.objects.get(slug="lra").pk,
        welt.erfurt.pk: welt.stadtverwaltung.pk,
    }


def test_levels_are_resolved_by_the_areas_of_the_day(welt: Welt) -> None:
    from django.utils import timezone

    frei = gebiet(Gebietsart.GEMEINDE, "Sömmerda", "160680051051", welt.kreis)
    heute = timezone.localdate()

    def namen(wahl: str, kreis: Gebiet | None = None) -> set[int]:
        return set(gebiete_der_wahl(wahl, kreis, heute))

    assert namen("land") == {welt.land.pk}
    assert namen("kreise") == {welt.kreis.pk, welt.erfurt.pk}
    assert namen("verbaende") == {welt.verband.pk, frei.pk, welt.erfurt.pk}
    assert namen("verbaende", welt.kreis) == {welt.verband.pk, frei.pk}
    assert namen("gemeinden", welt.kreis) == {welt.udestedt.pk, welt.kleinmoelsen.pk, frei.pk}
    assert namen("gemeinden", welt.erfurt) == {welt.erfurt.pk}


def test_rules_of_a_service_are_copied_to_another(welt: Welt, redaktion: Client) -> None:
    katze = leistung("Katze anmelden", "katze-anmelden")
    daten = {"vorschau": "1", "von": welt.hund.pk, "nach": katze.pk}

    paket = entwurf(redaktion, "kopieren", daten)
    marke = vorschau(redaktion, paket).context["fingerabdruck"]
    schritt(redaktion, "eintragen", paket, fingerabdruck=marke)

    paare = Zustaendigkeit.objects.values_list("gebiet_id", "behoerde_id").order_by("gebiet_id")
    assert list(paare.filter(leistung=katze)) == list(paare.filter(leistung=welt.hund))
    assert paket.titel == "Katze anmelden: Regeln wie Hund zur Hundesteuer anmelden"


def test_authority_is_replaced_from_a_day_on(welt: Welt, redaktion: Client) -> None:
    daten = {
        "vorschau": "1",
        "alt": welt.stadtverwaltung.pk,
        "neu": welt.verwaltungsgemeinschaft.pk,
        "ab": "01.01.2027",
    }
    paket = entwurf(redaktion, "ersetzen", daten)
    marke = vorschau(redaktion, paket).context["fingerabdruck"]
    schritt(redaktion, "eintragen", paket, fingerabdruck=marke)

    regeln = Zustaendigkeit.objects.filter(gebiet=welt.erfurt).order_by("gueltig_ab")
    assert {(str(r.behoerde), str(r.gueltig_ab), str(r.gueltig_bis)) for r in regeln} == {
        ("Stadtverwaltung Erfurt", "None", "2026-12-31"),
        ("Verwaltungsgemeinschaft Gramme-Vippach", "2027-01-01", "None"),
    }


def test_marked_rules_fill_the_form_that_ends_them(welt: Welt, redaktion: Client) -> None:
    regel = Zustaendigkeit.objects.get(gebiet=welt.erfurt)

    html = redaktion.post(
        reverse("regeleditor:beenden"), {"regeln": [regel.pk], "am": "x", "durch": ""}
    ).content.decode()

    assert "Hund zur Hundesteuer anmelden – Erfurt: Stadtverwaltung Erfurt" in html
    assert f'name="regeln" value="{regel.pk}"' in html
    assert "Markieren Sie" not in html


def test_form_lists_no_objects_that_are_not_chosen(welt: Welt, redaktion: Client) -> None:
    html = redaktion.get(reverse("regeleditor:zuweisen")).content.decode()

    for area in ("Udestedt", "Gramme-Vippach"):
        assert area not in html
    assert GebieteAuswahl().dialog_url in html


def test_rule_that_goes_and_its_successor_share_a_line(welt: Welt, redaktion: Client) -> None:
    seite = vorschau(redaktion, entwurf(redaktion, "zuweisen", zuweisung(welt)))

    (zelle,) = seite.context["zellen"]
    (zeile,) = zelle.zeilen
    assert (zeile.art, zeile.alt, zeile.neu) == (
        "ersetzt",
        "Stadtverwaltung Erfurt",
        "Verwaltungsgemeinschaft Gramme-Vippach",
    )


def test_only_a_kreis_narrows_a_level(welt: Welt, redaktion: Client) -> None:
    daten = zuweisung(welt, gebietswahl="gemeinden", kreis=welt.udestedt.pk)

    html = redaktion.post(reverse("regeleditor:zuweisen"), daten).content.decode()

    assert "Wählen Sie einen Kreis oder eine kreisfreie Stadt." in html


def test_large_package_says_that_the_prover_was_not_asked(welt: Welt, redaktion: Client) -> None:
    dienste = [leistung(f"Dienst {number}", f"dienst-{number}").pk for number in range(21)]

    paket = entwurf(redaktion, "zuweisen", zuweisung(welt, leistungen=dienste))

    assert "dieses Paket ist größer" in vorschau(redaktion, paket).content.decode()
