"""A changed inherited text makes a task; nothing local is overwritten silently."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Q

from leistungen.ergaenzungen.erbe import vergleiche_mit_heute
from leistungen.ergaenzungen.pruefliste import veraltete_ergaenzungen
from leistungen.ergaenzungen.verben import (
    ErbeGeaendert,
    NichtErsetzt,
    adopt_geerbtes,
    erbe_hash,
    keep_ergaenzung,
)
from leistungen.models import Ergaenzung, Gebuehr
from leistungen.schichtenstand import geerbt
from tests.leistungen.ergaenzungen.conftest import aendere_land, ergaenze
from tests.welt import Welt

NEUER_TEXT = "<p>Melden Sie den Hund an.</p><p>Das geht nur noch online.</p>"


def offen() -> list[int]:
    return [eintrag.ergaenzung.pk for eintrag in veraltete_ergaenzungen()]


def test_new_supplement_is_up_to_date(text: Ergaenzung) -> None:
    assert text.basis_text == "Melden Sie den Hund an.\nDas geht per Post."
    assert offen() == []


def test_changed_paragraph_makes_a_task_that_names_it(welt: Welt, text: Ergaenzung) -> None:
    aendere_land(welt, volltext_de=NEUER_TEXT)

    (eintrag,) = veraltete_ergaenzungen()
    (aenderung,) = eintrag.vergleich.aenderungen
    assert (aenderung.alt, aenderung.neu) == ("Das geht per Post.", "Das geht nur noch online.")


def test_moved_paragraph_is_no_task(welt: Welt, text: Ergaenzung) -> None:
    aendere_land(welt, volltext_de="<p>Das geht per Post.</p><p>Melden Sie den Hund an.</p>")

    assert offen() == []


def test_another_module_is_no_task(welt: Welt, text: Ergaenzung) -> None:
    aendere_land(welt, hinweise_de="<p>Neu.</p>")

    assert offen() == []


def test_changed_row_makes_a_task(welt: Welt, kosten: Ergaenzung) -> None:
    aendere_land(welt, gebuehren=[Gebuehr(art="fix", betrag=Decimal(95))])

    assert offen() == [kosten.pk]


def test_list_can_be_narrowed(welt: Welt, text: Ergaenzung) -> None:
    aendere_land(welt, volltext_de=NEUER_TEXT)

    assert veraltete_ergaenzungen(nur=Q(gebiet=welt.udestedt)) == ()


def test_keeping_leaves_every_byte_and_ends_the_task(welt: Welt, text: Ergaenzung) -> None:
    aendere_land(welt, volltext_de=NEUER_TEXT)
    keep_ergaenzung(text, gesehen=erbe_hash(text), user=None)

    text.refresh_from_db()
    assert text.inhalt_de == "<p>In Erfurt auch online.</p>"
    assert not text.has_unpublished_changes
    assert offen() == []


def test_keeping_with_another_draft_leaves_the_task_until_that_is_public(
    welt: Welt, text: Ergaenzung
) -> None:
    text.inhalt_de = "<p>Entwurf.</p>"
    text.save_revision()
    aendere_land(welt, volltext_de=NEUER_TEXT)
    text.refresh_from_db()

    keep_ergaenzung(text, gesehen=erbe_hash(text), user=None).publish()

    text.refresh_from_db()
    assert text.inhalt_de == "<p>Entwurf.</p>"
    assert offen() == []


def test_writing_our_text_anew_ends_the_task(welt: Welt, text: Ergaenzung) -> None:
    aendere_land(welt, volltext_de=NEUER_TEXT)
    entwurf = Ergaenzung.objects.get(pk=text.pk).get_latest_revision_as_object()
    entwurf.inhalt_de = "<p>In Erfurt auch per Post.</p>"
    entwurf.save_revision().publish()

    assert offen() == []


def test_taking_over_is_a_draft_in_every_language(welt: Welt) -> None:
    eigene = ergaenze(welt, modus="ersetzen")
    aendere_land(welt, volltext_de=NEUER_TEXT)

    adopt_geerbtes(eigene, gesehen=erbe_hash(eigene), user=None)

    eigene.refresh_from_db()
    entwurf = eigene.get_latest_revision_as_object()
    assert entwurf.inhalt_de == NEUER_TEXT
    assert entwurf.inhalt_en == "<p>Register the dog.</p>"
    assert eigene.inhalt_de == "<p>In Erfurt auch online.</p>"
    assert offen() == [eigene.pk]


def test_taking_over_rows_copies_them(welt: Welt, kosten: Ergaenzung) -> None:
    aendere_land(welt, gebuehren=[Gebuehr(art="fix", betrag=Decimal(95), vorkasse=True)])

    adopt_geerbtes(kosten, gesehen=erbe_hash(kosten), user=None).publish()

    kosten.refresh_from_db()
    (zeile,) = kosten.gebuehren.all()
    (vorbild,) = welt.hund.gebuehren.all()
    assert (zeile.betrag, zeile.vorkasse, zeile.beschreibung_de) == (Decimal(95), True, "")
    assert zeile.uuid != vorbild.uuid
    assert offen() == []


def test_text_that_changed_again_while_deciding_is_refused(welt: Welt, text: Ergaenzung) -> None:
    gesehen = erbe_hash(text)
    aendere_land(welt, volltext_de=NEUER_TEXT)

    with pytest.raises(ErbeGeaendert):
        keep_ergaenzung(text, gesehen=gesehen, user=None)
    assert offen() == [text.pk]


def test_supplement_that_adds_cannot_take_over(text: Ergaenzung) -> None:
    with pytest.raises(NichtErsetzt):
        adopt_geerbtes(text, gesehen=erbe_hash(text), user=None)


def test_layer_of_the_area_above_counts_as_inherited(welt: Welt) -> None:
    ergaenze(welt, gebiet=welt.verband, inhalt_de="<p>In der VG.</p>")
    unten = ergaenze(welt, gebiet=welt.udestedt)

    assert unten.basis_text.endswith("In der VG.")
    assert offen() == []


def test_many_at_once_say_the_same_as_one_by_one(
    welt: Welt, text: Ergaenzung, kosten: Ergaenzung
) -> None:
    ergaenze(welt, gebiet=welt.verband, inhalt_de="<p>In der VG.</p>")
    ergaenze(welt, gebiet=welt.udestedt)
    aendere_land(welt, volltext_de=NEUER_TEXT)
    alle = list(Ergaenzung.objects.all())

    heute = {pk: vergleich.heute for pk, vergleich in vergleiche_mit_heute(alle).items()}
    assert heute == {ergaenzung.pk: geerbt(ergaenzung) for ergaenzung in alle}


def test_task_list_costs_the_same_for_more_supplements(
    welt: Welt, text: Ergaenzung, kosten: Ergaenzung, django_assert_max_num_queries: Any
) -> None:
    for gebiet in (welt.verband, welt.udestedt, welt.kleinmoelsen, welt.kreis):
        ergaenze(welt, gebiet=gebiet)
    aendere_land(welt, volltext_de=NEUER_TEXT)
    with django_assert_max_num_queries(24):
        assert len(veraltete_ergaenzungen()) == 5
