"""Code lists are data: read in whole, twice without effect, wrong files named."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client

from leistungen.codelisten.datei import Dateifehler
from leistungen.codelisten.einlesen import fixtures, store_codelisten
from leistungen.codes import CODELISTEN
from leistungen.models import Codeliste, Codewert

pytestmark = pytest.mark.django_db
KOPF = "list_uri,version,name,code,bezeichnung_de\n"


def datei(ordner: Path, text: str, name: str = "liste.csv") -> Path:
    pfad = ordner / name
    pfad.write_text(text, encoding="utf-8")
    return pfad


def test_fixtures_are_read_once_and_belong_to_fields() -> None:
    berichte = store_codelisten(fixtures())
    nochmal = store_codelisten(fixtures())

    assert {liste.list_uri for liste in Codeliste.objects.all()} <= set(CODELISTEN.values())
    assert all(bericht.ist_aktiv for bericht in berichte)
    assert not any(bericht.hat_geaendert for bericht in nochmal)
    assert Codewert.objects.filter(code="30", bezeichnung_de="substantiell").exists()


def test_file_without_label_keeps_the_label_of_an_editor(tmp_path: Path) -> None:
    pfad = datei(tmp_path, KOPF + "urn:x,1,X,01,\n")
    store_codelisten([pfad])
    Codewert.objects.update(bezeichnung_de="von Hand")
    (bericht,) = store_codelisten([pfad])

    assert Codewert.objects.get().bezeichnung_de == "von Hand"
    assert bericht.unveraendert == 1


def test_code_that_is_gone_stays_and_cannot_be_chosen(tmp_path: Path) -> None:
    store_codelisten([datei(tmp_path, KOPF + "urn:x,1,X,01,a\nurn:x,1,X,02,b\n")])
    (bericht,) = store_codelisten([datei(tmp_path, KOPF + "urn:x,1,X,01,a\n")])

    assert bericht.entfallen == 1
    assert not Codewert.objects.get(code="02").ist_aktiv


def test_new_version_waits_until_it_is_activated(tmp_path: Path) -> None:
    store_codelisten([datei(tmp_path, KOPF + "urn:x,1,X,01,a\n")])
    zweite = datei(tmp_path, KOPF + "urn:x,2,X,01,a\n")
    (bericht,) = store_codelisten([zweite])
    assert not bericht.ist_aktiv

    (bericht,) = store_codelisten([zweite], aktivieren=True)
    assert bericht.ist_aktiv
    assert Codeliste.objects.get(ist_aktiv=True).version == "2"


@pytest.mark.parametrize(
    ("text", "grund"),
    [
        (KOPF + "urn:x,1,X,01,a\nurn:x,1,X,01,b\n", "Zeile 3: Der Code „01“ kommt doppelt vor"),
        (KOPF + "urn:x,1,X,,a\n", "Zeile 2: „code“ ist leer"),
        ("list_uri,version\nurn:x,1\n", "Diese Spalten fehlen: code"),
        ("list_uri,version,code,foo\nurn:x,1,01,a\n", "Unbekannte Spalten: foo"),
        (KOPF + "urn:x,1,X,01,a,b\n", "mehr Felder als Spalten"),
        (KOPF + f"urn:x,1,X,{'9' * 41},a\n", "„code“ ist länger als 40 Zeichen"),
    ],
)
def test_wrong_file_is_refused_whole(tmp_path: Path, text: str, grund: str) -> None:
    gut = datei(tmp_path, KOPF + "urn:gut,1,G,01,a\n", "a.csv")
    with pytest.raises(Dateifehler, match=r"liste\.csv") as fehler:
        store_codelisten([gut, datei(tmp_path, text)])

    assert grund in str(fehler.value)
    assert not Codeliste.objects.exists()


def test_command_rehearses_and_reports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pfad = datei(tmp_path, KOPF + "urn:x,1,Beispiel,01,a\n")
    call_command("import_codelisten", str(pfad), "--dry-run")
    assert not Codeliste.objects.exists()
    call_command("import_codelisten", str(pfad))

    assert "Beispiel, Version 1: 1 neu" in capsys.readouterr().out
    with pytest.raises(CommandError, match="nicht lesbar"):
        call_command("import_codelisten", str(tmp_path / "fehlt.csv"))


def test_labels_are_entered_in_the_admin_and_codes_are_not(client: Client) -> None:
    store_codelisten(fixtures())
    client.force_login(User.objects.create_superuser("verwaltung"))
    wert = Codewert.objects.filter(bezeichnung_de="").first()
    assert wert is not None
    client.post(
        f"/admin/codewerte/edit/{wert.pk}/",
        {"bezeichnung_de": "neu", "code": "anders", "ist_aktiv": "on", "ersetzt_durch": ""},
    )
    danach = Codewert.objects.get(pk=wert.pk)

    assert (danach.code, danach.bezeichnung_de) == (wert.code, "neu")
    assert client.get("/admin/codelisten/").status_code == 200
    assert client.get("/admin/codewerte/new/").status_code == 302
    assert client.post(f"/admin/codewerte/delete/{wert.pk}/").status_code == 302
    assert Codewert.objects.filter(pk=wert.pk).exists()


def test_lists_of_topics_have_plain_headings(client: Client) -> None:
    client.force_login(User.objects.create_superuser("verwaltung"))

    assert "[de]" not in client.get("/admin/kategorien/").content.decode()
    assert "[de]" not in client.get("/admin/kriterien/").content.decode()
