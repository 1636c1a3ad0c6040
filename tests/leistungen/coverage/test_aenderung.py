"""A change of areas that is known beforehand is announced by the answer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from behoerden.bezirke.lesen import Mitglied
from behoerden.bezirke.services import save_bezirk
from behoerden.models import Gebiet, Gebietsreform, Gebietsversion
from behoerden.ortsteile.services import create_ortsteil, end_ortsteil
from behoerden.reform import apply_reform, revert_reform
from leistungen.auskunft import Platz, auskuenfte, load_umfeld
from leistungen.domain.fakten import Vorbehalt
from tests.welt import Welt, build

pytestmark = pytest.mark.django_db


@pytest.fixture
def welt(db: None) -> Welt:
    return build()


def gilt_bis(gebiet: Gebiet, tag: date | None = None) -> date | None:
    umfeld = load_umfeld(Platz((gebiet.pk,)), tag or timezone.localdate())
    return umfeld.kandidaten[0].gilt_bis


def reform(welt: Welt, tage: int) -> Gebietsreform:
    zeile = {"art": "umgliederung", "gebiet": "160685012055", "ziel": "160680000000"}
    tag = timezone.localdate() + timedelta(days=tage)
    return Gebietsreform.objects.create(titel="R", wirksam_am=tag, operationen=[zeile])


@pytest.mark.parametrize(("tage", "bald"), [(30, True), (59, True), (90, False)])
def test_planned_reform_is_announced_in_time(
    welt: Welt, client: Client, tage: int, bald: bool
) -> None:
    plan = reform(welt, tage)
    apply_reform(plan, user=None)
    letzter = plan.wirksam_am - timedelta(days=1)

    umfeld = load_umfeld(Platz((welt.udestedt.pk,)), timezone.localdate())
    ergebnis = auskuenfte({welt.hund.pk: "Hund"}, umfeld)[welt.hund.pk].ergebnis
    assert ergebnis.gilt_bis == letzter
    assert (Vorbehalt.AENDERUNG_AB in ergebnis.vorbehalte) is bald
    url = reverse("leistungen:detail", args=[welt.hund.slug_de])
    seite = client.get(url, {"ort": "160685012055"}).content.decode()
    satz = f"Die Zuständigkeit ändert sich bald. Sie gilt so bis {letzter:%d.%m.%Y}."
    assert (satz in seite) is bald
    assert gilt_bis(welt.kleinmoelsen) is gilt_bis(welt.erfurt) is None
    revert_reform(plan, user=None, heute=timezone.localdate())
    assert gilt_bis(welt.udestedt) is None


def test_new_name_alone_changes_no_answer(welt: Welt) -> None:
    morgen = timezone.localdate() + timedelta(days=1)
    alt = Gebietsversion.objects.get(gebiet=welt.verband)
    alt.gueltig_bis = morgen - timedelta(days=1)
    alt.save()
    Gebietsversion.objects.create(
        gebiet=welt.verband, name="Neu", parent=welt.kreis, gueltig_ab=morgen
    )

    assert gilt_bis(welt.udestedt) is None


def test_district_that_will_be_redrawn_is_told(welt: Welt) -> None:
    heute = timezone.localdate()
    bezirk = save_bezirk(name="Nord", mitglieder=[Mitglied(welt.udestedt.pk)], ab=None)
    ab = heute + timedelta(days=10)
    save_bezirk(gebiet=bezirk, name="Nord", mitglieder=[Mitglied(welt.kleinmoelsen.pk)], ab=ab)

    assert gilt_bis(welt.udestedt) == gilt_bis(welt.kleinmoelsen) == ab - timedelta(days=1)
    assert gilt_bis(welt.udestedt, ab) is None


def test_ortsteil_that_will_end_is_told(welt: Welt) -> None:
    teil = create_ortsteil(gemeinde=welt.erfurt, name="Vieselbach")
    letzter = timezone.localdate() + timedelta(days=5)
    end_ortsteil(ortsteil=teil, letzter_tag=letzter)

    assert gilt_bis(teil) == letzter
    assert gilt_bis(welt.erfurt) is None
