"""The traps of modeltranslation: nothing stored depends on the language that is active."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from behoerden.models import Anschrift, Behoerde, Behoerdenart
from leistungen.models import Begriff, Leistung

pytestmark = pytest.mark.django_db
SPRACHEN = ["de", "en", "de-simple"]


@pytest.fixture
def leistung() -> Leistung:
    obj = Leistung(
        bezeichnung_de="Hund anmelden",
        bezeichnung_en="Register a dog",
        slug_de="hund-anmelden",
        slug_en="register-a-dog",
        kurztext_de="Deutsch",
        kurztext_en="English",
        kurztext_de_simple="Leicht",
    )
    obj.begriffe = [Begriff(begriff_de="Hundemarke", begriff_en="dog tag")]
    obj.save()
    return obj


@pytest.fixture(params=SPRACHEN)
def aktive_sprache(request: pytest.FixtureRequest) -> Iterator[str]:
    with translation.override(request.param):
        yield request.param


def texts(obj: Leistung) -> tuple[str, ...]:
    return (
        obj.bezeichnung_de,
        obj.bezeichnung_en,
        obj.kurztext_de,
        obj.kurztext_en,
        obj.kurztext_de_simple,
    )


EXPECTED = ("Hund anmelden", "Register a dog", "Deutsch", "English", "Leicht")


def test_saving_under_any_language_moves_no_text(leistung: Leistung, aktive_sprache: str) -> None:
    leistung.save()
    stored = Leistung.objects.get(pk=leistung.pk)

    assert texts(stored) == EXPECTED
    base = Leistung.objects.rewrite(False).values_list("kurztext", flat=True)  # type: ignore[attr-defined]
    assert list(base) == ["Deutsch"]


def test_revision_holds_suffixed_names_only(leistung: Leistung, aktive_sprache: str) -> None:
    content = leistung.save_revision().content

    assert "kurztext" not in content
    assert content["kurztext_en"] == "English"
    assert "begriff" not in content["begriffe"][0]


@pytest.mark.parametrize("laden", SPRACHEN)
def test_publishing_under_any_languages_moves_no_text(
    leistung: Leistung, aktive_sprache: str, laden: str
) -> None:
    leistung.kurztext_en = "Changed"
    revision = leistung.save_revision()
    with translation.override(laden):
        revision.publish()
    stored = Leistung.objects.get(pk=leistung.pk)

    assert texts(stored) == (*EXPECTED[:3], "Changed", "Leicht")
    assert [(b.begriff_de, b.begriff_en) for b in stored.begriffe.all()] == [
        ("Hundemarke", "dog tag")
    ]


def test_old_revision_without_a_language_leaves_it_empty(leistung: Leistung) -> None:
    revision = leistung.save_revision()
    del revision.content["kurztext_en"]
    revision.content["kurztext"] = "Deutsch"
    revision.save()
    with translation.override("en"):
        loaded = revision.as_object()

    assert loaded.kurztext_en in ("", None)
    loaded.save()
    assert Leistung.objects.get(pk=leistung.pk).kurztext_en == ""


def test_children_survive_a_revision(leistung: Leistung) -> None:
    loaded = leistung.save_revision().as_object()

    assert [begriff.begriff_de for begriff in loaded.begriffe.all()] == ["Hundemarke"]
    assert loaded.begriffe.all()[0].uuid == leistung.begriffe.all()[0].uuid


@pytest.mark.parametrize("empty", [None, "", '<p data-block-key="ab1"></p>', "<p>&nbsp;</p>"])
def test_empty_rich_text_is_an_empty_string(leistung: Leistung, empty: str | None) -> None:
    leistung.volltext_en = empty
    leistung.save()

    assert Leistung.objects.get(pk=leistung.pk).volltext_en == ""


def test_same_slug_in_two_languages_is_allowed(leistung: Leistung) -> None:
    other = Leistung(bezeichnung_de="Anderes", slug_de="register-a-dog")
    other.full_clean()
    other.save()

    assert Leistung.objects.count() == 2


def test_taken_slug_is_refused_in_german(leistung: Leistung) -> None:
    other = Leistung(bezeichnung_de="Anderes", slug_de="hund-anmelden")
    with pytest.raises(ValidationError, match="Diese Adresse ist schon vergeben"):
        other.full_clean()


def test_hostile_html_is_cleaned_on_save(leistung: Leistung) -> None:
    leistung.volltext_de = "<p>Text<script>alert(1)</script></p>"
    leistung.save()

    assert Leistung.objects.get(pk=leistung.pk).volltext_de == "<p>Text</p>"


def test_draft_of_an_unpublished_object_is_not_live(leistung: Leistung) -> None:
    leistung.save_revision()

    assert not Leistung.objects.get(pk=leistung.pk).live


def test_publishing_a_taken_slug_is_a_message_not_a_crash(leistung: Leistung) -> None:
    other = Leistung(bezeichnung_de="Anderes", slug_de="frei")
    other.save()
    other.slug_de = "hund-anmelden"
    revision = other.save_revision(clean=False)

    with pytest.raises(ValidationError):
        revision.publish()
    assert not Leistung.objects.get(pk=other.pk).live


def test_authority_keeps_children_in_every_language(aktive_sprache: str) -> None:
    art = Behoerdenart.objects.create(slug="amt", name_de="Amt")
    behoerde = Behoerde(name_de="Amt A", slug="amt-a", art=art)
    behoerde.anschriften = [
        Anschrift(strasse="Musterstraße", plz="99084", ort="Erfurt", zusatz_de="Hof")
    ]
    behoerde.save()
    behoerde.save_revision().publish()
    stored = Behoerde.objects.get(pk=behoerde.pk)

    assert [anschrift.zusatz_de for anschrift in stored.anschriften.all()] == ["Hof"]
    assert stored.live
