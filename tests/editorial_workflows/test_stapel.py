"""The bulk verb: rows, children and revisions at once, and what it leaves alone."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import Revision

from leistungen.models import Begriff, Formular, Kategorie, Leistung
from zufi.common import changes
from zufi.common.stapel import DoppelterSchluessel, Stapelbericht, inhalt, store_live

pytestmark = pytest.mark.django_db


@pytest.fixture
def thema() -> Kategorie:
    felder: dict[str, Any] = {"slug": "tiere", "name_de": "Tiere", "klasse": "thema"}
    return Kategorie.objects.create(**felder)


def leistung(slug: str, *begriffe: str, **mehr: Any) -> Leistung:
    felder: dict[str, Any] = {
        "slug_de": slug,
        "bezeichnung_de": f"{slug} anmelden",
        "begriffe": [_begriff(wort) for wort in begriffe],
        **mehr,
    }
    return Leistung(**felder)


def _begriff(wort: str) -> Begriff:
    felder: dict[str, Any] = {"begriff_de": wort}
    return Begriff(**felder)


def store(*objekte: Leistung, **mehr: Any) -> Stapelbericht:
    return store_live(objekte, kind="leistung", schluessel="slug_de", **mehr)


def test_new_objects_are_live_with_children_and_one_revision(thema: Kategorie) -> None:
    bericht = store(leistung("hund", "Dackel", "Welpe", kategorien=[thema]), leistung("katze"))

    hund = Leistung.objects.get(pk=bericht.ids["hund"])
    assert bericht.neu == 2
    assert hund.live
    assert hund.latest_revision == hund.live_revision
    assert not hund.has_unpublished_changes
    assert [begriff.begriff_de for begriff in hund.begriffe.all()] == ["Dackel", "Welpe"]
    assert list(hund.kategorien.all()) == [thema]
    assert inhalt(hund.latest_revision.as_object()) == inhalt(hund)


def test_empty_texts_are_never_null_and_no_language_leaks() -> None:
    with translation.override("en"):
        store(leistung("hund"))

    with connection.cursor() as cursor:
        cursor.execute("SELECT bezeichnung, bezeichnung_en, kurztext_en FROM leistungen_leistung")
        assert cursor.fetchall() == [("hund anmelden", "", "")]


def test_equal_objects_get_no_revision_and_are_not_announced(angesagt: list[Any]) -> None:
    store(leistung("hund", "Dackel"))
    angesagt.clear()

    bericht = store(leistung("hund", "Dackel"))

    assert bericht.unveraendert == 1
    assert angesagt == []
    assert Revision.objects.count() == 1


def test_a_changed_object_keeps_its_identity_and_its_equal_children(angesagt: list[Any]) -> None:
    pk = store(leistung("hund", "Dackel", "Welpe")).ids["hund"]
    vorher = {begriff.begriff_de: begriff.uuid for begriff in Begriff.objects.all()}
    uuid = Leistung.objects.get(pk=pk).uuid
    angesagt.clear()

    bericht = store(leistung("hund", "Rüde", "Welpe", kurztext_de="Neu."))

    hund = Leistung.objects.get(pk=pk)
    assert (bericht.geaendert, hund.uuid, hund.kurztext_de) == (1, uuid, "Neu.")
    assert [begriff.begriff_de for begriff in hund.begriffe.all()] == ["Rüde", "Welpe"]
    assert hund.begriffe.get(begriff_de="Welpe").uuid == vorher["Welpe"]
    assert hund.revisions.count() == 2
    assert hund.latest_revision == hund.live_revision
    assert angesagt == [("leistung", frozenset({pk}))]


def test_work_of_editors_stays_unless_told_otherwise() -> None:
    pk = store(leistung("hund")).ids["hund"]
    user = get_user_model().objects.create_user("redaktion")
    hund = Leistung.objects.get(pk=pk)
    hund.kurztext_de = "Von Hand."
    hund.save_revision(user=user)

    assert store(leistung("hund", kurztext_de="Maschine.")).belassen == 1
    assert store(leistung("hund", kurztext_de="Maschine."), ueberschreiben=True).geaendert == 1
    hund.refresh_from_db()
    assert (hund.kurztext_de, hund.has_unpublished_changes) == ("Maschine.", False)


def test_a_withdrawn_object_stays_withdrawn() -> None:
    pk = store(leistung("hund")).ids["hund"]
    Leistung.objects.get(pk=pk).unpublish()

    assert store(leistung("hund")).belassen == 1
    assert not Leistung.objects.get(pk=pk).live
    assert store(leistung("hund"), ueberschreiben=True).geaendert == 1
    assert Leistung.objects.get(pk=pk).live


def test_one_bad_object_stops_the_batch_and_is_named() -> None:
    with pytest.raises(ValidationError, match=r"katze.*begriff_de"):
        store(leistung("hund"), leistung("katze", "x" * 121))

    assert not Leistung.objects.exists()


def test_two_objects_of_one_key_are_refused() -> None:
    with pytest.raises(DoppelterSchluessel, match="hund"):
        store(leistung("hund"), leistung("hund"))


@pytest.mark.django_db(transaction=True)
def test_a_failing_receiver_undoes_everything() -> None:
    def fail(kind: str, ids: frozenset[int]) -> None:
        raise DatabaseError(kind)

    changes.register("kaputt", fail)
    try:
        with pytest.raises(DatabaseError):
            store(leistung("hund", "Dackel"))
    finally:
        changes._receivers.pop("kaputt")

    assert not Leistung.objects.exists()
    assert not Revision.objects.exists()


def test_statements_do_not_grow_with_the_batch(thema: Kategorie) -> None:
    anzahlen = []
    for groesse in (3, 30):
        objekte = [
            leistung(f"tier-{groesse}-{zahl}", *["a"] * (zahl % 2), kategorien=[thema] * (zahl % 2))
            for zahl in range(groesse)
        ]
        with transaction.atomic(), CaptureQueriesContext(connection) as queries:
            store(*objekte)
        anzahlen.append(len(queries))

    assert anzahlen[1] <= anzahlen[0]


def test_objects_without_children_are_found_by_uuid() -> None:
    uuid = uuid4()
    felder: dict[str, Any] = {
        "uuid": uuid,
        "bezeichnung_de": "Antrag",
        "url": "https://formulare.example/antrag.pdf",
    }
    erster = store_live([Formular(**felder)], kind="formular", schluessel="uuid")
    zweiter = store_live([Formular(**felder)], kind="formular", schluessel="uuid")

    assert erster.ids == zweiter.ids == {uuid: Formular.objects.get().pk}
    assert zweiter.unveraendert == 1


def test_nothing_to_store_is_fine() -> None:
    assert store_live([], kind="leistung") == Stapelbericht()
