"""Moves rules and bindings with a reform, and back: exactly the rows of its protocol."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from behoerden.reform import ReformGesperrt
from editorial_workflows.reform.vorschlaege import (
    BELASSEN,
    REGELARTEN,
    UEBERNEHMEN,
    Regelart,
    Vorschlag,
)
from zufi.common.changes import announce

TEIL_REGELN = "regeln"
EIN_TAG = timedelta(days=1)
BATCH_SIZE = 1000
MAX_GENANNT = 3
# A rule taken over is a new one: nobody has confirmed it for the new area yet.
NICHT_KOPIEREN = frozenset(
    {"id", "regel_uuid", "verifiziert_am", "verifiziert_durch", "pruefquelle"}
)


def move_regeln(entscheidungen: Sequence[tuple[Vorschlag, str]], tag: date) -> dict[str, Any]:
    """Old rows end on the day before, taken-over ones begin on the day; returns the protocol.

    What would begin only after the end of its area goes, or begins at the successor. A row that
    the successor has already is not doubled. The services are announced. Needs a transaction.
    """
    protokoll: dict[str, Any] = {"teil": TEIL_REGELN}
    leistungen: set[int] = set()
    for art in REGELARTEN:
        eigene = {
            v.pk: (v, wahl)
            for v, wahl in entscheidungen
            if v.kennung.startswith(art.kuerzel) and wahl != BELASSEN
        }
        rows = {row.pk: row for row in art.model.objects.filter(pk__in=eigene).order_by("pk")}
        kopien = _copies(art, eigene, rows, tag)
        enden = [row for row in rows.values() if row.gueltig_ab is None or row.gueltig_ab < tag]
        gehen = [row for row in rows.values() if row not in enden]
        protokoll[art.kuerzel] = {
            "beendet": [[row.pk, _plain(row.gueltig_bis)] for row in enden],
            "geloescht": [_values(row) for row in gehen],
        }
        for row in enden:
            row.gueltig_bis = tag - EIN_TAG
        art.model.objects.bulk_update(enden, ["gueltig_bis"], batch_size=BATCH_SIZE)
        art.model.objects.filter(pk__in=[row.pk for row in gehen]).delete()
        neue = art.model.objects.bulk_create(kopien, batch_size=BATCH_SIZE)
        protokoll[art.kuerzel]["neu"] = [_values(row) for row in neue]
        leistungen |= {row.leistung_id for row in (*rows.values(), *neue)}
    announce("leistung", leistungen)
    return protokoll


def zaehle(protokoll: Iterable[dict[str, Any]]) -> list[tuple[str, int, int]]:
    """Return for each kind of rule how many rows a protocol ended and how many it began."""
    return [
        (art.titel, len(teil[art.kuerzel]["beendet"]), len(teil[art.kuerzel]["neu"]))
        for teil in protokoll
        if teil["teil"] == TEIL_REGELN
        for art in REGELARTEN
    ]


def restore_regeln(protokoll: dict[str, Any], tag: date) -> None:
    """The rows are exactly as before `move_regeln`; the services are announced.

    Raises:
        ReformGesperrt: a row was changed since; nothing may be lost unseen.
    """
    leistungen: set[int] = set()
    for art in REGELARTEN:
        teil = protokoll[art.kuerzel]
        neue = _unchanged(art, teil["neu"])
        beendet: dict[int, str | None] = dict(teil["beendet"])
        rows = list(art.model.objects.filter(pk__in=beendet).order_by("pk"))
        if len(rows) != len(beendet) or any(r.gueltig_bis != tag - EIN_TAG for r in rows):
            raise ReformGesperrt(
                f"{art.titel}: Eine beendete Zeile wurde seither geändert. "
                "Stellen Sie ihr Ende wieder her."
            )
        art.model.objects.filter(pk__in=[row.pk for row in neue]).delete()
        for row in rows:
            bis = beendet[row.pk]
            row.gueltig_bis = date.fromisoformat(bis) if bis else None
        art.model.objects.bulk_update(rows, ["gueltig_bis"], batch_size=BATCH_SIZE)
        alte = [_row(art, werte) for werte in teil["geloescht"]]
        art.model.objects.bulk_create(alte, batch_size=BATCH_SIZE)
        leistungen |= {row.leistung_id for row in (*rows, *neue, *alte)}
    announce("leistung", leistungen)


def _copies(
    art: Regelart, eigene: dict[int, tuple[Vorschlag, str]], rows: dict[int, Any], tag: date
) -> list[Any]:
    ziele = {v.nachfolger_id for v, wahl in eigene.values() if wahl == UEBERNEHMEN}
    vorhanden = {
        _identity(art, row, row.gebiet_id)
        for row in art.model.objects.filter(gebiet_id__in=ziele - {None})
        if row.gueltig_bis is None or row.gueltig_bis >= tag
    }
    kopien = []
    for pk, (vorschlag, wahl) in eigene.items():
        row = rows.get(pk)
        if wahl != UEBERNEHMEN or row is None or vorschlag.nachfolger_id is None:
            continue
        kennung = _identity(art, row, vorschlag.nachfolger_id)
        if kennung in vorhanden:
            continue
        vorhanden.add(kennung)
        kopie = art.model(
            **{
                feld.attname: getattr(row, feld.attname)
                for feld in art.model._meta.concrete_fields
                if feld.name not in NICHT_KOPIEREN
            }
        )
        kopie.gebiet_id = vorschlag.nachfolger_id
        kopie.gueltig_ab = max(row.gueltig_ab or tag, tag)
        kopien.append(kopie)
    return kopien


def _identity(art: Regelart, row: Any, gebiet_id: int) -> tuple[Any, ...]:
    rolle = (row.rolle, row.kriterium_schluessel) if art.kuerzel == "z" else ()
    return (gebiet_id, row.leistung_id, getattr(row, art.ziel), *rolle)


def _unchanged(art: Regelart, zeilen: Iterable[dict[str, Any]]) -> list[Any]:
    soll = {werte["id"]: werte for werte in zeilen}
    rows = list(art.model.objects.filter(pk__in=soll).select_related("leistung"))
    anders = sorted(
        {str(row.leistung) for row in rows if _values(row) != soll[row.pk]}
        | ({"eine gelöschte Zeile"} if len(rows) < len(soll) else set())
    )
    if anders:
        weitere = f" und {len(anders) - MAX_GENANNT} weitere" if len(anders) > MAX_GENANNT else ""
        raise ReformGesperrt(
            f"{art.titel}: Übertragene Zeilen wurden seither geändert "
            f"({', '.join(anders[:MAX_GENANNT])}{weitere}). Klären Sie das zuerst."
        )
    return rows


def _values(row: Any) -> dict[str, Any]:
    werte = {feld.attname: getattr(row, feld.attname) for feld in row._meta.concrete_fields}
    plain: dict[str, Any] = json.loads(json.dumps(werte, cls=DjangoJSONEncoder))
    return plain


def _row(art: Regelart, werte: dict[str, Any]) -> Any:
    felder = {feld.attname: feld for feld in art.model._meta.concrete_fields}
    return art.model(**{name: felder[name].to_python(wert) for name, wert in werte.items()})


def _plain(tag: date | None) -> str | None:
    return tag.isoformat() if tag else None
