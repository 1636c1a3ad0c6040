"""What publishing would change, word by word: the page "Was ändert sich?" of the form."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from leistungen.formular.aenderungen import vergleiche
from leistungen.formular.wortvergleich import NEU, WEG, vergleiche_absaetze, vergleiche_worte
from leistungen.models import Ergaenzung, Leistung
from tests.welt import Welt, leistung, publish

HEUTE = date(2026, 11, 24)
worte = st.lists(st.sampled_from(["Hund", "Katze", "anmelden,", "bei", "37", "€."]), max_size=12)


@given(worte, worte)
def test_both_texts_can_be_read_from_the_comparison(alt: list[str], neu: list[str]) -> None:
    teile = vergleiche_worte(" ".join(alt), " ".join(neu))

    assert " ".join(t.text for t in teile if t.art != NEU).split() == alt
    assert " ".join(t.text for t in teile if t.art != WEG).split() == neu


@given(st.lists(worte.map(" ".join), max_size=5), st.lists(worte.map(" ".join), max_size=5))
def test_no_paragraph_is_lost(alt: list[str], neu: list[str]) -> None:
    absaetze = vergleiche_absaetze(alt, neu)
    gelesen = [" ".join(t.text for t in teile if t.art != WEG) for teile in absaetze]

    assert [text for text in gelesen if text] == [text for text in neu if text]


@pytest.mark.django_db
def test_changed_fee_and_link_are_shown_with_who_is_concerned(
    voll: Leistung, welt: Welt, redaktion: Client
) -> None:
    entwurf = voll.get_latest_revision_as_object()
    entwurf.gebuehren.all()[0].betrag = Decimal(44)
    entwurf.volltext_de = entwurf.volltext_de.replace("/formular", "/antrag")
    entwurf.kurztext_de = "Melden Sie Ihren Hund an."
    entwurf.save_revision()
    eigene = Ergaenzung(leistung=voll, gebiet=welt.erfurt, modul_code="06", inhalt_de="<p>Ja.</p>")
    eigene.save()
    publish(eigene)
    url = reverse("leistungsformular:aenderungen", args=[voll.pk])
    html = redaktion.get(url).content.decode()

    assert "<del>30</del> <ins>44</ins>" in html.replace("\u00a0€", "")
    assert "[https://gemeinde.example/antrag]" in html
    vergleich = vergleiche(voll.get_latest_revision_as_object(), HEUTE)
    assert vergleich.sprachen[0].lang == "de"
    assert (vergleich.gemeinden, vergleich.eigene) == (3, 1)
    assert vergleich.veraltet[0].sprache == "Englisch"


@pytest.mark.django_db
def test_unchanged_draft_changes_nothing(voll: Leistung) -> None:
    assert vergleiche(voll.get_latest_revision_as_object(), HEUTE).is_leer


@pytest.mark.django_db
def test_text_of_some_areas_concerns_their_gemeinden(welt: Welt) -> None:
    dienst = leistung("Neu", "neu")
    dienst.gueltigkeitsgebiete.set([welt.kreis])
    dienst.kurztext_de = "Anders."
    dienst.save_revision()

    assert vergleiche(dienst.get_latest_revision_as_object(), HEUTE).gemeinden == 2


@pytest.mark.django_db
def test_service_that_is_not_public_is_all_new(welt: Welt) -> None:
    welt.hund.unpublish()
    vergleich = vergleiche(welt.hund.get_latest_revision_as_object(), HEUTE)

    assert vergleich.is_neu
    assert vergleich.sprachen[0].abschnitte[0].titel == "Titel"
