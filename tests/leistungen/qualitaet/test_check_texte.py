"""The report of the night: what it counts, prints and answers to the shell."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leistungen.models import Begriff, Leistung, Leistungsschluessel, Unterlage
from leistungen.qualitaet.bericht import berichte

pytestmark = pytest.mark.django_db


def live(slug: str, hinweise: str = "<p>Das Amt hilft Ihnen.</p>", **felder: Any) -> Leistung:
    objekt = Leistung(
        bezeichnung_de=f"{slug.title()} anmelden",
        slug_de=slug,
        hinweise_de=hinweise,
        typisierung_codes=["5"],
        live=True,
        **felder,
    )
    objekt.begriffe = [Begriff(begriff_de="Alltag")]
    objekt.unterlagen = [Unterlage(bezeichnung_de="Ausweis"), Unterlage(bezeichnung_de="Antrag")]
    objekt.leistungsschluessel = [
        Leistungsschluessel(schluessel="99102013000000", ist_primaer=True)
    ]
    objekt.save()
    objekt.save_revision()
    return objekt


def run(*args: str) -> tuple[str, int]:
    out = StringIO()
    try:
        call_command("check_texte", *args, stdout=out)
    except SystemExit as ende:
        return out.getvalue(), int(str(ende.code))
    return out.getvalue(), 0


def test_hints_alone_end_with_zero() -> None:
    live("hund", "<p>Gegebenenfalls hilft das Amt.</p>")

    text, code = run("--nur", "soll")

    assert code == 0
    assert "Q-TXT-2  soll        1           1  hund: „Gegebenenfalls“, besser:" in text
    assert text.endswith("1 Leistungen geprüft: 0 Fehler (muss), 2 Hinweise (soll).\n")


def test_an_error_ends_with_one_and_stands_first() -> None:
    live("hund", "<p>Gegebenenfalls kostet es XX Euro.</p>")

    text, code = run()

    assert code == 1
    assert [zeile.split()[1] for zeile in text.splitlines()[2:6]] == [
        "muss", "muss", "soll", "soll",
    ]  # fmt: skip
    assert "hund: „XX“ ist ein Platzhalter." in text


def test_json_names_every_passage() -> None:
    live("hund", "<p>Das kostet XX Euro.</p>")

    antwort = json.loads(run("--json", "--nur", "muss")[0])

    assert (antwort["leistungen"], antwort["muss"], antwort["soll"]) == (1, 3, 0)
    platzhalter = next(b for b in antwort["befunde"] if b["regel"] == "Q-STR-3")
    assert platzhalter == {
        "leistung": "hund",
        "regel": "Q-STR-3",
        "schwere": "muss",
        "modul": "hinweise",
        "sprache": "de",
        "zeile": "",
        "text": "„XX“ ist ein Platzhalter.",
        "hinweis": "Schreiben Sie, was hier stehen soll, oder löschen Sie die Stelle.",
        "zitat": "XX",
    }


def test_only_what_is_public_is_read_unless_drafts_are_asked_for() -> None:
    objekt = live("hund")
    objekt.hinweise_de = "<p>Lorem</p>"
    objekt.save_revision()
    Leistung(bezeichnung_de="Katze", slug_de="katze").save()

    assert berichte().leistungen == 1
    assert "Lorem" not in run()[0]
    entwuerfe = berichte(entwuerfe=True)
    assert entwuerfe.leistungen == 2
    assert [f.slug for f in entwuerfe.befunde if f.befund.zitat == "Lorem"] == ["hund"]


def test_one_service_is_shown_passage_by_passage() -> None:
    live("hund", "<p>Ggf. hilft das Amt. Das gilt ca. ein Jahr.</p>")

    text, _code = run("--leistung", "hund")

    assert "Q-TXT-2  soll  Besonderheiten" in text
    assert "„ca.“ ausschreiben: etwa" in text


def test_an_unknown_service_is_named() -> None:
    with pytest.raises(CommandError, match="Es gibt keine Leistung „gibtsnicht“"):
        run("--leistung", "gibtsnicht")


@pytest.mark.parametrize("entwuerfe", [False, True], ids=["veroeffentlicht", "entwuerfe"])
def test_the_number_of_queries_does_not_grow_with_the_services(entwuerfe: bool) -> None:
    def lauf() -> int:
        with CaptureQueriesContext(connection) as queries:
            berichte(entwuerfe=entwuerfe)
        return len(queries)

    live("hund")
    lauf()
    eine = lauf()
    for nummer in range(4):
        live(f"hund-{nummer}")

    assert lauf() == eine
