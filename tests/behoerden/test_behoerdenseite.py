"""The full page of an authority, its end, its file for address books, and its constraints."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from behoerden.behoerdenseite import behoerdenseite
from behoerden.models import (
    Anschrift,
    Behoerdenbeziehung,
    Erreichbarkeit,
    Kontaktperson,
    Oeffnungsausnahme,
    Oeffnungszeit,
)
from behoerden.models.kontaktperson import spaetester_tag
from behoerden.selectors import behoerde_karte, nachfolger_von
from tests.behoerden.conftest import HEUTE
from tests.behoerden.factories import (
    BehoerdeFactory,
    BehoerdennachfolgeFactory,
    KontaktpersonFactory,
    VollstaendigeBehoerdeFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gebiete")]
DIENSTAG_ZEHN = datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("Europe/Berlin"))


def html(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return str(answer.content.decode()).replace("\u00a0", " ")


@time_machine.travel(DIENSTAG_ZEHN, tick=False)
def test_page_shows_everything_that_is_known(client: Client) -> None:
    aufsicht = BehoerdeFactory(name_de="Aufsichtsamt", veroeffentlicht=True)
    behoerde = VollstaendigeBehoerdeFactory(veroeffentlicht=True, andere=aufsicht)

    text = html(client, f"/behoerde/{behoerde.slug}/")

    for wort in (
        "jetzt geöffnet bis 12 Uhr", "Dienstag (heute)", "Letzter Einlass 11:45 Uhr.",
        "24. Dezember 2026: geschlossen (Heiligabend)", "Telefonzeiten", "8–16 Uhr",
        "stufenloser Zugang", "keine Angabe", "Klingel links.", "am 4. Mai 2026 vor Ort geprüft",
        "Haltestelle: Anger (Linien 1, 2)", "Tiefgarage am Anger", "Mit der Bahn.",
        "Großempfängeranschrift", "030 23125 003", "Mobiltelefon (Bereitschaft)",
        "Frau Dr. Beispiel, Gewerbeanmeldungen", "Raum 12", "Aufsichtsamt", "Kontakt speichern",
    ):  # fmt: skip
        assert wort in text, wort
    assert 'href="tel:+493023125003"' not in text  # nobody calls a fax
    assert "Fachaufsicht über" in html(client, f"/behoerde/{aufsicht.slug}/")


def test_page_without_hours_asks_to_ask(client: Client) -> None:
    behoerde = BehoerdeFactory(veroeffentlicht=True)

    text = html(client, f"/behoerde/{behoerde.slug}/")

    assert "Öffnungszeiten bitte erfragen" in text
    assert "Barrierefreiheit" not in text  # nothing is known, nothing is claimed


def test_queries_do_not_grow_with_what_is_known(
    client: Client, gebiet_id: Callable[[str], int]
) -> None:
    behoerde = VollstaendigeBehoerdeFactory(
        veroeffentlicht=True, hauptgebiet_id=gebiet_id("160685012000")
    )
    VollstaendigeBehoerdeFactory(veroeffentlicht=True, andere=behoerde, uebergeordnet=behoerde)
    with CaptureQueriesContext(connection) as wenige:
        html(client, f"/behoerde/{behoerde.slug}/")
    for _ in range(3):
        VollstaendigeBehoerdeFactory(veroeffentlicht=True, andere=behoerde, uebergeordnet=behoerde)

    with CaptureQueriesContext(connection) as viele:
        html(client, f"/behoerde/{behoerde.slug}/")

    assert len(viele) == len(wenige) <= 18  # two of them are the savepoint of the request


@pytest.mark.parametrize(
    ("felder", "sichtbar"),
    [
        ({}, True),
        ({"veroeffentlichen": False}, False),
        ({"loeschen_am": HEUTE + timedelta(days=1)}, True),
        ({"loeschen_am": HEUTE}, False),
    ],
)
@time_machine.travel(DIENSTAG_ZEHN, tick=False)
def test_only_published_persons_are_shown_until_their_day(
    client: Client, felder: dict[str, object], sichtbar: bool
) -> None:
    person = KontaktpersonFactory.build(**felder)
    behoerde = VollstaendigeBehoerdeFactory(veroeffentlicht=True, person=person)

    assert ("Frau Dr. Beispiel" in html(client, f"/behoerde/{behoerde.slug}/")) is sichtbar


def test_area_in_words_names_two_and_counts_the_rest(
    client: Client, gebiet_id: Callable[[str], int]
) -> None:
    behoerde = BehoerdeFactory(hauptgebiet_id=gebiet_id("160685012000"), veroeffentlicht=True)
    eigener = BehoerdeFactory(
        hauptgebiet_id=gebiet_id("160685012000"),
        gebiet_text_de="Für Udestedt und den Ortsteil Kleinmölsen",
        veroeffentlicht=True,
    )
    gruppe = BehoerdeFactory(hauptgebiet_id=gebiet_id("160685050000"), veroeffentlicht=True)

    text = html(client, f"/behoerde/{behoerde.slug}/")

    assert "<p>Für Alperstedt, Eckstedt und " in text
    assert "weitere Gemeinden</p>" in text
    assert "Für Udestedt und den Ortsteil Kleinmölsen" in html(client, f"/behoerde/{eigener.slug}/")
    assert "Für Elxleben" in html(client, f"/behoerde/{gruppe.slug}/")  # the leading one first


def test_card_of_another_day_claims_nothing_about_the_moment() -> None:
    behoerde = VollstaendigeBehoerdeFactory()

    heute = behoerde_karte(behoerde, HEUTE, jetzt=DIENSTAG_ZEHN)
    spaeter = behoerde_karte(behoerde, HEUTE + timedelta(days=30), jetzt=DIENSTAG_ZEHN)

    assert heute.zeiten_zustand == "jetzt geöffnet bis 12 Uhr"
    assert [zeile.tag for zeile in heute.zeiten if zeile.heute] == ["Dienstag"]
    assert spaeter.zeiten_zustand == ""
    assert not any(zeile.heute for zeile in spaeter.zeiten)


def test_visitors_are_sent_to_the_visitors_address() -> None:
    behoerde = BehoerdeFactory()
    behoerde.anschriften.add(
        Anschrift(
            typ="besucheranschrift", strasse="Seitengasse", hausnummer="2", plz="99084",
            ort="Erfurt", lat="50.978700", lon="11.032800",
        )
    )  # fmt: skip

    karte = behoerde_karte(behoerde, HEUTE)

    assert karte.anschrift == ("Seitengasse 2", "99084 Erfurt")
    assert "50.978700%2C11.032800" in karte.weg_url


def test_vcard_is_offered_and_downloads(client: Client) -> None:
    behoerde = VollstaendigeBehoerdeFactory(name_de="Bürgeramt; Mitte", veroeffentlicht=True)
    entwurf = BehoerdeFactory()

    answer = client.get(f"/behoerde/{behoerde.slug}/kontakt.vcf")

    assert answer["Content-Type"] == "text/vcard; charset=utf-8"
    assert f'filename="{behoerde.slug}.vcf"' in answer["Content-Disposition"]
    text = answer.content.decode().replace("\r\n ", "")
    for zeile in ("FN:Bürgeramt\\; Mitte", "TEL;TYPE=WORK,VOICE:+493023125002", "Musterstraße 1"):
        assert zeile in text
    assert "Montag: 9–12 Uhr" in text
    assert client.get(f"/behoerde/{entwurf.slug}/kontakt.vcf").status_code == 404


# --- the end of an authority ------------------------------------------------------------------


def test_ended_authority_is_gone_and_names_its_successor(client: Client) -> None:
    gestern = timezone.localdate() - timedelta(days=1)
    alt = BehoerdeFactory(name_de="Altes Amt", gueltig_bis=gestern, veroeffentlicht=True)
    neu = BehoerdeFactory(name_de="Neues Amt", veroeffentlicht=True)
    BehoerdennachfolgeFactory(vorgaenger=alt, nachfolger=neu)

    text = html(client, f"/behoerde/{alt.slug}/", status=410)

    assert "Diese Behörde gab es bis zum" in text
    assert f'<a href="/behoerde/{neu.slug}/">Neues Amt</a>' in text
    assert "noindex" in text


def test_ended_authority_without_successor_names_115(client: Client) -> None:
    gestern = timezone.localdate() - timedelta(days=1)
    alt = BehoerdeFactory(gueltig_bis=gestern, veroeffentlicht=True)
    alt.unpublish()

    assert "tel:115" in html(client, f"/behoerde/{alt.slug}/", status=410)


def test_withdrawn_authority_with_successor_leads_on(client: Client) -> None:
    alt = BehoerdeFactory(veroeffentlicht=True)
    folge = BehoerdennachfolgeFactory(vorgaenger=alt)
    assert str(folge.nachfolger) in html(client, f"/behoerde/{alt.slug}/")
    alt.unpublish()

    assert str(folge.nachfolger) in html(client, f"/behoerde/{alt.slug}/", status=410)


def test_coming_end_is_announced_on_the_page(client: Client) -> None:
    bald = timezone.localdate() + timedelta(days=10)
    alt = BehoerdeFactory(gueltig_bis=bald, veroeffentlicht=True)

    assert "Diese Behörde gibt es bis zum" in html(client, f"/behoerde/{alt.slug}/")


def test_successors_are_followed_to_the_living_ones() -> None:
    ende = date(2026, 6, 30)
    a = BehoerdeFactory(veroeffentlicht=True)
    b = BehoerdeFactory(gueltig_bis=ende, veroeffentlicht=True)
    c, d = BehoerdeFactory(veroeffentlicht=True), BehoerdeFactory(veroeffentlicht=True)
    entwurf = BehoerdeFactory()
    for vorgaenger, nachfolger in ((a, b), (b, c), (b, entwurf)):
        BehoerdennachfolgeFactory(vorgaenger=vorgaenger, nachfolger=nachfolger)
    BehoerdennachfolgeFactory(vorgaenger=b, nachfolger=d, wirksam_am=date(2027, 1, 1))

    with CaptureQueriesContext(connection) as queries:
        heute = nachfolger_von([a.pk, b.pk, c.pk], HEUTE)

    assert heute == {a.pk: (c.pk,), b.pk: (c.pk,), c.pk: ()}
    assert len(queries) <= 3
    assert nachfolger_von([a.pk], ende) == {a.pk: (b.pk,)}
    assert nachfolger_von([b.pk], date(2027, 1, 1)) == {b.pk: tuple(sorted((c.pk, d.pk)))}
    assert nachfolger_von([], HEUTE) == {}


def test_circle_of_successors_ends() -> None:
    ende = date(2026, 6, 30)
    a, b = (BehoerdeFactory(gueltig_bis=ende, veroeffentlicht=True) for _ in range(2))
    BehoerdennachfolgeFactory(vorgaenger=a, nachfolger=b)
    BehoerdennachfolgeFactory(vorgaenger=b, nachfolger=a)

    assert nachfolger_von([a.pk, b.pk], HEUTE) == {a.pk: (), b.pk: ()}


# --- what is refused --------------------------------------------------------------------------


def test_circle_of_supervision_is_refused() -> None:
    oben, unten = BehoerdeFactory(), BehoerdeFactory()
    unten.beziehungen = [Behoerdenbeziehung(typ="fachaufsicht", andere=oben)]
    unten.save()

    kreis = Behoerdenbeziehung(behoerde=oben, typ="fachaufsicht", andere=unten)
    with pytest.raises(ValidationError, match="Ein Kreis ist nicht möglich"):
        kreis.full_clean()
    Behoerdenbeziehung(behoerde=oben, typ="aussenstelle", andere=unten).full_clean()
    with pytest.raises(ValidationError, match="andere Behörde"):
        Behoerdenbeziehung(behoerde=oben, typ="aussenstelle", andere=oben).full_clean()


@pytest.mark.parametrize(
    ("kind", "fehler"),
    [
        (Oeffnungszeit(regel="Di 9 bis 12"), "Tu 09:00-12:00"),
        (Oeffnungsausnahme(von=HEUTE, bis=HEUTE, geschlossen=False), "Uhrzeiten"),
        (Oeffnungsausnahme(von=HEUTE, bis=HEUTE, regel="Mo 09:00-12:00"), "Häkchen"),
        (Oeffnungsausnahme(von=HEUTE, bis=HEUTE - timedelta(days=1)), "endet, bevor sie beginnt"),
        (Anschrift(typ="besucheranschrift", plz="99084", ort="Erfurt"), "braucht eine Straße"),
        (Anschrift(typ="postanschrift", plz="99084", ort="Erfurt", lat="50.9"), "oder keinen"),
        (Erreichbarkeit(kanal="02", kennung="Zentrale"), "0361 123456"),
        (Kontaktperson(name="x", loeschen_am=date(2099, 1, 1)), "höchstens 24 Monate"),
        (Kontaktperson(name="x", loeschen_am=date(2020, 1, 1)), "schon vorbei"),
    ],
)
def test_editors_are_told_in_german(kind: object, fehler: str) -> None:
    kind.behoerde = BehoerdeFactory()  # type: ignore[attr-defined]

    with pytest.raises(ValidationError, match=fehler):
        kind.full_clean()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "zeile",
    [
        Oeffnungszeit(regel=""),
        Oeffnungsausnahme(von=HEUTE, bis=HEUTE - timedelta(days=1)),
        Oeffnungsausnahme(von=HEUTE, bis=HEUTE, geschlossen=False),
        Anschrift(typ="besucheranschrift", plz="99084", ort="Erfurt"),
        Anschrift(typ="postanschrift", plz="99084", ort="Erfurt", lat="50.9"),
        Kontaktperson(name="x", loeschen_am=date(2099, 1, 1)),
    ],
)
def test_database_refuses_it_too(zeile: object) -> None:
    zeile.behoerde = BehoerdeFactory()  # type: ignore[attr-defined]

    with pytest.raises(IntegrityError), transaction.atomic():
        zeile.save()  # type: ignore[attr-defined]


def test_last_day_of_a_leap_year() -> None:
    assert spaetester_tag(date(2028, 2, 29)) == date(2030, 2, 28)
    assert spaetester_tag(date(2026, 11, 24)) == date(2028, 11, 24)


def test_draft_keeps_hours_and_persons_and_previews_them() -> None:
    behoerde = VollstaendigeBehoerdeFactory(veroeffentlicht=True)
    behoerde.oeffnungszeiten = [Oeffnungszeit(regel="Mo-Su 00:00-24:00")]
    entwurf = behoerde.save_revision().as_object()

    seite = behoerdenseite(entwurf, HEUTE, jetzt=DIENSTAG_ZEHN)

    assert seite.karte.zeiten_zustand == "jetzt geöffnet"
    assert [person.name for person in seite.personen] == ["Frau Dr. Beispiel"]
    assert entwurf.make_preview_request().status_code == 200
