"""A service of the Land with supplements of a town, published."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from leistungen.models import Ergaenzung, ErgaenzungGebuehr, Gebuehr
from tests.welt import Welt, build, publish


def ergaenze(welt: Welt, **felder: Any) -> Ergaenzung:
    """A published supplement of Erfurt."""
    zeilen = felder.pop("gebuehren", [])
    angaben: dict[str, Any] = {
        "leistung": welt.hund,
        "gebiet": welt.erfurt,
        "modul_code": "06",
        "modus": "ergaenzen",
        "inhalt_de": "<p>In Erfurt auch online.</p>",
    }
    obj = Ergaenzung(**(angaben | felder))
    obj.gebuehren = zeilen
    obj.refresh_computed()
    obj.save()
    ergebnis: Ergaenzung = publish(obj)
    return ergebnis


def aendere_land(welt: Welt, **felder: Any) -> None:
    """The Land publishes another text."""
    leistung = welt.hund.get_latest_revision_as_object()
    for name, wert in felder.items():
        setattr(leistung, name, wert)
    leistung.save_revision().publish()


@pytest.fixture
def welt(db: None) -> Welt:
    small = build()
    leistung = small.hund
    leistung.volltext_de = "<p>Melden Sie den Hund an.</p><p>Das geht per Post.</p>"
    leistung.volltext_en = "<p>Register the dog.</p>"
    leistung.gebuehren = [Gebuehr(art="fix", betrag=Decimal(90))]
    publish(leistung)
    return small


@pytest.fixture
def text(welt: Welt) -> Ergaenzung:
    return ergaenze(welt)


@pytest.fixture
def kosten(welt: Welt) -> Ergaenzung:
    zeile = ErgaenzungGebuehr(art="fix", betrag=Decimal(108), beschreibung_de="je Hund")
    return ergaenze(welt, modul_code="kosten", modus="ersetzen", inhalt_de="", gebuehren=[zeile])


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("verwaltung"))
    return client
