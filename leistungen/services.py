"""What the project itself writes about responsibility: whole sets of rows, announced with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models, transaction

from leistungen.models import (
    Formularbindung,
    Leistung,
    Onlinedienstbindung,
    Rolle,
    Wirkung,
    Zustaendigkeit,
)
from leistungen.models.zustaendigkeit import kriterium_schluessel
from zufi.common.changes import announce

__all__ = [
    "Aenderungen",
    "Bindungsangabe",
    "DoppelteAngabe",
    "FremdeLeistung",
    "Regelangabe",
    "bind_formulare",
    "bind_onlinedienste",
    "set_zustaendigkeiten",
]

BATCH_SIZE = 1000
SCHLUESSEL = ("leistung_id", "gebiet_id", "gueltig_ab", "gueltig_bis")


@dataclass(frozen=True, slots=True)
class Regelangabe:
    """One row of responsibility as it shall be; the period is inclusive, None is open."""

    leistung_id: int
    gebiet_id: int
    behoerde_id: int
    rolle: str = Rolle.ZUSTAENDIGE_STELLE.value
    wirkung: str = Wirkung.ERSETZT.value
    wahl_erlaubt: bool = False
    hinweis: str = ""
    gueltig_ab: date | None = None
    gueltig_bis: date | None = None
    kriterium_id: int | None = None
    antworten: tuple[str, ...] = ()

    @property
    def werte(self) -> list[str]:
        """The answers under which the rule applies, in one order."""
        return sorted(set(self.antworten))

    @property
    def kriterium_schluessel(self) -> str:
        """Criterion and answers as one word."""
        return kriterium_schluessel(self.kriterium_id, self.werte)


@dataclass(frozen=True, slots=True)
class Bindungsangabe:
    """An Onlinedienst or Formular (`ziel_id`) serves a service in an area and below."""

    leistung_id: int
    gebiet_id: int
    ziel_id: int
    gueltig_ab: date | None = None
    gueltig_bis: date | None = None


@dataclass(frozen=True, slots=True)
class Aenderungen:
    """Numbers of rows; `leistung_ids` are the services whose rows changed."""

    neu: int
    geaendert: int
    entfernt: int
    unveraendert: int
    leistung_ids: frozenset[int]


class FremdeLeistung(ValueError):
    """A row names a service that is no part of the package."""

    def __init__(self, leistung_ids: Iterable[int]) -> None:
        self.leistung_ids = frozenset(leistung_ids)
        super().__init__(f"Leistungen außerhalb des Pakets: {sorted(self.leistung_ids)}")


class DoppelteAngabe(ValueError):
    """The same row is named twice, perhaps with different effects."""

    def __init__(self, angabe: object) -> None:
        self.angabe = angabe
        super().__init__(f"Doppelte Angabe: {angabe}")


def set_zustaendigkeiten(
    *, leistung_ids: Iterable[int], regeln: Iterable[Regelangabe]
) -> Aenderungen:
    """These services have exactly these rules; equal rows keep their id.

    A row is the same if service, area, role, authority, condition and period are; effect, choice
    and hint are changed in place, and whoever verified the row verified it still. The services
    touched are announced in the same transaction. Two calls for the same service wait for each
    other.

    Args:
        leistung_ids: the package; a service without a rule loses all it had.
        regeln: the rows of these services, any order.

    Raises:
        FremdeLeistung, DoppelteAngabe: the package contradicts itself; nothing is written.
    """
    return _replace(
        Zustaendigkeit,
        leistung_ids,
        list(regeln),
        schluessel={
            name: name for name in (*SCHLUESSEL, "rolle", "behoerde_id", "kriterium_schluessel")
        },
        werte=("wirkung", "wahl_erlaubt", "hinweis"),
        dazu=("kriterium_id", "werte"),
    )


def bind_onlinedienste(
    *, leistung_ids: Iterable[int], bindungen: Iterable[Bindungsangabe]
) -> Aenderungen:
    """These services can be used with exactly these Onlinedienste, there and below.

    Equal rows keep their id; the services touched are announced in the same transaction.

    Raises:
        FremdeLeistung, DoppelteAngabe: the package contradicts itself; nothing is written.
    """
    return _replace(
        Onlinedienstbindung,
        leistung_ids,
        list(bindungen),
        schluessel={name: name for name in SCHLUESSEL} | {"onlinedienst_id": "ziel_id"},
    )


def bind_formulare(
    *, leistung_ids: Iterable[int], bindungen: Iterable[Bindungsangabe]
) -> Aenderungen:
    """These services have exactly these Formulare, there and below; see `bind_onlinedienste`."""
    return _replace(
        Formularbindung,
        leistung_ids,
        list(bindungen),
        schluessel={name: name for name in SCHLUESSEL} | {"formular_id": "ziel_id"},
    )


def _replace(
    model: type[models.Model],
    leistung_ids: Iterable[int],
    angaben: Sequence[Any],
    *,
    schluessel: dict[str, str],
    werte: tuple[str, ...] = (),
    dazu: tuple[str, ...] = (),
) -> Aenderungen:
    """Make the rows of the package what is said; `schluessel`: column → name in the angabe.

    `dazu` are columns that follow from the key and are only written with new rows.
    """
    paket = frozenset(leistung_ids)
    fremde = {angabe.leistung_id for angabe in angaben} - paket
    if fremde:
        raise FremdeLeistung(fremde)
    soll: dict[tuple[Any, ...], Any] = {}
    for angabe in angaben:
        key = tuple(getattr(angabe, name) for name in schluessel.values())
        if key in soll:
            raise DoppelteAngabe(angabe)
        soll[key] = angabe
    with transaction.atomic():
        # One package at a time per service: two at once would both insert what is missing.
        sperre = Leistung.objects.filter(pk__in=paket).order_by("pk").select_for_update(no_key=True)
        list(sperre.values_list("pk", flat=True))
        ist = {
            tuple(getattr(zeile, name) for name in schluessel): zeile
            for zeile in model._default_manager.filter(leistung_id__in=paket).order_by("pk")
        }
        weg = [zeile for key, zeile in ist.items() if key not in soll]
        geaendert = [
            zeile for key, zeile in ist.items() if key in soll and _adopt(zeile, soll[key], werte)
        ]
        neu = [
            model(
                **dict(zip(schluessel, key, strict=True)),
                **{name: getattr(angabe, name) for name in (*werte, *dazu)},
            )
            for key, angabe in soll.items()
            if key not in ist
        ]
        # First away, then new: the periods of one pair may not overlap, even for a moment.
        model._default_manager.filter(pk__in=[zeile.pk for zeile in weg]).delete()
        if werte:
            model._default_manager.bulk_update(geaendert, werte, batch_size=BATCH_SIZE)
        model._default_manager.bulk_create(neu, batch_size=BATCH_SIZE)
        touched = frozenset(int(zeile.leistung_id) for zeile in (*weg, *geaendert, *neu))  # type: ignore[attr-defined]
        announce("leistung", touched)
    return Aenderungen(
        neu=len(neu),
        geaendert=len(geaendert),
        entfernt=len(weg),
        unveraendert=len(soll) - len(neu) - len(geaendert),
        leistung_ids=touched,
    )


def _adopt(zeile: models.Model, angabe: Any, werte: Iterable[str]) -> bool:
    """Give the row the values of the angabe; True if one of them is different."""
    anders = [name for name in werte if getattr(zeile, name) != getattr(angabe, name)]
    for name in anders:
        setattr(zeile, name, getattr(angabe, name))
    return bool(anders)
