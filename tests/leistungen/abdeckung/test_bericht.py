"""The report "Abdeckung" in the admin."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from behoerden.models import Behoerde
from leistungen.abdeckung import speicher
from leistungen.abdeckung.kacheln import PLAETZE, make_karte, zustand
from leistungen.coverage import Bilanz
from leistungen.models import Leistung, Zustaendigkeit
from tests.welt import Welt, build, leistung

pytestmark = pytest.mark.django_db
URL = "/admin/abdeckung/"
MAX_QUERIES = 15


@pytest.fixture(autouse=True)
def leerer_speicher(monkeypatch: pytest.MonkeyPatch) -> speicher.Speicher:
    """Tests roll back; what another one proved is forgotten."""
    neu = speicher.Speicher()
    monkeypatch.setattr(speicher, "SPEICHER", neu)
    monkeypatch.setattr("leistungen.abdeckung.bericht.SPEICHER", neu)
    return neu


@pytest.fixture
def welt(db: None) -> Welt:
    return build()


@pytest.fixture
def chefin(client: Client) -> Client:
    client.force_login(get_user_model().objects.create_superuser("chefin", "c@test.example", "x"))
    return client


def html(answer: Any) -> str:
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_gaps_are_numbers_words_and_tiles(welt: Welt, chefin: Client) -> None:
    Zustaendigkeit.objects.filter(gebiet=welt.erfurt).delete()

    page = html(chefin.get(URL))

    assert re.search(r"<dt>ohne Stelle</dt> <dd> 1 </dd>", page)
    assert "Lücke: 1" in page
    assert 'class="zf-kachel zf-kachel--luecke"' in page
    assert "0/1<span" in page
    assert ": Lücken</span>" in page
    assert 'role="img"' in page
    karte = page[page.index('<svg class="zf-kacheln"') :]
    assert "style=" not in karte[: karte.index("</svg>")]


def test_filters_by_finding_and_kreis(welt: Welt, chefin: Client) -> None:
    leistung("Reisepass beantragen", "reisepass")

    luecken = html(chefin.get(URL, {"art": "LUECKE"}))
    konflikte = html(chefin.get(URL, {"art": "KONFLIKT"}))
    kreis = html(chefin.get(URL, {"kreis": welt.erfurt.pk}))
    eine = html(chefin.get(URL, {"leistung": welt.hund.pk}))

    assert "Reisepass beantragen" in luecken
    assert "Hund zur Hundesteuer anmelden" not in luecken
    assert "Keine Leistung passt zu den Filtern." in konflikte
    assert kreis.count("zf-kachel__zahl") == 1
    assert "Reisepass beantragen" not in eine


def test_every_query_is_counted(welt: Welt, chefin: Client) -> None:
    for number in range(5):
        leistung(f"Leistung {number}", f"leistung-{number}")
    chefin.get("/admin/")  # caches of Wagtail

    with CaptureQueriesContext(connection) as kalt:
        chefin.get(URL)
    with CaptureQueriesContext(connection) as warm:
        chefin.get(URL)

    assert len(eigene(warm)) <= MAX_QUERIES, "\n".join(eigene(warm))
    assert len(eigene(kalt)) <= 2 * MAX_QUERIES  # the proof, once per change, for up to 500


def eigene(queries: CaptureQueriesContext) -> list[str]:
    """Statements besides savepoints."""
    return [q["sql"] for q in queries.captured_queries if not q["sql"].startswith(("SAVE", "RELE"))]


def test_export_has_a_row_per_service_and_kreis(welt: Welt, chefin: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(inhalt(chefin.get(URL, {"export": "csv"})).decode())))
    sheet = openpyxl.load_workbook(
        io.BytesIO(inhalt(chefin.get(URL, {"export": "xlsx"})))
    ).worksheets[0]

    assert [(row["Kreis"], row["Gemeinden"], row["mit Stelle"]) for row in rows] == [
        ("Erfurt", "1", "1"),
        ("Landkreis Sömmerda", "2", "2"),
    ]
    assert [cell.value for cell in next(sheet.iter_rows())][:3] == [
        "Leistung", "Adresse der Seite", "Kreis",
    ]  # fmt: skip
    assert sheet.max_row == 3


def inhalt(answer: HttpResponse) -> bytes:
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_page_of_a_service_names_every_gemeinde(welt: Welt, chefin: Client) -> None:
    Zustaendigkeit.objects.filter(gebiet=welt.verband).update(
        gueltig_bis=timezone.localdate() - timedelta(days=1)
    )

    page = html(chefin.get(f"{URL}leistung/{welt.hund.pk}/"))
    rows = inhalt(chefin.get(f"{URL}leistung/{welt.hund.pk}/", {"export": "csv"})).decode()

    assert "abgelaufene Regel (fehler)" in page
    assert re.search(r"Udestedt</th> <td>VG Gramme-Vippach</td> <td>Landkreis Sömmerda</td>", page)
    assert "Stadtverwaltung Erfurt" in page
    assert len(rows.splitlines()) == 4


@pytest.mark.parametrize("path", [URL, f"{URL}ergebnis/", f"{URL}leistung/1/"])
def test_only_those_who_may_see_rules_see_the_report(welt: Welt, client: Client, path: str) -> None:
    assert client.get(path).status_code == 302
    user = get_user_model().objects.create_user("gast", "g@test.example", "x")
    group = Group.objects.create(name="Gäste")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user.groups.add(group)
    client.force_login(user)

    assert client.get(path).status_code == 302  # Wagtail sends to its start page
    assert client.get("/admin/").status_code == 200
    assert URL not in client.get("/admin/").content.decode()


def test_a_change_is_seen_at_once_and_only_it_is_proved_again(
    welt: Welt, leerer_speicher: speicher.Speicher
) -> None:
    leistung("Reisepass beantragen", "reisepass")
    ids = list(Leistung.objects.values_list("pk", flat=True))
    _, vorher = leerer_speicher.teile_von(ids, timezone.localdate())
    Zustaendigkeit.objects.filter(leistung=welt.hund, gebiet=welt.erfurt).delete()

    _, nachher = leerer_speicher.teile_von(ids, timezone.localdate())

    geaendert = {pk for pk in ids if nachher[pk] is not vorher[pk]}
    assert geaendert == {welt.hund.pk}
    assert nachher[welt.hund.pk].bilanzen[welt.erfurt.pk].luecken == 1


def test_a_change_to_an_authority_forgets_all_proofs(
    welt: Welt, leerer_speicher: speicher.Speicher
) -> None:
    leerer_speicher.teile_von([welt.hund.pk], timezone.localdate())
    Behoerde.objects.filter(pk=welt.stadtverwaltung.pk).update(live=False)

    _, teil = leerer_speicher.teile_von([welt.hund.pk], timezone.localdate())

    assert teil[welt.hund.pk].bilanzen[welt.erfurt.pk].luecken == 1


def test_what_one_call_does_not_prove_the_next_one_does(
    welt: Welt, leerer_speicher: speicher.Speicher
) -> None:
    leistung("Reisepass beantragen", "reisepass")
    ids = list(Leistung.objects.order_by("pk").values_list("pk", flat=True))

    assert list(leerer_speicher.teile_von(ids, timezone.localdate(), hoechstens=1)[1]) == ids[:1]
    assert list(leerer_speicher.teile_von(ids, timezone.localdate(), hoechstens=1)[1]) == ids


def test_map_has_a_place_of_its_own_for_each_kreis() -> None:
    assert len(PLAETZE) == len({platz[1:] for platz in PLAETZE.values()}) == 22
    karte = make_karte([(1, "160610000000", "Eichsfeld"), (2, "160990000000", "Neukreis")], {})

    assert [kachel.kurz for kachel in karte.kacheln] == ["EIC", "NEU"]
    assert karte.kacheln[1].y > max(zeile for _, _, zeile in PLAETZE.values()) * 100 - 1


def test_conflicts_outrank_gaps() -> None:
    assert zustand(Bilanz()) == ("leer", "nichts zu prüfen")
    assert zustand(Bilanz(2, 1, 0, 1))[0] == "konflikt"
    assert zustand(Bilanz(2, 1))[0] == "luecke"
    assert zustand(Bilanz(2, 2))[0] == "voll"
    assert zustand(Bilanz(2, 2, 2))[0] == "geprueft"
