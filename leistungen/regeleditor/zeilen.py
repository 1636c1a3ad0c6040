"""Rows of the database as plain values and back; a row restored is the same to the last column."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, fields, replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from leistungen.models import Kriterium, Zustaendigkeit
from leistungen.models.zustaendigkeit import kriterium_schluessel
from leistungen.querysets import RegelQuerySet
from leistungen.regeleditor.plan import Wertebereiche, Zeile

SPALTEN = tuple(feld.name for feld in fields(Zeile))
TAGE = frozenset({"verifiziert_am", "gueltig_ab", "gueltig_bis"})
BATCH_SIZE = 1000


def load_zeilen(rows: RegelQuerySet) -> list[Zeile]:
    """Return these rows by id; one query."""
    return [
        Zeile(
            **{
                **dict(zip(SPALTEN, werte, strict=True)),
                "werte": tuple(werte[SPALTEN.index("werte")]),
                "regel_uuid": str(werte[SPALTEN.index("regel_uuid")]),
            }
        )
        for werte in rows.order_by("pk").values_list(*SPALTEN)
    ]


def load_bereiche() -> Wertebereiche:
    """Return the closed range of each criterion; one query."""
    return {
        kriterium.pk: bereich
        for kriterium in Kriterium.objects.all()
        if (bereich := kriterium.wertebereich)
    }


def schreibe(*, weg: Collection[int], zeilen: Iterable[Zeile]) -> list[Zeile]:
    """Make rows go and come; returns those that came, with their ids.

    Ids in `weg` are deleted first and may come again in `zeilen`: an update would have to pass
    states the exclusion constraint forbids. Nothing is announced and no signal is sent: the caller
    announces the services once.
    """
    neue = [_model(zeile) for zeile in zeilen]
    alte = Zustaendigkeit.objects.filter(pk__in=weg)
    alte._raw_delete(alte.db)  # nothing refers to a rule, and no receiver is asked row by row
    Zustaendigkeit.objects.bulk_create(neue, batch_size=BATCH_SIZE)
    return [_zeile(row) for row in neue]


def _model(zeile: Zeile) -> Zustaendigkeit:
    werte = {name: getattr(zeile, name) for name in SPALTEN}
    werte |= {
        "id": zeile.id or None,
        "regel_uuid": UUID(zeile.regel_uuid) if zeile.regel_uuid else uuid4(),
        "werte": list(zeile.werte),
        "kriterium_schluessel": kriterium_schluessel(zeile.kriterium_id, zeile.werte),
    }
    return Zustaendigkeit(**werte)


def _zeile(row: Zustaendigkeit) -> Zeile:
    werte = {name: getattr(row, name) for name in SPALTEN}
    return Zeile(**{**werte, "werte": tuple(row.werte), "regel_uuid": str(row.regel_uuid)})


def to_json(zeile: Zeile | None) -> dict[str, Any] | None:
    """Return the row as JSON can hold it; days in ISO form."""
    if zeile is None:
        return None
    werte = {
        name: wert.isoformat() if isinstance(wert, date) else wert
        for name, wert in asdict(zeile).items()
    }
    return {**werte, "werte": list(zeile.werte)}


def from_json(daten: Mapping[str, Any] | None) -> Zeile | None:
    """Return the row that `to_json` wrote."""
    if daten is None:
        return None
    tage = {name: date.fromisoformat(daten[name]) if daten[name] else None for name in TAGE}
    return replace(Zeile(**{**daten, **tage}), werte=tuple(daten["werte"]))
